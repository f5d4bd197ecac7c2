//! The loop: a round, a rest, and again.
use super::{
    Files,
    core::{Core, Fail, Wish},
    round::Memory,
};
use crate::hub::{Hub, Trouble};
use domain::feed::Rules;
use std::{sync::Arc, time::Duration};
use tokio::time::Instant;

impl<F: Files, H: Hub, R: Rules + Send + Sync + 'static> Core<F, H, R> {
    /// Goes on until it is told to stop.
    pub(super) async fn run(self: Arc<Self>) {
        let mut dice = fastrand::Rng::with_seed(self.settings.seed ^ u64::from(self.status.borrow().restarts));
        let (mut failures, mut memory) = (0u32, Memory::default());
        loop {
            let seen = self.wish();
            if seen.stops {
                return;
            }
            self.status.send_if_modified(|s| {
                let before = (s.paused, s.metered);
                (s.paused, s.metered) = (seen.paused, seen.metered);
                before != (s.paused, s.metered)
            });
            let mut round = if seen.paused { Err(Fail::Paused) } else { self.round(&mut memory, seen.wakes).await };
            if round.is_err() {
                round = self.tell_all().await.and(round);
            }
            failures = if matches!(round, Ok(()) | Err(Fail::Paused)) { 0 } else { failures.saturating_add(1) };
            let rest = match &round {
                Ok(()) | Err(Fail::Paused) => self.usual(dice.f64()),
                Err(Fail::Hub(Trouble::Busy(least))) => self.settings.wait(failures, dice.f64()).max(*least),
                Err(_) => self.settings.wait(failures, dice.f64()),
            };
            self.ended(&round);
            self.rest(rest, (seen.writes, seen.wakes), failures > 0).await;
        }
    }
    /// The usual rest, a little more or less; longer where the hub tells what comes.
    fn usual(&self, dice: f64) -> Duration {
        let times = if self.wish().metered { self.settings.metered.max(1) } else { 1 };
        let rest = if self.news.borrow().comes { self.settings.others } else { self.settings.interval };
        (rest * times).mul_f64(0.8 + dice * 0.4)
    }
    fn ended(&self, round: &Result<(), Fail>) {
        if let Err(fail) = round {
            tracing::info!(why = fail.word(), "the round went no further");
        }
        self.tell_lease();
        self.status.send_modify(|s| {
            s.rounds += 1;
            s.trouble = round.as_ref().err().filter(|f| **f != Fail::Paused).map(Fail::word);
        });
    }
    /// Rests; what was written here or elsewhere ends it, but not after a failure; a wake always does.
    async fn rest(&self, rest: Duration, (writes, wakes): (u64, u64), failed: bool) {
        let (until, mut wish) = (Instant::now() + rest, self.wish.subscribe());
        self.beat(rest);
        let ends = |w: &Wish| w.stops || w.wakes != wakes || (w.writes != writes && !failed && !w.paused);
        tokio::select! {
            () = tokio::time::sleep_until(until) => {}
            _ = wish.wait_for(ends) => {}
            () = self.told(), if !failed => {}
        }
    }
}
