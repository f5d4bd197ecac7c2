//! A hub on PostgreSQL behind its real door, and PCs with real files and running engines.
use crate::server::{Server, admin, database};
use checks::{Plant, row::row};
use domain::{Client, Id, ProductionEntry, Role, feed::Catalogue};
use hub::{
    Person,
    clock::Clock,
    postgres::{self, Postgres},
    wire::{self, Limits, Pem},
};
use net::certificate::certificate;
use std::{io::Write, net::SocketAddr, path::PathBuf, process::Stdio, sync::Arc, time::Duration};
use store::{Put, keep::Vault};
use sync::{
    engine::{Engine, Settings, Status},
    http::{Account, Https, Now, Wanted, enrol, fresh_key},
    joined::Joined,
};
use tokio::{sync::oneshot, task::JoinHandle, time::timeout};

/// A hub and all it stands on.
pub(crate) struct Hub {
    pub(crate) desk: Arc<Postgres>,
    server: Arc<Server>,
    database: String,
    folder: tempfile::TempDir,
    trust: String,
    address: SocketAddr,
    running: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
}

impl Hub {
    pub(crate) async fn open() -> Hub {
        let server = Server::shared();
        let clock = Clock::default();
        let database = database(&server, &clock).await;
        let desk = on(&server, &database).await;
        let folder = tempfile::tempdir().unwrap();
        let trust = certificate(folder.path()).1;
        let address = "127.0.0.1:0".parse().unwrap();
        let mut hub = Hub { desk: Arc::new(desk), server, database, folder, trust, address, running: None };
        hub.start().await;
        hub
    }
    fn pem(&self) -> Pem {
        let file = |name: &str| -> PathBuf { self.folder.path().join(name) };
        Pem { certificate: file("hub.pem"), key: file("hub.key") }
    }
    /// What a backup holds.
    pub(crate) fn backup(&self) -> Vec<u8> {
        let dump = self.server.program("pg_dump").arg(&self.database).output().unwrap();
        assert!(dump.status.success(), "{}", String::from_utf8_lossy(&dump.stderr));
        dump.stdout
    }
    /// Goes back to a backup, and answers where it did: nobody tells it.
    pub(crate) async fn goes_back(&mut self, dump: &[u8]) {
        self.set_back(dump).await;
        self.start().await;
    }
    /// Goes back to a backup in another life, and its grants are confirmed.
    pub(crate) async fn is_restored(&mut self, dump: &[u8]) {
        self.set_back(dump).await;
        self.desk.begin_restored().await.unwrap();
        self.desk.confirm_grants().await.unwrap();
        self.start().await;
    }
    async fn set_back(&mut self, dump: &[u8]) {
        self.stop().await;
        self.database = format!("{}_back", self.database);
        let postgres = admin(&self.server.url("postgres", "postgres")).await;
        postgres.batch_execute(&format!("CREATE DATABASE {}", self.database)).await.unwrap();
        let mut psql = self.server.program("psql");
        psql.args(["-q", "-v", "ON_ERROR_STOP=1", &self.database]).stdin(Stdio::piped()).stdout(Stdio::null());
        let mut psql = psql.spawn().unwrap();
        psql.stdin.take().unwrap().write_all(dump).unwrap();
        assert!(psql.wait().unwrap().success());
        self.desk = Arc::new(on(&self.server, &self.database).await);
    }
    /// How many changes wait for a person that say this.
    pub(crate) async fn quarantined(&self, text: &str) -> i64 {
        let postgres = admin(&self.server.url("postgres", &self.database)).await;
        let sql = "SELECT count(*) FROM hub.quarantine q WHERE strpos(q.sent, $1) > 0";
        postgres.query_one(sql, &[&text]).await.unwrap().get(0)
    }
    /// Whether a word is in any text of a table.
    pub(crate) async fn holds(&self, table: &str, word: &str) -> bool {
        let postgres = admin(&self.server.url("postgres", &self.database)).await;
        let sql = format!("SELECT count(*) FROM hub.{table} t WHERE strpos(to_jsonb(t)::text, $1) > 0");
        postgres.query_one(&sql, &[&word]).await.unwrap().get::<_, i64>(0) > 0
    }
    /// One more admin, who works on no PC.
    pub(crate) async fn admin(&self, login: &str) {
        let (user, name) = (Id::from_bytes([0xc; 16]), login.to_string());
        let person = Person { user, login: name.clone(), name, role: Role::Admin, active: true, verifier: None };
        self.desk.keep_person(&person).await.unwrap();
    }
    /// Where its door is.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }
    /// What is typed on a PC to come to it by way of an address.
    pub(crate) async fn wanted(&self, plant: &Plant, at: SocketAddr, name: &str) -> Wanted {
        let (code, device) = (self.desk.new_code().await.unwrap(), plant.store.device());
        let url = format!("https://localhost:{}", at.port());
        Wanted { url, trust: self.trust.clone(), code, name: name.into(), device }
    }
    /// A client's log, word for word.
    pub(crate) async fn log(&self, client: Id<Client>) -> Vec<String> {
        let postgres = admin(&self.server.url("postgres", &self.database)).await;
        let sql = "SELECT to_jsonb(e)::text FROM hub.entry e WHERE client_id = $1::text::uuid ORDER BY seq";
        postgres.query(sql, &[&client.to_string()]).await.unwrap().iter().map(|row| row.get(0)).collect()
    }
    /// Opens the door; at the same address as before.
    pub(crate) async fn start(&mut self) {
        let clock = Clock::default();
        let mut config = wire::Config::new(self.address, Some(self.pem()), move || clock.now());
        config.limits = Limits::default();
        let bound = net::place::again(config).await;
        self.address = bound.address().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let desk = self.desk.clone();
        let task = tokio::spawn(async move { bound.serve(desk, async { drop(stopped.await) }).await });
        self.running = Some((stop, task));
    }
    /// Shuts the door: nobody listens there any more.
    pub(crate) async fn stop(&mut self) {
        let (stop, task) = self.running.take().unwrap();
        drop(stop);
        task.await.unwrap();
    }
    /// Enrols a PC with its admin, who may see these clients.
    pub(crate) async fn enrol(&self, plant: Plant, login: &str, clients: &[Id<Client>]) -> Pc {
        let user = plant.admin.user();
        let (name, role) = (login.to_string(), Role::Admin);
        let person = Person { user, login: name.clone(), name, role, active: true, verifier: None };
        self.desk.keep_person(&person).await.unwrap();
        for client in clients {
            self.desk.grant(user, *client).await.unwrap();
        }
        let vault = Vault::new(plant.folder().join("lineboard.db"), [7; 32]);
        let (key, device) = (fresh_key().unwrap(), plant.store.device());
        let wanted = self.wanted(&plant, self.address, login).await;
        let enrolled = enrol(&wanted, &key, clock()).await.unwrap().unwrap();
        assert_eq!(enrolled.device, device);
        self.desk.assign(user, device).await.unwrap();
        let account = Account { url: wanted.url, trust: wanted.trust, device, key };
        Joined::begin(&plant.store, &vault, &account, enrolled.hub, &enrolled.tokens).unwrap();
        Pc { plant, vault, engine: None }
    }
}

