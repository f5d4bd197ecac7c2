//! Where a hub listens, and how much it takes.
use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

/// What a hub's wire is started with.
#[derive(Clone)]
pub struct Config {
    /// Where it listens; port 0 takes any that is free.
    pub address: SocketAddr,
    /// Its certificate; without one it listens on a loopback address only.
    pub pem: Option<Pem>,
    /// How much it takes.
    pub limits: Limits,
    /// Who may read `/metrics`, by address; a balancer on the same machine makes everybody loopback.
    pub scrapers: Vec<IpAddr>,
    /// The clock, milliseconds since 1970.
    pub now: Arc<dyn Fn() -> i64 + Send + Sync>,
}

impl Config {
    /// What is usual, at this address, with this clock.
    pub fn new(address: SocketAddr, pem: Option<Pem>, now: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        let scrapers = vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
        Config { address, pem, limits: Limits::default(), scrapers, now: Arc::new(now) }
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config").field("address", &self.address).field("limits", &self.limits).finish_non_exhaustive()
    }
}

/// The files of a certificate and its key.
#[derive(Clone, Debug)]
pub struct Pem {
    /// The certificate, followed by those that vouch for it.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// How much a hub takes, and how long it waits.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Requests in work at once; one more is told to come later.
    pub at_once: usize,
    /// Open connections; one more waits until another closes.
    pub connections: usize,
    /// Open connections of one address; one more is closed at once.
    pub connections_each: usize,
    /// Requests of one PC.
    pub device: Rate,
    /// Requests of one PC in work at once; a PC that works as it should has one.
    pub device_at_once: usize,
    /// Requests of one address, whoever it is.
    pub peer: Rate,
    /// For a handshake, for the head of a request, and for the next one on an open connection.
    pub head: Duration,
    /// For the whole body of a request.
    pub body: Duration,
    /// For the desk's answer.
    pub answer: Duration,
    /// For something new of a client, where a PC waits for it.
    pub news: Duration,
    /// Between two looks for what came by another process of the hub.
    pub looks: Duration,
    /// For each piece of an answer to be taken.
    pub taken: Duration,
    /// For what is in work when the hub is told to stop.
    pub drain: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Limits {
            at_once: 256,
            // Each PC has two: one asks, the other waits for news.
            connections: 4096,
            connections_each: 2048,
            device: Rate { burst: 120, each_second: 20 },
            device_at_once: 4,
            // A whole plant may come from one address.
            peer: Rate { burst: 2000, each_second: 500 },
            head: seconds(30),
            body: seconds(30),
            answer: seconds(90),
            // Longer, and something on the way might take the line for dead.
            news: seconds(50),
            looks: seconds(1),
            taken: seconds(30),
            drain: seconds(20),
        }
    }
}

/// How often somebody may ask.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    /// At one go, after a rest.
    pub burst: u32,
    /// In the long run.
    pub each_second: u32,
}
