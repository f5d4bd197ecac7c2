//! A hub asked without a wire, for tests in which time is played.
use crate::desk::Memory;
use domain::{
    Client, Id,
    change::Device,
    feed::{Cause, Offered, Position, Pull, Pulled, Push, Pushed, Returned, Signed},
    merge::Verdict,
};
use hub::desk::Desk;
use sim::file::KEY;
use std::{
    future::pending,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use sync::{
    device::Parting,
    hub::{Hub, Trouble},
};

/// How the way to the hub is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Way {
    /// Open.
    Open,
    /// Nothing comes back, and one is told so.
    Down,
    /// Nothing ever comes back, and nobody is told.
    Silent,
    /// The hub says later, after so long.
    Busy(Duration),
    /// The hub speaks newer messages: it takes, and gives nothing.
    Newer,
    /// Answers are those to other questions.
    Astray,
    /// The hub tells of more than it gives.
    Hollow,
}

/// A hub in the same program.
pub struct Direct {
    desk: Memory,
    device: Id<Device>,
    way: Mutex<Way>,
    turned: tokio::sync::Notify,
    /// Questions asked, answered or not.
    pub asked: AtomicUsize,
    /// Entries returned.
    pub offered: AtomicUsize,
    /// The clients pulled, in their order.
    pub pulled: Mutex<Vec<Id<Client>>>,
    /// What is shown in place of the hub's own manifest.
    pub forged: Mutex<Option<Signed>>,
}

impl Direct {
    /// A hub, seen from a PC.
    pub fn new(desk: Memory, device: Id<Device>) -> Direct {
        Direct {
            desk,
            device,
            way: Mutex::new(Way::Open),
            turned: tokio::sync::Notify::new(),
            asked: AtomicUsize::new(0),
            offered: AtomicUsize::new(0),
            pulled: Mutex::default(),
            forged: Mutex::default(),
        }
    }
    /// From now on the way is so.
    pub fn way(&self, way: Way) {
        *self.way.lock().unwrap() = way;
        self.turned.notify_waiters();
    }
    fn is(&self, way: Way) -> bool {
        *self.way.lock().unwrap() == way
    }
    /// What asks is refused where the hub is newer.
    async fn gives(&self) -> Result<(), Trouble> {
        self.passes().await?;
        if self.is(Way::Newer) { Err(Trouble::Refused(Cause::Version.into())) } else { Ok(()) }
    }
    async fn passes(&self) -> Result<(), Trouble> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let way = *self.way.lock().unwrap();
        match way {
            Way::Open | Way::Newer | Way::Astray | Way::Hollow => Ok(()),
            Way::Down => Err(Trouble::Unreachable),
            Way::Silent => pending().await,
            Way::Busy(wait) => Err(Trouble::Busy(wait)),
        }
    }
}

fn broken<E>(_: E) -> Trouble {
    Trouble::Unreachable
}

impl Hub for Direct {
    async fn push(&self, push: &Push) -> Result<Pushed, Trouble> {
        self.passes().await?;
        let pushed = Desk::push(&self.desk, self.device, push.clone()).await.map_err(broken)?;
        Ok(if self.is(Way::Astray) {
            Pushed::Verdicts(vec![(Id::from_bytes([99; 16]), Verdict::Applied)])
        } else {
            pushed
        })
    }
    async fn pull(&self, pull: Pull) -> Result<Pulled, Trouble> {
        self.gives().await?;
        self.pulled.lock().unwrap().push(pull.client);
        assert!(!self.is(Way::Hollow) || self.pulled.lock().unwrap().len() < 10_000, "it asks in circles");
        let mut pulled = Desk::pull(&self.desk, self.device, pull).await.map_err(broken)?;
        if let Pulled::Page(page) = &mut pulled
            && self.is(Way::Astray)
        {
            page.client = Id::from_bytes([99; 16]);
            page.entries.iter_mut().for_each(|e| e.sent.change.client = page.client);
            page.end = page.entries.iter().fold(page.from.chain, |chain, e| e.link(&KEY, &chain));
        }
        Ok(pulled)
    }
    async fn news(&self, heads: Vec<(Id<Client>, i64)>) -> Result<Vec<(Id<Client>, i64)>, Trouble> {
        // The play asks for itself.
        while !self.is(Way::Hollow) {
            self.turned.notified().await;
        }
        Ok(heads.into_iter().map(|(client, head)| (client, head + 1000)).collect())
    }
    async fn agree(&self, client: Id<Client>, places: Vec<Position>) -> Result<Option<Position>, Trouble> {
        self.gives().await?;
        Desk::agree(&self.desk, self.device, client, places).await.map_err(broken)
    }
    async fn offer(&self, client: Id<Client>, entries: Vec<Returned>) -> Result<Offered, Trouble> {
        self.passes().await?;
        self.offered.fetch_add(entries.len(), Ordering::SeqCst);
        Desk::offer(&self.desk, self.device, client, entries).await.map_err(broken)
    }
    async fn part(&self, client: Id<Client>, parting: &Parting) -> Result<bool, Trouble> {
        self.passes().await?;
        Desk::part(&self.desk, self.device, client, parting.id, parting.sealed.clone()).await.map_err(broken)
    }
    async fn manifest(&self) -> Result<Signed, Trouble> {
        self.gives().await?;
        let forged = self.forged.lock().unwrap().clone();
        match forged {
            Some(forged) => Ok(forged),
            None => Desk::manifest(&self.desk, self.device).await.map_err(broken),
        }
    }
    async fn remind(&self, said: &Signed) -> Result<(), Trouble> {
        self.passes().await?;
        Desk::remind(&self.desk, said.clone()).await.map(drop).map_err(broken)
    }
    async fn renew(&self) -> Result<(), Trouble> {
        self.passes().await
    }
    fn offset(&self) -> Option<i64> {
        None
    }
}
