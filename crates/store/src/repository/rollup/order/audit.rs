//! Whether the sums of orders are what their rows come to.
use super::{super::setup::Setup, all, row, stored};
use crate::{Result, repository::Reader};
use domain::{Client, Id, Value, WorkOrder};

/// Works a client's orders out again; tells how many, and which differ.
pub(crate) fn audit_orders(
    r: &Reader<'_>,
    client: Id<Client>,
    tell: &mut dyn FnMut(),
) -> Result<(u64, Vec<Id<WorkOrder>>)> {
    let (mut setup, mut differ) = (Setup::load(r, client)?, vec![]);
    let orders = all(r, client)?;
    for order in &orders {
        let (is, should) = (stored(r, client, *order)?, row::of(r, &mut setup, *order)?);
        if is.map(lasting) != should.map(lasting) {
            differ.push(*order);
        }
        tell();
    }
    Ok((orders.len() as u64, differ))
}

/// What of a row does not depend on the day it was written.
fn lasting(mut row: Vec<Value>) -> Vec<Value> {
    if row.len() > row::AHEAD {
        row.remove(row::AHEAD);
    }
    row
}
