//! How often, how much at a time, and how patient.
use crate::http::Now;
use domain::{
    Id,
    change::Device,
    feed::{Push, Returned},
};
use std::time::Duration;

/// How the engine of one PC works.
#[derive(Clone)]
pub struct Settings {
    /// The PC.
    pub device: Id<Device>,
    /// The hub's public key (ed25519), pinned at enrolment.
    pub hub: [u8; 32],
    /// The PC's clock, milliseconds since 1970; it decides nothing but what is told.
    pub now: Now,
    /// The seed of its dice, another on every PC, so that not all come at once.
    pub seed: u64,
    /// Between two rounds where nothing was written here.
    pub interval: Duration,
    /// Between two questions about a client that nobody looks at.
    pub others: Duration,
    /// Between two looks at the manifest, and two tries to hand over what is sealed.
    pub manifest: Duration,
    /// After news, before more is waited for: what comes in a burst is one piece of news.
    pub breath: Duration,
    /// So many times slower where the line is paid by what goes over it.
    pub metered: u32,
    /// Before the first try after a failure, on average half of it; doubled with each further one.
    pub first_wait: Duration,
    /// At most.
    pub longest_wait: Duration,
    /// So long without a sign of life, and the loop is started anew.
    pub silence: Duration,
    /// Changes in one push at most.
    pub push: usize,
    /// Entries in one page at most; each page is one transaction.
    pub page: usize,
    /// Entries in one offer to a restored hub at most.
    pub offer: usize,
}

impl Settings {
    /// What is usual.
    pub fn new(device: Id<Device>, hub: [u8; 32], now: Now, seed: u64) -> Self {
        let seconds = Duration::from_secs;
        Settings {
            device,
            hub,
            now,
            seed,
            interval: seconds(20),
            others: seconds(60),
            manifest: seconds(600),
            breath: Duration::from_millis(500),
            metered: 15,
            first_wait: seconds(2),
            longest_wait: seconds(300),
            silence: seconds(300),
            push: Push::MOST,
            page: 2000,
            offer: Returned::MOST,
        }
    }
    /// How long to wait after so many failures; `dice` between 0 and 1.
    pub(super) fn wait(&self, failures: u32, dice: f64) -> Duration {
        let doubled = self.first_wait.saturating_mul(2u32.saturating_pow(failures.saturating_sub(1).min(20)));
        doubled.min(self.longest_wait).mul_f64(0.5 + dice / 2.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_up_to_its_longest_and_is_never_the_same_for_all() {
        let settings = Settings::new(Id::from_bytes([1; 16]), [0; 32], std::sync::Arc::new(|| 0), 7);
        let waits: Vec<f64> = (1..=10).map(|n| settings.wait(n, 1.0).as_secs_f64()).collect();
        assert_eq!(waits[..4], [2.0, 4.0, 8.0, 16.0]);
        assert_eq!(waits[9], 300.0);
        assert_eq!(settings.wait(u32::MAX, 0.0).as_secs_f64(), 150.0);
    }
}
