//! Too many stopped minutes have no reason, or "other".
use super::{Finding, Over, place::FROM};
use std::collections::BTreeMap;
use store::{Result, values};

/// The part of stopped minutes that may be without a reason.
const PART: f64 = 0.2;
/// Fewer minutes say nothing.
const LEAST: f64 = 60.0;
/// What a reason is called that is none.
const WORDS: [&str; 8] = ["other", "others", "otro", "otros", "otra", "otras", "misc", "varios"];

/// One line's stopped minutes, and those without a reason with their rows.
#[derive(Default)]
struct Told {
    all: f64,
    untold: f64,
    rows: Vec<[u8; 16]>,
}

pub(super) fn look(over: Over<'_, '_>) -> Result<Vec<Finding>> {
    let sql = format!(
        "SELECT n.code, d.id, d.minutes, r.code, r.name FROM {FROM}
         JOIN downtime_entry d ON d.client_id = ?1 AND d.line_shift_id = l.id
         LEFT JOIN downtime_reason_all r ON r.client_id = ?1 AND r.id = d.reason_id
         WHERE l.client_id = ?1 AND l.day BETWEEN ?2 AND ?3 AND d.minutes > 0 ORDER BY d.id"
    );
    let mut lines: BTreeMap<String, Told> = BTreeMap::new();
    over.r.select(&sql, values![over.client, over.from, over.to], |row| {
        let of = lines.entry(row.get(0)?).or_default();
        let minutes: f64 = row.get(2)?;
        of.all += minutes;
        if is_none(row.get::<Option<String>>(3)?.as_deref()) || is_none(row.get::<Option<String>>(4)?.as_deref()) {
            of.untold += minutes;
            of.rows.push(row.get(1)?);
        }
        Ok(())
    })?;
    let much = lines.into_iter().filter(|(_, told)| told.untold >= LEAST && told.untold > PART * told.all);
    Ok(much
        .map(|(line, told)| {
            let found = Finding::of("downtime_entry", &told.rows, told.untold / told.all, PART);
            Finding { line: Some(line), ..found }
        })
        .collect())
}

/// Whether a reason's code or name says nothing; a reason may have no name.
fn is_none(word: Option<&str>) -> bool {
    word.is_none_or(|word| WORDS.contains(&word.trim().to_lowercase().as_str()))
}
