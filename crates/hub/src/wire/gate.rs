//! What every request passes: counted, limited, told the time, asked whose it is.
use super::{
    Limits,
    count::Counts,
    crowd::{Crowd, Present},
    news::Board,
    rate::Allowance,
    refused::{Refused, Told},
};
use crate::desk::Desk;
use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderValue, header::AUTHORIZATION},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{
    Id,
    change::Device,
    feed::{
        Cause, Denied, PROTO,
        frame::{EXPIRES, NOW_HEADER, PROTO_HEADER, SCHEMA_HEADER, SENT_HEADER},
    },
};
use std::{net::IpAddr, sync::Arc, time::Duration};
use tokio::sync::Semaphore;

/// A token at most, in bytes.
const TOKEN_BYTES: usize = 512;

/// The address a request came from.
#[derive(Clone, Copy)]
pub(super) struct Peer(pub(super) IpAddr);

/// Whose request it is; one of so many as long as this is kept.
pub(super) struct Caller {
    pub(super) device: Id<Device>,
    _present: Present<Id<Device>>,
}

/// What all requests share.
pub(super) struct Shared<D> {
    pub(super) desk: D,
    pub(super) limits: Limits,
    pub(super) scrapers: Vec<IpAddr>,
    pub(super) now: Arc<dyn Fn() -> i64 + Send + Sync>,
    pub(super) counts: Counts,
    pub(super) work: Arc<Semaphore>,
    pub(super) devices: Allowance<Id<Device>>,
    pub(super) peers: Allowance<IpAddr>,
    pub(super) present: Crowd<Id<Device>>,
    /// Questions for news that wait.
    pub(super) listeners: Crowd<Id<Device>>,
    pub(super) board: Arc<Board>,
}

/// Counts a request, and logs how it ended: never what is in it.
pub(super) async fn counted<D: Desk>(State(shared): State<Arc<Shared<D>>>, request: Request, next: Next) -> Response {
    let _in_flight = shared.counts.begin();
    let route = request.extensions().get::<MatchedPath>().map_or("other".to_string(), |p| p.as_str().to_string());
    let mut response = next.run(request).await;
    let (status, code) = (response.status().as_u16(), response.extensions().get::<Told>().map(|t| t.0.clone()));
    shared.counts.answered(&route, status, code.as_deref());
    match &code {
        Some(code) => tracing::info!(route, status, code, "refused"),
        None => tracing::debug!(route, status, "answered"),
    }
    response.headers_mut().insert(NOW_HEADER, HeaderValue::from((shared.now)()));
    response
}

/// Lets a request in that waits more than it works; not too many of one address.
pub(super) async fn waiting<D: Desk>(State(shared): State<Arc<Shared<D>>>, request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<Peer>().copied();
    match peer.map(|p| shared.peers.take(p.0)) {
        Some(Err(wait)) => Refused::wait(Cause::Often, wait).into_response(),
        _ => next.run(request).await,
    }
}

/// Lets a request in while there is room; its work goes on to its end also where nobody waits for it any more.
pub(super) async fn limited<D: Desk>(State(shared): State<Arc<Shared<D>>>, request: Request, next: Next) -> Response {
    let Ok(room) = shared.work.clone().try_acquire_owned() else {
        return Refused::from(Cause::Busy).into_response();
    };
    let work = tokio::spawn(async move {
        let _room = room;
        next.run(request).await
    });
    match tokio::time::timeout(shared.limits.answer, work).await {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => {
            tracing::error!("a request ended in a panic");
            Refused::from(Cause::Busy).into_response()
        }
        Err(_) => Refused::from(Cause::Busy).into_response(),
    }
}

fn number<T: std::str::FromStr>(headers: &HeaderMap, name: &str) -> Result<T, Refused> {
    let text = headers.get(name).and_then(|v| v.to_str().ok());
    text.and_then(|t| t.parse().ok()).ok_or_else(|| Cause::Header.into())
}

/// The version of the changes that the PC's program writes and reads.
pub(super) fn schema(headers: &HeaderMap) -> Result<u32, Refused> {
    number(headers, SCHEMA_HEADER)
}

/// Whether the PC speaks these messages; what it brings is taken while it can be read.
pub(super) fn speaks(headers: &HeaderMap, brings: bool) -> Result<(), Refused> {
    let proto: u32 = number(headers, PROTO_HEADER)?;
    schema(headers)?;
    if proto == PROTO || brings { Ok(()) } else { Err(Cause::Version.into()) }
}

impl<D: Desk> Shared<D> {
    /// Whose request it is, asked of its token alone; neither too often nor too old.
    pub(super) async fn caller(&self, headers: &HeaderMap, brings: bool) -> Result<Caller, Refused> {
        speaks(headers, brings)?;
        let shown = headers.get(AUTHORIZATION).and_then(|v| v.to_str().ok()?.strip_prefix("Bearer "));
        let token = shown.filter(|t| !t.is_empty() && t.len() <= TOKEN_BYTES).ok_or(Denied::Token)?;
        let device = self.asked(self.desk.caller(token).await)??;
        self.devices.take(device).map_err(|wait| Refused::wait(Cause::Often, wait))?;
        let present = self.present.enter(device, self.limits.device_at_once);
        let _present = present.ok_or_else(|| Refused::wait(Cause::Often, Duration::from_secs(1)))?;
        self.sent(headers)?;
        Ok(Caller { device, _present })
    }
    /// When the PC says it sent the request; not too long from now.
    pub(super) fn sent(&self, headers: &HeaderMap) -> Result<i64, Refused> {
        let sent: i64 = number(headers, SENT_HEADER)?;
        let age = (self.now)().saturating_sub(sent);
        if age.saturating_abs() > EXPIRES { Err(Cause::Expired.into()) } else { Ok(sent) }
    }
    /// What the desk said; where it does not answer, the PC comes later and is told nothing more.
    pub(super) fn asked<T>(&self, answer: Result<T, D::Error>) -> Result<T, Refused> {
        answer.map_err(|error| {
            tracing::error!(%error, "the desk does not answer");
            Cause::Busy.into()
        })
    }
}
