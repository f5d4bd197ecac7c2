//! How sure a share of units or orders is.

use super::normal::Z_95;

/// Wilson's 95 % interval of the share `k` of `n`, both between 0 and 1.
///
/// None without a unit, and none where `k` is no part of `n`
/// (E. B. Wilson, 1927; no continuity correction).
pub fn wilson_95(k: f64, n: f64) -> Option<[f64; 2]> {
    (n > 0.0 && (0.0..=n).contains(&k)).then(|| [lower(k, n), 1.0 - lower(n - k, n)])
}

/// The lower end; the product of both ends divided by the upper one, so that
/// none of nothing is 0 and not a rounding error.
fn lower(k: f64, n: f64) -> f64 {
    let (share, z2) = (k / n, Z_95 * Z_95);
    let root = (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    share * share / (share + z2 / (2.0 * n) + Z_95 * root)
}
