//! One client's log in a hub's order, inside one transaction of the file.
//!
//! The screen's row is the hub's order with one's own changes above it. Where
//! the two differ, `shade` keeps the row as the hub's order makes it.
mod beside;
mod cut;
mod join;
mod log;
mod outgoing;
mod overlay;
mod purge;
mod rows;
mod scrub;
mod state;
#[cfg(test)]
mod tests;

pub(super) use beside::Beside;
pub(super) use log::decided;
pub(super) use outgoing::WAITS;
pub(super) use overlay::{Under, base_of, base_text, undisputed, whole_units};
pub(super) use rows::shape;

use super::{Repository, Writer, gate::Mode, log::dml};
use crate::{
    Result, Store,
    keep::Vault,
    session::{ClientRef, Person, Session},
};
use domain::{
    Client, Code, Id, Value,
    change::Op,
    feed::{Cut, Record},
    merge::Folded,
};
use log::End;
use std::{
    cell::RefCell,
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

/// One client's part of the file, for whoever brings it together with its hub.
///
/// It writes rows only as changes make them, and no change of its own.
pub struct Feed<'w, 'c> {
    w: &'w mut Writer<'c>,
    client: Id<Client>,
    /// Rows as the hub's order makes them, until they are shown.
    order: BTreeMap<Record, Option<Folded>>,
    /// Rows as their tables hold them, until they are shown anew.
    tables: RefCell<HashMap<Record, Option<Folded>>>,
    /// Where the order ends that this transaction brought.
    end: Option<End>,
    cut: RefCell<Option<Arc<Vec<Cut>>>>,
    /// Changes of other PCs that came in this transaction: on no list of one's own.
    foreign: HashSet<Id<Op>>,
    /// The hashes of what erasures took out of the file, once they were asked for.
    redacted: RefCell<Option<HashMap<Id<Op>, [u8; 32]>>>,
}

impl Store {
    /// Brings one client's log together with its hub, in one transaction.
    ///
    /// Only whoever holds the file's own key does: no session and no command.
    ///
    /// # Errors
    /// `forbidden` with another file's key.
    pub fn feed<T>(
        &self,
        vault: &Vault,
        client: Id<Client>,
        f: impl FnOnce(&mut Feed<'_, '_>) -> Result<T>,
    ) -> Result<T> {
        if !self.vault.is(vault) {
            return Err(Code::Forbidden.into());
        }
        let scope = vec![ClientRef { id: client, code: String::new(), name: String::new() }];
        let own = Person { clients: scope, ..self.admin_read(Person::of_the_store)? };
        Repository::of_the_store(self, Session(Arc::new(own))).write(|w| {
            // Nobody's step, so nobody's to take back.
            w.silent = true;
            // A page brings rows in the order of the log, and they are put down table by table.
            w.at.gate.with(Mode::Page, || w.at.conn.execute_batch("PRAGMA defer_foreign_keys = ON"))?;
            let mut feed = Feed::of(w, client);
            let done = f(&mut feed)?;
            feed.keep_end()?;
            Ok(done)
        })
    }
}

impl<'w, 'c> Feed<'w, 'c> {
    fn of(w: &'w mut Writer<'c>, client: Id<Client>) -> Self {
        Feed {
            w,
            client,
            order: BTreeMap::new(),
            tables: RefCell::default(),
            end: None,
            cut: RefCell::default(),
            foreign: HashSet::new(),
            redacted: RefCell::default(),
        }
    }
}

impl Feed<'_, '_> {
    /// The client as the first value of a statement, with others behind it.
    fn values(&self, more: impl IntoIterator<Item = Value>) -> Vec<Value> {
        std::iter::once(Value::Id(self.client.bytes())).chain(more).collect()
    }
    fn run(&self, sql: &str, values: impl rusqlite::Params) -> Result<usize> {
        dml(self.w.at, sql, values)
    }
}

/// The values of a row's key, behind the client's.
fn key_of((kind, id): Record) -> [Value; 2] {
    [Value::Int(kind.into()), Value::Id(id)]
}
