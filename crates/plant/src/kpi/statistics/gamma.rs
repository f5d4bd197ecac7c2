//! The regularised incomplete gamma function and its inverse.

use super::normal;
use std::f64::consts::TAU;

/// From here on the asymptotic series of Stirling's error is exact to a double.
const FAR: f64 = 16.0;

/// More steps than any shape a plant can count needs; both expansions stop long before.
const STEPS: usize = 1_000_000;

/// P(a, x): the part of the gamma distribution of shape `a` below `x`.
pub(super) fn lower(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        0.0
    } else if x < a + 1.0 {
        series(a, x)
    } else {
        1.0 - fraction(a, x)
    }
}

/// Q(a, x) = 1 − P(a, x), without the loss of digits far out.
pub(super) fn upper(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        1.0
    } else if x < a + 1.0 {
        1.0 - series(a, x)
    } else {
        fraction(a, x)
    }
}

/// The x below which the share `p` lies, for a shape above 0 and 0 < p < 1.
///
/// Starts at Wilson and Hilferty's cube and goes on by Newton's steps that
/// never leave the bracket around the root.
pub(super) fn quantile(a: f64, p: f64) -> f64 {
    let (mut low, mut high) = (0.0, a + 40.0 * (a.sqrt() + 1.0));
    let cube = 1.0 - 1.0 / (9.0 * a) + normal::quantile(p) / (3.0 * a.sqrt());
    let mut x = a * cube.max(0.01).powi(3);
    for _ in 0..100 {
        let miss = lower(a, x) - p;
        if miss < 0.0 {
            low = x
        } else {
            high = x
        }
        let step = miss * x / (a * weight(a, x));
        let next = if (low..high).contains(&(x - step)) { x - step } else { (low + high) / 2.0 };
        if (next - x).abs() <= 1e-15 * x {
            return next;
        }
        x = next;
    }
    x
}

/// P by its series, which is quick where x is below a + 1.
fn series(a: f64, x: f64) -> f64 {
    let (mut sum, mut term) = (1.0, 1.0);
    for n in 1..STEPS {
        term *= x / (a + n as f64);
        sum += term;
        if term < sum * f64::EPSILON / 4.0 {
            break;
        }
    }
    sum * weight(a, x)
}

/// Q by its continued fraction (Lentz), which is quick where x is above a + 1.
fn fraction(a: f64, x: f64) -> f64 {
    let mut b = x + 1.0 - a;
    let (mut c, mut d) = (f64::MAX, 1.0 / b);
    let mut product = d;
    for n in 1..STEPS {
        let n = n as f64;
        let above = n * (a - n);
        b += 2.0;
        d = 1.0 / (b + above * d);
        c = b + above / c;
        product *= c * d;
        if (c * d - 1.0).abs() < f64::EPSILON {
            break;
        }
    }
    product * a * weight(a, x)
}

/// xᵃ e⁻ˣ / Γ(a + 1), by Loader's saddle point: no digits are lost for large a.
fn weight(a: f64, x: f64) -> f64 {
    let apart = (x - a) / a;
    // Near a the logarithm of the quotient loses digits, far from it the other form does.
    let logarithm = if apart.abs() < 0.5 { apart.ln_1p() } else { (x / a).ln() };
    (-stirling_error(a) - a * (apart - logarithm)).exp() / (TAU * a).sqrt()
}

/// ln Γ(a + 1) less Stirling's formula for it.
fn stirling_error(mut a: f64) -> f64 {
    let mut error = 0.0;
    while a < FAR {
        error += (a + 0.5) * (1.0 / a).ln_1p() - 1.0;
        a += 1.0;
    }
    let square = a * a;
    error
        + (1.0 / 12.0
            - (1.0 / 360.0 - (1.0 / 1260.0 - (1.0 / 1680.0 - 1.0 / 1188.0 / square) / square) / square) / square)
            / a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_shapes_are_sums_of_poisson_terms() {
        for (a, x) in [(1, 0.5), (3, 2.0), (5, 12.0), (20, 14.0), (20, 30.0), (150, 160.0)] {
            let mut term = (-x as f64).exp();
            let mut sum = term;
            for k in 1..a {
                term *= x / f64::from(k);
                sum += term;
            }
            assert!((upper(f64::from(a), x) / sum - 1.0).abs() < 1e-13, "{a} {x}");
            assert!((lower(f64::from(a), x) + upper(f64::from(a), x) - 1.0).abs() < 1e-15);
        }
    }

    #[test]
    fn the_inverse_comes_back_to_its_share() {
        for a in [0.5, 1.0, 2.0, 7.0, 100.0, 12_345.0, 1e6] {
            for p in [1e-6, 0.025, 0.5, 0.975, 0.999_999] {
                let back = lower(a, quantile(a, p));
                assert!((back - p).abs() < 1e-11 * a.sqrt().max(1.0), "{a} {p}: {back}");
            }
        }
    }
}
