//! Waiting at the hub for what others write, beside the rounds.
use super::{Files, Status, core::Core};
use crate::{
    device::Standing,
    hub::{Hub, Trouble},
};
use domain::{
    Client, Id,
    feed::{Denied, Rules},
};
use std::{sync::Arc, time::Duration};
use tokio::time::{sleep, timeout};

impl<F: Files, H: Hub, R: Rules + Send + Sync + 'static> Core<F, H, R> {
    /// Whether the hub has told of more of a client than is here.
    pub(super) fn has_news(&self, client: Id<Client>) -> bool {
        let head = self.news.borrow().heads.get(&client).copied();
        let done = self.status.borrow().clients.get(&client).map(|standings| standings.done);
        head.is_some_and(|head| done.is_some_and(|done| head > done))
    }
    /// A client had its turn: what was told of it before is here, or will be told again.
    pub(super) fn had_its_turn(&self, client: Id<Client>) {
        self.news.send_if_modified(|news| news.heads.remove(&client).is_some());
    }
    /// Ends when the hub tells of more than is here.
    pub(super) async fn told(&self) {
        let mut news = self.news.subscribe();
        loop {
            let clients: Vec<_> = news.borrow_and_update().heads.keys().copied().collect();
            if clients.into_iter().any(|client| self.has_news(client)) {
                return;
            }
            // The sender is the engine's own: it lives as long as this does.
            let _ = news.changed().await;
        }
    }
    /// Goes on until it is dropped. It gives the dog no sign of life: the rounds do.
    pub(super) async fn listen(self: Arc<Self>) {
        let (mut dice, mut failures) = (fastrand::Rng::with_seed(self.settings.seed), 0);
        loop {
            let (mut status, mut wish) = (self.status.subscribe(), self.wish.subscribe());
            let heads = self.waited_for();
            if heads.is_empty() {
                self.comes(false);
                tokio::select! {
                    _ = status.changed() => {}
                    _ = wish.changed() => {}
                }
                continue;
            }
            let answer = tokio::select! {
                answer = self.question(heads.clone()) => answer,
                () = self.waits_for_others(&heads) => continue,
            };
            match answer {
                Ok(heads) => {
                    failures = 0;
                    self.hears(&heads, dice.f64()).await;
                }
                Err(trouble) => {
                    failures += 1;
                    sleep(self.broke(&trouble).max(self.settings.wait(failures, dice.f64()))).await;
                }
            }
        }
    }
    /// Notes what was told, and waits until it is here.
    async fn hears(&self, heads: &[(Id<Client>, i64)], dice: f64) {
        self.heard();
        self.comes(true);
        if !heads.is_empty() {
            self.news.send_modify(|news| news.heads.extend(heads.iter().copied()));
            self.caught_up(heads).await;
            sleep(self.settings.breath.mul_f64(0.5 + dice)).await;
        }
    }
    /// What waited came to nothing; how long to leave it at least.
    fn broke(&self, trouble: &Trouble) -> Duration {
        self.comes(false);
        match trouble {
            // A hub of an older program knows no such question.
            Trouble::Refused(_) => self.settings.manifest,
            Trouble::Busy(least) => *least,
            Trouble::Unreachable => {
                // A round says at once that the line broke, instead of at its next turn.
                self.wish.send_modify(|wish| wish.wakes += 1);
                Duration::ZERO
            }
            _ => Duration::ZERO,
        }
    }
    /// What is waited for, each with the last entry that is here; nothing where no line is wanted or there.
    fn waited_for(&self) -> Vec<(Id<Client>, i64)> {
        let (wish, status) = (self.wish(), self.status.borrow());
        if wish.paused || wish.metered || wish.stops || status.trouble.is_some() || status.contact.is_none() {
            return vec![];
        }
        let active = status.clients.iter().filter(|(_, s)| s.standing == Standing::Active && s.caught_up);
        active.map(|(client, standings)| (*client, standings.done)).collect()
    }
    fn comes(&self, comes: bool) {
        self.news.send_if_modified(|news| std::mem::replace(&mut news.comes, comes) != comes);
    }
    /// Asks once; where the token ran out, again with the next one.
    async fn question(&self, heads: Vec<(Id<Client>, i64)>) -> Result<Vec<(Id<Client>, i64)>, Trouble> {
        match self.hub.news(heads.clone()).await {
            Err(Trouble::Denied(Denied::Token)) => {
                self.hub.renew().await?;
                self.hub.news(heads).await
            }
            answer => answer,
        }
    }
    /// Ends when something else is to be waited for than these, or nothing any more.
    async fn waits_for_others(&self, heads: &[(Id<Client>, i64)]) {
        let (mut status, mut wish) = (self.status.subscribe(), self.wish.subscribe());
        let clients = |heads: &[(Id<Client>, i64)]| heads.iter().map(|head| head.0).collect::<Vec<_>>();
        while clients(heads) == clients(&self.waited_for()) {
            tokio::select! {
                _ = status.changed() => {}
                _ = wish.changed() => {}
            }
        }
    }
    /// Ends when what was told is here; what cannot be taken in is not asked for again before the usual rest.
    async fn caught_up(&self, heads: &[(Id<Client>, i64)]) {
        let mut status = self.status.subscribe();
        let is_here = |status: &Status| {
            heads.iter().all(|(client, head)| status.clients.get(client).is_none_or(|s| s.done >= *head))
        };
        let _ = timeout(self.settings.interval, status.wait_for(is_here)).await;
    }
}
