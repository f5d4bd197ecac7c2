//! A client is forgotten: what must not be lost is sealed first, then nothing is left.
use super::Feed;
use crate::{
    Error, Result, Store,
    keep::Vault,
    repository::{
        Mode, as_owner,
        class::{Class, OF_CLIENTS, tables},
        views::RIGHTS,
    },
};
use domain::{Client, Code, Id, SHAPES, feed::State};
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
        self.wipe_steps()?;
        for sql in statements() {
            self.w.at.gate.with(Mode::Purge, || {
                // Prepared anew: a cached statement would outlive the open gate.
                self.w.at.conn.prepare(&sql)?.execute([client.as_slice()])
            })?;
        }
        self.order.clear();
        self.tables.borrow_mut().clear();
        *self.cut.borrow_mut() = None;
        self.keep(left)?;
        self.w.renew_scopes()
    }
}

impl Feed<'_, '_> {
    /// The names of steps say what they were done to.
    fn wipe_steps(&self) -> Result<()> {
        let sql = "SELECT step FROM main.step_client WHERE client_id = ?1";
        let client = self.client.bytes();
        for step in self.w.privileged(sql, &self.values([]), |r| r.get::<i64>(0))? {
            self.run(
                "DELETE FROM main.step_client WHERE step = ?1 AND client_id = ?2",
                params![step, client.as_slice()],
            )?;
            self.run("UPDATE main.step SET what = '' WHERE no = ?1", [step])?;
        }
        Ok(())
    }
}

impl Store {
    /// Lets go of what is left of forgotten clients beside their own tables: drafts and filters that name them, and
    /// what the write-ahead log still holds. It may be done again at any time.
    ///
    /// # Errors
    /// `forbidden` with another file's key.
    pub fn scrub(&self, vault: &Vault) -> Result<()> {
        if !self.vault.is(vault) {
            return Err(Code::Forbidden.into());
        }
        let sql = "SELECT client_id FROM feed WHERE standing = 'purged'";
        for client in self.admin_read(|c| ids(c, sql))? {
            let client = Id::<Client>::from_bytes(client);
            for (table, key, named) in PERSONAL {
                self.scrub_table(table, key, named, &[client.hex(), client.to_string()])?;
            }
        }
        self.admin_read(|c| Ok(c.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?))
    }
    /// Takes away what people keep in one table that names a client.
    fn scrub_table(&self, table: &str, key: &str, named: &str, names: &[String]) -> Result<()> {
        let all = self.admin_read(|c| {
            let mut stmt = c.prepare(&format!("SELECT owner, {key}, {named} FROM {table}"))?;
            let rows = stmt.query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get::<_, String>(2)?)))?;
            Ok(rows.collect::<rusqlite::Result<Vec<([u8; 16], rusqlite::types::Value, String)>>>()?)
        })?;
        for (owner, key_value, _) in all.into_iter().filter(|row| names.iter().any(|n| row.2.contains(n.as_str()))) {
            let g = self.writer();
            as_owner(&g, owner, || {
                let sql = format!("DELETE FROM main.{table} WHERE owner = ?1 AND {key} = ?2");
                g.conn.prepare(&sql)?.execute(params![owner.as_slice(), key_value])?;
                Ok(())
            })?;
        }
        Ok(())
    }
}

/// What people keep for themselves: the table, its key beside the owner, and where a client may be named.
const PERSONAL: [(&str, &str, &str); 2] = [("draft", "key", "key || body"), ("saved_filter", "id", "body")];

fn ids(c: &rusqlite::Connection, sql: &str) -> Result<Vec<[u8; 16]>> {
    let mut stmt = c.prepare(sql)?;
    let rows = stmt.query_map([], |r| r.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
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
