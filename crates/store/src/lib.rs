//! The encrypted database, its walls, its log and its sums.
//!
//! The only crate that names SQLite. Whoever wants a row needs a `Session`;
//! a session opens a `Repository`; a repository lends a `Reader` or a `Writer`.

pub mod book;
mod clock;
mod error;
pub mod keep;
mod repository;
pub mod session;
mod store;

pub use clock::Clock;
pub use domain::Field;
pub use error::{Error, Result, missing};
pub use repository::*;
pub use session::{ClientRef, Session};
pub use store::Store;
