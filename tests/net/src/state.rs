//! What the hub of a test holds: the play's logs and grants, and who is enrolled.
use domain::{
    Client, Id, Role,
    change::{Device, User},
    feed::{Denied, Enrol, Enrolled, Manifest, ManifestClient, ManifestPerson, PROTO, Renew, Tokens, hash},
};
use ed25519_dalek::{Signature, SigningKey, Verifier, VerifyingKey};
use sim::{file::KEY, hub::Hub, truth::Truth};
use std::collections::{BTreeMap, BTreeSet};

/// How long an access token is good, in milliseconds.
pub const ACCESS: i64 = 15 * 60 * 1000;
/// How long a manifest holds, in milliseconds.
pub const LEASE: i64 = 14 * 24 * 3600 * 1000;

/// A refresh token: whose, and what was given for it.
#[derive(Clone)]
struct Refresh {
    device: Id<Device>,
    given: Option<(Tokens, i64)>,
}

/// All of it.
pub struct State {
    /// Logs and grants.
    pub hub: Hub,
    /// What the play watches.
    pub truth: Truth,
    /// One-time codes, and for whom they are.
    pub codes: BTreeMap<String, Vec<Id<User>>>,
    /// PCs taken out of the plant.
    pub withdrawn: BTreeSet<Id<Device>>,
    /// Every place in a log that was ever given out: what the hub vouches for.
    pub vouched: BTreeSet<(Id<Client>, i64, [u8; 32])>,
    /// Requests that reached the desk, by name.
    pub asked: BTreeMap<&'static str, usize>,
    keys: BTreeMap<Id<Device>, [u8; 32]>,
    access: BTreeMap<String, (Id<Device>, i64)>,
    refresh: BTreeMap<String, Refresh>,
    shown: BTreeSet<String>,
    next: u64,
}

impl Default for State {
    fn default() -> Self {
        State {
            hub: Hub::new(&[]),
            truth: Truth::default(),
            codes: BTreeMap::new(),
            withdrawn: BTreeSet::new(),
            vouched: BTreeSet::new(),
            asked: BTreeMap::new(),
            keys: BTreeMap::new(),
            access: BTreeMap::new(),
            refresh: BTreeMap::new(),
            shown: BTreeSet::new(),
            next: 0,
        }
    }
}

impl State {
    /// Gives or withdraws a grant.
    pub fn grant(&mut self, user: Id<User>, client: Id<Client>, role: Option<Role>) {
        for grants in [&mut self.hub.grants, &mut self.truth.grants] {
            match role {
                Some(role) => grants.insert((user, client), role),
                None => grants.remove(&(user, client)),
            };
        }
        self.hub.generation += 1;
        self.hub.generations.insert((user, client), self.hub.generation);
    }
    /// The devices enrolled.
    pub fn enrolled(&self) -> Vec<Id<Device>> {
        self.keys.keys().copied().collect()
    }
    fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }
    pub(crate) fn let_in(&mut self, asked: &Enrol, hub: [u8; 32], now: i64) -> Result<Enrolled, Denied> {
        if asked.proto != PROTO {
            return Err(Denied::Version);
        }
        let users = self.codes.remove(&asked.code).ok_or(Denied::Code)?;
        let device = Id::from_bytes((u128::from(self.number()) | (1 << 127)).to_be_bytes());
        self.keys.insert(device, asked.key);
        self.hub.enrolled.insert(device, users);
        Ok(Enrolled { device, hub, tokens: self.give(device, now) })
    }
    fn give(&mut self, device: Id<Device>, now: i64) -> Tokens {
        let n = self.number();
        let tokens =
            Tokens { access: format!("access-{n}"), refresh: format!("refresh-{n}"), expires_at: now + ACCESS };
        self.access.insert(tokens.access.clone(), (device, tokens.expires_at));
        self.refresh.insert(tokens.refresh.clone(), Refresh { device, given: None });
        tokens
    }
    pub(crate) fn whose(&mut self, token: &str, now: i64) -> Result<Id<Device>, Denied> {
        let (device, until) = *self.access.get(token).ok_or(Denied::Token)?;
        if self.withdrawn.contains(&device) {
            return Err(Denied::Withdrawn);
        }
        self.shown.insert(token.into());
        if now < until { Ok(device) } else { Err(Denied::Token) }
    }
    /// The next tokens; the same refresh token again only while nobody has shown what was given for it.
    pub(crate) fn renewed(&mut self, asked: &Renew, sent: i64, now: i64) -> Result<Tokens, Denied> {
        let known = self.refresh.get(&asked.refresh).filter(|r| r.device == asked.device).cloned();
        let Refresh { device, given } = known.ok_or(Denied::Token)?;
        self.signed(device, asked).ok_or(Denied::Signature)?;
        if self.withdrawn.contains(&device) {
            return Err(Denied::Withdrawn);
        }
        if let Some((given, asked_at)) = given {
            if asked_at > sent {
                // Its PC has long asked again, and was answered.
                return Err(Denied::Token);
            }
            let used = self.shown.contains(&given.access)
                || self.refresh.get(&given.refresh).is_none_or(|r| r.given.is_some());
            if used {
                self.access.retain(|_, (d, _)| *d != device);
                self.refresh.retain(|_, r| r.device != device);
                return Err(Denied::Reused);
            }
            self.access.remove(&given.access);
            self.refresh.remove(&given.refresh);
        }
        let tokens = self.give(device, now);
        self.refresh.insert(asked.refresh.clone(), Refresh { device, given: Some((tokens.clone(), sent)) });
        Ok(tokens)
    }
    fn signed(&self, device: Id<Device>, asked: &Renew) -> Option<()> {
        let key = VerifyingKey::from_bytes(self.keys.get(&device)?).ok()?;
        let (r, s) = asked.signature.split_at_checked(64)?;
        let signature = Signature::from_components(hash::of_hex(r)?, hash::of_hex(s)?);
        key.verify(&Renew::said(device, &asked.refresh), &signature).ok()
    }
    /// Who may do what on a PC.
    pub fn manifest(&self, device: Id<Device>, now: i64) -> Manifest {
        let users = self.hub.enrolled.get(&device).cloned().unwrap_or_default();
        let granted = |u: &Id<User>| self.hub.grants.keys().filter(|g| g.0 == *u).map(|g| g.1).collect::<Vec<_>>();
        let all: BTreeSet<Id<Client>> = users.iter().flat_map(granted).collect();
        let generation = |c: Id<Client>| users.iter().filter_map(|u| self.hub.generations.get(&(*u, c)).copied()).max();
        let client = |c: Id<Client>| ManifestClient { client: c, generation: generation(c).unwrap_or(0), key: KEY };
        let person = |u: &Id<User>| ManifestPerson {
            user: *u,
            login: u.hex(),
            name: u.hex(),
            role: Role::Operator,
            verifier: None,
            clients: granted(u),
        };
        Manifest {
            device,
            generation: self.hub.generation,
            epoch: self.hub.epoch,
            issued_at: now,
            lease_until: now + LEASE,
            clients: all.into_iter().map(client).collect(),
            people: users.iter().map(person).collect(),
            pcs: vec![],
        }
    }
}

/// A signature as the wire has it.
pub fn signed(key: &SigningKey, text: &[u8]) -> String {
    use ed25519_dalek::Signer;
    let signature = key.sign(text);
    hash::hex(signature.r_bytes()) + &hash::hex(signature.s_bytes())
}
