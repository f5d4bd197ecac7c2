//! What the plant of the tests stands on here: a folder with a keeper's book.
use domain::{
    Client, Id,
    change::{Device, Op},
};
use hub::{clock::Clock, keeper::Keeper};
use std::sync::atomic::{AtomicU32, Ordering};
use store::{
    book::{Book, Page, Value},
    keep::Vault,
};
use tempfile::TempDir;

/// The kind of hub that is tried.
pub(crate) type Hub = Keeper;

/// A data folder.
pub(crate) struct Ground {
    pub(crate) folder: TempDir,
    pub(crate) vault: Vault,
}

impl Ground {
    pub(crate) async fn new(_: &Clock) -> Ground {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::new(folder.path().join("lineboard.db"), [5; 32]);
        Ground { folder, vault }
    }
    /// A hub on it, one of as many as one likes.
    pub(crate) async fn hub(&self, clock: &Clock) -> Hub {
        Keeper::begin(&self.vault, clock.clone()).await.unwrap()
    }
    /// A page on which all clients are named.
    pub(crate) fn page<T>(&self, asks: impl FnOnce(&Page<'_>) -> T) -> T {
        let mut book = Book::begin(&self.vault).unwrap();
        let page = book.page().unwrap();
        let clients = page.rows("SELECT id FROM hub.client", &[]).unwrap();
        let id = |row: &Vec<Value>| match &row[0] {
            Value::Bytes(bytes) => Id::from_bytes(bytes.as_slice().try_into().unwrap()),
            other => panic!("{other:?} is no id"),
        };
        let clients: Vec<Id<Client>> = clients.iter().map(id).chain([Client::PLANT]).collect();
        page.see_clients(&clients).unwrap();
        let found = asks(&page);
        page.commit().unwrap();
        found
    }
    pub(crate) async fn count(&self, from: &str) -> i64 {
        let rows = self.page(|page| page.rows(&format!("SELECT count(*) FROM {from}"), &[]).unwrap());
        let Value::Number(count) = rows[0][0] else { panic!("no number") };
        count
    }
    /// Whether a word is in any column of a table.
    pub(crate) async fn holds(&self, table: &str, word: &str) -> bool {
        let rows = self.page(|page| page.rows(&format!("SELECT * FROM hub.{table}"), &[]).unwrap());
        let has = |value: &Value| match value {
            Value::Text(text) => text.contains(word),
            Value::Bytes(bytes) => bytes.windows(word.len()).any(|w| w == word.as_bytes()),
            _ => false,
        };
        rows.iter().flatten().any(has)
    }
    /// The name of a change, as a statement says it.
    pub(crate) fn named(op: Id<Op>) -> String {
        format!("X'{}'", op.hex())
    }
    pub(crate) async fn key(&self, client: Id<Client>) -> [u8; 32] {
        let sql = "SELECT key FROM hub.client_head WHERE client_id = $1";
        let rows = self.page(|page| page.rows(sql, &[client.into()]).unwrap());
        let Value::Bytes(key) = &rows[0][0] else { panic!("no key") };
        key.as_slice().try_into().unwrap()
    }
    /// A PC, as if it had been let in.
    pub(crate) async fn device(&self, device: Id<Device>) {
        let sql = "INSERT INTO hub.device (id, name, key, enrolled_at) VALUES ($1, 'pc', $2, 0)";
        self.page(|page| page.run(sql, &[device.into(), [0; 32].into()]).unwrap());
    }
    /// What a backup holds.
    pub(crate) async fn backup(&self) -> Vec<u8> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let to = self.folder.path().join(format!("backup{}", NUMBER.fetch_add(1, Ordering::SeqCst)));
        Book::begin(&self.vault).unwrap().copy_to(&to).unwrap();
        #[allow(clippy::disallowed_methods, reason = "a backup is taken away as a file")]
        std::fs::read(to).unwrap()
    }
    /// A backup, put in place in a folder of its own.
    pub(crate) async fn brought_back(&self, backup: &[u8]) -> Ground {
        let ground = Ground::new(&Clock::default()).await;
        #[allow(clippy::disallowed_methods, reason = "a backup comes back as a file")]
        std::fs::write(ground.folder.path().join("hub.db"), backup).unwrap();
        ground
    }
}
