//! Forecasts of a daily series, with how wrong they may be.
//!
//! Days without work are gaps: the state goes on over them and learns nothing.

mod back_test;
mod band;
mod choose;
mod days;
mod method;
mod start;
mod state;

#[cfg(test)]
mod tests;

pub use back_test::{BackTest, back_test};
pub use method::{Smoothing, SmoothingMethod};

use super::series::{Bounds, NotEnough};
use choose::Fitted;
use domain::Day;
use serde::Serialize;
use std::collections::BTreeMap;
use ts_rs::TS;

/// Fewer days with data say nothing about the days to come.
const LEAST: usize = 14;

/// How far ahead a forecast may look, in calendar days.
const AHEAD: std::ops::RangeInclusive<i32> = 7..=30;

/// What is to be expected on the days to come.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Forecast {
    /// The method and its parameters, chosen by their one-step errors.
    pub smoothing: Smoothing,
    /// The standard deviation of those errors.
    pub error: f64,
    /// The days with data it rests on.
    #[ts(type = "number")]
    pub data_days: usize,
    /// One for each day to come that is worked.
    pub points: Vec<ForecastPoint>,
}

/// What is to be expected on one day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, TS)]
pub struct ForecastPoint {
    /// The day.
    pub day: Day,
    /// The most likely value.
    pub value: f64,
    /// The lower end of its 95 % interval.
    pub low: f64,
    /// The upper end of its 95 % interval.
    pub high: f64,
}

/// Why there is no forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum NoForecast {
    /// Too few days with data.
    NotEnoughData(NotEnough),
    /// Less than a week or more than a month ahead.
    Horizon {
        /// The days asked for.
        asked: u32,
    },
}

/// Forecasts the days after the last one with data, 7 to 30 of them.
///
/// Days are left out whose weekday was worked on less than half of the last
/// eight weeks. The band is kept within `bounds`; the data are taken as they are.
///
/// # Errors
/// Fewer than 14 days with data, or a horizon that is too near or too far.
pub fn forecast(series: &BTreeMap<Day, f64>, ahead: u32, bounds: Bounds) -> Result<Forecast, NoForecast> {
    let days = days::worked_after(series, horizon(ahead)?);
    forecast_days(series, &days, bounds)
}

/// Forecasts the given days, such as the working days of a calendar.
///
/// They are in order and after the last day with data; others are left out.
///
/// # Errors
/// Fewer than 14 days with data.
pub fn forecast_days(series: &BTreeMap<Day, f64>, days: &[Day], bounds: Bounds) -> Result<Forecast, NoForecast> {
    let data = days::known(series);
    NotEnough::check(data.len(), LEAST).map_err(NoForecast::NotEnoughData)?;
    let fitted = Fitted::best(&data);
    let points = band::points(&fitted, days, &bounds);
    Ok(Forecast { smoothing: fitted.smoothing, error: fitted.error(), data_days: data.len(), points })
}

/// The days ahead, where a forecast looks that far.
fn horizon(asked: u32) -> Result<i32, NoForecast> {
    i32::try_from(asked).ok().filter(|ahead| AHEAD.contains(ahead)).ok_or(NoForecast::Horizon { asked })
}
