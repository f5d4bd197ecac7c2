//! How often the intervals of counts hold the truth.
//!
//! Counts are whole, so no interval of them covers exactly 95 % of the time:
//! around the few defects of a small sample the coverage jumps with every unit.
//! Wilson's keeps 95 % ± 1 at any share from 40 expected defects (and as many
//! good units) on, ± 2 from 10 on; over days of changing size and yield the
//! jumps even out much earlier. Below that it is written down what happens.

use super::super::{poisson_95, wilson_95};
use crate::demo::chance::Chance;

const TRIALS: u32 = 10_000;

fn holds(interval: Option<[f64; 2]>, truth: f64) -> bool {
    interval.is_some_and(|[low, high]| (low..=high).contains(&truth))
}

/// The share of trials whose interval holds the truth of that trial.
fn covered(mut trial: impl FnMut() -> bool) -> f64 {
    (0..TRIALS).map(|_| f64::from(u8::from(trial()))).sum::<f64>() / f64::from(TRIALS)
}

/// How many of `n` units are what happens with probability `p`.
fn units(chance: &mut Chance, n: u32, p: f64) -> f64 {
    f64::from((0..n).map(|_| u32::from(chance.happens(p))).sum::<u32>())
}

type Intervals = Vec<Option<[f64; 2]>>;

/// Wilson's interval of every count out of `n`.
fn all_of(n: u32) -> Intervals {
    (0..=n).map(|k| wilson_95(f64::from(k), f64::from(n))).collect()
}

/// The coverage of Wilson's interval itself, from all counts there can be.
fn wilson_covers(all: &Intervals, p: f64) -> f64 {
    let n = (all.len() - 1) as f64;
    let next = |k: f64| ((n - k) / (k + 1.0) * p / (1.0 - p)).ln();
    covers(all, p, n * (-p).ln_1p(), next)
}

/// The sum of the probabilities of the counts whose interval holds the truth.
fn covers(all: &Intervals, truth: f64, first: f64, next: impl Fn(f64) -> f64) -> f64 {
    let (mut logarithm, mut sum) = (first, 0.0);
    for (k, interval) in all.iter().enumerate() {
        sum += if holds(*interval, truth) { logarithm.exp() } else { 0.0 };
        logarithm += next(k as f64);
    }
    sum
}

#[test]
fn wilson_holds_a_fixed_share_95_times_in_100() {
    let mut chance = Chance::of(11);
    for (n, p) in [(250, 0.10), (500, 0.05), (500, 0.92), (1000, 0.97)] {
        let share = covered(|| holds(wilson_95(units(&mut chance, n, p), f64::from(n)), p));
        assert!((share - 0.95).abs() <= 0.01, "{n} {p}: {share}");
    }
}

#[test]
fn wilson_holds_days_of_changing_size_and_yield_95_times_in_100() {
    // Days of 100 to 600 inspected units with a first pass yield of 90 to 99 %.
    let mut chance = Chance::of(12);
    let share = covered(|| {
        let (n, p) = (100 + (500.0 * chance.share()) as u32, 0.90 + 0.09 * chance.share());
        holds(wilson_95(units(&mut chance, n, p), f64::from(n)), p)
    });
    assert!((share - 0.95).abs() <= 0.01, "{share}");
}

#[test]
fn wilson_keeps_its_promise_wherever_40_defects_are_expected() {
    for n in [100, 250, 500, 1000, 2000] {
        let all = all_of(n);
        for (least, within) in [(40.0, 0.01), (10.0, 0.02)] {
            for step in 0..=100 {
                let least = least / f64::from(n);
                let p = least + (0.5 - least) * f64::from(step) / 100.0;
                let share = wilson_covers(&all, p);
                assert!((share - 0.95).abs() <= within, "{n} {p}: {share}");
            }
        }
    }
}

#[test]
fn wilson_of_few_defects_may_hold_too_often_or_too_rarely() {
    for (n, p, known) in [(20, 0.05, 0.9245), (100, 0.005, 0.9102), (200, 0.05, 0.9672), (500, 0.02, 0.9644)] {
        let share = wilson_covers(&all_of(n), p);
        assert!((share - known).abs() < 1e-4, "{n} {p}: {share}");
    }
}

#[test]
fn the_exact_poisson_interval_never_holds_too_rarely_and_few_counts_too_often() {
    let all: Intervals = (0..300).map(|k| poisson_95(f64::from(k), 1.0)).collect();
    let share = |mean: f64| covers(&all, mean, -mean, |k| (mean / (k + 1.0)).ln());
    for step in 1..800 {
        let mean = f64::from(step) / 4.0;
        assert!(share(mean) >= 0.95, "{mean}: {}", share(mean));
        assert!(mean < 100.0 || share(mean) < 0.96, "{mean}: {}", share(mean));
    }
    assert!((share(1.0) - 0.981).abs() < 1e-3, "one expected defect");
}
