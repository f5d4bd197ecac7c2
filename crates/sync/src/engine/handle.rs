//! What the program holds of its engine, and the dog that watches over it.
use super::{
    Files, Settings, Status,
    core::{Core, Wish},
};
use crate::hub::Hub;
use domain::{Client, Id, feed::Rules};
use std::sync::{Arc, Mutex, PoisonError, atomic::AtomicBool};
use tokio::{
    sync::watch,
    task::JoinHandle,
    time::{Instant, sleep},
};

/// A running engine; it stops when it is dropped.
pub struct Engine {
    wish: watch::Sender<Wish>,
    status: watch::Receiver<Status>,
    dog: JoinHandle<()>,
}

impl Engine {
    /// Starts one over this file and hub.
    pub fn start<F, H, R>(files: Arc<F>, hub: Arc<H>, rules: Arc<R>, settings: Settings) -> Engine
    where
        F: Files,
        H: Hub,
        R: Rules + Send + Sync + 'static,
    {
        let ((told, status), wish) = (watch::channel(Status::default()), watch::Sender::new(Wish::default()));
        let core = Arc::new(Core {
            files,
            hub,
            rules,
            settings,
            status: told,
            wish: wish.clone(),
            manifest: Mutex::default(),
            asks_manifest: AtomicBool::new(false),
            reminded: AtomicBool::new(false),
            news: watch::Sender::default(),
            due: Mutex::new(Instant::now()),
        });
        Engine { wish, status, dog: tokio::spawn(core.watched()) }
    }
    /// How the PC stands; changes are seen as they come.
    pub fn status(&self) -> watch::Receiver<Status> {
        self.status.clone()
    }
    /// Something was written here: it is sent at once, unless the hub was out of reach just now.
    pub fn nudge(&self) {
        self.wish.send_modify(|w| w.writes += 1);
    }
    /// Somebody looks, or the network came back: it is tried at once.
    pub fn wake(&self) {
        self.wish.send_modify(|w| w.wakes += 1);
    }
    /// The client on the screen goes first.
    pub fn look_at(&self, client: Option<Id<Client>>) {
        self.wish.send_modify(|w| w.looks_at = client);
    }
    /// Sends nothing from here on, or does again.
    pub fn pause(&self, paused: bool) {
        self.wish.send_modify(|w| (w.paused, w.wakes) = (paused, w.wakes + 1));
    }
    /// The line is paid by what goes over it, or is not.
    pub fn metered(&self, metered: bool) {
        self.wish.send_modify(|w| (w.metered, w.wakes) = (metered, w.wakes + 1));
    }
    /// Stops when the round is over, or in its middle where that takes long; the file is whole either way.
    pub async fn stop(mut self) {
        self.wish.send_modify(|w| w.stops = true);
        if tokio::time::timeout(std::time::Duration::from_secs(3), &mut self.dog).await.is_err() {
            self.dog.abort();
        }
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.wish.send_modify(|w| w.stops = true);
        self.dog.abort();
    }
}

/// A task that ends with who holds it.
struct Leash(JoinHandle<()>);

impl Drop for Leash {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl<F: Files, H: Hub, R: Rules + Send + Sync + 'static> Core<F, H, R> {
    /// Runs the loop, and starts it anew where it broke or fell silent.
    async fn watched(self: Arc<Self>) {
        let _listens = Leash(tokio::spawn(self.clone().listen()));
        loop {
            self.beat(std::time::Duration::ZERO);
            let mut run = Leash(tokio::spawn(self.clone().run()));
            let why = tokio::select! {
                ended = &mut run.0 => match ended {
                    Ok(()) => return,
                    Err(_) => "it broke",
                },
                () = self.silent() => "it fell silent",
            };
            drop(run);
            let restarts = self.status.borrow().restarts + 1;
            tracing::error!(restarts, why, "the engine is started anew");
            self.status.send_modify(|s| s.restarts = restarts);
            sleep(self.settings.wait(restarts, 1.0)).await;
        }
    }
    /// Ends when no sign of life has come for too long.
    async fn silent(&self) {
        loop {
            let due = *self.due.lock().unwrap_or_else(PoisonError::into_inner) + self.settings.silence;
            if Instant::now() >= due {
                return;
            }
            tokio::time::sleep_until(due).await;
        }
    }
}
