//! From the rows of one line shift to its element sums.
//!
//! One place for every rule that turns what was entered into what is counted:
//! the sums the store keeps, the screens, the explanation of a number and the
//! tests all call [`work`], and [`inspect`] for what was inspected. Values are
//! never capped, rounded or clipped.

mod allocation;
mod bradford;
mod crew;
mod entries;
mod facts;
mod net;
pub mod order;
mod part;
mod people;
mod quality;
mod run;
mod slice;
mod source;
mod stops;
mod sums;
mod work;

#[cfg(test)]
mod tests;

pub use bradford::{BRADFORD_DAYS, Bradford, bradford};
pub use entries::WorkedEntry;
pub use facts::{Affects, Basis, EntryFacts, Facts, Key, Policy, StopFacts};
pub use part::{Part, PartKey};
pub use people::{
    AttendanceFacts, CoverFacts, Department, PeopleFacts, USUAL_ABSENCES, counts as absence_counts, people, present,
};
pub use quality::{Inspected, QualityFacts, QualityKey, WorkedQuality, inspect};
pub use source::{Source, Sourced, Sources, Subject};
pub use stops::WorkedStop;
pub use sums::{Element, Family, Square, Squares, Sums};
pub use work::{Worked, work};
