//! Numbers that look like chance and are the same every time.

/// A sequence of numbers.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    /// The next number below a limit.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
    /// A number between two, both included.
    pub(crate) fn between(&mut self, from: i64, to: i64) -> i64 {
        from + self.below((to - from + 1) as u64) as i64
    }
    /// Whether something comes true, `of` times in ten.
    pub(crate) fn in_ten(&mut self, of: u64) -> bool {
        self.below(10) < of
    }
    /// A value that may be missing, `of` times in ten there.
    pub(crate) fn maybe<T>(&mut self, of: u64, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.in_ten(of).then(|| make(self))
    }
    /// One of a list.
    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u64) as usize]
    }
}
