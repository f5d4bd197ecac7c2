//! What a PC does with its log: it sends its changes, takes in the hub's order, and loses nothing.

pub mod device;
#[cfg(feature = "file")]
mod file;
#[cfg(feature = "file")]
pub mod seal;
