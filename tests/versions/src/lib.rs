//! PCs and hubs of an older program and of this one: real processes, real files, PostgreSQL, TLS.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "what goes wrong on the stage stops the test"
)]

mod agree;
mod hub;
mod pc;
mod program;

pub use agree::{Shown, agree};
pub use hub::Hub;
pub use pc::Pc;
pub use program::{Program, Said};
