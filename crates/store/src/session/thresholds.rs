//! The plant's own thresholds: what a KPI should reach where a client says nothing.
//!
//! They are settings of the plant, kept as JSON under `threshold.KPI`; nobody reads
//! them as a table. Every session knows them as it knows its rights, and learns of a
//! change at its next call.
use super::{Session, audit::Event};
use crate::{Result, Store};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// What the names of these settings begin with.
const PREFIX: &str = "threshold.";

impl Store {
    /// The plant's thresholds as JSON, by KPI; everyone may read them.
    pub fn plant_thresholds(&self, session: &Session) -> Result<BTreeMap<String, String>> {
        Ok(self.ready(session)?.0.thresholds.clone())
    }
    /// Writes the plant's threshold of a KPI, or takes it away; on the record.
    ///
    /// # Errors
    /// `forbidden` for whoever is no admin.
    pub fn plant_threshold_put(&self, admin: &Session, kpi: &str, json: Option<&str>) -> Result<()> {
        let admin = self.admin_of(admin)?;
        let name = format!("{PREFIX}{kpi}");
        self.by_admin(&admin, |c| {
            c.prepare("DELETE FROM main.plant_setting WHERE name = ?1")?.execute([&name])?;
            if let Some(json) = json {
                c.prepare("INSERT INTO main.plant_setting VALUES (?1, ?2)")?.execute(params![name, json])?;
            }
            let what = format!("{name} {}", json.unwrap_or("none"));
            self.keep_event(c, &Event { user: Some(admin.user()), kind: "plant_setting", what: &what })
        })?;
        // Boards show targets: they read again what depends on thresholds.
        self.tell(&["threshold"]);
        Ok(())
    }
}

/// Every threshold of the plant; no other setting is handed out.
pub(super) fn read(c: &Connection) -> Result<BTreeMap<String, String>> {
    let mut stmt = c.prepare_cached("SELECT name, value FROM plant_setting WHERE name >= ?1 AND name < ?2")?;
    // '/' follows '.'.
    let rows = stmt.query_map([PREFIX, "threshold/"], |r| Ok((r.get::<_, String>(0)?, r.get::<_, String>(1)?)))?;
    let of_kpi = |(name, json): (String, String)| (name[PREFIX.len()..].to_string(), json);
    Ok(rows.collect::<rusqlite::Result<Vec<_>>>()?.into_iter().map(of_kpi).collect())
}
