//! A hub with clients, people and PCs that are enrolled.
use crate::{
    child::Hub,
    pc::Pc,
    seconds,
    server::{Server, admin, database},
};
use domain::{
    Client, Id, Role,
    change::{Device, User},
};
use hub::{
    Person,
    clock::Clock,
    postgres::{Config, Postgres},
};
use net::{certificate::certificate, place::Coins};
use std::sync::Arc;
use sync::http::{Account, Https, Now, Wanted, enrol, fresh_key};
use tempfile::TempDir;

/// All of it.
pub(crate) struct Stage {
    pub(crate) hub: Hub,
    pub(crate) desk: Postgres,
    pub(crate) clients: Vec<(Id<Client>, Id<User>)>,
    pub(crate) url: String,
    pub(crate) postmaster: u32,
    database: String,
    trust: String,
    _folder: TempDir,
    pub(crate) server: Server,
}

/// The clock of every PC here.
pub(crate) fn clock() -> Now {
    let clock = Clock::default();
    Arc::new(move || clock.now())
}

/// An id nobody has yet.
pub(crate) fn fresh<E>() -> Id<E> {
    let mut random = [0; 10];
    fastrand::fill(&mut random);
    Id::at(Clock::default().now(), random)
}

impl Stage {
    /// A hub with so many clients, each with a person of its own.
    pub(crate) async fn set(clients: usize) -> Stage {
        let (server, clock) = (Server::start(true), Clock::default());
        let database = database(&server, &clock).await;
        let url = server.url("hub_app", &database);
        let desk = Postgres::open(&Config { url: url.clone(), connections: 8, clock }).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let trust = certificate(folder.path()).1;
        let hub = Hub::start(&url, folder.path());
        let postmaster = postmaster(&server).await;
        let mut stage = Stage { hub, desk, clients: vec![], url, postmaster, database, trust, _folder: folder, server };
        for n in 0..clients {
            stage.add(n).await;
        }
        stage
    }
    async fn add(&mut self, n: usize) {
        let (client, user) = (fresh(), fresh());
        self.desk.add_client(client, &format!("C{n}")).await.unwrap();
        let login = format!("leader{n}");
        let person = Person { user, name: login.clone(), login, role: Role::Leader, active: true, verifier: None };
        self.desk.keep_person(&person).await.unwrap();
        self.desk.grant(user, client).await.unwrap();
        self.clients.push((client, user));
    }
    /// A connection past every wall.
    pub(crate) async fn postgres(&self) -> tokio_postgres::Client {
        admin(&self.server.url("postgres", &self.database)).await
    }
    /// The number that a question finds.
    pub(crate) async fn count(&self, sql: &str) -> i64 {
        self.postgres().await.query_one(sql, &[]).await.unwrap().get(0)
    }
    /// So many PCs, one after the other over the clients, let in through the door.
    pub(crate) async fn pcs(&self, count: usize) -> Vec<Pc> {
        let mut all = vec![];
        for n in 0..count {
            let (client, user) = self.clients[n % self.clients.len()];
            all.push(self.pc(client, user).await);
        }
        all
    }
    /// One PC of a client's person, let in through the door.
    pub(crate) async fn pc(&self, client: Id<Client>, user: Id<User>) -> Pc {
        let (key, device): (_, Id<Device>) = (fresh_key().unwrap(), fresh());
        let code = self.desk.new_code().await.unwrap();
        let wanted = Wanted { url: self.address(), trust: self.trust.clone(), code, name: "pc".into(), device };
        let enrolled = enrol(&wanted, &key, clock()).await.unwrap().unwrap();
        self.desk.assign(user, device).await.unwrap();
        let account = Account { url: wanted.url, trust: wanted.trust, device, key };
        let http = Https::new(account, Coins::new(enrolled.tokens), clock()).unwrap();
        Pc::new(http, device, client, user).await
    }
    /// A person of all clients.
    pub(crate) async fn everybodys(&self) -> Id<User> {
        let user = fresh();
        self.keep(user, "ada").await;
        user
    }
    async fn keep(&self, user: Id<User>, login: &str) {
        let (name, login, role) = (login.to_string(), login.to_string(), Role::Admin);
        let person = Person { user, login, name, role, active: true, verifier: None };
        self.desk.keep_person(&person).await.unwrap();
        for (client, _) in &self.clients {
            self.desk.grant(user, *client).await.unwrap();
        }
    }
    /// A person who sees all clients is to come on a PC of its own; the code that lets that in.
    pub(crate) async fn expects(&self, user: Id<User>) -> String {
        self.keep(user, "comer").await;
        self.desk.new_code().await.unwrap()
    }
    /// Where its door is.
    pub(crate) fn address(&self) -> String {
        format!("https://localhost:{}", self.hub.port)
    }
    /// What a PC trusts it by.
    pub(crate) fn trust(&self) -> &str {
        &self.trust
    }
    /// Seconds of processor that hub and database have used.
    pub(crate) fn used(&self) -> (f64, f64) {
        (self.hub.used(), seconds::used_by_all(self.postmaster))
    }
}

async fn postmaster(server: &Server) -> u32 {
    let postgres = admin(&server.url("postgres", "postgres")).await;
    let folder: String = postgres.query_one("SHOW data_directory", &[]).await.unwrap().get(0);
    let text = std::fs::read_to_string(format!("{folder}/postmaster.pid")).unwrap();
    text.lines().next().unwrap().parse().unwrap()
}
