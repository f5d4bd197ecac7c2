//! The chart of single values, such as a ratio a day.

use super::{
    super::series::{Bounds, NotEnough},
    chart::{ChartKind, ControlChart, MovingRanges, Plot, RangePoint},
    constants::Constants,
};
use domain::Day;
use std::collections::BTreeMap;

/// Charts single values and their moving ranges.
///
/// Limits: mean ± E2 × mean moving range with E2 = 3 / d2(2); ranges up to
/// D4(2) × mean moving range. Centre and limits rest on the days up to
/// `base_to`, or on all.
///
/// # Errors
/// Fewer than six values in the base.
pub fn xmr_chart(values: &BTreeMap<Day, f64>, base_to: Option<Day>, bounds: Bounds) -> Result<ControlChart, NotEnough> {
    let series = values.iter().map(|(day, value)| (*day, *value));
    let plot = Plot::of(series, base_to, |value| value.is_finite())?;
    let centre = plot.base().sum::<f64>() / plot.base as f64;
    let ranges: Vec<RangePoint> = plot.days.windows(2).map(range).collect();
    let ranges = moving_ranges(ranges, plot.base - 1);
    let sigma = ranges.centre * Constants::of_two().e2() / 3.0;
    let chart = plot.chart(ChartKind::Xmr, centre, &bounds, |value| (*value, sigma));
    Ok(ControlChart { ranges: Some(ranges), ..chart })
}

fn range(pair: &[(Day, f64)]) -> RangePoint {
    RangePoint { day: pair[1].0, value: (pair[1].1 - pair[0].1).abs() }
}

fn moving_ranges(points: Vec<RangePoint>, base: usize) -> MovingRanges {
    let centre = points.iter().take(base).map(|point| point.value).sum::<f64>() / base as f64;
    let upper = centre * Constants::of_two().d4();
    let signals = points.iter().filter(|point| point.value > upper).map(|point| point.day).collect();
    MovingRanges { centre, upper, points, signals }
}
