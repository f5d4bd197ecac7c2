//! What a hold of a whole order does to the order.
use domain::{Code, Fault, HoldEntry, OrderStatus, WorkOrder};
use store::{Result, Writer, values};

/// Refuses a hold of an order that is over.
pub(super) fn may_be_held(order: &WorkOrder) -> Result<()> {
    let from = order.status;
    if from.is_open() || from == OrderStatus::Completed {
        return Ok(());
    }
    let to = OrderStatus::OnHold.word();
    Err(Fault::new(Code::NoStep).with("from", from.word()).with("value", to).at("work_order_id").into())
}

/// What a hold that was written row by row does to its order.
pub(in crate::commands) fn follow(
    w: &mut Writer<'_>,
    before: Option<&HoldEntry>,
    after: Option<&HoldEntry>,
) -> Result<()> {
    let holds = |hold: &&HoldEntry| hold.is_whole() && hold.state.is_held();
    match (before.filter(holds), after.filter(holds)) {
        (None, Some(hold)) => set_aside(w, hold),
        (Some(hold), None) => bring_back(w, hold),
        _ => Ok(()),
    }
}

/// Sets the order of an approved hold aside, and remembers where it stood.
pub(super) fn set_aside(w: &mut Writer<'_>, hold: &HoldEntry) -> Result<()> {
    let order: WorkOrder = w.get(hold.client_id, hold.work_order_id)?;
    if !hold.is_whole() || order.status == OrderStatus::OnHold {
        return Ok(());
    }
    w.put(&WorkOrder { status: OrderStatus::OnHold, before_hold: Some(order.status), ..order }).map(|_| ())
}

/// Brings the order back to where it stood, unless another hold of it remains.
pub(super) fn bring_back(w: &mut Writer<'_>, hold: &HoldEntry) -> Result<()> {
    let order: WorkOrder = w.get(hold.client_id, hold.work_order_id)?;
    let Some(back) = order.comes_back_to() else { return Ok(()) };
    if !hold.is_whole() || is_held(w, hold)? {
        return Ok(());
    }
    w.put(&WorkOrder { status: back, before_hold: None, ..order }).map(|_| ())
}

fn is_held(w: &Writer<'_>, but: &HoldEntry) -> Result<bool> {
    let all: Vec<HoldEntry> = w.list_where(but.client_id, "work_order_id = ?2", values![but.work_order_id])?;
    Ok(all.iter().any(|h| h.id != but.id && h.is_whole() && h.state.is_held()))
}
