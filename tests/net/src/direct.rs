//! A hub asked without a wire, for tests in which time is played.
use crate::desk::Memory;
use domain::{
    Client, Id,
    change::Device,
    feed::{Offered, Position, Pull, Pulled, Push, Pushed, Returned, Signed},
};
use hub::desk::Desk;
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
}

/// A hub in the same program.
pub struct Direct {
    desk: Memory,
    device: Id<Device>,
    way: Mutex<Way>,
    /// Questions asked, answered or not.
    pub asked: AtomicUsize,
    /// What is shown in place of the hub's own manifest.
    pub forged: Mutex<Option<Signed>>,
}

impl Direct {
    /// A hub, seen from a PC.
    pub fn new(desk: Memory, device: Id<Device>) -> Direct {
        Direct { desk, device, way: Mutex::new(Way::Open), asked: AtomicUsize::new(0), forged: Mutex::default() }
    }
    /// From now on the way is so.
    pub fn way(&self, way: Way) {
        *self.way.lock().unwrap() = way;
    }
    async fn passes(&self) -> Result<(), Trouble> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let way = *self.way.lock().unwrap();
        match way {
            Way::Open => Ok(()),
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
        Desk::push(&self.desk, self.device, push.clone()).await.map_err(broken)
    }
    async fn pull(&self, pull: Pull) -> Result<Pulled, Trouble> {
        self.passes().await?;
        Desk::pull(&self.desk, self.device, pull).await.map_err(broken)
    }
    async fn agree(&self, client: Id<Client>, places: Vec<Position>) -> Result<Option<Position>, Trouble> {
        self.passes().await?;
        Desk::agree(&self.desk, self.device, client, places).await.map_err(broken)
    }
    async fn offer(&self, client: Id<Client>, entries: Vec<Returned>) -> Result<Offered, Trouble> {
        self.passes().await?;
        Desk::offer(&self.desk, self.device, client, entries).await.map_err(broken)
    }
    async fn part(&self, client: Id<Client>, parting: &Parting) -> Result<bool, Trouble> {
        self.passes().await?;
        let changes = parting.changes.clone();
        Desk::part(&self.desk, self.device, client, parting.id, changes).await.map_err(broken)
    }
    async fn manifest(&self) -> Result<Signed, Trouble> {
        self.passes().await?;
        let forged = self.forged.lock().unwrap().clone();
        match forged {
            Some(forged) => Ok(forged),
            None => Desk::manifest(&self.desk, self.device).await.map_err(broken),
        }
    }
    async fn renew(&self) -> Result<(), Trouble> {
        self.passes().await
    }
    fn offset(&self) -> Option<i64> {
        None
    }
}
