//! The band around a forecast, from its one-step errors.

use super::{
    super::{series::Bounds, statistics::quantile_95},
    ForecastPoint,
    choose::Fitted,
};
use domain::Day;

/// The forecast of each day with its 95 % interval, within the bounds.
///
/// value ± t(n − k) × s × √(1 + Σ cᵢ²), where s is the standard deviation of
/// the one-step errors and cᵢ how much of the error of an earlier day i to come
/// is carried into this one. With one day after the other that is the known
/// variance of the method: c = α + α β d + γ (1 − α) on the same weekday,
/// d days later (Hyndman et al. 2008, ch. 6).
pub(super) fn points(fitted: &Fitted, days: &[Day], bounds: &Bounds) -> Vec<ForecastPoint> {
    let days = ahead(fitted.state.day, days);
    let one = quantile_95(fitted.degrees()) * fitted.error();
    let point = |(at, (day, _)): (usize, &(Day, i32))| {
        let value = fitted.state.expects(*day);
        let half = one * (1.0 + carried(fitted, &days[..at], *day)).sqrt();
        let [value, low, high] = [value, value - half, value + half].map(|end| bounds.clamp(end));
        ForecastPoint { day: *day, value, low, high }
    };
    days.iter().enumerate().map(point).collect()
}

/// The days after the last one known, each with the days since the one before.
fn ahead(mut last: Day, days: &[Day]) -> Vec<(Day, i32)> {
    let mut ahead = Vec::with_capacity(days.len());
    for day in days.iter().filter(|day| **day > last).copied().collect::<std::collections::BTreeSet<_>>() {
        ahead.push((day, day.0 - last.0));
        last = day;
    }
    ahead
}

/// Σ cᵢ² over the days to come before this one.
fn carried(fitted: &Fitted, before: &[(Day, i32)], day: Day) -> f64 {
    let of = |(earlier, gap): &(Day, i32)| {
        let after = day.0 - earlier.0;
        fitted.smoothing.carried(*gap, after, after % 7 == 0).powi(2)
    };
    before.iter().map(of).sum()
}
