//! What a PC does with its log: it sends its changes, takes in the hub's order, and loses nothing.

#[cfg(all(feature = "file", feature = "net"))]
pub mod carry;
pub mod device;

#[cfg(feature = "net")]
pub mod engine;
#[cfg(feature = "file")]
mod file;
#[cfg(feature = "net")]
pub mod http;
#[cfg(feature = "net")]
pub mod hub;
#[cfg(all(feature = "file", feature = "net"))]
pub mod joined;
#[cfg(feature = "file")]
pub mod seal;
#[cfg(all(feature = "file", feature = "net"))]
pub mod start;
