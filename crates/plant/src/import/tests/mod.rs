//! Files go in and out through the store.
mod again;
mod garment;
mod roles;
mod undo;
mod whole;

use super::{
    desk::Sheet,
    fields::What,
    preview::{Preview, Wish, preview},
    why::RowError,
    write::{Imported, Order, import},
};
use crate::export::{Format, export};
use base64::prelude::{BASE64_STANDARD, Engine};
use domain::{Client, Entity, Fault, Id, Role};
use store::{Clock, Session, Store, keep::Vault, session::NewAccount};

pub(crate) const PASSWORD: &str = "orange-lathe-forty-two";

/// A plant with its admin, on a file of its own.
pub(crate) struct Plant {
    _dir: tempfile::TempDir,
    pub(crate) store: Store,
    pub(crate) admin: Session,
}

pub(crate) fn wish(what: impl Into<What>) -> Wish {
    Wish { what: what.into(), client_id: None, mapping: None, scrap_inside: None }
}

impl Plant {
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let vault = Vault::new(dir.path().join("lineboard.db"), [7; 32]);
        let store = Store::create(&vault, Clock::fixed(1_790_000_000_000)).unwrap();
        let admin = store.first_start("admin", "Ada", PASSWORD, "en").unwrap();
        Plant { _dir: dir, store, admin }
    }
    pub(crate) fn person(&self, name: &str, role: Role, clients: &[Id<Client>]) -> Session {
        let new = NewAccount {
            name: name.into(),
            display_name: name.into(),
            role,
            clients: clients.to_vec(),
            password: PASSWORD.into(),
            forced_change: false,
            language: "en".into(),
        };
        self.store.user_add(&self.admin, &new).unwrap();
        self.store.login(name, PASSWORD).unwrap()
    }
    pub(crate) fn client(&self, code: &str) -> Id<Client> {
        let repo = self.store.repository(&self.admin).unwrap();
        let row = |id| Client { client_id: id, id, code: code.into(), name: code.into(), active: true };
        repo.write(|w| {
            let id = w.fresh();
            w.found(&row(id)).map(|()| id)
        })
        .unwrap()
    }
    pub(crate) fn id(&self, code: &str) -> Id<Client> {
        let repo = self.store.repository(&self.admin).unwrap();
        repo.session().clients().iter().find(|c| c.code == code).unwrap().id
    }
    pub(crate) fn look(&self, who: &Session, wish: &Wish, bytes: &[u8]) -> Result<(Preview, Vec<RowError>), Fault> {
        let sheet = Sheet::open(bytes.to_vec())?;
        let repo = self.store.repository(who)?;
        Ok(repo.read(|r| preview(r, &sheet, wish, &mut |_, _| Ok(())))?)
    }
    pub(crate) fn take(
        &self,
        who: &Session,
        wish: &Wish,
        bytes: &[u8],
        without_errors: bool,
    ) -> Result<Imported, Fault> {
        let sheet = Sheet::open(bytes.to_vec())?;
        let repo = self.store.repository(who)?;
        let order = Order { sheet: &sheet, name: "file.csv", wish, without_errors };
        Ok(repo.write(|w| import(w, &order, &mut |_, _| Ok(())))?)
    }
    pub(crate) fn out(&self, who: &Session, what: impl Into<What>, format: Format) -> Result<String, Fault> {
        let repo = self.store.repository(who)?;
        Ok(repo.read(|r| export(r, what, None, format))?)
    }
    /// The same as the bytes of a file.
    pub(crate) fn file(&self, who: &Session, what: impl Into<What>, format: Format) -> Vec<u8> {
        let text = self.out(who, what, format).unwrap();
        if format == Format::Xlsx { BASE64_STANDARD.decode(text).unwrap() } else { text.into_bytes() }
    }
    pub(crate) fn rows<E: Entity>(&self, client: Id<Client>) -> Vec<E> {
        let repo = self.store.repository(&self.admin).unwrap();
        repo.read(|r| r.list(client, i64::MAX, 0)).unwrap()
    }
    pub(crate) fn undo(&self, who: &Session) -> store::Undone {
        self.store.repository(who).unwrap().write(|w| w.undo()).unwrap()
    }
}

/// What was written, was here, and was left out.
pub(crate) fn counts(i: &Imported) -> (u32, u32, u32) {
    (i.written, i.unchanged, i.skipped)
}

/// Field and code of errors, by row.
pub(crate) fn told(errors: &[RowError]) -> Vec<(u32, &str, &str)> {
    errors.iter().map(|e| (e.row, e.field.as_deref().unwrap_or(""), e.code)).collect()
}
