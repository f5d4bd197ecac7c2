//! Mappings that were used before, kept with what they brought in.
use super::{desk::Sheet, fields::What, guess::Mapping};
use serde::{Deserialize, Serialize};
use store::Reader;

/// Past imports that are looked at.
const PAST: i64 = 200;

/// How a file was understood.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Remembered {
    /// The field of each column.
    pub columns: Mapping,
    /// Whether scrap was counted inside defective.
    pub scrap_inside: Option<bool>,
}

/// How the last file of the same kind with the same columns was understood.
pub fn recall(r: &Reader<'_>, what: What, sheet: &Sheet) -> store::Result<Option<Remembered>> {
    let sql = "SELECT mapping FROM import_batch WHERE kind = ?1 ORDER BY id DESC LIMIT ?2";
    let past = r.select(sql, store::values![what.word(), PAST], |row| row.get::<String>(0))?;
    let known = past.iter().filter_map(|text| serde_json::from_str::<Remembered>(text).ok());
    let columns = &sheet.table.columns;
    let same = |m: &Remembered| m.columns.len() == columns.len() && columns.iter().all(|c| m.columns.contains_key(c));
    Ok(known.into_iter().find(same))
}
