//! A second computation of every figure, in plain SQL on the rows.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop where it finds something wrong"
)]
mod people;
mod quality;
