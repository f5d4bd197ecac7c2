//! A PC of a test: the play's file, behind what the engine asks of files.
use crate::place::{Coins, OURS, Place};
use domain::{
    Client, Id, Value,
    change::{Act, Device, Op, User},
    feed::{Manifest, ManifestClient, Record, Sent, Signed},
    merge::place,
};
use sim::{
    device::{Deed, Pc},
    file::{File, Fresh, next},
    table::{KIND, Program, number},
    truth::Broken,
};
use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicUsize, Ordering},
};
use sync::{
    device::{Parting, Standing, refresh},
    engine::{Engine, Files, Settings, Status},
    http::{Account, Https},
};

/// A PC's file, shared between its engine and its person.
pub struct Machine {
    pc: Mutex<Pc>,
    kept: Mutex<Option<Signed>>,
    /// So many of the next transactions panic in their middle.
    pub panics: AtomicUsize,
    fresh: Fresh,
}

impl Machine {
    /// An empty file on a PC of these people.
    pub fn new(device: Id<Device>, users: Vec<Id<User>>, fresh: Fresh) -> Arc<Machine> {
        let mut pc = Pc::new(0, users, Program::Newer, &[], fresh.clone());
        pc.device = device;
        Arc::new(Machine { pc: Mutex::new(pc), kept: Mutex::default(), panics: AtomicUsize::new(0), fresh })
    }
    /// The PC.
    pub fn pc(&self) -> MutexGuard<'_, Pc> {
        self.pc.lock().unwrap_or_else(PoisonError::into_inner)
    }
    /// A copy of all of it, on another machine.
    pub fn twin(&self) -> Arc<Machine> {
        let pc = self.pc();
        let twin = Machine::new(pc.device, pc.users.clone(), self.fresh.clone());
        twin.pc().take(&pc.copy());
        *twin.kept.lock().unwrap() = self.kept.lock().unwrap().clone();
        twin
    }
    /// A client's part of the file as it stands.
    pub fn file(&self, client: Id<Client>) -> File {
        self.pc().file(client).clone()
    }
    /// Writes values into a row of ours, which is made where it is not there; which change that was.
    ///
    /// Nothing is written where the client is not worked with, as no screen would show it.
    pub fn write(&self, user: Id<User>, row: u8, values: &[(&str, i64)]) -> Option<Id<Op>> {
        let record: Record = (KIND, [row; 16]);
        let mut pc = self.pc();
        let file = pc.file(OURS);
        if !matches!(file.state.standing, Standing::Active | Standing::New) {
            return None;
        }
        let there = file.view.contains_key(&record);
        let columns = Program::Newer.play().columns;
        let patch = values.iter().map(|(c, n)| (place(columns, c), Value::Int(*n))).collect();
        let act = if there { Act::Patch } else { Act::Create };
        let sent = pc.change(OURS, 5, &Deed { user, act, record, patch, closes: &[], erases: false });
        let op = sent.change.op;
        let file = pc.file(OURS);
        file.write(sent);
        refresh(file, &Program::Newer, &[record].into()).unwrap();
        Some(op)
    }
    /// What the screen shows in a column of a row of ours.
    pub fn shows(&self, row: u8, column: &str) -> Option<i64> {
        self.pc().file(OURS).view.get(&(KIND, [row; 16])).and_then(|r| number(r, column))
    }
}

impl Files for Machine {
    type Error = Broken;
    type Part<'p> = File;
    fn clients(&self) -> Result<Vec<Id<Client>>, Broken> {
        Ok(self.pc().files.keys().copied().collect())
    }
    fn with<T>(&self, client: Id<Client>, work: impl FnOnce(&mut File) -> Result<T, Broken>) -> Result<T, Broken> {
        let mut pc = self.pc();
        let mut file = pc.file(client).clone();
        let done = work(&mut file)?;
        let panics = self.panics.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1)).is_ok();
        assert!(!panics, "a planted panic");
        for changes in std::mem::take(&mut file.sealed) {
            let id = (u128::from(next(&self.fresh)) << 32).to_be_bytes();
            pc.partings.push((client, sim::device::Parting { id, changes }));
        }
        pc.files.insert(client, file);
        Ok(done)
    }
    fn admit(&self, client: &ManifestClient) -> Result<(), Broken> {
        assert_eq!(client.key, sim::file::KEY);
        self.pc().file(client.client);
        Ok(())
    }
    fn partings(&self) -> Result<Vec<(Id<Client>, Parting)>, Broken> {
        let sealed = |p: &sim::device::Parting| Parting { id: p.id, sealed: plain(&p.changes) };
        Ok(self.pc().partings.iter().map(|(client, p)| (*client, sealed(p))).collect())
    }
    fn parted(&self, client: Id<Client>, parting: [u8; 16]) -> Result<(), Broken> {
        self.pc().partings.retain(|(c, p)| (*c, p.id) != (client, parting));
        Ok(())
    }
    fn manifest(&self) -> Result<Option<Signed>, Broken> {
        Ok(self.kept.lock().unwrap().clone())
    }
    fn keep_manifest(&self, signed: &Signed, _: &Manifest, _: i64) -> Result<(), Broken> {
        *self.kept.lock().unwrap() = Some(signed.clone());
        Ok(())
    }
}

