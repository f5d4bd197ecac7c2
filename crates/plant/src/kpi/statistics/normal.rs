//! The normal distribution, to the last digits of a double.

use super::gamma;
use std::f64::consts::TAU;

/// The normal quantile between whose two sides 95 % lie.
pub(super) const Z_95: f64 = 1.959_963_984_540_054;

/// The density at `x`.
pub(in super::super) fn density(x: f64) -> f64 {
    (-x * x / 2.0).exp() / TAU.sqrt()
}

/// The probability below `x`; small tails keep all their digits.
pub(in super::super) fn cdf(x: f64) -> f64 {
    if x < 0.0 { gamma::upper(0.5, x * x / 2.0) / 2.0 } else { 0.5 + gamma::lower(0.5, x * x / 2.0) / 2.0 }
}

/// The x below which the share `p` lies; infinite at 0 and 1.
///
/// A rational start (Abramowitz & Stegun 26.2.23, good to 4.5e-4) and three
/// of Halley's steps, each of which triples the digits.
pub(in super::super) fn quantile(p: f64) -> f64 {
    if p > 0.5 {
        return -quantile(1.0 - p);
    }
    if p <= 0.0 {
        return if p == 0.0 { f64::NEG_INFINITY } else { f64::NAN };
    }
    let t = (-2.0 * p.ln()).sqrt();
    let above = 2.515_517 + t * (0.802_853 + t * 0.010_328);
    let below = 1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308));
    (0..3).fold(above / below - t, |x, _| {
        let step = (cdf(x) - p) / density(x);
        x - step / (1.0 + x * step / 2.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quantiles_are_known_to_the_last_digits() {
        let known = [
            (0.5, 0.0),
            (0.975, Z_95),
            (0.841_344_746_068_542_9, 1.0),
            (0.001, -3.090_232_306_167_813_5),
            (1e-10, -6.361_340_902_404_056),
            (1e-300, -37.047_096_299_361_2),
        ];
        for (p, x) in known {
            assert!((quantile(p) - x).abs() <= 4e-15 * f64::max(1.0, x.abs()), "{p}: {} is not {x}", quantile(p));
        }
        assert_eq!((quantile(0.0), quantile(1.0)), (f64::NEG_INFINITY, f64::INFINITY));
        assert!(quantile(-0.1).is_nan() && quantile(1.1).is_nan());
    }

    #[test]
    fn the_inverse_comes_back_to_its_share() {
        for step in 1..2000 {
            let p = f64::from(step) / 2000.0;
            assert!((cdf(quantile(p)) - p).abs() < 1e-15, "{p}");
        }
    }

    #[test]
    fn the_density_is_the_slope() {
        for x in [-3.0, -1.0, 0.0, 0.7, 2.5] {
            let slope = (cdf(x + 1e-5) - cdf(x - 1e-5)) / 2e-5;
            assert!((slope - density(x)).abs() < 1e-10, "{x}");
        }
    }
}
