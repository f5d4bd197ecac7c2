//! Limits, worked by hand.

use super::{super::constants::Constants, *};
use crate::kpi::series::{Bounds, Counted, NotEnough};
use std::{collections::BTreeMap, f64::consts::PI};

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9 * b.abs().max(1.0)
}

fn values(values: &[f64]) -> BTreeMap<Day, f64> {
    values.iter().enumerate().map(|(at, value)| (DAY.plus(at as i32), *value)).collect()
}

fn counts(counts: &[(f64, f64)]) -> BTreeMap<Day, Counted> {
    let counted = |(count, exposure): &(f64, f64)| Counted { count: *count, exposure: *exposure };
    counts.iter().enumerate().map(|(at, pair)| (DAY.plus(at as i32), counted(pair))).collect()
}

#[test]
fn the_constants_come_out_of_the_normal_distribution() {
    let two = Constants::of_two();
    assert!((two.d2 - 2.0 / PI.sqrt()).abs() < 1e-8, "{two:?}");
    assert!((two.d3 - (2.0 - 4.0 / PI).sqrt()).abs() < 1e-8, "{two:?}");
    assert_eq!(format!("{:.3} {:.3}", two.e2(), two.d4()), "2.659 3.267");
    for (n, d2, d3) in [(3, 1.6926, 0.8884), (4, 2.0588, 0.8798), (5, 2.3259, 0.8641), (10, 3.0775, 0.7971)] {
        let found = Constants::of(n);
        assert!((found.d2 - d2).abs() < 6e-5 && (found.d3 - d3).abs() < 6e-5, "{n}: {found:?}");
    }
}

#[test]
fn single_values_have_limits_from_their_moving_ranges() {
    // Mean 50; ranges 2 4 4 2 4 4 2: mean 22 / 7.
    let chart = xmr_chart(&values(&[50.0, 52.0, 48.0, 52.0, 50.0, 46.0, 50.0, 52.0]), None, Bounds::NONE).unwrap();
    let (mean, e2) = (22.0 / 7.0, 1.5 * PI.sqrt());
    assert!(near(chart.centre, 50.0) && chart.provisional && chart.base == 8);
    for point in &chart.points {
        assert!((point.upper.unwrap() - (50.0 + e2 * mean)).abs() < 1e-6, "{point:?}");
        assert!((point.lower.unwrap() - (50.0 - e2 * mean)).abs() < 1e-6, "{point:?}");
    }
    let ranges = chart.ranges.unwrap();
    assert!(near(ranges.centre, mean) && (ranges.upper - mean * 3.2665).abs() < 1e-3);
    assert_eq!(ranges.points.iter().map(|range| range.value).collect::<Vec<_>>(), [2.0, 4.0, 4.0, 2.0, 4.0, 4.0, 2.0]);
}

#[test]
fn later_days_are_judged_by_the_limits_of_the_base() {
    let mut series = [50.0, 52.0, 48.0, 52.0, 50.0, 46.0, 50.0, 52.0].to_vec();
    let before = xmr_chart(&values(&series), None, Bounds::NONE).unwrap();
    series.push(80.0);
    let chart = xmr_chart(&values(&series), Some(DAY.plus(7)), Bounds::NONE).unwrap();
    assert_eq!((chart.centre, chart.base), (before.centre, 8));
    assert_eq!(chart.points[8].upper, before.points[0].upper);
    let beyond: Vec<_> = chart.signals.iter().filter(|signal| signal.rule == ChartRule::BeyondLimits).collect();
    assert_eq!((beyond.len(), &beyond[0].days), (1, &vec![DAY.plus(8)]));
    assert_eq!(chart.ranges.unwrap().signals, [DAY.plus(8)]);
}

#[test]
fn days_without_work_are_no_points() {
    let mut gaps = values(&[50.0, 52.0, 48.0, 52.0, 50.0, 46.0, 50.0, 52.0]);
    gaps.remove(&DAY.plus(3));
    gaps.insert(DAY.plus(20), f64::NAN);
    let chart = xmr_chart(&gaps, None, Bounds::NONE).unwrap();
    assert_eq!((chart.points.len(), chart.left_out), (7, vec![DAY.plus(20)]));
    assert_eq!(chart.ranges.unwrap().points[2].value, 2.0, "from the third day to the fifth");
}

#[test]
fn a_share_has_limits_of_its_own_each_day() {
    // 60 of 600 in all: p = 10 %, sigma √(0.09 / n): 3 % of 100 units, 1.5 % of 400.
    let days = counts(&[
        (12.0, 100.0),
        (36.0, 400.0),
        (4.0, 25.0),
        (3.0, 25.0),
        (3.0, 25.0),
        (2.0, 25.0),
        (0.0, 0.0),
        (5.0, 4.0),
    ]);
    let chart = p_chart(&days, None, 100.0).unwrap();
    assert!(near(chart.centre, 10.0), "a ratio of sums, no mean of shares");
    assert!(near(chart.points[0].lower.unwrap(), 1.0) && near(chart.points[0].upper.unwrap(), 19.0));
    assert!(near(chart.points[1].lower.unwrap(), 5.5) && near(chart.points[1].upper.unwrap(), 14.5));
    assert_eq!(chart.points[2].lower, None, "10 − 18 % cannot be");
    assert!(near(chart.points[2].upper.unwrap(), 28.0) && near(chart.points[2].value, 16.0));
    assert_eq!(chart.left_out, [DAY.plus(6), DAY.plus(7)], "no units, and more defective than inspected");
}

#[test]
fn a_share_near_all_has_no_upper_limit() {
    let days = counts(&[(98.0, 100.0), (99.0, 100.0), (97.0, 100.0), (98.0, 100.0), (98.0, 100.0), (98.0, 100.0)]);
    let chart = p_chart(&days, None, 100.0).unwrap();
    assert!(chart.points.iter().all(|point| point.upper.is_none() && near(point.lower.unwrap(), 93.8)));
}

#[test]
fn a_rate_has_limits_of_its_own_each_day() {
    // 40 events in 1 000: u = 0.04, sigma √(0.04 / 400) = 0.01; more events than exposure can be.
    let days = counts(&[
        (16.0, 400.0),
        (24.0, 400.0),
        (0.0, 50.0),
        (0.0, 50.0),
        (0.0, 50.0),
        (0.0, 49.0),
        (3.0, 0.0),
        (0.0, 1.0),
    ]);
    let chart = u_chart(&days, None, 1e6).unwrap();
    assert!(near(chart.centre, 40_000.0));
    assert!(near(chart.points[0].lower.unwrap(), 10_000.0) && near(chart.points[0].upper.unwrap(), 70_000.0));
    assert_eq!((chart.points[2].lower, chart.left_out), (None, vec![DAY.plus(6)]));
}

#[test]
fn too_few_points_make_no_chart() {
    let few = values(&[1.0, 2.0, 3.0, 4.0, 5.0]);
    assert_eq!(xmr_chart(&few, None, Bounds::NONE), Err(NotEnough { have: 5, need: 6 }));
    assert_eq!(p_chart(&BTreeMap::new(), None, 1.0), Err(NotEnough { have: 0, need: 6 }));
}

#[test]
fn what_never_varies_has_no_signals() {
    let same = xmr_chart(&values(&[0.1; 40]), None, Bounds::NOT_NEGATIVE).unwrap();
    let none = u_chart(&counts(&[(0.0, 10.0); 40]), None, 1.0).unwrap();
    assert_eq!((same.signals, none.signals), (vec![], vec![]));
    assert!(!same.provisional);
}
