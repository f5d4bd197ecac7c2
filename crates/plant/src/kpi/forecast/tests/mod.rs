//! Forecasts of series whose making is known.

mod held_out;
mod known;
mod limits;

use super::*;
use crate::{demo::chance::Chance, kpi::statistics::normal_quantile};

/// A Monday.
const DAY: Day = Day(16_832);

/// What each weekday adds, Monday first; they add up to nothing over the five.
const WEEK: [f64; 5] = [-6.0, -1.0, 2.0, 4.0, 1.0];

/// A value for each day from Monday to Friday, over so many weeks.
fn weeks(weeks: i32, mut value: impl FnMut(Day) -> f64) -> BTreeMap<Day, f64> {
    let worked = DAY.to(DAY.plus(7 * weeks - 1)).filter(|day| day.weekday() <= 5);
    worked.map(|day| (day, value(day))).collect()
}

/// What a weekday adds.
fn pattern(day: Day) -> f64 {
    WEEK[day.weekday() as usize - 1]
}

/// Days since the first one.
fn since(day: Day) -> f64 {
    f64::from(day.0 - DAY.0)
}

/// Normal noise.
fn noise(chance: &mut Chance) -> f64 {
    normal_quantile(chance.share())
}

/// Whether every point is where it was made to be.
fn near(forecast: &Forecast, within: f64, truth: impl Fn(Day) -> f64) -> bool {
    !forecast.points.is_empty() && forecast.points.iter().all(|point| (point.value - truth(point.day)).abs() <= within)
}
