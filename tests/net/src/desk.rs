//! A desk in memory: the product's own core over the play's logs.
use crate::{
    machine::read_plain,
    state::{State, signed},
};
use domain::{
    Client, Id,
    change::Device,
    feed::{
        Denied, Enrol, Enrolled, Heard, Manifest, Offered, Petition, Position, Pull, Pulled, Push, Pushed, Renew,
        Returned, Signed, Tokens,
    },
};
use ed25519_dalek::SigningKey;
use hub::{core, desk::Desk};
use sim::{file::KEY, table::Program, truth::Broken};
use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicBool, AtomicI64, Ordering},
};
use tokio::sync::{RwLock, RwLockWriteGuard};

/// The time at which a test begins, milliseconds since 1970.
pub const BEGINS: i64 = 1_700_000_000_000;

/// A desk in memory; a copy is the same desk.
#[derive(Clone)]
pub struct Memory(Arc<Inner>);

struct Inner {
    state: Mutex<State>,
    key: SigningKey,
    now: AtomicI64,
    panics: AtomicBool,
    fails: AtomicBool,
    shut: RwLock<()>,
}

impl Default for Memory {
    fn default() -> Self {
        Memory(Arc::new(Inner {
            state: Mutex::default(),
            key: SigningKey::from_bytes(&[42; 32]),
            now: AtomicI64::new(BEGINS),
            panics: AtomicBool::new(false),
            fails: AtomicBool::new(false),
            shut: RwLock::new(()),
        }))
    }
}

impl Memory {
    /// What it holds.
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
    /// Its clock.
    pub fn now(&self) -> i64 {
        self.0.now.load(Ordering::SeqCst)
    }
    /// Moves its clock.
    pub fn pass(&self, millis: i64) {
        self.0.now.fetch_add(millis, Ordering::SeqCst);
    }
    /// From now on a request panics, or not.
    pub fn panics(&self, now: bool) {
        self.0.panics.store(now, Ordering::SeqCst);
    }
    /// From now on what keeps it does not answer, or does.
    pub fn fails(&self, now: bool) {
        self.0.fails.store(now, Ordering::SeqCst);
    }
    /// No request goes on while this is kept.
    pub async fn shut(&self) -> RwLockWriteGuard<'_, ()> {
        self.0.shut.write().await
    }
    /// The key its manifests are signed with.
    pub fn public(&self) -> [u8; 32] {
        self.0.key.verifying_key().to_bytes()
    }
    /// A text with its signature.
    pub fn sign(&self, text: String) -> Signed {
        Signed { signature: signed(&self.0.key, text.as_bytes()), text }
    }
    async fn asked<T>(
        &self,
        what: &'static str,
        f: impl FnOnce(&mut State, i64) -> Result<T, Broken>,
    ) -> Result<T, Broken> {
        let _open = self.0.shut.read().await;
        assert!(!self.0.panics.load(Ordering::SeqCst), "a planted panic");
        if self.0.fails.load(Ordering::SeqCst) {
            return Err(Broken("select * from secrets".into()));
        }
        let now = self.now();
        let mut state = self.state();
        *state.asked.entry(what).or_default() += 1;
        f(&mut state, now)
    }
}

