//! The hub's wire: HTTP over TLS 1.3, in front of whatever keeps it.
//!
//! Every PC of a plant talks to this. Nothing in a request is believed but
//! its token; everything is limited in size, number and time; a refusal is a
//! code and a status and tells nothing of what is behind it. The messages are
//! those of `domain::feed`. Changes and entries travel as lines of JSON,
//! compressed by zstd; short questions and answers as plain JSON.
mod body;
mod client;
mod config;
mod count;
mod crowd;
mod enter;
mod gate;
mod listen;
mod news;
mod patient;
mod rate;
mod refused;
mod routes;
mod tls;

pub use config::{Config, Limits, Pem, Rate};
pub use listen::{Bound, Wont, bind, serve};
