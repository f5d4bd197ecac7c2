//! What a method knows after a day.

use super::method::Smoothing;
use domain::Day;

/// Level, trend and weekdays as of a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct State {
    /// The day it stands for.
    pub day: Day,
    /// The value without its weekday.
    pub level: f64,
    /// What is added each calendar day.
    pub trend: f64,
    /// What each weekday adds, Monday first; none before one was seen.
    pub weekdays: [Option<f64>; 7],
}

/// The place of a day's weekday: Monday 0; the first day of the count was a Thursday.
pub(super) fn weekday(day: Day) -> usize {
    (day.0 + 3).rem_euclid(7) as usize
}

impl State {
    /// The level of a later day.
    fn level_on(&self, day: Day) -> f64 {
        self.level + self.trend * f64::from(day.0 - self.day.0)
    }

    /// The value it expects on a later day.
    pub(super) fn expects(&self, day: Day) -> f64 {
        self.level_on(day) + self.weekdays[weekday(day)].unwrap_or(0.0)
    }

    /// Learns the value of a later day; the error of what it expected.
    ///
    /// With the error e after a gap of g days: level + α e, trend + α β e / g,
    /// weekday + γ (1 − α) e: Holt and Winters in error form. A method with
    /// weekdays that sees one for the first time takes all of e for it.
    pub(super) fn learn(&mut self, day: Day, value: f64, with: &Smoothing) -> f64 {
        let error = value - self.expects(day);
        let gap = f64::from(day.0 - self.day.0);
        self.level = self.level_on(day);
        self.day = day;
        let own = &mut self.weekdays[weekday(day)];
        match own {
            None if with.method.has_weekdays() => *own = Some(error),
            _ => {
                self.level += with.alpha * error;
                self.trend += with.alpha * with.beta * error / gap;
                *own = own.map(|known| known + with.gamma * (1.0 - with.alpha) * error);
            }
        }
        error
    }
}
