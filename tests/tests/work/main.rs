//! Workflows through the commands of the window: holds, handovers, limits, alerts, honesty.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it is all test")]

mod alerts;
mod delegate;
mod handover;
mod holds;
mod honesty;
mod limits;
mod stage;
