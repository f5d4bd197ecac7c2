//! Minutes that do not close: planned, stopped and run minutes contradict each other.
use super::{
    Finding, Over,
    place::{COLUMNS, FROM, Place, WITHIN},
};
use store::{Result, values};

/// The part of planned time that may be left over.
const PART: f64 = 0.05;

pub(super) fn look(over: Over<'_, '_>) -> Result<Vec<Finding>> {
    let sql = format!(
        "SELECT l.id, k.planned - k.stops - k.run, k.planned, {COLUMNS} FROM {FROM}
         JOIN kpi_line_shift k ON k.client_id = ?1 AND k.day = l.day AND k.shift_id = l.shift_id AND k.line_id = l.line_id
         WHERE {WITHIN} AND abs(k.planned - k.stops - k.run) > {PART} * k.planned + 0.5 ORDER BY l.day, n.code"
    );
    over.r.select(&sql, values![over.client, over.from, over.to], |row| {
        let (left, planned): (f64, f64) = (row.get(1)?, row.get(2)?);
        Ok(Place::of(row, 3)?.finding(Finding::of("line_shift", &[row.get(0)?], left, PART * planned)))
    })
}
