//! The file: where it lies, its key, its versions, its soundness.
mod vault;

pub mod folder;
pub(crate) mod gaps;
mod installation;
pub mod key;
pub(crate) mod migrate;
pub mod verify;

pub use vault::Vault;
