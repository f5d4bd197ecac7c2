//! Whether the file is sound: its pages, schema, log, rows and sums.
//!
//! What is found is named by table, client and row; the first places of each
//! check are kept. Nothing is changed, but by `rebuild_sums`.
mod chain;
mod rows;
mod schema;
mod sums;
#[cfg(test)]
mod tests;

use crate::{
    Error, Result, Store,
    session::{ClientRef, Person, Session},
};
use domain::{Client, Code, Fault, Id, Role};
use rusqlite::Connection;
use serde::Serialize;
use std::{collections::BTreeMap, sync::Arc};

/// What a check of the whole file found.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Report {
    /// The checks, in the order in which they were done.
    pub checks: Vec<Check>,
    /// Rows of each table that can be read, removed ones among them.
    pub counts: BTreeMap<&'static str, u64>,
}

/// One thing that was checked.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Check {
    /// Its name: integrity, drift, log, confirmations, rows, sums, events.
    pub name: &'static str,
    /// How many things were looked at.
    pub looked_at: u64,
    /// How many places are not as they should be.
    pub broken: u64,
    /// The first of them.
    pub places: Vec<Place>,
}

/// Where something is not as it should be.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Place {
    /// What is wrong, as a key.
    pub what: &'static str,
    /// The table.
    pub table: String,
    /// The client's code.
    pub client: Option<String>,
    /// The row: an id, a number in the log, a day.
    pub row: Option<String>,
    /// What else is known, such as the column.
    pub detail: Option<String>,
}

/// Places that are kept of one check.
const KEPT: usize = 20;

impl Check {
    fn new(name: &'static str) -> Self {
        Check { name, looked_at: 0, broken: 0, places: vec![] }
    }
    fn report(&mut self, place: Place) {
        self.broken += 1;
        if self.places.len() < KEPT {
            self.places.push(place);
        }
    }
    /// Goes on with the other checks when damage stops this one.
    fn run(mut self, f: impl FnOnce(&mut Check) -> Result<()>) -> Result<Check> {
        match f(&mut self) {
            Err(Error::Sql(e)) if is_damage(&e) => {
                self.report(Place { what: "unreadable", detail: Some(e.to_string()), ..Place::default() });
                Ok(self)
            }
            other => other.map(|()| self),
        }
    }
}

fn is_damage(e: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase, OutOfMemory, SystemIoFailure};
    // SQLCipher calls a page that does not decrypt "out of memory".
    matches!(e.sqlite_error_code(), Some(DatabaseCorrupt | NotADatabase | OutOfMemory | SystemIoFailure))
}

impl Report {
    /// Whether nothing was found.
    pub fn is_sound(&self) -> bool {
        self.checks.iter().all(|c| c.broken == 0)
    }
    /// The first place that is not as it should be.
    pub fn first(&self) -> Option<(&'static str, &Place)> {
        self.checks.iter().find_map(|c| c.places.first().map(|p| (c.name, p)))
    }
}

/// Hears how far a check has come: steps done, and in all.
pub type Tell<'t> = &'t mut dyn FnMut(u64, u64);

/// Steps done of those there are.
struct Steps<'t> {
    done: u64,
    all: u64,
    tell: Tell<'t>,
}

impl Steps<'_> {
    fn step(&mut self) {
        self.done += 1;
        if self.done.is_multiple_of(512) || self.done == self.all {
            (self.tell)(self.done.min(self.all), self.all);
        }
    }
}

