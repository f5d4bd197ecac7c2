//! Percentiles of a list.

/// The values below which the given shares (0 to 1) of a list lie.
///
/// The share p lies at the rank (n − 1) p of the sorted list, counted from 0,
/// and between two ranks in proportion: PERCENTILE.INC of spreadsheets,
/// definition 7 of Hyndman & Fan. None for an empty list.
pub fn percentiles<const N: usize>(values: &[f64], shares: [f64; N]) -> Option<[f64; N]> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    percentiles_of_sorted(&sorted, shares)
}

/// The same of values in order.
pub(in crate::kpi) fn percentiles_of_sorted<const N: usize>(sorted: &[f64], shares: [f64; N]) -> Option<[f64; N]> {
    let last = sorted.len().checked_sub(1)?;
    Some(shares.map(|share| {
        let rank = share.clamp(0.0, 1.0) * last as f64;
        let below = rank as usize;
        let (low, high) = (sorted[below], sorted[(below + 1).min(last)]);
        low + (high - low) * rank.fract()
    }))
}
