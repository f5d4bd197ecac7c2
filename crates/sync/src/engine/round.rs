//! One round: the manifest, then each client whose turn it is.
use super::{
    Files,
    core::{Core, Fail},
    pull::Drawn,
};
use crate::{
    device::{self, Part, Standing},
    hub::Hub,
};
use domain::{Client, Id, feed::Rules};
use std::{collections::HashMap, sync::atomic::Ordering, time::Duration};
use tokio::time::Instant;

/// Passes over one client in a round at most; what is left comes in the next.
const PASSES: usize = 6;

/// What one life of the loop knows of its earlier rounds.
#[derive(Default)]
pub(super) struct Memory {
    /// Whether the kept manifest was read.
    recalled: bool,
    /// When each client last had its turn.
    turns: HashMap<Id<Client>, Instant>,
    /// When what is sealed was last handed over, and how much that was.
    handed: Option<(Instant, usize)>,
    wakes: u64,
}

/// Whether so much of a time has gone by that it need not be waited for.
fn over(since: Option<&Instant>, time: Duration) -> bool {
    since.is_none_or(|at| at.elapsed() >= time.mul_f64(0.75))
}

impl<F: Files, H: Hub, R: Rules + Send + Sync + 'static> Core<F, H, R> {
    /// One round over the clients whose turn it is, the one looked at first.
    pub(super) async fn round(&self, memory: &mut Memory, wakes: u64) -> Result<(), Fail> {
        if !memory.recalled {
            self.recall().await?;
            memory.recalled = true;
        }
        if memory.wakes != wakes {
            // Whoever looks wants to know what he may see, too.
            self.asks_manifest.store(true, Ordering::Relaxed);
        }
        // Forgetting needs no hub: what is sealed waits for one.
        for client in self.files(Files::clients).await? {
            self.forget(client).await?;
        }
        // Where it fails the rest goes on, and the next round tries it again.
        let cleaned = self.clean().await;
        // An older program may still send where it cannot ask.
        let manifest = self.look_at_manifest().await;
        if let Err(fail) = &manifest
            && fail.is_general()
        {
            return manifest;
        }
        self.turns(memory, wakes).await?;
        self.handed(memory).await?;
        manifest.and(cleaned)
    }
    async fn turns(&self, memory: &mut Memory, wakes: u64) -> Result<(), Fail> {
        let (looks_at, woken) = (self.wish().looks_at, std::mem::replace(&mut memory.wakes, wakes) != wakes);
        let mut clients = self.files(Files::clients).await?;
        clients.sort_by_key(|c| Some(*c) != looks_at);
        for client in clients {
            let looked_at = looks_at.is_none_or(|l| l == client);
            let due = (woken && looked_at) || self.is_due(memory, client).await?;
            if !due {
                continue;
            }
            match self.turn(client).await {
                Ok(None) => {}
                Err(fail) if fail.is_general() => return Err(fail),
                turn => self.tell(client, Some(turn.map(Option::flatten))).await?,
            }
            memory.turns.insert(client, Instant::now());
            self.had_its_turn(client);
        }
        Ok(())
    }
    /// Whether something waits here, or it is time to ask what has come.
    async fn is_due(&self, memory: &Memory, client: Id<Client>) -> Result<bool, Fail> {
        let (wish, settings) = (self.wish(), &self.settings);
        let is_told = self.news.borrow().comes;
        let often = if wish.looks_at == Some(client) && !is_told { settings.interval } else { settings.others };
        let times = if wish.metered { settings.metered.max(1) } else { 1 };
        Ok(over(memory.turns.get(&client), often * times) || self.has_news(client) || self.waits(client).await?)
    }
    /// Hands over what was sealed: what is new at once, the rest now and then, until a backup holds it.
    async fn handed(&self, memory: &mut Memory) -> Result<(), Fail> {
        let waits = self.files(Files::partings).await?.len();
        let new = memory.handed.is_none_or(|h| waits > h.1);
        if waits > 0 && (new || over(memory.handed.as_ref().map(|h| &h.0), self.settings.manifest)) {
            self.hand_over().await?;
            memory.handed = Some((Instant::now(), waits));
        }
        let left = self.files(Files::partings).await?.len();
        self.status.send_if_modified(|s| std::mem::replace(&mut s.partings, left) != left);
        Ok(())
    }
    /// One client's turn; none where there is nothing to do with it.
    async fn turn(&self, client: Id<Client>) -> Result<Option<Option<bool>>, Fail> {
        let standing = self.look(client, |part| Ok(part.state()?.standing)).await?;
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
        self.look(client, move |part| {
            let forgets = matches!(part.state()?.standing, Standing::Revoking | Standing::Sealed);
            let sends = device::to_push(part, client, device, 1)?.is_some();
            Ok(forgets || sends || device::offers(part)?)
        })
        .await
    }
}
