//! How long to wait after wrong passwords; never for ever.

/// Wrong tries in a row, of one name or of the whole PC.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tries {
    /// How many.
    pub failures: u32,
    /// When the last one was, in milliseconds since 1970.
    pub last: i64,
}

/// How soon waiting begins, and how long it gets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pace {
    /// Tries that cost nothing.
    free: u32,
    /// The longest wait in seconds.
    most: u32,
    /// After this many milliseconds without a try all is forgotten.
    forget: i64,
}

/// Of one name: three tries are free, then one second, doubling up to five minutes.
pub const NAME: Pace = Pace { free: 3, most: 300, forget: 24 * 3_600_000 };
/// Of the whole PC, whatever the names: a crowd at the log-in is not an attack.
///
/// Shorter at most, or one prankster with made-up names keeps everybody out.
pub const PC: Pace = Pace { free: 30, most: 60, forget: 600_000 };

impl Pace {
    /// Seconds until the next try is looked at; zero for now.
    pub fn wait(self, tries: Tries, now: i64) -> u32 {
        let tries = self.seen(tries, now);
        let until = i64::from(self.delay(tries.failures)) * 1000;
        let left = until.saturating_sub(now.saturating_sub(tries.last));
        u32::try_from(left.max(0).div_euclid(1000) + i64::from(left.max(0) % 1000 > 0)).unwrap_or(self.most)
    }
    /// The count after one more wrong try.
    pub fn failed(self, tries: Tries, now: i64) -> Tries {
        Tries { failures: self.seen(tries, now).failures.saturating_add(1), last: now }
    }
    /// The count as it stands now: forgotten with time, and never ahead of the clock.
    ///
    /// A clock set back must not turn five minutes into a year: whoever keeps the
    /// count keeps this one, and the wait begins at the new now.
    pub fn seen(self, tries: Tries, now: i64) -> Tries {
        if now < tries.last {
            Tries { last: now, ..tries }
        } else if now.saturating_sub(tries.last) >= self.forget {
            Tries { failures: 0, last: tries.last }
        } else {
            tries
        }
    }
    /// Milliseconds after which a count means nothing any more.
    pub const fn forget(self) -> i64 {
        self.forget
    }
    fn delay(self, failures: u32) -> u32 {
        match failures.checked_sub(self.free + 1) {
            None => 0,
            Some(doublings) => 1_u32.checked_shl(doublings).unwrap_or(self.most).min(self.most),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    const T0: i64 = 1_700_000_000_000;

    fn waits(pace: Pace, failures: impl IntoIterator<Item = u32>) -> Vec<u32> {
        failures.into_iter().map(|failures| pace.wait(Tries { failures, last: T0 }, T0)).collect()
    }

    #[test]
    fn three_wrong_tries_are_free_then_the_wait_doubles_up_to_five_minutes() {
        assert_eq!(waits(NAME, 0..=14), [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
        assert_eq!(waits(NAME, [36, 100, u32::MAX]), [300; 3]);
    }

    #[test]
    fn the_pc_waits_later_and_less() {
        assert_eq!(waits(PC, [0, 30, 31, 32, 36, 37, 1000]), [0, 0, 1, 2, 32, 60, 60]);
    }

    #[test]
    fn a_wait_runs_down_and_is_over_to_the_millisecond() {
        let tries = Tries { failures: 7, last: T0 };
        let left = |ms| NAME.wait(tries, T0 + ms);
        assert_eq!([left(0), left(1), left(7000), left(7999), left(8000), left(9000)], [8, 8, 1, 1, 0, 0]);
    }

    #[test]
    fn each_wrong_try_counts_from_its_own_moment() {
        let mut tries = Tries::default();
        for n in 1..=6 {
            tries = NAME.failed(tries, T0 + n);
        }
        assert_eq!(tries, Tries { failures: 6, last: T0 + 6 });
        assert_eq!(NAME.failed(Tries { failures: u32::MAX, last: T0 }, T0).failures, u32::MAX);
    }

    #[test]
    fn no_number_of_tries_locks_for_longer_than_five_minutes() {
        for failures in [0, 5, 50, u32::MAX] {
            for last in [T0 - 1, T0, T0 + 1, i64::MIN, i64::MAX] {
                let tries = Tries { failures, last };
                assert!(NAME.wait(tries, T0) <= 300);
                assert_eq!(NAME.wait(NAME.seen(tries, T0), T0 + 300_000), 0, "{tries:?}");
            }
        }
    }

    #[test]
    fn a_clock_set_back_keeps_the_wait_but_does_not_stretch_it() {
        let year = 365 * 24 * 3_600_000;
        let tries = NAME.seen(Tries { failures: 20, last: T0 }, T0 - year);
        assert_eq!(NAME.wait(tries, T0 - year), 300);
        assert_eq!(NAME.wait(tries, T0 - year + 300_000), 0);
    }

    #[test]
    fn a_day_without_a_try_forgets_a_name_and_ten_minutes_the_pc() {
        let tries = Tries { failures: 40, last: T0 };
        assert_eq!(NAME.failed(tries, T0 + NAME.forget - 1).failures, 41);
        assert_eq!(NAME.failed(tries, T0 + NAME.forget).failures, 1);
        assert_eq!(PC.failed(tries, T0 + 600_000).failures, 1);
    }
}
