//! A control chart: points, limits and signals.

use super::{
    super::series::{Bounds, NotEnough},
    rule::{ChartSignal, signals},
};
use domain::Day;
use serde::Serialize;
use ts_rs::TS;

/// Fewer points make no limits.
const LEAST: usize = 6;

/// Limits that rest on fewer points will still move.
const FIRM: usize = 20;

/// Which chart it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum ChartKind {
    /// Single values with their moving ranges.
    Xmr,
    /// Shares of units.
    P,
    /// Events per opportunity.
    U,
}

/// A control chart over days.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ControlChart {
    /// Which chart it is.
    pub kind: ChartKind,
    /// The centre line.
    pub centre: f64,
    /// One point for each day with data, in order.
    pub points: Vec<ChartPoint>,
    /// The ranges between neighbours, for single values.
    pub ranges: Option<MovingRanges>,
    /// What is not chance, rule by rule.
    pub signals: Vec<ChartSignal>,
    /// The points on which centre and limits rest.
    #[ts(type = "number")]
    pub base: usize,
    /// Limits from fewer than 20 points will still move.
    pub provisional: bool,
    /// Days whose value is undefined or impossible.
    pub left_out: Vec<Day>,
}

/// A point with its own limits.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ChartPoint {
    /// The day.
    pub day: Day,
    /// The value, as it is.
    pub value: f64,
    /// One standard deviation of chance on that day.
    pub sigma: f64,
    /// Three below the centre; none where no value can be below.
    pub lower: Option<f64>,
    /// Three above the centre; none where no value can be above.
    pub upper: Option<f64>,
}

/// The moving ranges of single values.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct MovingRanges {
    /// Their mean over the base.
    pub centre: f64,
    /// Their upper limit; two values have no lower one.
    pub upper: f64,
    /// One from each point to the one before.
    pub points: Vec<RangePoint>,
    /// The days whose range is above the limit.
    pub signals: Vec<Day>,
}

/// How far a value is from the one before.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct RangePoint {
    /// The later day.
    pub day: Day,
    /// The distance.
    pub value: f64,
}

/// A chart before its limits: what was measured each day.
pub(super) struct Plot<T> {
    pub days: Vec<(Day, T)>,
    /// The points that make the limits come first.
    pub base: usize,
    pub left_out: Vec<Day>,
}

impl<T> Plot<T> {
    /// The days that can be points; the base ends with `base_to`.
    pub(super) fn of(
        series: impl Iterator<Item = (Day, T)>,
        base_to: Option<Day>,
        usable: impl Fn(&T) -> bool,
    ) -> Result<Self, NotEnough> {
        let (days, rest): (Vec<_>, Vec<_>) = series.partition(|(_, measured)| usable(measured));
        let base = days.iter().take_while(|(day, _)| base_to.is_none_or(|last| *day <= last)).count();
        NotEnough::check(base, LEAST)?;
        Ok(Plot { days, base, left_out: rest.into_iter().map(|(day, _)| day).collect() })
    }

    /// The measures that make the limits.
    pub(super) fn base(&self) -> impl Iterator<Item = &T> + Clone {
        self.days.iter().take(self.base).map(|(_, measured)| measured)
    }

    /// The chart around a centre, each point with its value and sigma.
    pub(super) fn chart(
        self,
        kind: ChartKind,
        centre: f64,
        bounds: &Bounds,
        measure: impl Fn(&T) -> (f64, f64),
    ) -> ControlChart {
        let point = |(day, measured): &(Day, T)| {
            let (value, sigma) = measure(measured);
            let limit = |at: f64| bounds.hold(at).then_some(at);
            let [lower, upper] = [-3.0, 3.0].map(|sigmas| limit(centre + sigmas * sigma));
            ChartPoint { day: *day, value, sigma, lower, upper }
        };
        let points: Vec<ChartPoint> = self.days.iter().map(point).collect();
        ControlChart {
            kind,
            centre,
            ranges: None,
            signals: signals(&points, centre),
            points,
            base: self.base,
            provisional: self.base < FIRM,
            left_out: self.left_out,
        }
    }
}
