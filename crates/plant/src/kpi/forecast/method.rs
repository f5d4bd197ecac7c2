//! The ways of smoothing a series.

use serde::Serialize;
use ts_rs::TS;

/// What a method believes a series is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SmoothingMethod {
    /// A level (simple exponential smoothing).
    Simple,
    /// A level and a trend (Holt).
    Holt,
    /// A level and a weekday pattern (additive Holt-Winters without trend).
    Weekly,
    /// A level, a trend and a weekday pattern (additive Holt-Winters).
    WeeklyTrend,
}

/// A method with its parameters, each from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, TS)]
pub struct Smoothing {
    /// The method.
    pub method: SmoothingMethod,
    /// How fast the level follows.
    pub alpha: f64,
    /// How fast the trend follows; 0 without one.
    pub beta: f64,
    /// How fast the weekdays follow; 0 without them.
    pub gamma: f64,
}

impl SmoothingMethod {
    /// All of them, simplest first.
    pub const ALL: [SmoothingMethod; 4] =
        [SmoothingMethod::Simple, SmoothingMethod::Holt, SmoothingMethod::Weekly, SmoothingMethod::WeeklyTrend];

    /// Whether it has a trend.
    pub const fn has_trend(self) -> bool {
        matches!(self, SmoothingMethod::Holt | SmoothingMethod::WeeklyTrend)
    }

    /// Whether it has a weekday pattern.
    pub const fn has_weekdays(self) -> bool {
        matches!(self, SmoothingMethod::Weekly | SmoothingMethod::WeeklyTrend)
    }

    /// How many parameters are chosen for it.
    pub(super) const fn parameters(self) -> usize {
        1 + self.has_trend() as usize + self.has_weekdays() as usize
    }
}

impl Smoothing {
    /// How much of a day's error is in the forecast of a later day.
    ///
    /// `gap` days before it the state was last corrected; the later day is
    /// `after` days on, on the same weekday or not.
    pub(super) fn carried(&self, gap: i32, after: i32, same_weekday: bool) -> f64 {
        let trend = self.alpha * self.beta * f64::from(after) / f64::from(gap);
        let weekday = if same_weekday { self.gamma * (1.0 - self.alpha) } else { 0.0 };
        self.alpha + trend + weekday
    }
}
