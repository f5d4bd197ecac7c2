//! Work orders: their steps, what left of them, why they were late.
pub mod list;

use domain::{
    Client, Code, Day, Delay, Fault, Group, Id, OrderStatus, Shipment, Verb, WorkOrder, workflow::order::taken,
};
use list::OrderView;
use serde::Deserialize;
use store::{Result, Writer};
use ts_rs::TS;

/// A step of an order.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Step {
    client_id: Id<Client>,
    id: Id<WorkOrder>,
    /// Where it goes.
    to: OrderStatus,
    /// When; none for the client's today.
    day: Option<Day>,
    reason: Option<String>,
}

/// What leaves of an order.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Ship {
    client_id: Id<Client>,
    id: Id<WorkOrder>,
    /// When; none for the client's today.
    day: Option<Day>,
    #[ts(type = "number | null")]
    quantity: Option<i64>,
    reference: Option<String>,
    /// Whether the order is shipped with it; one in progress is completed on that day.
    move_on: bool,
    reason: Option<String>,
}

/// Why an order was late.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Late {
    client_id: Id<Client>,
    id: Id<WorkOrder>,
    /// The cause; none takes it back.
    delay: Option<Delay>,
    reason: Option<String>,
}

/// Takes an order a step on, or back; the dates that follow from the step are set by it.
pub(in crate::commands) fn step(w: &mut Writer<'_>, input: Step) -> Result<OrderView> {
    let order = begin(w, input.client_id, input.id, input.reason)?;
    let day = day(w, input.client_id, input.day)?;
    go(w, &order, input.to, day)?;
    list::one(w, input.client_id, input.id)
}

/// Ships some of an order, or all of it.
pub(in crate::commands) fn ship(w: &mut Writer<'_>, input: Ship) -> Result<OrderView> {
    let order = begin(w, input.client_id, input.id, input.reason)?;
    let day = day(w, input.client_id, input.day)?;
    if order.status.is_void() {
        return Err(no_step(&order, OrderStatus::Shipped).into());
    }
    w.put(&Shipment {
        work_order_id: order.id,
        day,
        quantity: input.quantity,
        reference: input.reference,
        ..Shipment::blank(order.client_id, w.fresh())
    })?;
    if input.move_on {
        move_on(w, order, day)?;
    }
    list::one(w, input.client_id, input.id)
}

/// Says why an order was late.
pub(in crate::commands) fn delay(w: &mut Writer<'_>, input: Late) -> Result<OrderView> {
    let order = begin(w, input.client_id, input.id, input.reason)?;
    w.put(&WorkOrder { delay: input.delay, ..order })?;
    list::one(w, input.client_id, input.id)
}

fn begin(w: &mut Writer<'_>, client: Id<Client>, id: Id<WorkOrder>, reason: Option<String>) -> Result<WorkOrder> {
    let order: WorkOrder = w.get(client, id)?;
    // A step that changes nothing is judged, too.
    if !w.session().role().may(Verb::Update, Group::Orders) {
        return Err(Code::Forbidden.into());
    }
    w.names(format!("order {}", order.code));
    w.because(reason);
    Ok(order)
}

fn day(w: &Writer<'_>, client: Id<Client>, day: Option<Day>) -> Result<Day> {
    day.map_or_else(|| w.today(client), Ok)
}

/// One step; an order is not completed before it was begun.
fn go(w: &mut Writer<'_>, order: &WorkOrder, to: OrderStatus, day: Day) -> Result<WorkOrder> {
    let after = taken(order, to, day);
    let backwards = after.completed.zip(after.actual_start).is_some_and(|(completed, start)| completed < start);
    if backwards {
        return Err(Fault::new(Code::BadPeriod).at("day").into());
    }
    w.put(&after)?;
    Ok(after)
}

/// An order that leaves is shipped; one in progress is completed first.
fn move_on(w: &mut Writer<'_>, order: WorkOrder, day: Day) -> Result<()> {
    let order = match order.status {
        OrderStatus::Shipped | OrderStatus::Closed => return Ok(()),
        OrderStatus::InProgress => go(w, &order, OrderStatus::Completed, day)?,
        _ => order,
    };
    go(w, &order, OrderStatus::Shipped, day).map(|_| ())
}

fn no_step(order: &WorkOrder, to: OrderStatus) -> Fault {
    Fault::new(Code::NoStep).with("from", order.status.word()).with("value", to.word()).at("status")
}
