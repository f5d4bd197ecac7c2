//! How sure a ratio is, from how its line shifts differ.

use super::{
    Group, Interval, Kpi, Ratio,
    statistics::{poisson_95, quantile_95, wilson_95},
};

/// Fewer line shifts than this say nothing about their spread.
const LEAST: f64 = 5.0;

/// The 95 % interval of a KPI's value, where it has one.
///
/// Linearised variance between line shifts:
/// s² = Σ(x − R·y)² · n / ((n − 1)(Σy)²), times the t quantile.
pub(super) fn interval(kpi: &Kpi, group: &Group) -> Option<[f64; 2]> {
    match kpi.interval? {
        Interval::Ratio(ratio) => of_ratio(kpi, ratio, group),
        Interval::Wilson => of_counts(kpi, group, wilson_95),
        Interval::Poisson => of_counts(kpi, group, poisson_95),
    }
}

/// The interval of a count of what is below the line.
fn of_counts(kpi: &Kpi, group: &Group, of: fn(f64, f64) -> Option<[f64; 2]>) -> Option<[f64; 2]> {
    of(kpi.numerator.sum(group), kpi.denominator.sum(group)).map(|ends| ends.map(|end| kpi.scale * end))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        demo::chance::Chance,
        kpi::{named, statistics::normal_quantile},
    };
    use domain::elements::{Element, Sources, Sums};

    const TRIALS: u32 = 3_000;

    /// The share of trials in which the interval of efficiency holds the truth.
    ///
    /// A trial is `n` line shifts of 480 minutes with 4 to 30 people. Each differs
    /// from the truth by `spread`, and the share `bad` of them loses 40 points.
    fn covered(seed: u64, n: u32, spread: f64, bad: f64) -> f64 {
        let (mut chance, truth) = (Chance::of(seed), 0.72);
        let mut line_shift = || {
            let available = 480.0 * (4.0 + 26.0 * chance.share()).round();
            let lost = 0.4 * (f64::from(u8::from(chance.happens(bad))) - bad);
            let own = truth - lost + spread * normal_quantile(chance.share());
            let mut sums = Sums::default();
            (sums[Element::Available], sums[Element::Earned]) = (available, own * available);
            Group::of_line_shift(sums, Sources::default())
        };
        let mut trial = || {
            let mut group = Group::default();
            (0..n).for_each(|_| group.add(&line_shift()));
            let [low, high] = interval(named("efficiency").unwrap(), &group).unwrap();
            f64::from(u8::from((low..=high).contains(&(100.0 * truth))))
        };
        (0..TRIALS).map(|_| trial()).sum::<f64>() / f64::from(TRIALS)
    }

    #[test]
    fn from_30_line_shifts_on_the_interval_holds_the_truth_95_times_in_100() {
        // One line for six weeks or more, a client for a week: small and large spread between line shifts.
        for (seed, n, spread) in [(1, 30, 0.05), (2, 30, 0.2), (3, 60, 0.1), (4, 120, 0.2)] {
            let share = covered(seed, n, spread, 0.0);
            assert!((share - 0.95).abs() <= 0.01, "{n} {spread}: {share}");
        }
    }

    #[test]
    fn few_line_shifts_or_rare_bad_ones_make_the_interval_a_little_too_narrow() {
        // Linearised variance is a promise for many line shifts; this is how far off it is for few.
        for (seed, n, bad, known) in [(5, 5, 0.0, 0.925), (6, 10, 0.0, 0.935), (7, 10, 0.1, 0.915), (8, 60, 0.1, 0.935)]
        {
            let share = covered(seed, n, 0.1, bad);
            assert!((share - known).abs() <= 0.015, "{n} {bad}: {share}");
        }
    }
}
