//! People: who was there, who covers, who is absent too often.
mod attendance;
mod bradford;
mod cover;
mod erasure;

pub use attendance::{Attendance, AttendanceInput, AttendanceSave, Listed, MarkAll, Marked};
pub use bradford::{BradfordAsk, BradfordRow};
pub use cover::{CoverId, CoverInput};
pub use erasure::{Erased, PersonRef, PooledRef};

pub(super) use attendance::{list, mark, save};
pub(super) use bradford::bradford;
pub(super) use cover::{confirm, cover};
pub(super) use erasure::{erase, erase_pooled, export, export_pooled};
