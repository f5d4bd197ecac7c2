//! What a control chart or a forecast is made from.

use serde::Serialize;
use ts_rs::TS;

/// What was counted on a day, and out of how much.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Counted {
    /// Units or events.
    pub count: f64,
    /// Inspected units, or opportunities.
    pub exposure: f64,
}

/// The values a KPI can take at all, ends included.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Bounds {
    /// Nothing is below.
    pub low: Option<f64>,
    /// Nothing is above.
    pub high: Option<f64>,
}

/// Fewer points than what was asked for can do with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct NotEnough {
    /// The points there are.
    #[ts(type = "number")]
    pub have: usize,
    /// The points it takes.
    #[ts(type = "number")]
    pub need: usize,
}

impl Bounds {
    /// Every number.
    pub const NONE: Bounds = Bounds { low: None, high: None };
    /// Zero and more: minutes, rates, efficiency.
    pub const NOT_NEGATIVE: Bounds = Bounds { low: Some(0.0), high: None };
    /// From 0 to 100: a share of units in percent.
    pub const PERCENT: Bounds = Bounds { low: Some(0.0), high: Some(100.0) };

    /// Whether a value can be.
    pub fn hold(&self, value: f64) -> bool {
        self.clamp(value) == value
    }

    /// The nearest value that can be.
    pub fn clamp(&self, value: f64) -> f64 {
        value.max(self.low.unwrap_or(f64::NEG_INFINITY)).min(self.high.unwrap_or(f64::INFINITY))
    }
}

impl NotEnough {
    /// Refuses fewer points than it takes.
    pub(super) fn check(have: usize, need: usize) -> Result<(), NotEnough> {
        if have < need { Err(NotEnough { have, need }) } else { Ok(()) }
    }
}
