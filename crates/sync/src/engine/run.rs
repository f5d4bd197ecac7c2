//! The loop: a round, a rest, and again.
use super::{
    Files,
    core::{Core, Fail},
    pull::Drawn,
};
use crate::{
    device::{self, Part, Standing},
    hub::{Hub, Trouble},
};
use domain::{Client, Id, feed::Rules};
use std::{sync::Arc, time::Duration};
use tokio::time::Instant;

/// Passes over one client in a round at most; what is left comes in the next.
const PASSES: usize = 6;

impl<F: Files, H: Hub, R: Rules + Send + Sync + 'static> Core<F, H, R> {
    /// Goes on until it is told to stop.
    pub(super) async fn run(self: Arc<Self>) {
        let mut dice = fastrand::Rng::with_seed(self.settings.seed ^ u64::from(self.status.borrow().restarts));
        let (mut failures, mut recalled) = (0u32, false);
        loop {
            let seen = self.wish();
            if seen.stops {
                return;
            }
            self.status.send_if_modified(|s| std::mem::replace(&mut s.paused, seen.paused) != seen.paused);
            let mut round = if seen.paused { Err(Fail::Paused) } else { self.round(&mut recalled).await };
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
    /// The usual rest, a little more or less.
    fn usual(&self, dice: f64) -> Duration {
        let times = if self.wish().metered { self.settings.metered.max(1) } else { 1 };
        (self.settings.interval * times).mul_f64(0.8 + dice * 0.4)
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
    /// Rests; what was written here ends it, but not after a failure; a wake always does.
    async fn rest(&self, rest: Duration, (writes, wakes): (u64, u64), failed: bool) {
        let (until, mut wish) = (Instant::now() + rest, self.wish.subscribe());
        self.beat(rest);
        let ends = |w: &super::core::Wish| w.stops || w.wakes != wakes || (w.writes != writes && !failed && !w.paused);
        tokio::select! {
            () = tokio::time::sleep_until(until) => {}
            _ = wish.wait_for(ends) => {}
        }
    }
    /// One round over all clients, the one looked at first.
    async fn round(&self, recalled: &mut bool) -> Result<(), Fail> {
        if !*recalled {
            self.recall().await?;
            *recalled = true;
        }
        // Forgetting needs no hub: what is sealed waits for one.
        for client in self.files(Files::clients).await? {
            self.forget(client).await?;
        }
        // An older program may still send where it cannot ask.
        let manifest = self.look_at_manifest().await;
        if let Err(fail) = &manifest
            && fail.is_general()
        {
            return manifest;
        }
        let looks_at = self.wish().looks_at;
        let mut clients = self.files(Files::clients).await?;
        clients.sort_by_key(|c| Some(*c) != looks_at);
        for client in clients {
            match self.turn(client).await {
                Ok(None) => {}
                Err(fail) if fail.is_general() => return Err(fail),
                turn => self.tell(client, Some(turn.map(Option::flatten))).await?,
            }
        }
        self.hand_over().await?;
        manifest
    }
    /// One client's turn; none where there is nothing to do with it.
    async fn turn(&self, client: Id<Client>) -> Result<Option<Option<bool>>, Fail> {
        let standing = self.file(client, |part, _| Ok(part.state()?.standing)).await?;
        if matches!(standing, Standing::New | Standing::Purged) && !self.granted(client) {
            return Ok(None);
        }
        let mut caught_up = None;
        for _ in 0..PASSES {
            self.forget(client).await?;
            let offered = self.offer(client).await?;
            let anew = self.push(client).await?;
            if anew {
                continue;
            }
            let drawn = self.pull(client).await?;
            caught_up = if drawn == Drawn::CaughtUp { Some(true) } else { caught_up };
            if drawn != Drawn::Again && !offered && !self.waits(client).await? {
                break;
            }
        }
        Ok(Some(caught_up))
    }
    /// Whether something is still to be sent or returned.
    async fn waits(&self, client: Id<Client>) -> Result<bool, Fail> {
        let device = self.settings.device;
        self.file(client, move |part, _| {
            let forgets = matches!(part.state()?.standing, Standing::Revoking | Standing::Sealed);
            let sends = device::to_push(part, client, device, 1)?.is_some();
            Ok(forgets || sends || device::to_offer(part)?.is_some())
        })
        .await
    }
}
