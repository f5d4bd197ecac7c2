//! A moment, the same everywhere.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
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

/// As `2026-11-25T10:12:03.123Z`.
impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.utc().to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

/// A text that names no moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadInstant(pub String);

impl fmt::Display for BadInstant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is not a moment; write it like 2026-11-25T10:12:03Z or 2026-11-25T10:12-06:00", self.0)
    }
}

/// Date, time and zone; seconds may be left out, the zone may not.
impl FromStr for Instant {
    type Err = BadInstant;
    fn from_str(text: &str) -> Result<Self, BadInstant> {
        let zoned = text.replacen(['Z', 'z'], "+00:00", 1);
        let without_seconds = || DateTime::parse_from_str(&zoned, "%Y-%m-%dT%H:%M%:z");
        let moment = DateTime::parse_from_rfc3339(&zoned).or_else(|_| without_seconds());
        moment.map(|m| Instant(m.timestamp_millis())).map_err(|_| BadInstant(text.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_as_it_is_written() {
        for millis in [0, -1, 1_764_065_523_123, 253_402_300_799_999] {
            assert_eq!(Instant(millis).to_string().parse(), Ok(Instant(millis)));
        }
        assert_eq!("2025-11-25T04:12-06:00".parse(), "2025-11-25T10:12:00Z".parse::<Instant>());
        for text in ["", "2025-11-25", "2025-11-25T10:12", "yesterday", "2025-11-25T25:00Z"] {
            assert_eq!(text.parse::<Instant>(), Err(BadInstant(text.into())));
        }
    }
}
