//! The engine of a PC, with a real hub behind real sockets; and where time is played, without.
#![allow(missing_docs, clippy::unwrap_used, reason = "the names of the tests say what they hold, and a test may stop")]

mod grants;
mod patience;
mod storm;
mod together;
mod told;
mod trouble;
