//! No stop under five minutes: the short ones are not written down.
use super::{Finding, Over, place::FROM};
use std::collections::BTreeMap;
use store::{Result, values};

/// What counts as short, in minutes.
const SHORT: f64 = 5.0;
/// At least this part of all stops is short where every stop is written down.
const PART: f64 = 0.1;
/// Chance this small is not believed.
const SMALL: f64 = 0.01;

/// Tests each line: the probability that none of its stops is short is (1 − 0.1)ⁿ.
pub(super) fn look(over: Over<'_, '_>) -> Result<Vec<Finding>> {
    let sql = format!(
        "SELECT n.code, d.id, d.minutes FROM {FROM} JOIN downtime_entry d ON d.client_id = ?1 AND d.line_shift_id = l.id
         WHERE l.client_id = ?1 AND l.day BETWEEN ?2 AND ?3 AND d.minutes > 0 ORDER BY d.minutes, d.id"
    );
    let mut lines: BTreeMap<String, Vec<([u8; 16], f64)>> = BTreeMap::new();
    over.r.select(&sql, values![over.client, over.from, over.to], |row| {
        lines.entry(row.get(0)?).or_default().push((row.get(1)?, row.get(2)?));
        Ok(())
    })?;
    Ok(lines.into_iter().filter_map(|(line, stops)| none_short(line, &stops)).collect())
}

fn none_short(line: String, stops: &[([u8; 16], f64)]) -> Option<Finding> {
    let shortest = stops.first()?.1;
    let p = (1.0 - PART).powi(i32::try_from(stops.len()).unwrap_or(i32::MAX));
    let rows: Vec<_> = stops.iter().map(|(id, _)| *id).collect();
    let found = Finding::of("downtime_entry", &rows, shortest, SHORT);
    (shortest >= SHORT && p < SMALL).then_some(Finding { line: Some(line), chance: Some(p), ..found })
}
