//! The hub: puts the changes of all PCs in one order, and knows who may have what.

pub mod core;
pub mod desk;
pub mod wire;
