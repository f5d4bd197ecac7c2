//! Minutes that end on 5, 10 or 15 more often than minutes do.
use super::{Finding, Over, chance, place::FROM};
use std::collections::BTreeMap;
use store::{Result, values};

/// Round minutes; by chance every fifth, tenth, fifteenth of whole minutes is one.
const ROUND: [u64; 3] = [15, 10, 5];

/// Tests the stops of each line by the exact binomial test, and tells the roundest minutes that stand out.
pub(super) fn look(over: Over<'_, '_>) -> Result<Vec<Finding>> {
    let sql = format!(
        "SELECT n.code, d.id, d.minutes FROM {FROM} JOIN downtime_entry d ON d.client_id = ?1 AND d.line_shift_id = l.id
         WHERE l.client_id = ?1 AND l.day BETWEEN ?2 AND ?3 AND d.minutes > 0 ORDER BY d.id"
    );
    let mut lines: BTreeMap<String, Vec<([u8; 16], f64)>> = BTreeMap::new();
    over.r.select(&sql, values![over.client, over.from, over.to], |row| {
        lines.entry(row.get(0)?).or_default().push((row.get(1)?, row.get(2)?));
        Ok(())
    })?;
    Ok(lines.into_iter().filter_map(|(line, stops)| heaped(line, &stops)).collect())
}

fn heaped(line: String, stops: &[([u8; 16], f64)]) -> Option<Finding> {
    let n = stops.len() as u64;
    ROUND.iter().find_map(|every| {
        let round: Vec<_> = stops.iter().filter(|(_, m)| m % *every as f64 == 0.0).map(|(id, _)| *id).collect();
        let (by_chance, k) = (1.0 / *every as f64, round.len());
        let p = chance::at_least(k as u64, n, by_chance);
        let found = Finding::of("downtime_entry", &round, k as f64 / n as f64, by_chance);
        let what = Some(format!("{every} min"));
        (p < chance::SMALL).then(|| Finding { line: Some(line.clone()), what, chance: Some(p), ..found })
    })
}
