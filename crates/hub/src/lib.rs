//! The hub: puts the changes of all PCs in one order, and knows who may have what.

pub mod core;

#[cfg(feature = "serve")]
mod answers;
#[cfg(feature = "serve")]
pub mod base;
#[cfg(feature = "serve")]
pub mod clock;
#[cfg(feature = "serve")]
pub mod desk;
#[cfg(feature = "serve")]
pub mod doctor;
#[cfg(feature = "serve")]
mod error;
#[cfg(feature = "serve")]
mod heads;
#[cfg(feature = "serve")]
mod hub;
#[cfg(feature = "serve")]
pub mod keeper;
#[cfg(feature = "serve")]
mod letters;
#[cfg(feature = "serve")]
mod logged;
#[cfg(feature = "serve")]
mod office;
#[cfg(feature = "serve")]
pub mod postgres;
#[cfg(feature = "serve")]
pub mod unseal;
#[cfg(feature = "serve")]
pub mod wire;

#[cfg(feature = "serve")]
pub use {error::Error, hub::Hub, letters::Unread, office::*};
