//! The hub: puts the changes of all PCs in one order, and knows who may have what.

pub mod core;

#[cfg(feature = "serve")]
pub mod clock;
#[cfg(feature = "serve")]
pub mod desk;
#[cfg(feature = "serve")]
pub mod doctor;
#[cfg(feature = "serve")]
pub mod postgres;
#[cfg(feature = "serve")]
pub mod unseal;
#[cfg(feature = "serve")]
pub mod wire;
