//! Pages, references, and whether the tables are those this program knows.
use super::{Check, Place};
use crate::{
    Result,
    keep::migrate,
    repository::{Class, tables},
};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// Every page is as it was written, every index holds its rows.
pub(super) fn pages(c: &Connection, check: &mut Check) -> Result<()> {
    // The pages are looked at where they lie in the file. A power cut may have torn one on its way there, while the
    // log of writes still has it whole: that comes first.
    c.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?;
    check.looked_at = c.query_row("PRAGMA page_count", [], |r| r.get::<_, i64>(0)).map_or(0, i64::unsigned_abs);
    for (what, sql) in [("page", "PRAGMA cipher_integrity_check"), ("structure", "PRAGMA quick_check(20)")] {
        for text in column(c, sql)?.into_iter().filter(|t| t != "ok") {
            check.report(Place { what, detail: Some(text), ..Place::default() });
        }
    }
    for table in column(c, "PRAGMA foreign_key_check")? {
        check.report(Place { what: "reference", table, ..Place::default() });
    }
    Ok(())
}

fn column(c: &Connection, sql: &str) -> rusqlite::Result<Vec<String>> {
    c.prepare(sql)?.query_map([], |r| r.get(0))?.collect()
}

/// What a schema holds: every object with its words, and what planning rests on.
type Schema = BTreeMap<String, String>;

fn schema(c: &Connection) -> rusqlite::Result<Schema> {
    let objects = "SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema";
    let stats = "SELECT 'statistics of ' || tbl || ' ' || coalesce(idx, ''), coalesce(stat, '') FROM sqlite_stat1";
    let mut all = Schema::new();
    for sql in [objects, stats, "SELECT 'version', user_version FROM pragma_user_version"] {
        let mut stmt = c.prepare(sql)?;
        let rows = stmt.query_map([], |r| {
            Ok((
                r.get::<_, String>(0)?,
                r.get_ref(1)?.as_str().map(String::from).or_else(|_| r.get::<_, i64>(1).map(|n| n.to_string()))?,
            ))
        })?;
        for row in rows {
            let (name, text) = row?;
            all.insert(name, text);
        }
    }
    Ok(all)
}

/// The schema is the newest version's, and every table has its class.
pub(super) fn drift(c: &Connection, check: &mut Check) -> Result<()> {
    let (wanted, found) = (schema(&migrate::model()?)?, schema(c)?);
    let names: BTreeSet<&String> = wanted.keys().chain(found.keys()).collect();
    for name in names {
        check.looked_at += 1;
        let what = match (wanted.get(name), found.get(name)) {
            (Some(a), Some(b)) if a == b => continue,
            (Some(_), Some(_)) => "schema_differs",
            (Some(_), None) => "schema_lost",
            (None, _) => "schema_stranger",
        };
        check.report(Place { what, table: name.clone(), ..Place::default() });
    }
    let classes: Vec<(&str, Class)> = tables().collect();
    for table in found.keys().filter_map(|k| k.strip_prefix("table ")).filter(|t| !t.starts_with("sqlite_")) {
        if classes.iter().filter(|(name, _)| *name == table).count() != 1 {
            check.report(Place { what: "no_class", table: table.into(), ..Place::default() });
        }
    }
    Ok(())
}

/// Rows of every table people or the log have, as far as it can be read.
pub(super) fn counts(c: &Connection) -> BTreeMap<&'static str, u64> {
    let of = tables().filter(|(_, class)| matches!(class, Class::Client | Class::Log | Class::Sums));
    let count = |name: &str| c.query_row(&format!("SELECT count(*) FROM main.{name}"), [], |r| r.get::<_, i64>(0));
    of.filter_map(|(name, _)| Some((name, count(name).ok()?.unsigned_abs()))).collect()
}
