//! Sums of elements, kept in the write's transaction.
//!
//! Whatever is touched is computed anew from its rows by `domain::elements`:
//! sums never drift, because nothing is ever added to an old sum.
mod audit;
mod crew;
mod facts;
mod in_work;
mod order;
mod people;
mod quality;
mod settle;
mod setup;
mod stale;
mod write;

pub(crate) use audit::audit;
pub(super) use crew::unpacked;
pub use crew::{Crew, Crews};
pub use facts::{Cell, LineShifts, Look, look, work_out};
pub(super) use in_work::changes;
pub(crate) use order::audit_orders;
pub(super) use order::resting_on_production;
pub use order::{OrderAsOf, Orders};
pub use people::hours_of_shift;
pub(super) use people::span_of_shift;
pub(super) use settle::{looked_up, settle};
pub(super) use stale::{Stale, cell, touched};
