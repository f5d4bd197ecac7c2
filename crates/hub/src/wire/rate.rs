//! How often each PC and each address may ask.
use super::Rate;
use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// So many are remembered at most; beyond that, those that have rested are forgotten.
const REMEMBERED: usize = 10_000;

/// What each may still ask.
pub(super) struct Allowance<K> {
    rate: Rate,
    left: Mutex<HashMap<K, (f64, Instant)>>,
}

impl<K: Hash + Eq> Allowance<K> {
    pub(super) fn new(rate: Rate) -> Self {
        Allowance { rate, left: Mutex::default() }
    }
    /// Takes one; how long to wait where none is left.
    pub(super) fn take(&self, key: K) -> Result<(), Duration> {
        self.take_at(key, Instant::now())
    }
    fn take_at(&self, key: K, now: Instant) -> Result<(), Duration> {
        let mut all = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= REMEMBERED {
            all.retain(|_, (left, since)| self.grown(*left, *since, now) < f64::from(self.rate.burst));
        }
        let (left, since) = all.entry(key).or_insert((f64::from(self.rate.burst), now));
        let grown = self.grown(*left, *since, now);
        (*left, *since) = (grown, now);
        if grown < 1.0 {
            return Err(Duration::from_secs_f64((1.0 - grown) / f64::from(self.rate.each_second.max(1))));
        }
        *left -= 1.0;
        Ok(())
    }
    fn grown(&self, left: f64, since: Instant, now: Instant) -> f64 {
        let grown = left + now.duration_since(since).as_secs_f64() * f64::from(self.rate.each_second);
        grown.min(f64::from(self.rate.burst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_too_often_waits_and_nobody_else_does() {
        let all = Allowance::new(Rate { burst: 3, each_second: 2 });
        let now = Instant::now();
        assert!((0..3).all(|_| all.take_at("a", now).is_ok()));
        assert_eq!(all.take_at("a", now), Err(Duration::from_millis(500)));
        assert!(all.take_at("b", now).is_ok());
        let later = now + Duration::from_millis(500);
        assert!(all.take_at("a", later).is_ok());
        assert!(all.take_at("a", later).is_err());
        assert!((0..3).all(|_| all.take_at("a", now + Duration::from_secs(60)).is_ok()), "a rest gives the burst back");
        assert!(all.take_at("a", now + Duration::from_secs(60)).is_err(), "and no more");
    }
    #[test]
    fn a_flood_of_names_is_not_remembered_for_ever() {
        let all = Allowance::new(Rate { burst: 2, each_second: 1 });
        let now = Instant::now();
        (0..REMEMBERED).for_each(|n| assert!(all.take_at(n, now).is_ok()));
        assert!(all.take_at(0, now + Duration::from_secs(9)).is_ok());
        assert!(all.left.lock().unwrap().len() < 10);
    }
}
