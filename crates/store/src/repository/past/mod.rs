//! The rows and sums of a moment, as they were known then.
//!
//! Nothing is ever deleted: the rows of a moment are those of today, each
//! folded from its changes up to that moment where it was changed since. They
//! go into a database in memory behind the same walls, and the sums are worked
//! out there by the same code.
mod moment;
mod place;
mod rows;
#[cfg(test)]
mod tests;

pub(super) use moment::Known;
pub use moment::Then;

use super::{Guarded, Reader, Repository, Tx, Writer, log::Author, rollup, scope};
use crate::{Result, session::Session};
use domain::{Client, Day, Id, elements::Subject, time::Instant};
use moment::Edge;
use rows::Loader;

/// What of the past a question needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Needed {
    /// The first day.
    pub from: Day,
    /// The last day, included.
    pub to: Day,
    /// Also delivery and ages of orders, which rest on what was made of them on any day.
    pub with_orders: bool,
}

/// The days before a period whose crews and standards it may rest on.
const HISTORY: i32 = 30;

impl Repository<'_> {
    /// Reads the days of a period as they were known at a moment.
    ///
    /// Set-up and orders are there whole; what was entered, only of those days,
    /// and what was made of orders where they are asked about.
    /// The reader's clock stands at the moment.
    ///
    /// # Errors
    /// `missing` for a client out of scope, also where only the stamp names
    /// it; `not_yet` for what the log does not reach.
    pub fn read_as_of<T>(
        &self,
        then: &Then,
        clients: Option<&[Id<Client>]>,
        needed: Needed,
        f: impl FnOnce(&Reader<'_>) -> Result<T>,
    ) -> Result<T> {
        let clients = then.clients(self.session(), clients);
        let (mut held, named) = (None, then.named(&clients));
        let out = self.read_of(&named, |file| {
            let edges = then.edges(file, &clients)?;
            let past = Past::of(file, &self.store.author, &edges, then.at(), needed)?;
            let out = past.read(file, &edges, f);
            held = past.memory.gate.denied();
            out
        });
        self.report(held);
        out
    }
}

/// A moment in memory.
struct Past<'c> {
    memory: Guarded,
    now: Instant,
    session: &'c Session,
}

impl<'c> Past<'c> {
    fn of(
        file: &Reader<'c>,
        author: &Author,
        edges: &[Edge],
        at: domain::time::Instant,
        needed: Needed,
    ) -> Result<Self> {
        let memory = Guarded::memory()?;
        let clients: Vec<_> = edges.iter().map(|edge| edge.client).collect();
        scope::enter(&memory, file.session, Some(&clients))?;
        let past = Past { memory, now: at, session: file.session };
        let tx = Tx::begin(&past.memory, "BEGIN IMMEDIATE")?;
        for edge in edges {
            past.fill(file, author, edge, needed)?;
        }
        tx.commit()?;
        Ok(past)
    }
    /// Brings in one client's rows, and works out its sums.
    fn fill(&self, file: &Reader<'_>, author: &Author, edge: &Edge, needed: Needed) -> Result<()> {
        let mut loader = Loader::of(file, &self.memory, edge, (needed.from, needed.to))?;
        loader.period()?;
        self.settle(author, edge.client, Some(needed.from))?;
        if self.rests_on_history(edge.client)? {
            loader.history()?;
            self.settle(author, edge.client, None)?;
        }
        if needed.with_orders {
            loader.made(&self.reader())?;
            self.settle_orders(author, edge.client)?;
        }
        Ok(())
    }
    /// Works out every sum of a client's line shifts from a day on.
    fn settle(&self, author: &Author, client: Id<Client>, from: Option<Day>) -> Result<()> {
        let mut w = Writer::new(&self.memory, self.session, self.now, author);
        w.renew_cells(client)?;
        if let Some(day) = from {
            w.stale.leave_before(day);
        }
        rollup::settle(&mut w)
    }
    /// Works out the sums of a client's orders.
    fn settle_orders(&self, author: &Author, client: Id<Client>) -> Result<()> {
        let mut w = Writer::new(&self.memory, self.session, self.now, author);
        w.renew_orders(client)?;
        rollup::settle(&mut w)
    }
    /// Reads what is in memory.
    fn reader(&self) -> Reader<'_> {
        Reader { conn: &self.memory.conn, session: self.session, now: self.now, gate: &self.memory.gate, known: None }
    }
    /// Whether a standard was looked for in the days before.
    fn rests_on_history(&self, client: Id<Client>) -> Result<bool> {
        let looked = rollup::looked_up(Subject::Standard);
        let reader = self.reader();
        let sql = "SELECT 1 FROM kpi_line_shift WHERE client_id = ?1 AND (sources & ?2) <> 0 LIMIT 1";
        if reader.first(sql, crate::values![client, looked as i64], |_| Ok(()))?.is_some() {
            return Ok(true);
        }
        let sql = "SELECT client_id, day, shift_id, line_id FROM kpi_mark WHERE client_id = ?1";
        for cell in reader.select(sql, crate::values![client], rollup::cell)? {
            if rollup::work_out(&reader, cell)?.is_some_and(|worked| worked.sources.0 & looked != 0) {
                return Ok(true);
            }
        }
        Ok(false)
    }
    fn read<T>(&self, file: &Reader<'_>, edges: &[Edge], f: impl FnOnce(&Reader<'_>) -> Result<T>) -> Result<T> {
        let known = Known { file, edges };
        let tx = Tx::begin(&self.memory, "BEGIN")?;
        let out = f(&Reader {
            conn: &self.memory.conn,
            session: self.session,
            now: self.now,
            gate: &self.memory.gate,
            known: Some(&known),
        });
        tx.commit()?;
        out
    }
}
