//! What a method begins with: its first days, before errors count.

use super::{
    method::SmoothingMethod,
    state::{State, weekday},
};
use domain::Day;

/// The first days of a method without weekdays.
const DAYS: usize = 7;

/// The first calendar days of a method with them.
const TWO_WEEKS: i32 = 14;

/// How many values the methods begin with, and whether weekdays can be told.
///
/// Weekdays need two weeks to begin with and as many values again to be
/// judged by; all methods then begin with the same days, so that their errors
/// are of the same days.
pub(super) fn first(data: &[(Day, f64)]) -> (usize, bool) {
    let begin = data.first().map_or(0, |(day, _)| day.0);
    let weeks = data.iter().take_while(|(day, _)| day.0 - begin < TWO_WEEKS).count();
    if weeks >= DAYS && data.len() - weeks >= weeks.max(DAYS) { (weeks, true) } else { (DAYS.min(data.len()), false) }
}

/// The state after the first days.
pub(super) fn state(method: SmoothingMethod, first: &[(Day, f64)]) -> State {
    let day = first.last().map_or(Day(0), |(day, _)| *day);
    let trend = match method {
        SmoothingMethod::Simple | SmoothingMethod::Weekly => 0.0,
        SmoothingMethod::Holt => slope(first),
        SmoothingMethod::WeeklyTrend => weekly_slope(first),
    };
    let level = mean(first.iter().map(|(at, value)| value + trend * f64::from(day.0 - at.0)));
    let mut state = State { day, level, trend, weekdays: [None; 7] };
    if method.has_weekdays() {
        add_weekdays(&mut state, first);
    }
    state
}

/// The mean distance of each weekday from the line; the level is the mean of the weekdays.
fn add_weekdays(state: &mut State, first: &[(Day, f64)]) {
    let line = *state;
    for (place, own) in state.weekdays.iter_mut().enumerate() {
        let of_weekday = first.iter().filter(|(day, _)| weekday(*day) == place);
        let apart: Vec<f64> = of_weekday.map(|(day, value)| value - line.expects(*day)).collect();
        *own = (!apart.is_empty()).then(|| mean(apart.into_iter()));
    }
    let shift = mean(state.weekdays.into_iter().flatten());
    state.level += shift;
    state.weekdays.iter_mut().flatten().for_each(|own| *own -= shift);
}

/// The slope of the line of least squares.
fn slope(first: &[(Day, f64)]) -> f64 {
    let (x, y) = (mean(first.iter().map(|(day, _)| f64::from(day.0))), mean(first.iter().map(|(_, value)| *value)));
    let apart = first.iter().map(|(day, value)| (f64::from(day.0) - x, value - y));
    let (xy, xx) = apart.fold((0.0, 0.0), |(xy, xx), (dx, dy)| (xy + dx * dy, xx + dx * dx));
    if xx > 0.0 { xy / xx } else { 0.0 }
}

/// The mean change from a weekday to the same weekday a week later, per day.
fn weekly_slope(first: &[(Day, f64)]) -> f64 {
    let week_later = |(day, value): &(Day, f64)| {
        first.iter().find(|(later, _)| later.0 == day.0 + 7).map(|(_, later)| (later - value) / 7.0)
    };
    let changes: Vec<f64> = first.iter().filter_map(week_later).collect();
    mean(changes.into_iter())
}

/// The mean; 0 of nothing.
fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, n) = values.fold((0.0, 0.0), |(sum, n), value| (sum + value, n + 1.0));
    if n > 0.0 { sum / n } else { 0.0 }
}
