//! What a PC does with its log: it sends its changes, takes in the hub's order, and loses nothing.

pub mod device;
pub mod engine;
pub mod http;
pub mod hub;
