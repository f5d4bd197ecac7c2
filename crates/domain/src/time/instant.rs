//! A moment, the same everywhere.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A moment in milliseconds since 1970-01-01 00:00 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[ts(type = "number")]
pub struct Instant(pub i64);

impl Instant {
    /// Minutes from `earlier` to this moment; negative when it lies before.
    pub fn minutes_since(self, earlier: Instant) -> f64 {
        (self.0 - earlier.0) as f64 / 60_000.0
    }

    /// The moment `minutes` later.
    pub fn plus_minutes(self, minutes: i64) -> Instant {
        Instant(self.0.saturating_add(minutes.saturating_mul(60_000)))
    }

    /// The same moment in chrono's form; out of range it stops at the ends.
    pub fn utc(self) -> DateTime<Utc> {
        let end = if self.0 < 0 { DateTime::<Utc>::MIN_UTC } else { DateTime::<Utc>::MAX_UTC };
        DateTime::from_timestamp_millis(self.0).unwrap_or(end)
    }
}
