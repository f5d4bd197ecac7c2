//! Real PCs and a real hub over real sockets, and everything between them that goes wrong.
#![allow(clippy::unwrap_used, clippy::missing_panics_doc, reason = "what goes wrong on the stage stops the test")]

pub mod certificate;
pub mod desk;
pub mod direct;
pub mod machine;
pub mod place;
pub mod proxy;
pub mod raw;
pub mod state;
