//! The rounds of a PC with its hub, again and again, beside the person's work.
//!
//! What is decided lies in `device`; here is only when, in what order, and
//! what to do where no answer comes. Each touch of the file is one
//! transaction on a thread that may wait; between any two the power may fail.
mod ask;
mod core;
mod files;
mod forget;
pub(crate) mod grants;
mod handle;
mod listen;
mod manifest;
mod pull;
mod push;
mod rewind;
mod round;
mod run;
mod settings;
mod status;

pub use files::Files;
pub use handle::Engine;
pub(crate) use manifest::checked;
pub use settings::Settings;
pub use status::{Standings, Status};
