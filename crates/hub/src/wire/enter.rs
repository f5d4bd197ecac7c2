//! How a PC comes in: its code, its tokens, its manifest; and how the hub itself is asked for.
use super::{
    body::Incoming,
    gate::{Peer, Shared, speaks},
    refused::Refused,
};
use crate::desk::Desk;
use axum::{
    Extension, Json,
    body::Body,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use domain::feed::{Cause, Enrol, Enrolled, Heard, Petition, Renew, Signed, Tokens, frame::SENT_HEADER};
use serde_json::{Value, json};
use std::sync::Arc;

type Here<D> = State<Arc<Shared<D>>>;

pub(super) async fn enrol<D: Desk>(
    State(shared): Here<D>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Enrolled>, Refused> {
    speaks(&headers, true)?;
    let asked: Enrol = shared.incoming(headers, body).question().await?;
    Ok(Json(shared.asked(shared.desk.enrol(asked).await)??))
}

pub(super) async fn token<D: Desk>(
    State(shared): Here<D>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Tokens>, Refused> {
    speaks(&headers, true)?;
    // A PC whose clock is wrong asks once more by the hub's.
    let sent = if headers.contains_key(SENT_HEADER) { shared.sent(&headers)? } else { i64::MAX };
    let asked: Renew = shared.incoming(headers, body).question().await?;
    Ok(Json(shared.asked(shared.desk.renew(asked, sent).await)??))
}

pub(super) async fn manifest<D: Desk>(State(shared): Here<D>, headers: HeaderMap) -> Result<Json<Signed>, Refused> {
    let caller = shared.caller(&headers, false).await?;
    Ok(Json(shared.asked(shared.desk.manifest(caller.device).await)?))
}

/// What the hub itself once signed, from whoever has nothing else to show: the signature is looked at before anything
/// else is done.
pub(super) async fn remind<D: Desk>(
    State(shared): Here<D>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Value>, Refused> {
    speaks(&headers, false)?;
    shared.sent(&headers)?;
    let text = shared.incoming(headers, body).word().await?;
    let said: Signed = serde_json::from_str(&text).map_err(|_| Refused::line(1))?;
    let closed = shared.asked(shared.desk.remind(said).await)?;
    Ok(Json(json!({ "closed": closed })))
}

/// What somebody at a PC asks by a log-in of his own: whether he may is said in the answer.
pub(super) async fn office<D: Desk>(
    State(shared): Here<D>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Heard>, Refused> {
    let caller = shared.caller(&headers, false).await?;
    let asked: Petition = shared.incoming(headers, body).question().await?;
    Ok(Json(shared.asked(shared.desk.office(caller.device, asked).await)?))
}

/// Whether the hub can answer at all; nothing more, as anybody may ask.
pub(super) async fn health<D: Desk>(State(shared): Here<D>) -> (StatusCode, Json<Value>) {
    let ready = shared.desk.ready().await;
    if let Err(error) = &ready {
        tracing::error!(%error, "the desk does not answer");
    }
    let status = if ready.is_ok() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(json!({ "ready": ready.is_ok() })))
}

/// What was counted, for those who may read it; for others there is no such route.
pub(super) async fn metrics<D: Desk>(State(shared): Here<D>, peer: Option<Extension<Peer>>) -> Response {
    let may = peer.is_some_and(|Extension(Peer(ip))| shared.scrapers.contains(&ip.to_canonical()));
    if may { shared.counts.text().into_response() } else { Refused::from(Cause::Route).into_response() }
}

impl<D> Shared<D> {
    pub(super) fn incoming(&self, headers: HeaderMap, body: Body) -> Incoming {
        Incoming { headers, body, patience: self.limits.body }
    }
}
