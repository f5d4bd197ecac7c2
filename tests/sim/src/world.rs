//! The play: PCs, a hub, a network that loses, repeats and mixes up, and people.
use crate::{
    device::Pc,
    file::{File, Fresh},
    hub::Hub,
    table::Program,
    truth::{Broken, Truth, need},
};
use domain::{
    Client, Id, Role,
    change::{Op, User},
    feed::Push,
    planted::{Bug, planted},
};
use hub::core;
use std::collections::{BTreeMap, BTreeSet};
use sync::device::Standing;

/// Two clients and the plant's own log, which everybody reads.
pub const CLIENTS: [Id<Client>; 3] = [Id::from_bytes([0xa; 16]), Id::from_bytes([0xb; 16]), Id::from_bytes([0; 16])];
pub(crate) const PLANT: Id<Client> = CLIENTS[2];

/// A push that the network will repeat, and the life of the hub it was sent to.
pub(crate) struct Delayed {
    pub(crate) push: Push,
    pub(crate) lives: u32,
}

/// The play.
pub struct World {
    /// Its dice.
    pub dice: fastrand::Rng,
    /// The true time.
    pub now: i64,
    /// What nobody in it knows.
    pub truth: Truth,
    /// The hub.
    pub hub: Hub,
    /// The PCs.
    pub pcs: Vec<Pc>,
    /// Numbers that are given once.
    pub fresh: Fresh,
    pub(crate) delayed: Vec<Delayed>,
    pub(crate) lives: u32,
}

impl World {
    /// A play of this seed.
    pub fn new(seed: u64) -> Self {
        let mut w = World {
            dice: fastrand::Rng::with_seed(seed),
            now: 1000,
            truth: Truth::default(),
            hub: Hub::new(&CLIENTS),
            pcs: vec![],
            fresh: Fresh::default(),
            delayed: vec![],
            lives: 0,
        };
        let mut user = 0u8;
        for body in 0..w.dice.usize(2..=4) {
            let users: Vec<_> = (0..w.dice.usize(1..=2))
                .map(|_| {
                    user += 1;
                    Id::from_bytes([user; 16])
                })
                .collect();
            let program = if w.dice.u8(0..3) == 0 { Program::Older } else { Program::Newer };
            w.hub.enrolled.insert(Id::from_bytes([body as u8 + 1; 16]), users.clone());
            w.pcs.push(Pc::new(body, users, program, &CLIENTS, w.fresh.clone()));
        }
        w.grant_all();
        w
    }
    fn grant_all(&mut self) {
        let users: Vec<Id<User>> = self.pcs.iter().flat_map(|p| p.users.clone()).collect();
        for user in users {
            for client in [CLIENTS[0], CLIENTS[1]] {
                if self.chance(0.75) {
                    let role = if self.chance(0.67) { Role::Supervisor } else { Role::Operator };
                    self.grant(user, client, Some(role));
                }
            }
            let role = if user.bytes()[0] < 3 { Role::Supervisor } else { Role::Viewer };
            self.grant(user, PLANT, Some(role));
        }
    }
    /// Whether something of this likelihood happens.
    pub fn chance(&mut self, likelihood: f64) -> bool {
        self.dice.f64() < likelihood
    }
    /// Changes what a person may do.
    pub fn grant(&mut self, user: Id<User>, client: Id<Client>, role: Option<Role>) {
        let lowered = planted(Bug::RestoreLowersGrants);
        set(&mut self.truth.grants, (user, client), role);
        if lowered {
            set(&mut self.hub.grants, (user, client), role);
        } else if !self.hub.locked {
            self.hub.grants = self.truth.grants.clone();
        }
        self.hub.generation += 1;
        self.hub.generations.insert((user, client), self.hub.generation);
        let here = self.pcs.iter().filter(|p| role.is_some() && p.users.contains(&user));
        self.truth.ever.extend(here.map(|p| (p.device, client)));
    }
    pub(crate) fn terms(&mut self) -> core::Terms {
        // Several copies of the hub, several clocks.
        let now = self.now + [-40, 0, 40][self.dice.usize(0..3)];
        self.hub.terms(now)
    }

    /// Every change that some medium holds.
    pub fn copies(&self, received: bool) -> BTreeSet<Id<Op>> {
        let mut all = BTreeSet::new();
        for log in self.hub.logs.values() {
            all.extend(log.entries.iter().map(|e| e.0.op()));
            all.extend(log.quarantine.keys().chain(log.refused.keys()));
            if received {
                all.extend(log.known.keys());
            }
        }
        for pc in &self.pcs {
            pc.files.values().for_each(|f| all.extend(f.ops()));
            pc.partings.iter().for_each(|p| all.extend(p.1.changes.iter().map(|s| s.change.op)));
        }
        all
    }
    /// After a rewind an entry leaves a file only by being forgotten.
    pub fn keeps_held(&self) -> Result<(), Broken> {
        let kept = |pc: &Pc, client: &Id<Client>, file: &File| {
            let held = self.truth.held.get(&(pc.body, pc.life, *client));
            // What was sealed goes piece by piece, and others go on meanwhile.
            file.state.standing == Standing::Sealed || held.is_none_or(|h| h.is_subset(&file.ops()))
        };
        let all = self.pcs.iter().all(|pc| pc.files.iter().all(|(c, f)| kept(pc, c, f)));
        need(all, "I1: an entry left a file on an acknowledgement")
    }
    /// Copies die: what no medium holds any more cannot be asked for.
    pub(crate) fn disaster(&mut self, received: bool) -> Result<(), Broken> {
        self.keeps_held()?;
        let left = self.copies(received);
        self.truth.obliged.retain(|op| left.contains(op));
        Ok(())
    }
}

fn set<K: Ord, V>(map: &mut BTreeMap<K, V>, key: K, value: Option<V>) {
    match value {
        Some(value) => map.insert(key, value),
        None => map.remove(&key),
    };
}
