//! A plant on an encrypted file of its own, with people who logged in.
use crate::row::row;
use domain::{Client, Fault, Id, Role, entities};
use plant::{
    commands::{self, Call},
    import::desk::Desk,
};
use serde_json::Value as Json;
use std::{path::Path, sync::Arc};
use store::{
    Clock, Put, Session, Store,
    keep::Vault,
    session::{AccountChange, NewAccount},
};

/// A password nobody's list has.
const PASSWORD: &str = "seven blue lathes hum";

/// A plant with its admin, on a clock that stands.
pub struct Plant {
    folder: tempfile::TempDir,
    /// The open file.
    pub store: Arc<Store>,
    /// Who made the plant.
    pub admin: Session,
    desk: Desk,
}

/// The admin of a plant's file, logged in anew.
pub fn login(store: &Store) -> Session {
    store.login("ada", PASSWORD).unwrap()
}

impl Default for Plant {
    fn default() -> Self {
        Self::new()
    }
}

impl Plant {
    /// A plant of its admin alone.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::new(folder.path().join("lineboard.db"), [7; 32]);
        let store = Arc::new(Store::create(&vault, Clock::fixed(1_750_000_000_000)).unwrap());
        let admin = store.first_start("ada", "Ada", PASSWORD, "en").unwrap();
        Plant { folder, store, admin, desk: Desk::default() }
    }
    /// Where the file and whatever stands beside it lie.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
    /// A client with one row of every entity, each of its texts marked with the name.
    pub fn client(&self, name: &str) -> Id<Client> {
        let client = Id::fact(Id::from_bytes([0; 16]), "client", name);
        let repo = self.store.repository(&self.admin).unwrap();
        repo.write(|w| {
            w.names(format!("{name} begins"));
            w.found(&row(client, name))?;
            macro_rules! put {
                ($($entity:ident),* $(,)?) => { $(if !["Client", "Author"].contains(&stringify!($entity)) {
                    w.put(&row::<domain::$entity>(client, name))?;
                })* };
            }
            entities!(put);
            Ok(())
        })
        .unwrap();
        client
    }
    /// A person who logged in.
    pub fn person(&self, name: &str, role: Role, clients: &[Id<Client>]) -> Session {
        let new = NewAccount {
            name: name.into(),
            display_name: name.into(),
            role,
            clients: clients.into(),
            password: PASSWORD.into(),
            forced_change: false,
            language: "en".into(),
        };
        self.store.user_add(&self.admin, &new).unwrap();
        self.store.login(name, PASSWORD).unwrap()
    }
    /// Leaves a person these clients; whoever sees every client loses the others with all the plant.
    pub fn narrow(&self, person: &Session, to: &[Id<Client>]) {
        let (id, role) = (person.user(), person.role());
        let lost: Vec<_> = person.clients().iter().map(|c| c.id).filter(|c| !to.contains(c)).collect();
        if role.sees_every_client() {
            let repo = self.store.repository(&self.admin).unwrap();
            let close = |id: &Id<Client>| {
                repo.write(|w| w.get::<Client>(*id, *id).and_then(|c| w.put(&Client { active: false, ..c })))
            };
            assert!(lost.iter().all(|id| close(id).unwrap() == Put::Patched));
        } else {
            let display_name = person.display_name().into();
            let change = AccountChange { id, display_name, role, clients: to.into(), lines: vec![], active: true };
            self.store.user_update(&self.admin, &change).unwrap();
        }
    }
    /// Runs a command as a window does.
    pub fn call(&self, session: &Session, name: &str, input: Json) -> Result<Json, Fault> {
        let repo = self.store.repository(session)?;
        commands::call(name, &Call { repo: &repo, desk: &self.desk, tell: &|_, _, _| {} }, input)
    }
    /// Lays a file on a person's desk; its token.
    pub fn upload(&self, session: &Session, name: &str, bytes: &[u8]) -> Result<String, Fault> {
        let token = self.desk.begin(session, name, bytes.len())?;
        self.desk.chunk(session, &token, 0, bytes)?;
        Ok(token)
    }
}