/// Settings of a PC that does not wait long.
pub fn quick(place: &Place, device: Id<Device>) -> Settings {
    let ms = std::time::Duration::from_millis;
    Settings {
        interval: ms(30),
        others: ms(30),
        breath: ms(5),
        manifest: ms(60),
        first_wait: ms(10),
        longest_wait: ms(80),
        page: 4,
        push: 3,
        ..Settings::new(device, place.desk.public(), place.clock(), fastrand::u64(..))
    }
}

/// A PC that is enrolled, its file, and its engine while it runs.
pub struct Seat {
    /// The file.
    pub machine: Arc<Machine>,
    /// What it is to the hub.
    pub account: Account,
    /// Its tokens.
    pub coins: Coins,
    /// The engine.
    pub engine: Option<Engine>,
}

impl Seat {
    /// Enrols a PC; its engine stands still.
    pub async fn new(place: &Place, users: Vec<Id<User>>) -> Seat {
        let (account, coins) = place.enrol(users.clone()).await;
        let machine = Machine::new(account.device, users, place.fresh.clone());
        Seat { machine, account, coins, engine: None }
    }
    /// Starts its engine.
    pub fn start(&mut self, place: &Place) {
        self.start_with(place, quick(place, self.account.device));
    }
    /// The same with other settings.
    pub fn start_with(&mut self, place: &Place, settings: Settings) {
        let hub = Https::new(self.account.clone(), self.coins.clone(), place.clock()).unwrap();
        let rules = Arc::new(Program::Newer);
        self.engine = Some(Engine::start(self.machine.clone(), Arc::new(hub), rules, settings));
    }
    /// Stops its engine.
    pub async fn stop(&mut self) {
        if let Some(engine) = self.engine.take() {
            engine.stop().await;
        }
    }
    /// The engine.
    pub fn running(&self) -> &Engine {
        self.engine.as_ref().unwrap()
    }
    /// How it stands now.
    pub fn status(&self) -> Status {
        self.running().status().borrow().clone()
    }
    /// Waits until it stands so.
    pub async fn until(&self, what: &str, stands: impl FnMut(&Status) -> bool) {
        until(self.running(), what, stands).await;
    }
    /// Waits until everything is here and there.
    pub async fn rests(&self) {
        let ours = |s: &Status| s.trouble.is_none() && s.clients.get(&OURS).is_some_and(|c| c.at_rest());
        let rounds = self.status().rounds;
        self.until("nothing waits", |s| s.rounds > rounds + 1 && ours(s)).await;
    }
}

/// Waits until an engine stands so; not for ever.
pub async fn until(engine: &Engine, what: &str, stands: impl FnMut(&Status) -> bool) {
    within(std::time::Duration::from_secs(30), engine, what, stands).await;
}

/// The same where time is played: days go by in no time.
pub async fn played(engine: &Engine, what: &str, stands: impl FnMut(&Status) -> bool) {
    within(std::time::Duration::from_secs(1_000_000), engine, what, stands).await;
}

async fn within(time: std::time::Duration, engine: &Engine, what: &str, stands: impl FnMut(&Status) -> bool) {
    let mut status = engine.status();
    let waits = status.wait_for(stands);
    let came = tokio::time::timeout(time, waits).await.map(|s| drop(s.unwrap()));
    assert!(came.is_ok(), "{what}: {:?}", engine.status().borrow());
}

/// What is sealed in the open, for a hub in memory.
pub fn plain(changes: &[Sent]) -> Vec<u8> {
    let lines: Vec<String> = changes.iter().map(|c| serde_json::to_string(c).unwrap()).collect();
    lines.join("\n").into_bytes()
}

/// The changes of it.
pub fn read_plain(sealed: &[u8]) -> Vec<Sent> {
    std::str::from_utf8(sealed).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
