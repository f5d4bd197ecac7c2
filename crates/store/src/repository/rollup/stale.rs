//! What a transaction has made stale, each once.
use super::Cell;
use crate::{
    Result,
    repository::{Reader, Row},
    values,
};
use domain::{Client, Day, Id, Line, LineShift, Shift, Touch};
use std::collections::BTreeSet;

/// Cells, and touches still to be turned into cells.
#[derive(Default)]
pub(in crate::repository) struct Stale {
    pub(super) cells: BTreeSet<Cell>,
    line_shifts: BTreeSet<(Id<Client>, Id<LineShift>)>,
    wide: Vec<(Id<Client>, Touch)>,
    last: Option<(Id<Client>, Id<LineShift>)>,
}

impl Stale {
    /// Remembers what a written row concerns.
    pub(in crate::repository) fn touch(&mut self, client: Id<Client>, touch: Touch) {
        match touch {
            Touch::Nothing => {}
            Touch::Cell { day, shift, line } => {
                self.cells.insert(Cell { client, day, shift, line });
            }
            Touch::LineShift(id) => {
                if self.last.replace((client, id)) != Some((client, id)) {
                    self.line_shifts.insert((client, id));
                }
            }
            other => {
                if !self.wide.contains(&(client, other.clone())) {
                    self.wide.push((client, other));
                }
            }
        }
    }
    /// Leaves out the cells of the days before.
    pub(in crate::repository) fn leave_before(&mut self, day: Day) {
        self.cells.retain(|cell| cell.day >= day);
    }
    /// Turns every touch into the cells it means.
    pub(super) fn resolve(&mut self, r: &Reader<'_>) -> Result<()> {
        for (client, id) in std::mem::take(&mut self.line_shifts) {
            let sql = "SELECT client_id, day, shift_id, line_id FROM line_shift_all WHERE client_id = ?1 AND id = ?2";
            self.cells.extend(r.select(sql, values![client, id], cell)?);
        }
        for (client, touch) in std::mem::take(&mut self.wide) {
            self.cells.extend(wide(r, client, &touch)?);
        }
        Ok(())
    }
}

/// The cell of a row that begins with client, day, shift and line.
pub(in crate::repository) fn cell(row: &Row<'_>) -> Result<Cell> {
    Ok(Cell {
        client: row.get(0)?,
        day: row.get::<Day>(1)?,
        shift: row.get::<Id<Shift>>(2)?,
        line: row.get::<Id<Line>>(3)?,
    })
}

const LIST: &str = "SELECT DISTINCT l.client_id, l.day, l.shift_id, l.line_id FROM line_shift l";

fn wide(r: &Reader<'_>, client: Id<Client>, touch: &Touch) -> Result<Vec<Cell>> {
    match touch {
        Touch::Match { from, shift, line } => {
            let sql = format!(
                "{LIST} WHERE l.client_id = ?1 AND l.day >= ?2 AND (?3 IS NULL OR l.shift_id = ?3) AND (?4 IS NULL OR l.line_id = ?4)"
            );
            r.select(&sql, values![client, from.unwrap_or(Day(i32::MIN)), shift, line], cell)
        }
        Touch::Product { from, product } => {
            let sql = "SELECT client_id, day, shift_id, line_id FROM kpi_line_shift WHERE client_id = ?1 AND day >= ?2 AND product_id = ?3
                UNION SELECT client_id, day, shift_id, line_id FROM kpi_part WHERE client_id = ?1 AND day >= ?2 AND product_id = ?3";
            r.select(sql, values![client, from, product], cell)
        }
        Touch::Order(order) => {
            let sql = format!(
                "{LIST} JOIN production_entry e ON e.client_id = l.client_id AND e.line_shift_id = l.id
                 WHERE l.client_id = ?1 AND e.client_id = ?1 AND e.work_order_id = ?2"
            );
            r.select(&sql, values![client, order], cell)
        }
        Touch::Reason(reason) => {
            let sql = format!(
                "{LIST} JOIN downtime_entry e ON e.client_id = l.client_id AND e.line_shift_id = l.id
                 WHERE l.client_id = ?1 AND e.client_id = ?1 AND e.reason_id = ?2"
            );
            r.select(&sql, values![client, reason], cell)
        }
        Touch::Nothing | Touch::Cell { .. } | Touch::LineShift(_) => Ok(vec![]),
    }
}
