//! Quantiles of Student's t distribution, computed.

use super::normal::Z_95;
use std::sync::OnceLock;

/// Below this many degrees of freedom the exact series is used.
const EXACT: usize = 100;

/// The t beyond which 5 % lie in both tails together.
///
/// Exact up to 99 degrees of freedom, by the Cornish-Fisher expansion above
/// (Abramowitz & Stegun 26.7.3, 26.7.4 and 26.7.5).
pub(in super::super) fn quantile_95(degrees: usize) -> f64 {
    static TABLE: OnceLock<Vec<f64>> = OnceLock::new();
    let table = TABLE.get_or_init(|| (0..EXACT).map(exact).collect());
    table.get(degrees).copied().unwrap_or_else(|| expansion(degrees as f64))
}

/// The quantile by halving; infinite without a degree of freedom.
fn exact(degrees: usize) -> f64 {
    if degrees == 0 {
        return f64::INFINITY;
    }
    let (mut low, mut high) = (0.0, 20.0);
    for _ in 0..80 {
        let middle = (low + high) / 2.0;
        if within(middle, degrees) < 0.95 { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

/// The probability that |T| < t, a finite series for whole degrees of freedom.
fn within(t: f64, degrees: usize) -> f64 {
    let angle = (t / (degrees as f64).sqrt()).atan();
    let (sine, cosine) = angle.sin_cos();
    if degrees.is_multiple_of(2) {
        return sine * series(1.0, 1, degrees, cosine);
    }
    let rest = if degrees == 1 { 0.0 } else { sine * series(cosine, 2, degrees, cosine) };
    std::f64::consts::FRAC_2_PI * (angle + rest)
}

/// The sum of products that starts at `term` and goes on in steps of two.
fn series(mut term: f64, first: usize, degrees: usize, cosine: f64) -> f64 {
    let (mut sum, mut factor) = (term, first);
    while factor + 1 < degrees - 1 {
        term *= factor as f64 / (factor + 1) as f64 * cosine * cosine;
        sum += term;
        factor += 2;
    }
    sum
}

fn expansion(n: f64) -> f64 {
    let power = |exponent: i32| Z_95.powi(exponent);
    Z_95 + (power(3) + Z_95) / (4.0 * n)
        + (5.0 * power(5) + 16.0 * power(3) + 3.0 * Z_95) / (96.0 * n.powi(2))
        + (3.0 * power(7) + 19.0 * power(5) + 17.0 * power(3) - 15.0 * Z_95) / (384.0 * n.powi(3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quantiles_are_those_of_the_tables() {
        let table = [
            (1, 12.7062),
            (2, 4.3027),
            (3, 3.1824),
            (4, 2.7764),
            (5, 2.5706),
            (9, 2.2622),
            (10, 2.2281),
            (29, 2.0452),
            (30, 2.0423),
            (60, 2.0003),
            (99, 1.9842),
            (100, 1.9840),
            (120, 1.9799),
            (1000, 1.9623),
        ];
        for (degrees, quantile) in table {
            assert!((quantile_95(degrees) - quantile).abs() < 5e-5, "{degrees}: {}", quantile_95(degrees));
        }
        assert_eq!(quantile_95(0), f64::INFINITY);
    }

    #[test]
    fn the_series_and_the_expansion_meet() {
        for degrees in 80..EXACT {
            assert!((exact(degrees) - expansion(degrees as f64)).abs() < 1e-7, "{degrees}");
        }
    }
}
