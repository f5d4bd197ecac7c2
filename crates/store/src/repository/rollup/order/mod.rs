//! What is known of one work order, kept beside its row.
mod audit;
mod capacity;
mod facts;
mod row;
mod stale;

pub(crate) use audit::audit_orders;
pub use facts::{OrderAsOf, Orders};
pub(in crate::repository) use stale::resting_on_production;
pub(super) use stale::{all, made, resting_on};

use super::{in_work, setup::Setup, write};
use crate::{
    Result,
    repository::{Reader, Writer},
    values,
};
use domain::{Client, Day, Id, Value, WorkOrder};

/// The days whose sums an order has changed.
pub(super) struct Renewed {
    /// Those on which it was and is promised, where anything has changed.
    pub(super) promised: [Option<Day>; 2],
    /// Those on which it changes what is in work, or did.
    pub(super) in_work: Vec<Day>,
}

/// Recomputes one order; tells the days whose sums have changed.
pub(super) fn renew(w: &Writer<'_>, setup: &mut Setup, order: Id<WorkOrder>) -> Result<Renewed> {
    let found = facts::gather(w, setup, order)?;
    let in_work = in_work::renew(w, setup.client, order, found.as_ref().map(|(_, facts)| facts))?;
    let before = stored(w, setup.client, order)?;
    let after = found.map(|(row, facts)| row::values(&row, &facts, setup.today));
    if before == after {
        return Ok(Renewed { promised: [None, None], in_work });
    }
    match &after {
        Some(row) => write::put_rows(w.at, "kpi_order", std::slice::from_ref(row))?,
        None => write::clear_order(w.at, setup.client, order)?,
    }
    Ok(Renewed { promised: [before, after].map(|row| row.as_deref().and_then(row::promised)), in_work })
}

/// The row of sums an order has.
fn stored(r: &Reader<'_>, client: Id<Client>, order: Id<WorkOrder>) -> Result<Option<Vec<Value>>> {
    let sql = "SELECT * FROM kpi_order WHERE client_id = ?1 AND work_order_id = ?2";
    r.first(sql, values![client, order], |row| (0..row.width()).map(|i| row.get(i)).collect())
}
