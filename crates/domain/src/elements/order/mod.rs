//! When an order was promised, when it left, how long it has been in work.
//!
//! One place for the rules of delivery and of WIP age: the sums the store
//! keeps, the lists, the explanations and the tests all ask [`OrderFacts`].

mod age;
mod calendar;
mod delivery;
mod facts;
mod hold;
mod in_work;
mod promise;
mod risk;
mod standing;

#[cfg(test)]
mod tests;

pub use age::{Age, Band, bands};
pub use calendar::{DayException, Plan, WorkingDays};
pub use delivery::Delivery;
pub use facts::{Dated, Moment, OrderFacts, ShiftCapacity, ShipmentFacts};
pub use hold::{Stretch, stretch, union};
pub use in_work::InWork;
pub use risk::{Output, Risk};

/// Minutes of a calendar day by the client's clock.
pub(super) const DAY_MINUTES: i64 = 1440;

/// The minute at which a day begins, since 1970 by the client's clock.
pub const fn begin_of(day: crate::Day) -> i64 {
    day.0 as i64 * DAY_MINUTES
}

/// The minute at which a day is over.
pub const fn end_of(day: crate::Day) -> i64 {
    begin_of(day) + DAY_MINUTES
}
