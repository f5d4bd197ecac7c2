//! How sure a ratio is, from how its line shifts differ.

use super::{Group, Interval, Kpi, Ratio, student::quantile_95};

/// Fewer line shifts than this say nothing about their spread.
const LEAST: f64 = 5.0;

/// The 95 % interval of a KPI's value, where it has one.
///
/// Linearised variance between line shifts:
/// s² = Σ(x − R·y)² · n / ((n − 1)(Σy)²), times the t quantile.
pub(super) fn interval(kpi: &Kpi, group: &Group) -> Option<[f64; 2]> {
    match kpi.interval? {
        Interval::Ratio(ratio) => of_ratio(kpi, ratio, group),
        Interval::Wilson | Interval::Poisson => None,
    }
}

fn of_ratio(kpi: &Kpi, ratio: Ratio, group: &Group) -> Option<[f64; 2]> {
    let (x, y, n) = (group.sums[ratio.x], group.sums[ratio.y], group.observations(kpi.family()));
    if n < LEAST || y <= 0.0 {
        return None;
    }
    let (xx, xy, yy) = ratio.squares(group)?;
    let r = x / y;
    // Equal line shifts leave a rounding error that must not become a root of a negative.
    let squares = (xx - 2.0 * r * xy + r * r * yy).max(0.0);
    let half = quantile_95(n as usize - 1) * (squares * n / (n - 1.0)).sqrt() / y;
    let centre = if ratio.complement { 1.0 - r } else { r };
    Some([kpi.scale * (centre - half), kpi.scale * (centre + half)])
}
