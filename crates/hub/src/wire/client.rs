//! What a PC asks of one client: push, pull, agree, offer, part.
use super::{
    gate::{Shared, schema},
    refused::Refused,
};
use crate::desk::Desk;
use axum::{
    Json,
    body::Body,
    extract::{Path, State},
    http::{
        HeaderMap,
        header::{CONTENT_ENCODING, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use domain::{
    Client, Id,
    change::KNOWS_ERASED,
    feed::{
        Agree, Cause, Garbled, Kept, Offer, Offered, Page, Position, Pull, Pulled, Push, Pushed, Sealed,
        frame::{ENCODING, LINES, OFFER_BYTES, PUSH_BYTES, pack},
    },
};
use std::sync::Arc;

type Here<D> = State<Arc<Shared<D>>>;

/// The client a path names, which must be the one the body names.
pub(super) struct Named(Id<Client>);

impl Named {
    fn of(path: &str) -> Result<Named, Refused> {
        Ok(Named(path.parse().map_err(|_| Cause::Client)?))
    }
    fn is(&self, client: Id<Client>) -> Result<(), Refused> {
        if self.0 == client { Ok(()) } else { Err(Cause::Client.into()) }
    }
}

fn read<T>(read: Result<T, Garbled>) -> Result<T, Refused> {
    read.map_err(|garbled| Refused::line(garbled.line))
}

/// Numbers begin at 1; a place may be before the first.
fn counts_from(least: i64, number: i64) -> Result<(), Refused> {
    if number >= least { Ok(()) } else { Err(Refused::line(1)) }
}

pub(super) async fn push<D: Desk>(
    State(shared): Here<D>,
    Path(client): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Pushed>, Refused> {
    let caller = shared.caller(&headers, true).await?;
    let named = Named::of(&client)?;
    let text = shared.incoming(headers, body).lines(PUSH_BYTES).await?;
    let push = read(Push::of_text(&text))?;
    named.is(push.client)?;
    if push.stream.device != caller.device {
        return Err(Cause::Device.into());
    }
    counts_from(1, push.first)?;
    counts_from(0, push.at.seq)?;
    match shared.asked(shared.desk.push(caller.device, push).await)? {
        verdicts @ Pushed::Verdicts(_) => {
            shared.board.call(named.0);
            Ok(Json(verdicts))
        }
        Pushed::Busy => Err(Cause::Busy.into()),
        Pushed::Revoked(generation) => Err(Refused::revoked(Some(generation))),
        Pushed::Rewind => Err(Cause::Rewind.into()),
        Pushed::Gap(last) => Err(Refused::numbers(Cause::Gap, last)),
        Pushed::Fork(last) => Err(Refused::numbers(Cause::Fork, last)),
    }
}

pub(super) async fn pull<D: Desk>(
    State(shared): Here<D>,
    Path(client): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refused> {
    let caller = shared.caller(&headers, false).await?;
    let (named, schema) = (Named::of(&client)?, schema(&headers)?);
    let pull: Pull = shared.incoming(headers, body).question().await?;
    named.is(pull.client)?;
    counts_from(0, pull.at.seq)?;
    let pull = Pull { limit: pull.limit.clamp(1, Page::MOST), ..pull };
    match shared.asked(shared.desk.pull(caller.device, pull).await)? {
        Pulled::Page(page) if schema < KNOWS_ERASED && page.entries.iter().any(|e| e.sent.written.is_some()) => {
            Err(Cause::Version.into())
        }
        Pulled::Page(page) => lines(page).await,
        Pulled::Busy => Err(Cause::Busy.into()),
        Pulled::Revoked(generation) => Err(Refused::revoked(Some(generation))),
        Pulled::Rewind => Err(Cause::Rewind.into()),
    }
}

/// A page as compressed lines.
async fn lines(page: Page) -> Result<Response, Refused> {
    let packed = tokio::task::spawn_blocking(move || pack(&page.text())).await;
    let bytes = packed.ok().and_then(Result::ok).ok_or(Cause::Busy)?;
    Ok(([(CONTENT_TYPE, LINES), (CONTENT_ENCODING, ENCODING)], bytes).into_response())
}

pub(super) async fn agree<D: Desk>(
    State(shared): Here<D>,
    Path(client): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Position>, Refused> {
    let caller = shared.caller(&headers, false).await?;
    let named = Named::of(&client)?;
    let Agree { client, places } = shared.incoming(headers, body).question().await?;
    named.is(client)?;
    if places.len() > Agree::MOST {
        return Err(Cause::Large.into());
    }
    let agreed = shared.asked(shared.desk.agree(caller.device, client, places).await)?;
    Ok(Json(agreed.ok_or_else(|| Refused::revoked(None))?))
}

pub(super) async fn offer<D: Desk>(
    State(shared): Here<D>,
    Path(client): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Offered>, Refused> {
    let caller = shared.caller(&headers, true).await?;
    let named = Named::of(&client)?;
    let text = shared.incoming(headers, body).lines(OFFER_BYTES).await?;
    let offer = read(Offer::of_text(&text))?;
    named.is(offer.client)?;
    match shared.asked(shared.desk.offer(caller.device, offer.client, offer.entries).await)? {
        taken @ Offered::Taken(_) => Ok(Json(taken)),
        Offered::Busy => Err(Cause::Busy.into()),
        Offered::Revoked(generation) => Err(Refused::revoked(Some(generation))),
    }
}

pub(super) async fn part<D: Desk>(
    State(shared): Here<D>,
    Path(client): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Kept>, Refused> {
    let caller = shared.caller(&headers, true).await?;
    let named = Named::of(&client)?;
    let text = shared.incoming(headers, body).lines(OFFER_BYTES).await?;
    let Sealed { client, parting, sealed } = read(Sealed::of_text(&text))?;
    named.is(client)?;
    let durable = shared.asked(shared.desk.part(caller.device, client, parting, sealed).await)?;
    Ok(Json(Kept { durable }))
}
