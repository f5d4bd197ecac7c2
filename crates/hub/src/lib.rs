//! The hub: it puts the changes of all PCs in one order and decides them.

pub mod core;
