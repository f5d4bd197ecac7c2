//! Listening, and stopping without losing what is in work.
use super::{
    Config,
    crowd::Crowd,
    gate::{Peer, Shared},
    news,
    patient::Patient,
    routes, tls,
};
use crate::desk::Desk;
use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::{GracefulShutdown, Watcher},
    service::TowerToHyperService,
};
use std::{future::Future, io, net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    task::JoinSet,
};
use tokio_rustls::TlsAcceptor;

/// Why a hub does not listen.
#[derive(Debug, thiserror::Error)]
pub enum Wont {
    /// Without a certificate only this machine may ask.
    #[error("{0} can be reached from outside: it takes a certificate")]
    Plain(SocketAddr),
    /// The certificate or its key are of no use.
    #[error("{0}")]
    Certificate(&'static str),
    /// The address cannot be had.
    #[error("the address cannot be had: {0}")]
    Address(#[from] io::Error),
}

/// A hub that has its address and answers nobody yet.
pub struct Bound {
    config: Config,
    listener: TcpListener,
    acceptor: Option<TlsAcceptor>,
}

/// Takes the address.
///
/// # Errors
/// Where it cannot be had, the certificate is of no use, or there is none and the address is not loopback.
pub async fn bind(config: Config) -> Result<Bound, Wont> {
    let acceptor = config.pem.as_ref().map(tls::acceptor).transpose()?;
    if acceptor.is_none() && !config.address.ip().is_loopback() {
        return Err(Wont::Plain(config.address));
    }
    let listener = TcpListener::bind(config.address).await?;
    Ok(Bound { config, listener, acceptor })
}

/// Listens and answers until `shutdown` ends; what is in work then is finished.
///
/// # Errors
/// Those of `bind`.
pub async fn serve<D: Desk>(desk: D, config: Config, shutdown: impl Future<Output = ()> + Send) -> Result<(), Wont> {
    bind(config).await?.serve(desk, shutdown).await;
    Ok(())
}

/// What one connection needs.
#[derive(Clone)]
struct Door {
    router: Router,
    acceptor: Option<TlsAcceptor>,
    patience: Duration,
    taken: Duration,
}

impl Bound {
    /// The address it has.
    ///
    /// # Errors
    /// Where the system does not tell.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
    /// Answers until `shutdown` ends; what is in work then is finished.
    pub async fn serve<D: Desk>(self, desk: D, shutdown: impl Future<Output = ()> + Send) {
        let shared = routes::shared(desk, &self.config);
        let door = Door {
            router: routes::router(shared.clone()),
            acceptor: self.acceptor.clone(),
            patience: self.config.limits.head,
            taken: self.config.limits.taken,
        };
        let (graceful, mut open, crowd) = (GracefulShutdown::new(), JoinSet::new(), Crowd::default());
        let room = Arc::new(Semaphore::new(self.config.limits.connections));
        tokio::pin!(shutdown);
        let looks = news::look(&shared);
        tokio::pin!(looks);
        loop {
            let (stream, peer, room) = tokio::select! {
                () = &mut shutdown => break,
                () = &mut looks => continue,
                Some(_) = open.join_next() => continue,
                Some((stream, peer, room)) = accept(&self.listener, &room) => (stream, peer, room),
            };
            let Some(present) = crowd.enter(peer.ip(), self.config.limits.connections_each) else { continue };
            let (door, watcher) = (door.clone(), graceful.watcher());
            open.spawn(async move {
                let _here = (room, present);
                door.meet(stream, peer, watcher).await;
            });
        }
        drop(self.listener);
        shared.board.close();
        stop(graceful, open, &shared).await;
    }
}

/// The next connection, as soon as there is room for it.
async fn accept(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> Option<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let room = room.clone().acquire_owned().await.ok()?;
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => return Some((stream, peer, room)),
            // Too many open files, or a peer that went away: others still come.
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

impl Door {
    async fn meet(self, stream: TcpStream, peer: SocketAddr, watcher: Watcher) {
        let _ = stream.set_nodelay(true);
        let stream = Patient::new(stream, self.taken);
        let Some(acceptor) = self.acceptor.clone() else { return self.talk(stream, peer, watcher).await };
        match tokio::time::timeout(self.patience, acceptor.accept(stream)).await {
            Ok(Ok(stream)) => self.talk(stream, peer, watcher).await,
            _ => tracing::info!("a handshake failed"),
        }
    }
    async fn talk(
        self,
        stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
        peer: SocketAddr,
        watcher: Watcher,
    ) {
        let service = TowerToHyperService::new(self.router.layer(Extension(Peer(peer.ip()))));
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(self.patience).max_buf_size(64 << 10);
        if let Err(error) = watcher.watch(http.serve_connection(TokioIo::new(stream), service)).await {
            tracing::debug!(%error, "a connection broke");
        }
    }
}

/// Lets what is in work end, for so long; no connection takes another request.
async fn stop<D>(graceful: GracefulShutdown, mut open: JoinSet<()>, shared: &Shared<D>) {
    let all = u32::try_from(shared.limits.at_once).unwrap_or(u32::MAX);
    let ended = async {
        graceful.shutdown().await;
        // Also what goes on where the PC no longer waits.
        let _ = shared.work.acquire_many(all).await;
    };
    if tokio::time::timeout(shared.limits.drain, ended).await.is_err() {
        tracing::warn!("stopped in the middle of requests");
    }
    open.shutdown().await;
}
