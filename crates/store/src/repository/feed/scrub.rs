//! What forgotten clients have left beside their own tables goes, once after each was forgotten.
use crate::{
    Result, Store,
    keep::{Vault, gaps},
    repository::as_owner,
    session::Kept,
};
use domain::{Client, Code, Id};
use rusqlite::{Connection, params, types::Value};
use std::{collections::BTreeSet, sync::PoisonError};

/// What people keep for themselves: the table, its key beside the owner, and where a client may be named.
const PERSONAL: [(&str, &str, &str); 2] = [("draft", "key", "key || body"), ("saved_filter", "id", "body")];

/// A client that was forgotten, and the life of the file that began with it: another one each time it is.
type Forgotten = (Id<Client>, u32);

impl Store {
    /// Scrubs where a client was forgotten since that was last done to its end; tells whether there was a reason to.
    ///
    /// That it was done is kept in the file: no power cut skips it, and no start of the program repeats it.
    ///
    /// # Errors
    /// `forbidden` with another file's key; what was not done to its end is done when this is next asked.
    pub fn scrub_forgotten(&self, vault: &Vault) -> Result<bool> {
        let _one = self.scrubs.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = self.kept_of_hub(vault, Kept::Scrubbed)?;
        let done: BTreeSet<Forgotten> = kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        let forgotten = self.admin_read(forgotten)?;
        if forgotten.is_subset(&done) {
            return Ok(false);
        }
        self.scrub(vault)?;
        self.keep_of_hub(vault, Kept::Scrubbed, &serde_json::to_string(&forgotten).unwrap_or_default())?;
        Ok(true)
    }
    /// Lets go of what is left of forgotten clients beside their own tables: drafts and filters that name them, old
    /// copies of their rows in others' pages, and what the write-ahead log still holds. It may be done again at any time.
    ///
    /// # Errors
    /// `forbidden` with another file's key; `busy` where somebody reads on in the write-ahead log.
    pub fn scrub(&self, vault: &Vault) -> Result<()> {
        if !self.vault.is(vault) {
            return Err(Code::Forbidden.into());
        }
        for (client, _) in self.admin_read(forgotten)? {
            for (table, key, named) in PERSONAL {
                self.scrub_table(table, key, named, &[client.hex(), client.to_string()])?;
            }
        }
        gaps::wipe(vault)?;
        let held: bool = self.admin_read(|c| Ok(c.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |r| r.get(0))?))?;
        if held { Err(Code::Busy.into()) } else { Ok(()) }
    }
    /// Takes away what people keep in one table that names a client.
    fn scrub_table(&self, table: &str, key: &str, named: &str, names: &[String]) -> Result<()> {
        let all = self.admin_read(|c| {
            let mut stmt = c.prepare(&format!("SELECT owner, {key}, {named} FROM {table}"))?;
            let rows = stmt.query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get::<_, String>(2)?)))?;
            Ok(rows.collect::<rusqlite::Result<Vec<([u8; 16], Value, String)>>>()?)
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

fn forgotten(c: &Connection) -> Result<BTreeSet<Forgotten>> {
    let mut stmt = c.prepare_cached("SELECT client_id, incarnation FROM feed WHERE standing = 'purged'")?;
    let rows = stmt.query_map([], |r| Ok((Id::from_bytes(r.get(0)?), r.get::<_, i64>(1)? as u32)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
