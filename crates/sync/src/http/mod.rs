//! A hub over HTTPS: TLS 1.3, and only the certificate that was pinned at enrolment.
mod ask;
mod distrust;
mod enrol;
mod reach;

pub use ask::Https;
pub use enrol::{Wanted, enrol, fresh_key};
pub use reach::{Account, Purse, Unusable};

/// The PC's clock, milliseconds since 1970.
pub type Now = std::sync::Arc<dyn Fn() -> i64 + Send + Sync>;
