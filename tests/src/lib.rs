//! What the tests share: rows of every entity, a plant to try things on, reviewed texts.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it is all test")]

pub mod journal;
pub mod memory;
pub mod plant;
#[allow(clippy::disallowed_methods, reason = "a disk is put together as a power cut leaves it")]
pub mod power;
pub mod row;
pub mod snapshot;

pub use plant::Plant;
