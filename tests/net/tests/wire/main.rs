//! The wire between PCs and hub, over real sockets and real TLS.
#![allow(missing_docs, clippy::unwrap_used, reason = "the names of the tests say what they hold, and a test may stop")]

mod any;
mod bad;
mod limits;
mod news;
mod round;
mod tls;
mod trust;