impl Desk for Memory {
    type Error = Broken;
    async fn ready(&self) -> Result<(), Broken> {
        if self.0.fails.load(Ordering::SeqCst) { Err(Broken("down".into())) } else { Ok(()) }
    }
    async fn enrol(&self, asked: Enrol) -> Result<Result<Enrolled, Denied>, Broken> {
        self.asked("enrol", |s, now| Ok(s.let_in(&asked, self.public(), now))).await
    }
    async fn renew(&self, asked: Renew, sent: i64) -> Result<Result<Tokens, Denied>, Broken> {
        self.asked("renew", |s, now| Ok(s.renewed(&asked, sent.min(now), now))).await
    }
    async fn caller(&self, token: &str) -> Result<Result<Id<Device>, Denied>, Broken> {
        self.asked("caller", |s, now| Ok(s.whose(token, now))).await
    }
    async fn manifest(&self, device: Id<Device>) -> Result<Signed, Broken> {
        self.asked("manifest", |s, now| Ok(self.sign(serde_json::to_string(&s.manifest(device, now)).unwrap()))).await
    }
    async fn remind(&self, said: Signed) -> Result<bool, Broken> {
        if self.sign(said.text.clone()) != said {
            return Ok(false);
        }
        let manifest: Manifest = serde_json::from_str(&said.text).unwrap();
        self.asked("remind", |s, now| {
            let behind = s.manifest(manifest.device, now).generation < manifest.generation;
            s.hub.locked |= behind;
            Ok(behind)
        })
        .await
    }
    async fn office(&self, _: Id<Device>, _: Petition) -> Result<Heard, Broken> {
        // The wire is tried here; the office stands on what keeps people.
        Ok(Heard::Not { why: "no_session".into(), field: None, params: Default::default() })
    }
    async fn push(&self, _: Id<Device>, push: Push) -> Result<Pushed, Broken> {
        self.asked("push", |s, now| {
            let terms = s.hub.terms(now);
            core::push(&mut s.hub.desk(push.client, &mut s.truth), &terms, &Program::Newer, push)
        })
        .await
    }
    async fn pull(&self, device: Id<Device>, pull: Pull) -> Result<Pulled, Broken> {
        self.asked("pull", |s, now| {
            let terms = s.hub.terms(now);
            let pulled = core::pull(&s.hub.desk(pull.client, &mut s.truth), &terms, device, &pull)?;
            let log = s.hub.logs.get(&pull.client).map(|l| &l.entries[..]).unwrap_or_default();
            s.vouched.extend(log.iter().map(|(e, chain)| (pull.client, e.seq, *chain)));
            Ok(pulled)
        })
        .await
    }
    async fn heads(
        &self,
        device: Option<Id<Device>>,
        clients: Vec<Id<Client>>,
    ) -> Result<Vec<(Id<Client>, i64)>, Broken> {
        self.asked("heads", |s, _| {
            let users = device.map(|device| s.hub.enrolled.get(&device).cloned().unwrap_or_default());
            let seen = |client: &Id<Client>| users.as_ref().is_none_or(|users| s.hub.readable(users, *client));
            let head = |client: Id<Client>| s.hub.logs.get(&client).map_or(0, |log| log.entries.len() as i64);
            let told = clients.into_iter().filter(|client| !s.hub.locked && seen(client));
            Ok(told.map(|client| (client, head(client))).collect())
        })
        .await
    }
    async fn agree(
        &self,
        device: Id<Device>,
        client: Id<Client>,
        places: Vec<Position>,
    ) -> Result<Option<Position>, Broken> {
        self.asked("agree", |s, _| {
            let users = s.hub.enrolled.get(&device).cloned().unwrap_or_default();
            if !s.hub.readable(&users, client) {
                return Ok(None);
            }
            core::agree(&s.hub.desk(client, &mut s.truth), &places).map(Some)
        })
        .await
    }
    async fn offer(
        &self,
        device: Id<Device>,
        client: Id<Client>,
        mut entries: Vec<Returned>,
    ) -> Result<Offered, Broken> {
        self.asked("offer", |s, now| {
            for one in &mut entries {
                let link = one.entry.link(&KEY, &one.before);
                one.vouched = s.vouched.contains(&(client, one.entry.seq, link));
            }
            let terms = s.hub.terms(now);
            s.truth.returning = true;
            let taken = core::offer(&mut s.hub.desk(client, &mut s.truth), &terms, &Program::Newer, device, entries);
            s.truth.returning = false;
            taken
        })
        .await
    }
    async fn part(
        &self,
        _: Id<Device>,
        client: Id<Client>,
        parting: [u8; 16],
        sealed: Vec<u8>,
    ) -> Result<bool, Broken> {
        let changes = read_plain(&sealed);
        self.asked("part", |s, _| core::part(&mut s.hub.desk(client, &mut s.truth), parting, &changes)).await
    }
}
