//! What the plant of the tests stands on here: a database of a PostgreSQL.
use crate::server::{Server, admin, database};
use domain::{
    Client, Id,
    change::{Device, Op},
};
use hub::{
    clock::Clock,
    postgres::{Config, Postgres},
};
use std::{
    io::Write,
    process::Stdio,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

/// The kind of hub that is tried.
pub(crate) type Hub = Postgres;

/// A database, and the server it is on.
pub(crate) struct Ground {
    pub(crate) server: Arc<Server>,
    pub(crate) database: String,
}

impl Ground {
    pub(crate) async fn new(clock: &Clock) -> Ground {
        Ground::on(Server::shared(), clock).await
    }
    pub(crate) async fn on(server: Arc<Server>, clock: &Clock) -> Ground {
        let database = database(&server, clock).await;
        Ground { server, database }
    }
    /// A hub on it, one of as many as one likes.
    pub(crate) async fn hub(&self, clock: &Clock) -> Hub {
        let url = self.server.url("hub_app", &self.database);
        Postgres::open(&Config { url, connections: 20, clock: clock.clone() }).await.unwrap()
    }
    /// A connection as the superuser, past every wall.
    pub(crate) async fn postgres(&self) -> tokio_postgres::Client {
        admin(&self.server.url("postgres", &self.database)).await
    }
    pub(crate) async fn count(&self, from: &str) -> i64 {
        self.postgres().await.query_one(&format!("SELECT count(*) FROM {from}"), &[]).await.unwrap().get(0)
    }
    /// Whether a word is in any column of a table.
    pub(crate) async fn holds(&self, table: &str, word: &str) -> bool {
        self.count(&format!("hub.{table} t WHERE t::text LIKE '%{word}%'")).await > 0
    }
    /// The name of a change, as a statement says it.
    pub(crate) fn named(op: Id<Op>) -> String {
        format!("'{op}'")
    }
    pub(crate) async fn key(&self, client: Id<Client>) -> [u8; 32] {
        let sql = "SELECT key FROM hub.client_head WHERE client_id = $1::text::uuid";
        let key: Vec<u8> = self.postgres().await.query_one(sql, &[&client.to_string()]).await.unwrap().get(0);
        key.try_into().unwrap()
    }
    /// A PC, as if it had been let in.
    pub(crate) async fn device(&self, device: Id<Device>) {
        let sql = "INSERT INTO hub.device (id, name, key, enrolled_at)
          VALUES ($1::text::uuid, 'pc', decode(repeat('00', 32), 'hex'), 0)";
        self.postgres().await.execute(sql, &[&device.to_string()]).await.unwrap();
    }
    /// What a backup holds.
    pub(crate) async fn backup(&self) -> Vec<u8> {
        let dump = self.server.program("pg_dump").arg(&self.database).output().unwrap();
        assert!(dump.status.success(), "{}", String::from_utf8_lossy(&dump.stderr));
        dump.stdout
    }
    /// A backup, restored into a database of its own.
    pub(crate) async fn brought_back(&self, dump: &[u8]) -> Ground {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("back{}", NUMBER.fetch_add(1, Ordering::SeqCst));
        let postgres = admin(&self.server.url("postgres", "postgres")).await;
        postgres.batch_execute(&format!("CREATE DATABASE {name}")).await.unwrap();
        let mut psql = self.server.program("psql");
        psql.args(["-q", "-v", "ON_ERROR_STOP=1", &name])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let mut psql = psql.spawn().unwrap();
        psql.stdin.take().unwrap().write_all(dump).unwrap();
        let done = psql.wait_with_output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        Ground { server: self.server.clone(), database: name }
    }
}

impl crate::plant::Plant {
    /// The plant on a server of its own.
    pub(crate) async fn of(server: Arc<Server>) -> Self {
        let clock = Clock::fixed(crate::plant::BEGIN);
        let ground = Ground::on(server, &clock).await;
        Self::on(ground, clock).await
    }
}
