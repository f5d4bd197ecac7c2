//! The charts of counts: shares of units and rates of events.

use super::{
    super::series::{Bounds, Counted, NotEnough},
    chart::{ChartKind, ControlChart, Plot},
};
use domain::Day;
use std::collections::BTreeMap;

/// Charts the share of units that are what is counted, times `scale`.
///
/// The centre is p = Σ count / Σ units, a ratio of sums; each day's sigma is
/// √(p (1 − p) / units). A day that counts more than it has units is left out.
///
/// # Errors
/// Fewer than six usable days in the base.
pub fn p_chart(counts: &BTreeMap<Day, Counted>, base_to: Option<Day>, scale: f64) -> Result<ControlChart, NotEnough> {
    let bounds = Bounds { low: Some(0.0), high: Some(scale) };
    chart(ChartKind::P, counts, base_to, scale, bounds, |p| p * (1.0 - p))
}

/// Charts events per exposure, times `scale`.
///
/// The centre is u = Σ events / Σ exposure; each day's sigma is √(u / exposure).
///
/// # Errors
/// Fewer than six usable days in the base.
pub fn u_chart(counts: &BTreeMap<Day, Counted>, base_to: Option<Day>, scale: f64) -> Result<ControlChart, NotEnough> {
    chart(ChartKind::U, counts, base_to, scale, Bounds::NOT_NEGATIVE, |u| u)
}

/// A chart whose sigma follows from its centre and the day's exposure.
fn chart(
    kind: ChartKind,
    counts: &BTreeMap<Day, Counted>,
    base_to: Option<Day>,
    scale: f64,
    bounds: Bounds,
    variance: impl Fn(f64) -> f64,
) -> Result<ControlChart, NotEnough> {
    let usable = |day: &Counted| day.has_rate() && bounds.hold(scale * (day.count / day.exposure));
    let plot = Plot::of(counts.iter().map(|(day, counted)| (*day, *counted)), base_to, usable)?;
    let sum = |of: fn(&Counted) -> f64| plot.base().map(of).sum::<f64>();
    let centre = sum(|day| day.count) / sum(|day| day.exposure);
    let variance = variance(centre);
    Ok(plot.chart(kind, scale * centre, &bounds, |day| {
        (scale * (day.count / day.exposure), scale * (variance / day.exposure).sqrt())
    }))
}

impl Counted {
    /// Whether it has a rate: something was looked at, and nothing is negative.
    fn has_rate(&self) -> bool {
        self.exposure > 0.0 && self.exposure.is_finite() && self.count >= 0.0 && self.count.is_finite()
    }
}
