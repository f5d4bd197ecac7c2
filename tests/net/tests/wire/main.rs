//! The wire between PCs and hub, over real sockets and real TLS.
#![allow(missing_docs, reason = "the names of the tests say what they hold")]

mod any;
mod bad;
mod limits;
mod round;
mod tls;
