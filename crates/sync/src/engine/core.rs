//! What the engine's parts share: the file, the hub, the wishes of the person, the status.
use super::{Files, Settings, Status};
use crate::hub::{Hub, Trouble};
use domain::{
    Client, Id,
    feed::{Manifest, Rules},
};
use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};
use tokio::{sync::watch, time::Instant};

/// What the person at the PC wants of the engine.
#[derive(Clone, Copy, Default)]
pub(super) struct Wish {
    pub(super) paused: bool,
    pub(super) metered: bool,
    pub(super) looks_at: Option<Id<Client>>,
    /// Grows with every write here.
    pub(super) writes: u64,
    /// Grows whenever it is worth trying at once.
    pub(super) wakes: u64,
    pub(super) stops: bool,
}

/// What a hub tells that is waited at.
#[derive(Clone, Default)]
pub(super) struct News {
    /// Whether it is waited at, and answers.
    pub(super) comes: bool,
    /// The last entry of each client that it has told of.
    pub(super) heads: BTreeMap<Id<Client>, i64>,
}

/// Why a round goes no further.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Fail {
    /// The hub.
    Hub(Trouble),
    /// The file, and what it said.
    File(String),
    /// An answer that cannot be, in one word.
    Strange(&'static str),
    /// The hub does not know that anybody of the PC ever had the client: it was set back to before that.
    Lacks,
    /// The person wants nothing sent.
    Paused,
}

impl From<Trouble> for Fail {
    fn from(trouble: Trouble) -> Self {
        Fail::Hub(trouble)
    }
}

impl Fail {
    /// One word for the status.
    pub(super) fn word(&self) -> String {
        match self {
            Fail::Hub(Trouble::Unreachable) => "unreachable".into(),
            Fail::Hub(Trouble::Untrusted(distrust)) => distrust.word().into(),
            Fail::Hub(Trouble::Denied(denied)) => denied.word().into(),
            Fail::Hub(Trouble::Busy(_)) => "busy".into(),
            Fail::Hub(Trouble::Refused(refusal)) => refusal.code.clone(),
            Fail::Hub(Trouble::Large) => "large".into(),
            Fail::Hub(Trouble::Garbled) => "garbled".into(),
            Fail::Hub(Trouble::Purse) => "purse".into(),
            Fail::File(_) => "file".into(),
            Fail::Strange(word) => (*word).into(),
            Fail::Lacks => "lacking".into(),
            Fail::Paused => "paused".into(),
        }
    }
    /// Whether it holds for every client, so that the others need not be tried.
    pub(super) fn is_general(&self) -> bool {
        let hub = |t: &Trouble| {
            use Trouble::{Busy, Denied, Purse, Unreachable, Untrusted};
            matches!(t, Unreachable | Untrusted(_) | Denied(_) | Busy(_) | Purse)
        };
        matches!(self, Fail::Paused) || matches!(self, Fail::Hub(t) if hub(t))
    }
}

/// All of it; one for the life of the program.
pub(super) struct Core<F, H, R> {
    pub(super) files: Arc<F>,
    pub(super) hub: Arc<H>,
    pub(super) rules: Arc<R>,
    pub(super) settings: Settings,
    pub(super) status: watch::Sender<Status>,
    pub(super) wish: watch::Sender<Wish>,
    /// The manifest that holds, and when it was last asked for.
    pub(super) manifest: Mutex<(Option<Manifest>, Option<Instant>)>,
    pub(super) asks_manifest: AtomicBool,
    /// The hub knew no token of the PC, and was shown what it once signed.
    pub(super) reminded: AtomicBool,
    /// What the hub has more of, as far as it has told while nobody asked.
    pub(super) news: watch::Sender<News>,
    /// By when the loop gives a sign of life at the latest.
    pub(super) due: Mutex<Instant>,
}

impl<F: Files, H: Hub, R: Rules + Send + Sync + 'static> Core<F, H, R> {
    pub(super) fn wish(&self) -> Wish {
        *self.wish.borrow()
    }
    /// A sign of life; the next comes within this and the silence allowed.
    pub(super) fn beat(&self, rest: std::time::Duration) {
        *self.due.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now() + rest;
    }
    /// The clients that somebody of the PC may see; none while no manifest is known.
    pub(super) fn granted(&self, client: Id<Client>) -> bool {
        let held = self.manifest.lock().unwrap_or_else(PoisonError::into_inner);
        held.0.as_ref().is_some_and(|m| m.clients.iter().any(|c| c.client == client))
    }
    /// The grants have changed: the manifest is asked for before the next round.
    pub(super) fn ask_for_manifest(&self) {
        self.asks_manifest.store(true, Ordering::Relaxed);
    }
    /// One transaction over a client's part of the file.
    pub(super) async fn file<T: Send + 'static>(
        &self,
        client: Id<Client>,
        work: impl for<'p> FnOnce(&mut F::Part<'p>, &R) -> Result<T, F::Error> + Send + 'static,
    ) -> Result<T, Fail> {
        let rules = self.rules.clone();
        self.files(move |files| files.with(client, |part| work(part, &rules))).await
    }
    /// A look at a client's part of the file.
    pub(super) async fn look<T: Send + 'static>(
        &self,
        client: Id<Client>,
        look: impl for<'p> FnOnce(&F::Part<'p>) -> Result<T, F::Error> + Send + 'static,
    ) -> Result<T, Fail> {
        self.files(move |files| files.look(client, look)).await
    }
    /// Something with the file, where it may wait for the disk.
    pub(super) async fn files<T: Send + 'static>(
        &self,
        work: impl FnOnce(&F) -> Result<T, F::Error> + Send + 'static,
    ) -> Result<T, Fail> {
        let files = self.files.clone();
        match tokio::task::spawn_blocking(move || work(&files).map_err(|e| e.to_string())).await {
            Ok(done) => done.map_err(Fail::File),
            Err(ended) => match ended.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(_) => Err(Fail::File("the program ends".into())),
            },
        }
    }
}
