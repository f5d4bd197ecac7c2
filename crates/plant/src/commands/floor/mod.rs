//! My shift: one line on one shift of one day.
pub mod balance;
pub mod handover;
pub mod save;
pub mod sheet;

pub use balance::{Balance, ReadBack};
pub(super) use balance::{balance, read_back};
pub use handover::{Handover, HandoverView, OfLine};
pub(super) use handover::{sign, unsigned, write as handover_write};
pub use save::{Close, Closed, Reopen, Save};
pub(super) use save::{close, reopen, save};
pub use sheet::Sheet;

use domain::{Client, Day, Id, Line, Shift};
use serde::Deserialize;
use store::{Cell, Reader, Result};
use ts_rs::TS;

/// Which line, shift and day.
#[derive(Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Place {
    pub(super) client_id: Id<Client>,
    pub(super) day: Day,
    pub(super) line_id: Id<Line>,
    pub(super) shift_id: Id<Shift>,
}

impl Place {
    /// The cell; `missing` where client, line or shift is not in scope.
    fn cell(&self, r: &Reader<'_>) -> Result<Cell> {
        let line: Line = r.get(self.client_id, self.line_id)?;
        let shift: Shift = r.get(self.client_id, self.shift_id)?;
        let own = r.session().lines();
        let mine = own.is_empty() || own.contains(&(self.client_id, self.line_id));
        if !mine && r.session().role() == domain::Role::Operator {
            return Err(store::missing());
        }
        Ok(Cell { client: self.client_id, day: self.day, shift: shift.id, line: line.id })
    }
}

/// What a place's entry sheet shows.
pub(super) fn sheet(r: &Reader<'_>, input: Place) -> Result<Sheet> {
    let cell = input.cell(r)?;
    sheet::of(r, cell)
}
