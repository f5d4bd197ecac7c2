//! How well forecasts would have done: the past, forecast from its own past.

use super::{
    super::series::{Bounds, NotEnough},
    ForecastPoint, LEAST, NoForecast, days, forecast_days, horizon,
};
use domain::Day;
use serde::Serialize;
use std::collections::{BTreeMap, btree_map::Range};
use ts_rs::TS;

type Series = BTreeMap<Day, f64>;

/// The most tails that are held out.
const TAILS: i32 = 8;

/// Forecasts of held-out tails against what happened, and against the naive.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct BackTest {
    /// The tails held out, one after the other.
    #[ts(type = "number")]
    pub tails: usize,
    /// The held-out days with data.
    #[ts(type = "number")]
    pub days: usize,
    /// The mean absolute error of the method chosen before each tail.
    pub error: f64,
    /// That of saying "as on the last day".
    pub error_last_value: f64,
    /// That of saying "as on the last such weekday".
    pub error_same_weekday: f64,
    /// The share of days within the forecast's 95 % interval.
    pub coverage: f64,
    /// The forecast is nearer than either.
    pub beats_naive: bool,
}

/// Forecasts up to eight tails of `ahead` days from the days before each.
///
/// SmoothingMethod and parameters are chosen anew before every tail, from nothing that
/// comes after it.
///
/// # Errors
/// Fewer than 14 days with data before the last tail, or a horizon that is too
/// near or too far.
pub fn back_test(series: &BTreeMap<Day, f64>, ahead: u32, bounds: Bounds) -> Result<BackTest, NoForecast> {
    let ahead = horizon(ahead)?;
    let data: Series = days::known(series).into_iter().collect();
    let mut score = Score::default();
    for (before, tail) in tails(&data, ahead) {
        score.add(&before, &tail, bounds)?;
    }
    score.back_test().ok_or_else(|| missing(&data, ahead))
}

fn missing(data: &Series, ahead: i32) -> NoForecast {
    let last = data.keys().next_back().copied().unwrap_or(Day(0));
    let have = data.range(..=last.plus(-ahead)).count();
    NoForecast::NotEnoughData(NotEnough { have, need: LEAST })
}

/// The tails from the last backwards, each with all that was before it.
pub(super) fn tails(data: &Series, ahead: i32) -> impl Iterator<Item = (Series, Series)> {
    let last = data.keys().next_back().copied().unwrap_or(Day(0));
    let cut = move |tail: i32| (last.plus(-ahead * (tail + 1)), last.plus(-ahead * tail));
    let part = |days: Range<'_, Day, f64>| days.map(|(day, value)| (*day, *value)).collect();
    let all = (0..TAILS).map(move |tail| {
        let (from, to) = cut(tail);
        (part(data.range(..=from)), part(data.range(from.plus(1)..=to)))
    });
    all.take_while(|(before, _): &(Series, Series)| before.len() >= LEAST).filter(|(_, tail)| !tail.is_empty())
}

/// Sums over the held-out days.
#[derive(Default)]
struct Score {
    tails: usize,
    days: usize,
    errors: [f64; 3],
    within: usize,
}

impl Score {
    fn add(&mut self, before: &Series, tail: &Series, bounds: Bounds) -> Result<(), NoForecast> {
        let days: Vec<Day> = tail.keys().copied().collect();
        let forecast = forecast_days(before, &days, bounds)?;
        self.tails += 1;
        for (point, value) in forecast.points.iter().zip(tail.values()) {
            self.count(point, *value, before);
        }
        Ok(())
    }

    fn count(&mut self, point: &ForecastPoint, value: f64, before: &Series) {
        let said = [point.value, last_value(before), same_weekday(before, point.day)];
        self.errors.iter_mut().zip(said).for_each(|(sum, said)| *sum += (said - value).abs());
        self.days += 1;
        // A band without width still holds what is only a rounding away.
        let rounding = 1e-9 * value.abs();
        self.within += usize::from((point.low - rounding..=point.high + rounding).contains(&value));
    }

    fn back_test(&self) -> Option<BackTest> {
        let [error, error_last_value, error_same_weekday] = self.errors.map(|sum| sum / self.days as f64);
        (self.days > 0).then(|| BackTest {
            tails: self.tails,
            days: self.days,
            error,
            error_last_value,
            error_same_weekday,
            coverage: self.within as f64 / self.days as f64,
            beats_naive: error < error_last_value.min(error_same_weekday),
        })
    }
}

fn last_value(before: &Series) -> f64 {
    before.values().next_back().copied().unwrap_or(f64::NAN)
}

/// The value of the last such weekday; the last value where there was none.
fn same_weekday(before: &Series, day: Day) -> f64 {
    let same = before.iter().rev().find(|(earlier, _)| (day.0 - earlier.0) % 7 == 0);
    same.map_or_else(|| last_value(before), |(_, value)| *value)
}
