//! Whether the sums of orders are what their rows come to.
use super::{
    super::{in_work, setup::Setup},
    all, facts, row, stored,
};
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
        let found = facts::gather(r, &mut setup, *order)?;
        let changes = found.as_ref().map(|(_, facts)| facts.in_work_changes()).unwrap_or_default();
        let should = found.map(|(row, facts)| row::values(&row, &facts, setup.today));
        let same = stored(r, client, *order)?.map(lasting) == should.map(lasting);
        if !same || in_work::stored(r, client, *order)? != changes {
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
