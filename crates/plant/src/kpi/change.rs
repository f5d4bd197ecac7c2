//! Which way a figure went, for whoever must not read signs.

use super::Better;
use serde::Serialize;
use ts_rs::TS;

/// A difference this small, as a part of what it is a difference of, is none: it is only rounding.
const NOTHING: f64 = 1e-9;

/// What the parts of a change are measured by: one unit.
pub(super) const WHOLE: f64 = 1.0;

/// The way a figure went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// For the better.
    Better,
    /// For the worse.
    Worse,
    /// Neither.
    Same,
}

/// Which way a difference goes; none for a KPI that has no better way.
pub(super) fn direction(better: Better, difference: f64, of: f64) -> Option<Direction> {
    if better == Better::None {
        return None;
    }
    if difference.abs() <= NOTHING * of.abs().max(1.0) {
        return Some(Direction::Same);
    }
    Some(if (difference > 0.0) == (better == Better::Higher) { Direction::Better } else { Direction::Worse })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lower_may_be_better_and_rounding_is_no_change() {
        assert_eq!(direction(Better::Higher, 0.5, 80.0), Some(Direction::Better));
        assert_eq!(direction(Better::Higher, -0.5, 80.0), Some(Direction::Worse));
        assert_eq!(direction(Better::Lower, -0.5, 80.0), Some(Direction::Better));
        assert_eq!(direction(Better::Lower, 0.5, 80.0), Some(Direction::Worse));
        assert_eq!(direction(Better::Higher, 4e-8, 80.0), Some(Direction::Same));
        assert_eq!(direction(Better::None, 12.0, 80.0), None);
    }
}
