//! My shift through the commands of the window: what is typed, corrected, refused and taken back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it is all test")]

mod closed;
mod orders;
mod people;
mod refused;
mod saved;
mod stage;
