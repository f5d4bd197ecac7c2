//! The steps of work: which may follow which, and who takes them.
//!
//! A step is judged where a row is written, so that no way of writing goes
//! round it. What a step needs to know of other rows it asks the actor.

pub mod alert;
pub mod hold;
pub mod order;
pub mod shift;

#[cfg(test)]
mod tests;

use crate::{
    Author, Code, CoverageEntry, Employee, EmployeeLine, Fault, Group, Id, PoolBooking, PoolEmployee, Role, ShiftPlace,
    Verb, WorkOrder, time::Instant,
};

/// Who takes a step, and when.
pub struct Actor<'a> {
    /// The person, as clients see him.
    pub user: Id<Author>,
    /// The role.
    pub role: Role,
    /// The moment.
    pub now: Instant,
    /// The reason given.
    pub reason: Option<&'a str>,
    /// Answers what a step must know of other rows.
    pub knows: &'a dyn Fn(Known) -> Result<bool, Fault>,
}

/// What a step must know of other rows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Known {
    /// The client lets people approve what they asked for, with a reason.
    SelfApproval,
    /// Something was produced of the order.
    Output(Id<WorkOrder>),
    /// Something was shipped of it.
    Shipment(Id<WorkOrder>),
    /// A person's other parts leave room for this one.
    Share(Id<Employee>, Id<EmployeeLine>, f64),
    /// A person is free for this cover: neither covers nor is on a list elsewhere on that shift.
    FreeToCover(Id<Employee>, ShiftPlace, Id<CoverageEntry>),
    /// A person is free for this list: covers nowhere else on that shift.
    FreeToAttend(Id<Employee>, ShiftPlace),
    /// A person of the pool is there to be booked.
    InPool(Id<PoolEmployee>),
    /// A person of the pool is free from one moment to another, but for this booking.
    FreeInPool(Id<PoolEmployee>, i64, i64, Id<PoolBooking>),
    /// A booking one may know of is there and holds.
    Booked(Id<PoolBooking>),
    /// A cover of one's own clients carries the booking, or did.
    Carried(Id<PoolBooking>),
}

impl Actor<'_> {
    /// Refuses what the role does not allow.
    pub(crate) fn may(&self, verb: Verb, group: Group) -> Result<(), Fault> {
        if self.role.may(verb, group) { Ok(()) } else { Err(Fault::new(Code::Forbidden)) }
    }
    /// Whether a field that names who took a step and one that says when are this person's, now.
    pub(crate) fn signs(&self, by: Option<Id<Author>>, at: Option<i64>) -> bool {
        by == Some(self.user) && at == Some(self.now.0)
    }
    /// Nobody approves what he asked for, unless the client lets him and he says why; tells whether he did.
    pub(crate) fn approves(&self, asked: Option<Id<Author>>) -> Result<bool, Fault> {
        if asked != Some(self.user) {
            return Ok(false);
        }
        match ((self.knows)(Known::SelfApproval)?, self.reason) {
            (true, Some(_)) => Ok(true),
            (true, None) => Err(Fault::new(Code::NeedsReason).at("reason")),
            (false, _) => Err(Fault::new(Code::OwnRequest)),
        }
    }
}

/// A step that does not follow from where the row stands.
pub(crate) fn no_step(field: &str, from: &str, to: &str) -> Fault {
    Fault::new(Code::NoStep).with("from", from).with("value", to).at(field)
}
