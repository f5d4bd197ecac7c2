//! What is known of one work order, kept beside its row.
mod audit;
mod capacity;
mod facts;
mod row;
mod stale;

pub(crate) use audit::audit_orders;
pub use facts::{OrderAsOf, Orders, order_as_of};
pub(in crate::repository) use stale::resting_on_production;
pub(super) use stale::{all, made, resting_on};

use super::{setup::Setup, write};
use crate::{
    Result,
    repository::{Reader, Writer},
    values,
};
use domain::{Client, Day, Id, Value, WorkOrder};

/// Recomputes one order; tells on which days it was and is promised, where anything has changed.
pub(super) fn renew(w: &Writer<'_>, setup: &mut Setup, order: Id<WorkOrder>) -> Result<[Option<Day>; 2]> {
    let before = stored(w, setup.client, order)?;
    let after = row::of(w, setup, order)?;
    if before == after {
        return Ok([None, None]);
    }
    match &after {
        Some(row) => write::put_rows(w.at, "kpi_order", std::slice::from_ref(row))?,
        None => write::clear_order(w.at, setup.client, order)?,
    }
    Ok([before, after].map(|row| row.as_deref().and_then(row::promised)))
}

/// The row of sums an order has.
fn stored(r: &Reader<'_>, client: Id<Client>, order: Id<WorkOrder>) -> Result<Option<Vec<Value>>> {
    let sql = "SELECT * FROM kpi_order WHERE client_id = ?1 AND work_order_id = ?2";
    r.first(sql, values![client, order], |row| (0..row.width()).map(|i| row.get(i)).collect())
}