async fn on(server: &Server, database: &str) -> Postgres {
    let url = server.url("hub_app", database);
    Postgres::open(&postgres::Config { url, connections: 8, clock: Clock::default() }).await.unwrap()
}

fn clock() -> Now {
    let clock = Clock::default();
    Arc::new(move || clock.now())
}

/// A PC: its file, and its engine while it runs.
pub(crate) struct Pc {
    pub(crate) plant: Plant,
    pub(crate) vault: Vault,
    engine: Option<Engine>,
}

impl Pc {
    /// Starts its engine, as a program that begins does.
    pub(crate) fn start(&mut self) {
        let (joined, account) = Joined::open(self.plant.store.clone(), self.vault.clone()).unwrap().unwrap();
        let (joined, second) = (Arc::new(joined), Joined::open(self.plant.store.clone(), self.vault.clone()));
        let purse = second.unwrap().unwrap().0;
        let ms = Duration::from_millis;
        let settings = Settings {
            interval: ms(50),
            others: ms(50),
            manifest: ms(200),
            first_wait: ms(20),
            longest_wait: ms(200),
            page: 7,
            push: 5,
            offer: 10,
            ..Settings::new(account.device, joined.hub(), clock(), 7)
        };
        let hub = Https::new(account, purse, clock()).unwrap();
        self.engine = Some(Engine::start(joined, Arc::new(hub), Arc::new(Catalogue), settings));
    }
    /// Stops it, as the end of the program does.
    pub(crate) async fn stop(&mut self) {
        self.engine.take().unwrap().stop().await;
    }
    /// Waits until the engine tells so.
    pub(crate) async fn until(&self, what: &str, told: impl Fn(&Status) -> bool) {
        let engine = self.engine.as_ref().unwrap();
        engine.wake();
        let mut status = engine.status();
        let waits = timeout(Duration::from_secs(40), status.wait_for(told)).await;
        assert!(waits.is_ok(), "{what}: {:?}", engine.status().borrow());
    }
    /// Waits until nothing of a client waits here, and all that is known is here.
    pub(crate) async fn has(&self, client: Id<Client>, entries: i64) {
        let rests = |s: &Status| {
            s.clients.get(&client).is_some_and(|c| c.pending + c.acknowledged == 0 && c.caught_up && c.done >= entries)
        };
        self.until(&format!("{entries} entries"), rests).await;
    }
    /// The entries taken in.
    pub(crate) fn done(&self, client: Id<Client>) -> i64 {
        let status = self.engine.as_ref().unwrap().status();
        status.borrow().clients.get(&client).map_or(0, |c| c.done)
    }
    /// One's own change, as a person makes it.
    pub(crate) fn makes(&self, client: Id<Client>, produced: i64) {
        self.plant.store.clock().advance(1000);
        let repo = self.plant.store.repository(&self.plant.admin).unwrap();
        let put = repo.write(|w| {
            let entry: ProductionEntry = w.get(client, row::<ProductionEntry>(client, "ACME").id)?;
            w.put(&ProductionEntry { produced: Some(produced), ..entry })
        });
        assert_eq!(put.unwrap(), Put::Patched);
        self.nudges();
    }
    /// Tells the engine that something was written.
    pub(crate) fn nudges(&self) {
        if let Some(engine) = &self.engine {
            engine.nudge();
        }
    }
    pub(crate) fn produced(&self, client: Id<Client>) -> Option<i64> {
        let repo = self.plant.store.repository(&self.plant.admin).unwrap();
        let id = row::<ProductionEntry>(client, "ACME").id;
        repo.read(|r| r.find::<ProductionEntry>(client, id)).unwrap()?.produced
    }
    /// Every row of the client, of every table.
    pub(crate) fn all(&self, client: Id<Client>) -> Vec<String> {
        let mut all = vec![];
        let repo = self.plant.store.repository(&self.plant.admin).unwrap();
        macro_rules! rows {
            ($($name:ident),* $(,)?) => { $(
                let rows = repo.read(|r| r.list::<domain::$name>(client, 1000, 0)).unwrap();
                all.extend(rows.iter().map(|row| format!("{row:?}")));
            )* };
        }
        domain::entities!(rows);
        all
    }
    pub(crate) fn is_sound(&self) {
        let report = self.plant.store.verify(&self.plant.admin, &mut |_, _| {}).unwrap();
        let broken: Vec<_> = report.checks.iter().flat_map(|c| &c.places).collect();
        assert!(broken.is_empty(), "{broken:?}");
    }
}
