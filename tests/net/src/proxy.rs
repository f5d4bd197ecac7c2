//! What lies between PC and hub, and cuts connections.
use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// Passes connections on; while it cuts, each ends somewhere in the hub's answers.
pub struct Proxy {
    /// Where it listens.
    pub address: SocketAddr,
    cuts: Arc<AtomicBool>,
    /// Connections it has cut.
    pub cut: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Proxy {
    /// One in front of this hub, with dice of its own.
    pub async fn new(hub: SocketAddr, seed: u64) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (cuts, cut) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let (flag, count) = (cuts.clone(), cut.clone());
        let task = tokio::spawn(async move {
            let mut dice = fastrand::Rng::with_seed(seed);
            while let Ok((pc, _)) = listener.accept().await {
                // A handshake is some thousand bytes; a cut comes in it, or in one of the answers after it.
                let budget = dice.usize(500..6000);
                tokio::spawn(pass(pc, hub, budget, flag.clone(), count.clone()));
            }
        });
        Proxy { address, cuts, cut, task }
    }
    /// Cuts from now on, or no longer.
    pub fn cuts(&self, now: bool) {
        self.cuts.store(now, Ordering::SeqCst);
    }
}

async fn pass(pc: TcpStream, hub: SocketAddr, budget: usize, cuts: Arc<AtomicBool>, cut: Arc<AtomicUsize>) {
    let Ok(hub) = TcpStream::connect(hub).await else { return };
    let (mut from_pc, mut to_pc) = pc.into_split();
    let (mut from_hub, mut to_hub) = hub.into_split();
    let there = tokio::spawn(async move { tokio::io::copy(&mut from_pc, &mut to_hub).await });
    let (mut bytes, mut answered) = ([0; 2048], 0);
    while let Ok(n @ 1..) = from_hub.read(&mut bytes).await {
        answered += n;
        if cuts.load(Ordering::SeqCst) && answered > budget {
            cut.fetch_add(1, Ordering::SeqCst);
            break;
        }
        if to_pc.write_all(&bytes[..n]).await.is_err() {
            break;
        }
    }
    there.abort();
}