impl Store {
    /// Checks the whole file; `tell` hears how far it is.
    ///
    /// # Errors
    /// `forbidden` for who is no admin. What is wrong with the file is no
    /// error: the report says it.
    pub fn verify(&self, admin: &Session, tell: Tell<'_>) -> Result<Report> {
        let all = self.everything(admin)?;
        // A connection of its own: log-ins and entries go on meanwhile.
        let c = self.vault.kernel()?;
        let mut clients = all.clients().to_vec();
        clients.push(ClientRef { id: Client::PLANT, code: "plant".into(), name: String::new() });
        let mut steps = Steps { done: 0, all: size(&c).unwrap_or(0), tell };
        let mut checks = vec![
            Check::new("integrity").run(|k| schema::pages(&c, k))?,
            Check::new("drift").run(|k| schema::drift(&c, k))?,
        ];
        let tx = c.unchecked_transaction()?;
        checks.push(Check::new("log").run(|k| chain::changes(&tx, &self.author.key, &clients, k, &mut steps))?);
        checks.push(
            Check::new("confirmations")
                .run(|k| chain::confirmations(&tx, &self.author.key, &clients, k, &mut steps))?,
        );
        checks.push(Check::new("rows").run(|k| rows::fold_all(&tx, &clients, k, &mut steps))?);
        let counts = schema::counts(&tx);
        drop(tx);
        checks.push(Check::new("sums").run(|k| sums::sums(&self.repository(&all)?, k, &mut steps))?);
        checks.push(Check::new("events").run(|k| self.events(k))?);
        (steps.tell)(steps.all, steps.all);
        Ok(Report { checks, counts })
    }
    /// Works every sum out again from the rows; tells how many line shifts.
    ///
    /// # Errors
    /// `forbidden` for who is no admin.
    pub fn rebuild_sums(&self, admin: &Session, tell: Tell<'_>) -> Result<u64> {
        let renewed = self.renew_sums(&self.everything(admin)?, tell)?;
        self.record(admin, "sums_rebuilt", "")?;
        Ok(renewed)
    }
    fn renew_sums(&self, all: &Session, tell: Tell<'_>) -> Result<u64> {
        let (repo, clients) = (self.repository(all)?, all.clients().len() as u64);
        let mut renewed = 0;
        for (i, client) in all.clients().iter().enumerate() {
            renewed += repo.write(|w| w.renew_sums(client.id))?;
            tell(i as u64 + 1, clients);
        }
        Ok(renewed)
    }
    /// A migration that brings sums of a new kind leaves them to be worked out: once, and again where that was cut short.
    pub(crate) fn renew_stale_sums(&self, tell: Tell<'_>) -> Result<()> {
        let stale = "SELECT count(*) FROM plant_setting WHERE name = 'sums' AND value = 'stale'";
        if self.admin_read(|c| Ok(c.query_row(stale, [], |r| r.get::<_, i64>(0))?))? == 0 {
            return Ok(());
        }
        let own = Person { clients: self.every_client()?, ..self.admin_read(Person::of_the_store)? };
        tell(0, own.clients.len() as u64);
        self.renew_sums(&Session(Arc::new(own)), tell)?;
        self.admin_write(|c| {
            c.prepare("DELETE FROM main.plant_setting WHERE name = 'sums'")?.execute([])?;
            Ok(())
        })
    }
    /// An admin's session that covers clients no longer served, too.
    fn everything(&self, admin: &Session) -> Result<Session> {
        let admin = self.ready(admin)?;
        if admin.role() != Role::Admin {
            return Err(Fault::new(Code::Forbidden).into());
        }
        Ok(Session(Arc::new(Person { clients: self.every_client()?, ..(*admin.0).clone() })))
    }
    fn every_client(&self) -> Result<Vec<ClientRef>> {
        self.admin_read(|c| {
            let mut stmt = c.prepare_cached(CLIENTS)?;
            let rows = stmt
                .query_map([], |r| Ok(ClientRef { id: Id::from_bytes(r.get(0)?), code: r.get(1)?, name: r.get(2)? }))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
    /// The chain of sign-ins, changes of rights and denials.
    fn events(&self, check: &mut Check) -> Result<()> {
        let (count, broken) = self.audit()?;
        check.looked_at = count;
        if let Some(no) = broken {
            let row = Some(no.to_string());
            check.report(Place { what: "chain", table: "security_event".into(), row, ..Place::default() });
        }
        Ok(())
    }
}

/// Not one that is being forgotten: half of it is gone, and nobody sees the rest.
const CLIENTS: &str = "SELECT client_id, code, name FROM client c WHERE NOT EXISTS
    (SELECT 1 FROM feed f WHERE f.client_id = c.client_id AND f.standing = 'sealed') ORDER BY code";

/// Steps of all checks together.
fn size(c: &Connection) -> rusqlite::Result<u64> {
    c.query_row("SELECT 3 * (SELECT count(*) FROM confirmation) + (SELECT count(*) FROM line_shift)", [], |r| {
        r.get::<_, i64>(0).map(|n| u64::try_from(n).unwrap_or(0))
    })
}
