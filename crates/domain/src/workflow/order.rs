//! How a work order moves on.
use super::{Actor, Known, no_step};
use crate::{
    Code, Day, Fault,
    OrderStatus::{self, Cancelled, Closed, Completed, InProgress, OnHold, Received, Rejected, Released, Shipped},
    WorkOrder,
};

impl OrderStatus {
    /// Whether work on the order is still to be done.
    pub const fn is_open(self) -> bool {
        matches!(self, Received | Released | InProgress | OnHold)
    }
    /// Whether the order will not be made, and so counts nowhere.
    pub const fn is_void(self) -> bool {
        matches!(self, Cancelled | Rejected)
    }
    /// Where an order that stands here may go, apart from being set aside and coming back.
    pub const fn next(self) -> &'static [OrderStatus] {
        match self {
            Received => &[Released, Cancelled, Rejected],
            Released => &[InProgress, Received, Cancelled, Rejected],
            InProgress => &[Completed, Released, Cancelled],
            OnHold => &[Cancelled, Rejected],
            Completed => &[Shipped, InProgress, Cancelled],
            Shipped => &[Closed, Completed],
            Closed | Cancelled | Rejected => &[],
        }
    }
}

impl WorkOrder {
    /// Where an order that is set aside comes back to; one that came set aside, from a file, is released.
    pub fn comes_back_to(&self) -> Option<OrderStatus> {
        (self.status == OnHold).then(|| self.before_hold.unwrap_or(Released))
    }
}

/// The order after a step, with the dates that follow from it.
///
/// A step back takes back the date of the step it undoes, but work that was
/// begun stays begun. Whether the step may be taken is told by [`step`].
#[must_use]
pub fn taken(order: &WorkOrder, to: OrderStatus, day: Day) -> WorkOrder {
    let (from, mut after) = (order.status, WorkOrder { status: to, ..order.clone() });
    after.before_hold = (to == OnHold).then_some(from);
    let comes_back = order.comes_back_to() == Some(to);
    match to {
        _ if comes_back => {}
        Received => after.released = None,
        Released => after.released = order.released.or(Some(day)),
        InProgress => (after.completed, after.actual_start) = (None, order.actual_start.or(Some(day))),
        Completed if from == InProgress => after.completed = Some(day),
        Closed | Cancelled | Rejected => after.ended = Some(day),
        OnHold | Completed | Shipped => {}
    }
    after
}

/// Whether the order may go from where it stood to where it stands; a new one may stand anywhere.
///
/// # Errors
/// `no_step`, or what the step lacks: `needs_output`, `needs_shipment`.
pub fn step(before: Option<&WorkOrder>, after: &WorkOrder, by: &Actor<'_>) -> Result<(), Fault> {
    let Some(before) = before else { return Ok(()) };
    let (from, to) = (before.status, after.status);
    // Where an order comes back to is told by the step that set it aside, and by nobody later.
    let back = match (from, to) {
        (_, OnHold) if from != to => Some(from),
        // An order that nobody moves keeps what it came with.
        _ if from == to => before.before_hold,
        _ => None,
    };
    if after.before_hold != back {
        return Err(no_step("before_hold", from.word(), to.word()));
    }
    if from == to {
        return Ok(());
    }
    if !follows(before, to) {
        return Err(no_step("status", from.word(), to.word()));
    }
    match to {
        // Coming back from hold repeats no step: what it needed was there.
        Completed if from == InProgress => need(by, Known::Output(after.id), Code::NeedsOutput),
        Shipped if from == Completed => need(by, Known::Shipment(after.id), Code::NeedsShipment),
        _ => Ok(()),
    }
}

fn follows(before: &WorkOrder, to: OrderStatus) -> bool {
    match (before.status, to) {
        (_, back) if before.comes_back_to() == Some(back) => true,
        (from, OnHold) => from.is_open() || from == Completed,
        (from, to) => from.next().contains(&to),
    }
}

fn need(by: &Actor<'_>, known: Known, code: Code) -> Result<(), Fault> {
    if (by.knows)(known)? { Ok(()) } else { Err(Fault::new(code).at("status")) }
}
