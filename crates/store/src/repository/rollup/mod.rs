//! Sums of elements, kept in the write's transaction.
//!
//! Whatever is touched is computed anew from its rows by `domain::elements`:
//! sums never drift, because nothing is ever added to an old sum.
mod facts;
mod settle;
mod setup;
mod stale;
mod write;

pub(in crate::repository) use write::sums;

pub use facts::{Cell, Look, look, work_out};
pub(super) use settle::settle;
pub(crate) use settle::{all_cells, recompute_rows};
pub(super) use stale::Stale;
