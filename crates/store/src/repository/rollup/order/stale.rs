//! Which writes make the sums of which orders stale.
use crate::{Result, repository::Reader, values};
use domain::{Client, Id, Touch, WorkOrder, elements::Source};
use std::collections::BTreeSet;

type Which = BTreeSet<(Id<Client>, Id<WorkOrder>)>;

/// Every order of a client, also one whose sums are left of a row that is not there any more.
pub(in super::super) fn all(r: &Reader<'_>, client: Id<Client>) -> Result<Vec<Id<WorkOrder>>> {
    let sql = "SELECT id FROM work_order WHERE client_id = ?1
        UNION SELECT work_order_id FROM kpi_order WHERE client_id = ?1";
    r.select(sql, values![client], |row| row.get(0))
}

/// The orders that rest on how the client is set up: all on its policies, some on calendars and standards.
pub(in super::super) fn resting_on(r: &Reader<'_>, touches: &[(Id<Client>, Touch)]) -> Result<Which> {
    let (mut policies, mut plans) = (BTreeSet::new(), BTreeSet::new());
    for (client, touch) in touches {
        match touch {
            Touch::Match { from: None, shift: None, line: None } => policies.insert(*client),
            Touch::Match { .. } | Touch::Product { .. } => plans.insert(*client),
            _ => false,
        };
    }
    let mut which = Which::new();
    for client in &policies {
        which.extend(all(r, *client)?.into_iter().map(|order| (*client, order)));
    }
    for client in plans.difference(&policies) {
        which.extend(inferred(r, *client)?.into_iter().map(|order| (*client, order)));
    }
    Ok(which)
}

/// The orders whose promised or shipped day is worked out by the calendar, or may be now.
fn inferred(r: &Reader<'_>, client: Id<Client>) -> Result<Vec<Id<WorkOrder>>> {
    let bits = (1_u64 << Source::PromisedWorked as u8) | (1 << Source::ShippedAfter as u8);
    let sql = format!(
        "SELECT work_order_id FROM kpi_order WHERE client_id = ?1 AND (promised IS NULL OR (sources & {bits}) <> 0)"
    );
    r.select(&sql, values![client], |row| row.get(0))
}

/// Whether dates of an order rest on what was made of it.
const RESTS_ON_PRODUCTION: &str = "(actual_start IS NULL OR status IN ('completed', 'shipped', 'closed', 'on_hold'))";

/// The orders of a client whose dates rest on what was made of them, on whatever day.
pub(in crate::repository) fn resting_on_production(r: &Reader<'_>, client: Id<Client>) -> Result<Vec<Id<WorkOrder>>> {
    let sql = format!("SELECT id FROM work_order WHERE client_id = ?1 AND {RESTS_ON_PRODUCTION}");
    r.select(&sql, values![client], |row| row.get(0))
}

/// Of the orders of which something was made, those whose dates rest on it.
///
/// An order in work whose start was entered does not; most are such.
pub(in super::super) fn made(r: &Reader<'_>, orders: Which) -> Result<Which> {
    let sql = format!("SELECT 1 FROM work_order WHERE client_id = ?1 AND id = ?2 AND {RESTS_ON_PRODUCTION}");
    let mut which = Which::new();
    for (client, order) in orders {
        if r.first(&sql, values![client, order], |_| Ok(()))?.is_some() {
            which.insert((client, order));
        }
    }
    Ok(which)
}
