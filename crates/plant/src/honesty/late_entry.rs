//! Entered long after the shift: what is not written down at once is made up from memory.
use super::{
    Finding, Over,
    place::{COLUMNS, Ends, FROM, Place, WITHIN},
};
use domain::{Author, DowntimeEntry, Entity, Id, ProductionEntry};
use store::{Result, values};

/// Hours after the shift from which on an entry is late.
const HOURS: f64 = 48.0;

/// A table of the floor with its number in the log.
const TABLES: [(&str, u8); 2] =
    [(ProductionEntry::TABLE, ProductionEntry::NUMBER), (DowntimeEntry::TABLE, DowntimeEntry::NUMBER)];

/// Rows typed by people; what came with a file was written down before.
pub(super) fn look(over: Over<'_, '_>) -> Result<Vec<Finding>> {
    let (ends, mut out) = (Ends::of(over)?, vec![]);
    for (table, kind) in TABLES {
        out.extend(of(over, &ends, table, kind)?);
    }
    Ok(out)
}

/// The late rows of one line shift by one person.
struct Late {
    id: [u8; 16],
    place: Place,
    user: Id<Author>,
    hours: f64,
    rows: Vec<[u8; 16]>,
}

fn of(over: Over<'_, '_>, ends: &Ends<'_, '_>, table: &str, kind: u8) -> Result<Vec<Finding>> {
    let sql = format!(
        "SELECT l.id, e.id, c.at, c.user_id, {COLUMNS} FROM {FROM}
         JOIN {table} e ON e.client_id = ?1 AND e.line_shift_id = l.id
         JOIN change c ON c.client_id = ?1 AND c.record = e.id
         WHERE {WITHIN} AND c.kind = ?4 AND c.act = 1 AND e.import_batch_id IS NULL ORDER BY l.day, l.id, c.user_id, e.id"
    );
    let mut late: Vec<Late> = vec![];
    over.r.select(&sql, values![over.client, over.from, over.to, i64::from(kind)], |row| {
        let (id, place, user): ([u8; 16], _, Id<Author>) = (row.get(0)?, Place::of(row, 4)?, row.get(3)?);
        let hours = ends.hours_after(&place, row.get(2)?);
        if hours <= HOURS {
            return Ok(());
        }
        if late.last().is_none_or(|last| last.id != id || last.user != user) {
            late.push(Late { id, place, user, hours, rows: vec![] });
        }
        if let Some(last) = late.last_mut() {
            last.rows.push(row.get(1)?);
            last.hours = last.hours.max(hours);
        }
        Ok(())
    })?;
    late.iter()
        .map(|one| {
            let found = one.place.finding(Finding::of(table, &one.rows, one.hours, HOURS));
            Ok(Finding { author: ends.author(one.user)?, ..found })
        })
        .collect()
}
