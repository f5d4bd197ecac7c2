//! Log-in, rights and windows on a real encrypted file.
mod at_hub;
mod lease;
mod log_in;
mod rights;
mod windows;

use super::{Account, AccountChange, NewAccount, Session};
use crate::{Clock, Result, Store, keep::Vault};
use domain::{Basis, Client, Id, Line, Role};

const START: i64 = 1_750_000_000_000;
const ADA: &str = "copper kettle on mars";
const BEN: &str = "nine lamps in a row";

struct Plant {
    _dir: tempfile::TempDir,
    vault: Vault,
    store: Store,
    admin: Session,
}

impl Plant {
    /// An encrypted file with its first admin.
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let vault = Vault::new(dir.path().join("lineboard.db"), [7; 32]);
        let store = Store::create(&vault, Clock::fixed(START)).unwrap().cheap();
        let admin = store.first_start("ada", "Ada Lovelace", ADA, "en").unwrap();
        Plant { _dir: dir, vault, store, admin }
    }
    /// The same file as another program sees it, as after a crash.
    fn another(&self) -> Store {
        Store::open(&self.vault, self.store.clock().clone()).unwrap().cheap()
    }
    fn client(&self, code: &str) -> Id<Client> {
        let repo = self.store.repository(&self.admin).unwrap();
        repo.write(|w| {
            let id = w.fresh();
            w.found(&Client { client_id: id, id, code: code.into(), name: code.into(), active: true })?;
            Ok(id)
        })
        .unwrap()
    }
    /// Sets whether a client is active, on the record.
    fn serve(&self, client: Id<Client>, active: bool) {
        let repo = self.store.repository(&self.admin).unwrap();
        let code = if active { "BACK" } else { "LEFT" }.to_string();
        let row = Client { client_id: client, id: client, name: code.clone(), code, active };
        // One that nobody is shown any more is brought into scope like a new one.
        repo.write(|w| if active { w.found(&row) } else { w.put(&row).map(|_| ()) }).unwrap();
    }
    fn line(&self, client_id: Id<Client>) -> Id<Line> {
        let repo = self.store.repository(&self.admin).unwrap();
        repo.write(|w| {
            let id = w.fresh();
            let (code, name) = ("L1".to_string(), String::new());
            w.put(&Line { client_id, id, code, name, basis: Basis::Labour, parent_id: None, active: true })?;
            Ok(id)
        })
        .unwrap()
    }
    fn add(&self, name: &str, role: Role, clients: &[Id<Client>]) -> Account {
        self.store.user_add(&self.admin, &new(name, role, clients)).unwrap()
    }
    /// An account and its session.
    fn person(&self, name: &str, role: Role, clients: &[Id<Client>]) -> (Account, Session) {
        (self.add(name, role, clients), self.store.login(name, BEN).unwrap())
    }
    fn pass(&self, seconds: i64) {
        self.store.clock().advance(seconds * 1000);
    }
    /// The kinds of events and what they are about, oldest first.
    fn events(&self) -> Vec<(String, String)> {
        self.store
            .admin_read(|c| {
                let mut stmt = c.prepare("SELECT kind, what FROM security_event ORDER BY no")?;
                Ok(stmt.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
            })
            .unwrap()
    }
    fn kinds(&self) -> Vec<String> {
        self.events().into_iter().map(|e| e.0).collect()
    }
    fn admin_number(&self, sql: &str) -> i64 {
        self.store.admin_read(|c| Ok(c.query_row(sql, [], |r| r.get(0))?)).unwrap()
    }
}

fn new(name: &str, role: Role, clients: &[Id<Client>]) -> NewAccount {
    NewAccount {
        name: name.into(),
        display_name: format!("{name} of the plant"),
        role,
        clients: clients.into(),
        password: BEN.into(),
        forced_change: false,
        language: "en".into(),
    }
}

fn change(account: &Account) -> AccountChange {
    AccountChange {
        id: account.id,
        display_name: account.display_name.clone(),
        role: account.role,
        clients: account.clients.iter().map(|c| c.id).collect(),
        lines: account.lines.clone(),
        active: account.active,
    }
}

fn code<T>(result: Result<T>) -> String {
    result.map_or_else(|e| domain::Fault::from(e).code, |_| "fine".into())
}

fn field<T>(result: Result<T>) -> Option<String> {
    result.err().and_then(|e| domain::Fault::from(e).field)
}
