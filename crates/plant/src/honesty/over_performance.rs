//! More earned than run: the standard is soft, or the units or minutes are not right.
use super::{
    Finding, Over,
    place::{COLUMNS, FROM, Place, WITHIN},
};
use store::{Result, values};

pub(super) fn look(over: Over<'_, '_>) -> Result<Vec<Finding>> {
    let sql = format!(
        "SELECT l.id, k.earned / k.run, {COLUMNS} FROM {FROM}
         JOIN kpi_line_shift k ON k.client_id = ?1 AND k.day = l.day AND k.shift_id = l.shift_id AND k.line_id = l.line_id
         WHERE {WITHIN} AND k.run > 0 AND k.earned > k.run + 0.000001 ORDER BY l.day, n.code"
    );
    over.r.select(&sql, values![over.client, over.from, over.to], |row| {
        Ok(Place::of(row, 2)?.finding(Finding::of("line_shift", &[row.get(0)?], row.get(1)?, 1.0)))
    })
}
