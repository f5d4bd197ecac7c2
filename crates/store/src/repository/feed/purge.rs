//! A client is forgotten: what must not be lost is sealed first, then nothing is left.
use super::Feed;
use crate::{
    Error, Result,
    repository::{
        Mode,
        class::{Class, tables},
        views::{OF_CLIENTS, RIGHTS},
    },
};
use domain::{SHAPES, feed::State};
use rusqlite::params;

/// What stays of a client that was forgotten.
const STAYS: &[&str] = &["feed", "parting"];

impl Feed<'_, '_> {
    /// The hub's public key, to which is sealed what must not be lost.
    pub fn hub_key(&self) -> Result<[u8; 32]> {
        let sql = "SELECT hub_key FROM main.feed WHERE client_id = ?1";
        self.w.privileged(sql, &self.values([]), |r| r.get(0))?.into_iter().next().ok_or(Error::Unsound)
    }
    /// Keeps what was sealed to the hub, until a backup of the hub holds it.
    pub fn keep_parting(&mut self, id: [u8; 16], sealed: &[u8]) -> Result<()> {
        let client = self.client.bytes();
        let sql = "INSERT INTO main.parting VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
        self.run(sql, params![client.as_slice(), id.as_slice(), sealed]).map(|_| ())
    }
    /// What was sealed and not dropped yet, by its name.
    pub fn partings(&self) -> Result<Vec<([u8; 16], Vec<u8>)>> {
        let sql = "SELECT id, sealed FROM main.parting WHERE client_id = ?1";
        self.w.privileged(sql, &self.values([]), |r| Ok((r.get(0)?, r.get(1)?)))
    }
    /// A backup of the hub holds it: it may go.
    pub fn drop_parting(&mut self, id: [u8; 16]) -> Result<()> {
        let client = self.client.bytes();
        let sql = "DELETE FROM main.parting WHERE client_id = ?1 AND id = ?2";
        self.run(sql, params![client.as_slice(), id.as_slice()]).map(|_| ())
    }
    /// Wipes everything of the client but how the file stands to it, and what is sealed.
    ///
    /// # Errors
    /// Where nothing was sealed before: the log lets nothing go then.
    pub fn wipe(&mut self, left: &State) -> Result<()> {
        let client = self.client.bytes();
        self.run("UPDATE main.feed SET cursor = -1 WHERE client_id = ?1", [client.as_slice()])?;
        for sql in statements() {
            self.w.at.gate.with(Mode::Purge, || {
                // Prepared anew: a cached statement would outlive the open gate.
                self.w.at.conn.prepare(&sql)?.execute([client.as_slice()])
            })?;
        }
        self.order.clear();
        *self.cut.borrow_mut() = None;
        self.keep(left)?;
        self.w.renew_scopes()
    }
}

/// What empties each table of a client, children first.
fn statements() -> impl Iterator<Item = String> {
    let of = |class: Class| tables().filter(move |t| t.1 == class).map(|t| t.0);
    let local = OF_CLIENTS.iter().copied().filter(|t| !STAYS.contains(t));
    // The order goes before what it orders.
    let log = ["confirmation", "redaction", "change"].into_iter();
    let rows = SHAPES.iter().rev();
    let own = rows.clone().flat_map(|s| {
        s.columns.iter().filter(|c| c.null && c.refers == Some(s.table)).map(move |c| {
            format!("UPDATE main.{0} SET {1} = NULL WHERE client_id = ?1 AND {1} IS NOT NULL", s.table, c.name)
        })
    });
    let empty = |table: &str| format!("DELETE FROM main.{table} WHERE client_id = ?1");
    let all = of(Class::Sums).chain(local.filter(|t| *t != "redaction")).chain(log).chain(RIGHTS.iter().copied());
    let rows = rows.clone().map(|s| s.table);
    all.map(empty).collect::<Vec<_>>().into_iter().chain(own).chain(rows.map(empty))
}
