//! How likely chance alone brings as much: the exact binomial test.

/// The probability of `k` or more of `n`, each with probability `p`.
pub(super) fn at_least(k: u64, n: u64, p: f64) -> f64 {
    if k == 0 {
        return 1.0;
    }
    let (ln_p, ln_q) = (p.ln(), (1.0 - p).ln());
    // The term of k, then each next one from the one before.
    let choose: f64 = (0..k).map(|i| ((n - i) as f64 / (i + 1) as f64).ln()).sum();
    let mut term = choose + k as f64 * ln_p + (n - k) as f64 * ln_q;
    let mut sum = term.exp();
    for i in k..n {
        term += ((n - i) as f64 / (i + 1) as f64).ln() + ln_p - ln_q;
        sum += term.exp();
    }
    sum.min(1.0)
}

/// Chance this small is not believed.
pub(super) const SMALL: f64 = 0.001;

#[cfg(test)]
mod tests {
    use super::at_least;

    #[test]
    fn the_tail_of_a_binomial_is_exact() {
        let close = |a: f64, b: f64| (a - b).abs() < 1e-12;
        assert!(close(at_least(0, 10, 0.2), 1.0) && close(at_least(10, 10, 0.5), 0.5_f64.powi(10)));
        // 1 − 0.8^10 − 10 · 0.2 · 0.8^9
        assert!(close(at_least(2, 10, 0.2), 1.0 - 0.8_f64.powi(10) - 2.0 * 0.8_f64.powi(9)));
        assert!(close(at_least(6, 10, 0.5), 386.0 / 1024.0));
    }
}
