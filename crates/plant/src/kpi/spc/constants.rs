//! The constants of charts, integrated from the normal distribution.

use super::super::statistics::{cdf, density};
use std::sync::OnceLock;

/// The step of the integration, and how many of them reach far enough.
const STEP: f64 = 1.0 / 32.0;
const FROM: f64 = -9.0;
const ACROSS: usize = 576;

/// What the range of a sample is to its standard deviation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Constants {
    /// The mean range of n normal values, in standard deviations.
    pub d2: f64,
    /// The standard deviation of that range.
    pub d3: f64,
}

impl Constants {
    /// Those of moving ranges, which are ranges of two.
    pub(super) fn of_two() -> Constants {
        static TWO: OnceLock<Constants> = OnceLock::new();
        *TWO.get_or_init(|| Constants::of(2))
    }

    /// Those of samples of `n` values, two or more.
    ///
    /// With F the distribution of the range, E R = ∫ (1 − F) and
    /// E R² = 2 ∫ r (1 − F), by Simpson's rule.
    pub(super) fn of(n: i32) -> Constants {
        let grid = Grid::new();
        let beyond: Vec<f64> = (0..=ACROSS).map(|width| 1.0 - grid.within(width, n)).collect();
        let d2 = simpson(beyond.iter().copied());
        let square = 2.0 * simpson(beyond.iter().enumerate().map(|(width, share)| width as f64 * STEP * share));
        Constants { d2, d3: (square - d2 * d2).sqrt() }
    }

    /// Three standard deviations in mean moving ranges.
    pub(super) fn e2(&self) -> f64 {
        3.0 / self.d2
    }

    /// The upper limit of ranges in mean ranges.
    pub(super) fn d4(&self) -> f64 {
        1.0 + 3.0 * self.d3 / self.d2
    }
}

/// The normal distribution at evenly spaced places.
struct Grid {
    density: Vec<f64>,
    below: Vec<f64>,
}

impl Grid {
    fn new() -> Grid {
        let places = (0..=ACROSS).map(|step| FROM + step as f64 * STEP);
        Grid { density: places.clone().map(density).collect(), below: places.map(cdf).collect() }
    }

    /// The probability that the range of `n` values is at most `width` steps:
    /// n ∫ φ(x) (Φ(x + r) − Φ(x))ⁿ⁻¹ dx.
    fn within(&self, width: usize, n: i32) -> f64 {
        let reach = |at: usize| self.below.get(at + width).copied().unwrap_or(1.0) - self.below[at];
        let parts = self.density.iter().enumerate().map(|(at, density)| density * reach(at).powi(n - 1));
        f64::from(n) * STEP * parts.sum::<f64>()
    }
}

/// Simpson's rule over an odd number of evenly spaced values.
fn simpson(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let last = values.len() - 1;
    let weigh = |(at, value): (usize, f64)| match at {
        _ if at == 0 || at == last => value,
        _ if at.is_multiple_of(2) => 2.0 * value,
        _ => 4.0 * value,
    };
    values.enumerate().map(weigh).sum::<f64>() * STEP / 3.0
}
