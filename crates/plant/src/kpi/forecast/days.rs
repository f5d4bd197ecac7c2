//! Days with data, and days to come that will be worked.

use super::state::weekday;
use domain::Day;
use std::collections::BTreeMap;

/// How far back one looks for the weekdays that are worked.
const LOOK_BACK: i32 = 56;

/// The days with data; a value that is no number is a gap.
pub(super) fn known(series: &BTreeMap<Day, f64>) -> Vec<(Day, f64)> {
    series.iter().filter(|(_, value)| value.is_finite()).map(|(day, value)| (*day, *value)).collect()
}

/// The worked ones of the days after the last with data.
pub(super) fn worked_after(series: &BTreeMap<Day, f64>, ahead: i32) -> Vec<Day> {
    let data = known(series);
    let (Some((first, _)), Some((last, _))) = (data.first(), data.last()) else { return Vec::new() };
    let from = Day(first.0.max(last.0 - LOOK_BACK + 1));
    let mut all = [0; 7];
    from.to(*last).for_each(|day| all[weekday(day)] += 1);
    let mut worked = [0; 7];
    data.iter().filter(|(day, _)| *day >= from).for_each(|(day, _)| worked[weekday(*day)] += 1);
    let is_worked = |day: &Day| worked[weekday(*day)] * 2 >= all[weekday(*day)] && worked[weekday(*day)] > 0;
    last.plus(1).to(last.plus(ahead)).filter(is_worked).collect()
}
