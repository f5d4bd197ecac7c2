//! PCs that wait for what others write: each is told as soon as there is something, instead of asking again and again.
use super::{gate::Shared, refused::Refused};
use crate::desk::Desk;
use axum::{Json, body::Body, extract::State, http::HeaderMap};
use domain::{
    Client, Id,
    feed::{Cause, News},
};
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::{sync::Notify, time::Instant};

/// Questions of one PC that wait at once; the one of a broken line may not have been noticed yet.
const EACH: usize = 3;

/// Who waits for which client.
type Waits = HashMap<Id<Client>, HashMap<u64, Arc<Notify>>>;

/// All who wait.
#[derive(Default)]
pub(super) struct Board {
    waits: Mutex<Waits>,
    next: AtomicU64,
    closed: AtomicBool,
}

/// One who waits, for as long as this is kept.
struct Waiter {
    board: Arc<Board>,
    number: u64,
    clients: Vec<Id<Client>>,
    called: Arc<Notify>,
}

impl Board {
    fn waits(&self) -> MutexGuard<'_, Waits> {
        self.waits.lock().unwrap_or_else(PoisonError::into_inner)
    }
    fn enter(self: &Arc<Self>, clients: Vec<Id<Client>>) -> Waiter {
        let (number, called) = (self.next.fetch_add(1, Ordering::Relaxed), Arc::new(Notify::new()));
        let mut waits = self.waits();
        for client in &clients {
            waits.entry(*client).or_default().insert(number, called.clone());
        }
        Waiter { board: self.clone(), number, clients, called }
    }
    /// Something of the client may be new: whoever waits for it looks.
    pub(super) fn call(&self, client: Id<Client>) {
        self.waits().get(&client).into_iter().flat_map(HashMap::values).for_each(|one| one.notify_one());
    }
    /// Everybody is told that there is nothing, now and from here on: the hub stops.
    pub(super) fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
        self.waits().values().flat_map(HashMap::values).for_each(|one| one.notify_one());
    }
}

impl Drop for Waiter {
    fn drop(&mut self) {
        let mut waits = self.board.waits();
        for client in &self.clients {
            if let Some(of) = waits.get_mut(client) {
                of.remove(&self.number);
                if of.is_empty() {
                    waits.remove(client);
                }
            }
        }
    }
}

/// Waits until a client that the PC may see has more than it says; empty after a while.
pub(super) async fn news<D: Desk>(
    State(shared): State<Arc<Shared<D>>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<News>, Refused> {
    let device = shared.caller(&headers, false).await?.device;
    let asked: News = shared.incoming(headers, body).question().await?;
    if asked.heads.len() > News::MOST {
        return Err(Cause::Large.into());
    }
    let here = shared.listeners.enter(device, EACH);
    let _here = here.ok_or_else(|| Refused::wait(Cause::Often, Duration::from_secs(10)))?;
    let until = Instant::now() + shared.limits.news;
    let (had, clients): (HashMap<_, _>, Vec<_>) =
        (asked.heads.iter().copied().collect(), asked.heads.iter().map(|head| head.0).collect());
    // Whoever is called between the look and the wait has been called.
    let waiter = shared.board.enter(clients.clone());
    loop {
        let heads = shared.asked(shared.desk.heads(Some(device), clients.clone()).await)?;
        let newer = |(client, seq): &(Id<Client>, i64)| had.get(client).is_some_and(|had| had < seq);
        let heads: Vec<_> = heads.into_iter().filter(newer).collect();
        if !heads.is_empty() || shared.board.closed.load(Ordering::SeqCst) {
            return Ok(Json(News { heads }));
        }
        if tokio::time::timeout_at(until, waiter.called.notified()).await.is_err() {
            return Ok(Json(News::default()));
        }
    }
}

/// Looks for what came by another process of the hub, as long as somebody waits; it ends with who started it.
pub(super) async fn look<D: Desk>(shared: &Shared<D>) {
    let mut known = HashMap::new();
    loop {
        tokio::time::sleep(shared.limits.looks).await;
        let clients: Vec<Id<Client>> = shared.board.waits().keys().copied().collect();
        if clients.is_empty() {
            known.clear();
            continue;
        }
        let Ok(heads) = shared.desk.heads(None, clients).await else { continue };
        for (client, seq) in heads {
            if known.insert(client, seq) != Some(seq) {
                shared.board.call(client);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_waits_is_called_for_his_clients_only_and_forgotten_when_he_leaves() {
        let [a, b] = [1, 2].map(|n| Id::from_bytes([n; 16]));
        let board = Arc::new(Board::default());
        let (one, both) = (board.enter(vec![a]), board.enter(vec![a, b]));
        board.call(b);
        both.called.notified().await;
        let not_yet = tokio::time::timeout(Duration::from_millis(20), one.called.notified()).await;
        assert!(not_yet.is_err(), "nothing of his was written");
        board.call(a);
        one.called.notified().await;
        drop(both);
        assert_eq!(board.waits().keys().collect::<Vec<_>>(), [&a]);
        drop(one);
        assert!(board.waits().is_empty());
    }
}
