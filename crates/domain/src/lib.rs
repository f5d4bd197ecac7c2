//! What a plant is: ids, time, roles, rules, changes and the elements of its KPIs.
//!
//! Pure: no I/O, no clock, no randomness and no SQL. Everything here can be
//! computed again, on any PC, from the same input.

pub mod change;
pub mod elements;
pub mod entities;
pub mod entity;
pub mod fault;
pub mod feed;
pub mod id;
pub mod merge;
pub mod planted;
pub mod role;
pub mod rules;
pub mod time;
pub mod value;
pub mod workflow;

pub use entities::*;
pub use entity::{Column, Entity, ShiftPlace, Touch};
pub use fault::{Code, Fault};
pub use id::Id;
pub use role::{Group, Role, Verb};
pub use rules::{Problem, Problems};
pub use time::Day;
pub use value::{Field, Kind, Value};
