//! Rows that are the same as others: copied instead of counted, or entered twice.
use super::{
    Finding, Over,
    place::{COLUMNS, FROM, Place, WITHIN},
};
use std::collections::BTreeMap;
use store::{Result, values};

/// Fewer hours may well be the same by chance.
const HOURS: usize = 4;

/// One shift's hours as they were entered: hour, product, produced, defective.
type Hours = Vec<(Option<i64>, Option<[u8; 16]>, Option<i64>, Option<i64>)>;

/// One line shift with its hours.
struct Entered {
    id: [u8; 16],
    place: Place,
    hours: Hours,
    rows: Vec<[u8; 16]>,
}

/// Shifts of one line whose hours are all the same as those of an earlier one, and stops that are there twice.
pub(super) fn look(over: Over<'_, '_>) -> Result<Vec<Finding>> {
    let mut first: BTreeMap<(String, Hours), [u8; 16]> = BTreeMap::new();
    let mut out = vec![];
    for shift in entered(over)? {
        if shift.hours.len() < HOURS || all_alike(&shift.hours) {
            continue;
        }
        match first.get(&(shift.place.line.clone(), shift.hours.clone())) {
            None => drop(first.insert((shift.place.line, shift.hours), shift.id)),
            Some(earlier) => {
                let rows: Vec<_> = [*earlier, shift.id].into_iter().collect();
                let same = shift.rows.len() as f64;
                out.push(shift.place.finding(Finding::of("line_shift", &rows, same, 0.0)));
            }
        }
    }
    out.extend(twice(over)?);
    Ok(out)
}

/// A line at an even pace makes the same each hour: that is no copy.
fn all_alike(hours: &Hours) -> bool {
    hours.iter().all(|hour| (hour.2, hour.3) == (hours[0].2, hours[0].3))
}

fn entered(over: Over<'_, '_>) -> Result<Vec<Entered>> {
    let sql = format!(
        "SELECT l.id, e.id, e.hour, e.product_id, e.produced, e.defective, {COLUMNS} FROM {FROM}
         JOIN production_entry e ON e.client_id = ?1 AND e.line_shift_id = l.id
         WHERE {WITHIN} ORDER BY l.day, h.code, l.id, e.hour, e.product_id, e.id"
    );
    let mut out: Vec<Entered> = vec![];
    over.r.select(&sql, values![over.client, over.from, over.to], |row| {
        let id = row.get(0)?;
        if out.last().is_none_or(|last| last.id != id) {
            out.push(Entered { id, place: Place::of(row, 6)?, hours: vec![], rows: vec![] });
        }
        if let Some(last) = out.last_mut() {
            last.hours.push((row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?));
            last.rows.push(row.get(1)?);
        }
        Ok(())
    })?;
    Ok(out)
}

/// Stops of one line shift with the same reason, start and minutes.
fn twice(over: Over<'_, '_>) -> Result<Vec<Finding>> {
    let sql = format!(
        "SELECT d.id, o.id, d.minutes, {COLUMNS} FROM {FROM}
         JOIN downtime_entry d ON d.client_id = ?1 AND d.line_shift_id = l.id
         JOIN downtime_entry o ON o.client_id = ?1 AND o.line_shift_id = l.id AND o.id > d.id AND o.reason_id IS d.reason_id
         AND o.start_minute = d.start_minute AND o.minutes = d.minutes AND o.station IS d.station
         WHERE {WITHIN} ORDER BY l.day, d.id"
    );
    over.r.select(&sql, values![over.client, over.from, over.to], |row| {
        let rows = [row.get(0)?, row.get(1)?];
        Ok(Place::of(row, 3)?.finding(Finding::of("downtime_entry", &rows, row.get(2)?, 0.0)))
    })
}
