//! Chance that can be had again: the same seed gives the same numbers.

/// A stream of numbers that look random and follow from a seed (SplitMix64).
#[derive(Clone, Debug)]
pub(crate) struct Chance(u64);

impl Chance {
    /// The stream of a seed.
    pub(crate) const fn of(seed: u64) -> Self {
        Chance(seed)
    }
    /// A stream of its own for a name, so that one part does not move another.
    pub(super) fn branch(&self, name: &str) -> Self {
        let mixed = name.bytes().fold(self.0, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
        let mut fresh = Chance(mixed);
        fresh.next();
        fresh
    }
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    /// From 0 up to, but not including, 1.
    pub(crate) fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
    /// True in this share of all cases.
    pub(crate) fn happens(&mut self, share: f64) -> bool {
        self.share() < share
    }
    /// A number between two others.
    pub(super) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.share()
    }
    /// A whole number from `low` to `high`, both included.
    pub(super) fn whole(&mut self, low: i64, high: i64) -> i64 {
        let span = u64::try_from(high - low + 1).unwrap_or(1).max(1);
        low + i64::try_from(self.next() % span).unwrap_or(0)
    }
    /// One of several; the first of none.
    pub(super) fn pick<'t, T>(&mut self, of: &'t [T]) -> Option<&'t T> {
        let last = i64::try_from(of.len()).unwrap_or(0) - 1;
        usize::try_from(self.whole(0, last.max(0))).ok().and_then(|i| of.get(i))
    }
    /// Around 1, with this spread (the sum of twelve shares is nearly normal).
    pub(super) fn around_one(&mut self, spread: f64) -> f64 {
        let sum: f64 = (0..12).map(|_| self.share()).sum();
        1.0 + (sum - 6.0) * spread
    }
    /// How often something happens that happens `mean` times on average (Knuth).
    pub(crate) fn times(&mut self, mean: f64) -> u32 {
        let (limit, mut product, mut n) = ((-mean.max(0.0)).exp(), self.share(), 0);
        while product > limit && n < 1000 {
            product *= self.share();
            n += 1;
        }
        n
    }
    /// Ten bytes for an id.
    pub(super) fn bytes(&mut self) -> [u8; 10] {
        let (a, b) = (self.next().to_le_bytes(), self.next().to_le_bytes());
        let mut out = [0; 10];
        out[..8].copy_from_slice(&a);
        out[8..].copy_from_slice(&b[..2]);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_its_numbers_again_and_another_does_not() {
        let numbers = |seed| {
            let mut c = Chance::of(seed);
            (0..50).map(|_| c.whole(0, 1_000_000)).collect::<Vec<_>>()
        };
        assert_eq!(numbers(7), numbers(7));
        assert_ne!(numbers(7), numbers(8));
    }

    #[test]
    fn means_are_what_was_asked_for() {
        let mut c = Chance::of(3);
        let n = 20_000;
        let mean = |f: &mut dyn FnMut() -> f64| (0..n).map(|_| f()).sum::<f64>() / f64::from(n);
        assert!((mean(&mut || f64::from(c.times(1.3))) - 1.3).abs() < 0.05);
        assert!((mean(&mut || c.around_one(0.1)) - 1.0).abs() < 0.01);
        assert!((mean(&mut || c.between(2.0, 4.0)) - 3.0).abs() < 0.02);
        assert!((mean(&mut || f64::from(u8::from(c.happens(0.2)))) - 0.2).abs() < 0.02);
    }

    #[test]
    fn whole_numbers_stay_inside_their_ends() {
        let mut c = Chance::of(1);
        let all: Vec<i64> = (0..500).map(|_| c.whole(3, 5)).collect();
        assert!(all.iter().all(|n| (3..=5).contains(n)) && (3..=5).all(|n| all.contains(&n)));
    }
}
