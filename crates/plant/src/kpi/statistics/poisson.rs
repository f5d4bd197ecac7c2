//! How sure a rate of counted events is.

use super::gamma;

/// The exact 95 % interval (Garwood, 1936) of the rate `count` / `exposure`.
///
/// The ends are half the chi-square quantiles χ²(0.025; 2 count) and
/// χ²(0.975; 2 count + 2) over the exposure. None without exposure or
/// for a negative count.
pub fn poisson_95(count: f64, exposure: f64) -> Option<[f64; 2]> {
    if !(exposure > 0.0 && count >= 0.0 && count.is_finite()) {
        return None;
    }
    let low = if count == 0.0 { 0.0 } else { gamma::quantile(count, 0.025) };
    Some([low / exposure, gamma::quantile(count + 1.0, 0.975) / exposure])
}
