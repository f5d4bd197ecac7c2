//! What the program keeps, worked out a second time another way.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop where it finds something wrong"
)]
mod chance;
mod columns;
mod line_shift;
mod memory;
mod orders;
mod orders_explained;
mod orders_kept;
mod orders_made;
mod people;
mod quality;
