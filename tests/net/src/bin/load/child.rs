//! The hub, in a process of its own: what it uses is its alone.
use crate::seconds;
use hub::{
    clock::Clock,
    postgres::{Config, Postgres},
    wire::{self, Limits, Pem, Rate},
};
use std::{
    io::{BufRead, BufReader, Write, stdout},
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
};
use tokio::io::AsyncReadExt;

/// Connections to the database, as the command line gives a hub.
const CONNECTIONS: usize = 16;

/// Answers until its parent lets go of it.
pub(crate) async fn serve(url: &str, folder: &str) {
    let clock = Clock::default();
    let config = Config { url: url.into(), connections: CONNECTIONS, clock: clock.clone() };
    let desk = Postgres::open(&config).await.unwrap();
    let folder = Path::new(folder);
    let pem = Pem { certificate: folder.join("hub.pem"), key: folder.join("hub.key") };
    let mut config = wire::Config::new(([127, 0, 0, 1], 0).into(), Some(pem), move || clock.now());
    // All PCs come from one address here.
    let often = Rate { burst: 1_000_000, each_second: 1_000_000 };
    config.limits = Limits { device: often, peer: often, ..Limits::default() };
    let bound = wire::bind(config).await.unwrap();
    println!("{}", bound.address().unwrap().port());
    stdout().flush().unwrap();
    let ended = async {
        let mut rest = vec![];
        drop(tokio::io::stdin().read_to_end(&mut rest).await);
    };
    bound.serve(desk, ended).await;
}

/// A hub that runs; it ends with its holder.
pub(crate) struct Hub {
    child: Child,
    stays: Option<ChildStdin>,
    pub(crate) port: u16,
}

impl Hub {
    pub(crate) fn start(url: &str, folder: &Path) -> Hub {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.arg("serve").arg(url).arg(folder).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Hub { stays: child.stdin.take(), child, port: line.trim().parse().unwrap() }
    }
    /// Seconds of processor it has used.
    pub(crate) fn used(&self) -> f64 {
        seconds::used(self.child.id())
    }
    /// Megabytes it holds.
    pub(crate) fn holds(&self) -> f64 {
        seconds::holds(self.child.id())
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        drop(self.stays.take());
        drop(self.child.wait());
    }
}
