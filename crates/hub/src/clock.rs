//! What time it is at a hub, and chance.
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// Where "now" comes from: the system's clock, or one that tests move.
#[derive(Clone, Debug, Default)]
pub struct Clock(Option<Arc<AtomicI64>>);

impl Clock {
    /// A clock that stands at `millis` since 1970 until it is moved.
    pub fn fixed(millis: i64) -> Self {
        Clock(Some(Arc::new(AtomicI64::new(millis))))
    }
    /// Moves a fixed clock, back too; the system's stays as it is.
    pub fn advance(&self, millis: i64) {
        if let Some(at) = &self.0 {
            at.fetch_add(millis, Ordering::SeqCst);
        }
    }
    /// Milliseconds since 1970.
    #[allow(clippy::disallowed_methods, reason = "the one place of a hub that asks")]
    pub fn now(&self) -> i64 {
        let system = || {
            let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
            since.map_or(0, |d| i64::try_from(d.as_millis()).unwrap_or(i64::MAX))
        };
        self.0.as_ref().map_or_else(system, |at| at.load(Ordering::SeqCst))
    }
}

/// Bytes nobody can guess.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    // Without chance there are no safe tokens or keys: nothing can go on.
    if getrandom::fill(&mut bytes).is_err() {
        std::process::abort();
    }
    bytes
}
