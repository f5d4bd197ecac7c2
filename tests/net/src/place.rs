//! A hub that runs, on a loopback address, with its own certificate.
use crate::{certificate::certificate, desk::Memory};
use domain::{Client, Id, Role, change::User};
use hub::wire::{Bound, Config, Limits, Wont, bind};
use std::{io::ErrorKind, net::SocketAddr, time::Duration};
use sync::http::{Account, Now, Purse, Wanted, enrol};
use tempfile::TempDir;
use tokio::{sync::oneshot, task::JoinHandle, time::sleep};

/// Two clients.
pub const OURS: Id<Client> = Id::from_bytes([0xa; 16]);
/// The other.
pub const THEIRS: Id<Client> = Id::from_bytes([0xb; 16]);
/// A supervisor of ours.
pub const ANA: Id<User> = Id::from_bytes([1; 16]);
/// Another.
pub const BEN: Id<User> = Id::from_bytes([2; 16]);
/// A third, at the edge of the plant.
pub const CY: Id<User> = Id::from_bytes([3; 16]);

/// A hub, and what runs it.
pub struct Place {
    /// Its desk.
    pub desk: Memory,
    /// Where it listens.
    pub address: SocketAddr,
    /// Its certificate.
    pub trust: String,
    /// Numbers that are given once.
    pub fresh: sim::file::Fresh,
    config: Config,
    running: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
    _folder: TempDir,
}

impl Place {
    /// A hub where Ana and Ben are supervisors of ours, with these limits.
    pub async fn limited(limits: Limits) -> Place {
        let (desk, folder) = (Memory::default(), tempfile::tempdir().unwrap());
        let (pem, trust) = certificate(folder.path());
        for user in [ANA, BEN] {
            desk.state().grant(user, OURS, Some(Role::Supervisor));
        }
        let clock = desk.clone();
        let config = Config { limits, ..Config::new(([127, 0, 0, 1], 0).into(), Some(pem), move || clock.now()) };
        let address = config.address;
        let fresh = sim::file::Fresh::default();
        let mut place = Place { desk, address, trust, fresh, config, running: None, _folder: folder };
        place.start().await;
        place
    }
    /// The same with the usual limits.
    pub async fn open() -> Place {
        Self::limited(Limits::default()).await
    }
    /// Starts it where it was.
    pub async fn start(&mut self) {
        let bound = again(Config { address: self.address, ..self.config.clone() }).await;
        self.address = bound.address().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let desk = self.desk.clone();
        let task = tokio::spawn(async move {
            bound.serve(desk, async { drop(stopped.await) }).await;
        });
        self.running = Some((stop, task));
    }
    /// Tells it to stop; what ends when it has.
    pub fn stop(&mut self) -> JoinHandle<()> {
        let (stop, task) = self.running.take().unwrap();
        drop(stop);
        task
    }
    /// What keeps the desk does not answer from now on, or does.
    pub fn fails(&self, now: bool) {
        self.desk.fails(now);
    }
    /// Its requests panic from now on, or not.
    pub fn panics(&self, now: bool) {
        self.desk.panics(now);
    }
    /// Where it is asked.
    pub fn url(&self) -> String {
        format!("https://localhost:{}", self.address.port())
    }
    /// A PC's clock that is right.
    pub fn clock(&self) -> Now {
        let desk = self.desk.clone();
        std::sync::Arc::new(move || desk.now())
    }
    /// Enrols a PC of these people.
    pub async fn enrol(&self, users: Vec<Id<User>>) -> (Account, Coins) {
        self.desk.state().codes.insert("code".into(), users);
        let key = sync::http::fresh_key().unwrap();
        let wanted = Wanted {
            url: self.url(),
            trust: self.trust.clone(),
            code: "code".into(),
            name: "line 4".into(),
            device: Id::from_bytes([0xd; 16]),
        };
        let enrolled = enrol(&wanted, &key, self.clock()).await.unwrap().unwrap();
        let account = Account { url: wanted.url, trust: wanted.trust, device: enrolled.device, key };
        assert_eq!(enrolled.hub, self.desk.public());
        (account, Coins::new(enrolled.tokens))
    }
}

/// Takes an address that a hub had before: one that was told to stop may not have come to let go of it yet, and
/// meanwhile any connection of this machine may have been given the number.
pub async fn again(config: Config) -> Bound {
    for _ in 0..400 {
        match bind(config.clone()).await {
            Err(Wont::Address(e)) if e.kind() == ErrorKind::AddrInUse => sleep(Duration::from_millis(25)).await,
            bound => return bound.unwrap(),
        }
    }
    panic!("{} is not let go of", config.address)
}

/// A purse in memory; a copy is the same purse.
#[derive(Clone)]
pub struct Coins(std::sync::Arc<std::sync::Mutex<domain::feed::Tokens>>);

impl Coins {
    /// With these in it.
    pub fn new(tokens: domain::feed::Tokens) -> Self {
        Coins(std::sync::Arc::new(std::sync::Mutex::new(tokens)))
    }
}

impl Purse for Coins {
    fn tokens(&self) -> std::io::Result<domain::feed::Tokens> {
        Ok(self.0.lock().unwrap().clone())
    }
    fn keep(&self, tokens: &domain::feed::Tokens) -> std::io::Result<()> {
        *self.0.lock().unwrap() = tokens.clone();
        Ok(())
    }
}
