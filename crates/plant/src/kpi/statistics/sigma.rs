//! The sigma level that goes with a defect rate.

use super::normal::quantile;

/// What a process is taken to drift by in the long run.
const SHIFT: f64 = 1.5;

/// Φ⁻¹(1 − DPMO / 10⁶) + 1.5; none where no finite level belongs to the rate.
pub fn sigma_level(dpmo: f64) -> Option<f64> {
    // The mirrored tail is the same number without the digits that 1 − p loses.
    (dpmo > 0.0 && dpmo < 1e6).then(|| SHIFT - quantile(dpmo / 1e6))
}
