//! The only way to data: every connection carries a session's scope.
mod alarm;
#[cfg(test)]
mod attack;
mod busy;
mod cell;
mod class;
mod closed;
mod conflict;
mod cube;
#[cfg(test)]
mod drift;
mod erase;
mod feed;
mod floating;
mod gate;
mod gone;
mod known;
mod log;
mod past;
mod person;
mod personal;
mod pool;
mod reader;
mod refused;
mod rollup;
mod room;
mod scope;
mod steps;
mod table;
#[cfg(test)]
mod tests;
mod undo;
mod views;
mod writer;

pub use alarm::{Cause, Found, Settled};
pub use cell::{Cell as Read, Row};
pub use class::{Class, tables};
pub use conflict::{Conflict, Decision, Settles, Waits};
pub use cube::{Ages, ClientDays, Cube, Kept, KeptAsk, KeptGroup, ages_in_work, crews, in_work, in_work_together};
pub use erase::Gone;
pub use feed::Feed;
pub use past::{Needed, Then};
pub use person::{About, Told};
pub use personal::{Draft, Filter};
pub use reader::{Latest, Reader};
pub use refused::Refused;
pub use rollup::{Cell, Crew, Crews, LineShifts, Look, OrderAsOf, Orders, hours_of_shift, look, work_out};
pub use undo::{Skipped, Undone};
pub use writer::{Put, Writer};

pub(crate) use gate::Mode;
pub(crate) use log::{Author, act};
pub(crate) use pool::{Guarded, Readers, Tx, readers};
pub(crate) use rollup::{audit, audit_orders};
pub(crate) use scope::as_owner;

use crate::{Result, Store, missing, session::Session};
use domain::{Client, Id};

/// A session's way to its clients' rows.
pub struct Repository<'s> {
    store: &'s Store,
    session: Session,
}

impl<'s> Repository<'s> {
    /// Only a session opens one; it is brought up to date first.
    pub(crate) fn new(store: &'s Store, session: &Session) -> Result<Self> {
        Ok(Repository { store, session: store.ready(session)? })
    }
    /// The store's own, at work for nobody.
    fn of_the_store(store: &'s Store, session: Session) -> Self {
        Repository { store, session }
    }
    /// A delegate's, which keeps it to itself.
    pub(crate) fn of_delegate(store: &'s Store, session: Session) -> Self {
        Repository { store, session }
    }
    /// Who is acting, as of now.
    pub fn session(&self) -> &Session {
        &self.session
    }
    /// The store it belongs to.
    pub fn store(&self) -> &'s Store {
        self.store
    }
    /// Keeps a try for a client out of scope.
    pub fn deny(&self, what: &str) {
        self.store.denied(&self.session, what);
    }
    /// Reads, in scope, as of one moment.
    pub fn read<T>(&self, f: impl FnOnce(&Reader<'_>) -> Result<T>) -> Result<T> {
        self.reading(None, f)
    }
    /// Reads some of the clients in scope; `missing` where one is not.
    pub fn read_of<T>(&self, clients: &[Id<Client>], f: impl FnOnce(&Reader<'_>) -> Result<T>) -> Result<T> {
        if let Some(foreign) = clients.iter().find(|c| !self.session.covers(**c)) {
            self.store.denied(&self.session, &foreign.to_string());
            return Err(missing());
        }
        self.reading(Some(clients), f)
    }
    /// Reads with the person's cube, brought up to date through this very reader.
    pub fn read_cube<T>(&self, f: impl FnOnce(&Reader<'_>, &Cube) -> Result<T>) -> Result<T> {
        let cube = self.store.cube(self.session.user());
        let mut cube = cube.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        self.reading(None, |r| {
            cube.refresh(r)?;
            f(r, &cube)
        })
    }
    /// The days that were worked out for the person and are kept; they are given out through a reader only.
    pub fn kept(&self) -> std::sync::Arc<Kept> {
        self.store.kept(self.session.user())
    }
    fn reading<T>(&self, question: Option<&[Id<Client>]>, f: impl FnOnce(&Reader<'_>) -> Result<T>) -> Result<T> {
        let g = self.store.readers.get()?;
        self.enter(&g, question)?;
        let out = {
            let tx = Tx::begin(&g, "BEGIN")?;
            let now = self.store.clock.now();
            let reader = Reader { conn: &g.conn, session: &self.session, now, gate: &g.gate, known: None };
            let out = f(&reader);
            tx.commit()?;
            out
        };
        let held = g.gate.denied();
        scope::leave(&g)?;
        drop(g);
        self.report(held);
        out
    }
    /// Reads and writes, in scope, on the record, in one transaction.
    pub fn write<T>(&self, f: impl FnOnce(&mut Writer<'_>) -> Result<T>) -> Result<T> {
        let g = self.store.writer();
        self.enter(&g, None)?;
        let done = self.transaction(&g, f);
        let held = g.gate.denied();
        scope::leave(&g)?;
        drop(g);
        self.report(held);
        let (out, changed) = done?;
        self.store.tell(&changed);
        Ok(out)
    }
    fn transaction<T>(
        &self,
        g: &Guarded,
        f: impl FnOnce(&mut Writer<'_>) -> Result<T>,
    ) -> Result<(T, Vec<&'static str>)> {
        let tx = Tx::begin(g, "BEGIN IMMEDIATE")?;
        let mut w = Writer::new(g, &self.session, self.store.clock.now(), &self.store.author);
        let out = f(&mut w)?;
        rollup::settle(&mut w)?;
        w.settle_bookings()?;
        let (what, undoes) = (std::mem::take(&mut w.what), w.undoes);
        if w.silent {
            w.log.keep_heads()?
        } else {
            w.log.close(&what, undoes)?
        };
        let changed = std::mem::take(&mut w.changed).into_iter().collect();
        drop(w);
        tx.commit()?;
        Ok((out, changed))
    }
    fn enter(&self, g: &Guarded, question: Option<&[Id<Client>]>) -> Result<()> {
        // What a panic left behind is not this session's.
        if let Some(what) = g.gate.denied() {
            tracing::error!(target: "security", "refused below the repository, before a panic: {what}");
        }
        scope::enter(g, &self.session, question)
    }
    /// A refusal from below the repository is a bug above it, and of the top severity.
    ///
    /// Only once the connection is let go: keeping an event takes the writer.
    fn report(&self, held: Option<String>) {
        if let Some(what) = held {
            self.store.breached(&self.session, &what);
        }
    }
}
