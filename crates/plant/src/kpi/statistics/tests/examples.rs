//! The worked examples of the definitions, to the digit shown.

use super::super::{percentiles, poisson_95, sigma_level, wilson_95};

/// An interval in percent with two decimals.
fn percent(interval: Option<[f64; 2]>) -> String {
    let [low, high] = interval.unwrap();
    format!("{:.2}-{:.2}", 100.0 * low, 100.0 * high)
}

#[test]
fn wilson_3_of_4_and_75_of_100() {
    assert_eq!(percent(wilson_95(3.0, 4.0)), "30.06-95.44");
    assert_eq!(percent(wilson_95(75.0, 100.0)), "65.70-82.45");
}

#[test]
fn wilson_of_nothing_is_undefined_and_of_none_or_all_ends_exactly() {
    assert_eq!(wilson_95(0.0, 0.0), None);
    assert_eq!(wilson_95(5.0, 4.0), None);
    assert_eq!(wilson_95(-1.0, 4.0), None);
    assert_eq!(wilson_95(0.0, 20.0).unwrap()[0], 0.0);
    assert_eq!(wilson_95(20.0, 20.0).unwrap()[1], 1.0);
}

#[test]
fn sigma_of_66_807_and_6_210_and_3_4_dpmo() {
    for (dpmo, sigma) in [(66_807.2, "3.000"), (6_209.67, "4.000"), (3.4, "6.000")] {
        assert_eq!(format!("{:.3}", sigma_level(dpmo).unwrap()), sigma);
    }
    assert_eq!((sigma_level(0.0), sigma_level(1e6)), (None, None), "no finite level");
}

#[test]
fn dpmo_of_two_mixed_parts() {
    // A: 100 units, 2 defects, 10 opportunities; B: 50 units, 3 defects, 20 opportunities.
    let dpmo = (2.0 + 3.0) / (100.0 * 10.0 + 50.0 * 20.0) * 1e6;
    assert_eq!(dpmo, 2500.0);
    assert_eq!(format!("{:.3}", sigma_level(dpmo).unwrap()), "4.307");
}

#[test]
fn the_exact_poisson_ends_are_those_of_garwood() {
    // Garwood's table, to its three or two decimals.
    let table =
        [(0.0, 0.0, 3.689), (1.0, 0.025, 5.572), (2.0, 0.242, 7.225), (5.0, 1.623, 11.668), (10.0, 4.795, 18.390)];
    for (count, low, high) in table {
        let [from, to] = poisson_95(count, 1.0).unwrap();
        assert!((from - low).abs() < 5e-4 && (to - high).abs() < 6e-4, "{count}: {from}-{to}");
    }
    let [low, high] = poisson_95(5.0, 2000.0).unwrap();
    assert!((low * 1e6 - 811.74).abs() < 0.01 && (high * 1e6 - 5834.17).abs() < 0.01, "{low} {high}");
    assert_eq!((poisson_95(5.0, 0.0), poisson_95(-1.0, 1.0)), (None, None));
}

#[test]
fn percentiles_lie_at_the_rank_n_minus_1_times_p() {
    let ages = [15.0, 20.0, 35.0, 40.0, 50.0];
    let [half, p85, p95] = percentiles(&ages, [0.5, 0.85, 0.95]).unwrap();
    assert_eq!(half, 35.0);
    assert!((p85 - 44.0).abs() < 1e-12 && (p95 - 48.0).abs() < 1e-12, "{p85} {p95}");
    assert_eq!(percentiles(&[3.0, 1.0, 2.0], [0.0, 1.0]), Some([1.0, 3.0]));
    assert_eq!(percentiles(&[7.0], [0.95]), Some([7.0]));
    assert_eq!(percentiles(&[], [0.5]), None);
}
