//! Figures computed a second time, by plain SQL from the rows.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop where it finds something wrong"
)]
mod people;
