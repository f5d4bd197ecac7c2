//! Reading bodies: so much, so long, of this type, and no further.
use super::refused::Refused;
use axum::{
    body::{Body, HttpBody},
    http::{
        HeaderMap,
        header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE},
    },
};
use domain::feed::{
    Cause,
    frame::{ENCODING, JSON, LINES, QUESTION_BYTES, TEXT_BYTES, WORD_BYTES, unpack},
};
use serde::de::DeserializeOwned;
use std::{future::poll_fn, pin::Pin, time::Duration};

/// A request's body, still outside.
pub(super) struct Incoming {
    pub(super) headers: HeaderMap,
    pub(super) body: Body,
    pub(super) patience: Duration,
}

impl Incoming {
    /// Lines of JSON, compressed, of at most so many compressed bytes.
    pub(super) async fn lines(self, most: usize) -> Result<String, Refused> {
        self.text(most, TEXT_BYTES).await
    }
    /// A word of the hub from somebody who shows no token: neither it nor what it unpacks to may be large.
    pub(super) async fn word(self) -> Result<String, Refused> {
        self.text(WORD_BYTES, WORD_BYTES).await
    }
    async fn text(self, packed: usize, most: usize) -> Result<String, Refused> {
        self.is(LINES, Some(ENCODING))?;
        let bytes = self.bytes(packed).await?;
        let unpacked = tokio::task::spawn_blocking(move || unpack(&bytes, most)).await;
        match unpacked.map_err(|_| Cause::Busy)? {
            Ok(text) => Ok(text),
            Err(Cause::Garbled) => Err(Refused::line(1)),
            Err(cause) => Err(cause.into()),
        }
    }
    /// A question in plain JSON.
    pub(super) async fn question<T: DeserializeOwned>(self) -> Result<T, Refused> {
        self.is(JSON, None)?;
        let bytes = self.bytes(QUESTION_BYTES).await?;
        serde_json::from_slice(&bytes).map_err(|e| Refused::line(e.line().max(1)))
    }
    fn is(&self, kind: &str, encoding: Option<&str>) -> Result<(), Refused> {
        let told = |name| self.headers.get(name).and_then(|v| v.to_str().ok());
        let plain = told(CONTENT_TYPE).and_then(|t| t.split(';').next()).map(str::trim);
        let fits = plain.is_some_and(|t| t.eq_ignore_ascii_case(kind)) && told(CONTENT_ENCODING) == encoding;
        if fits { Ok(()) } else { Err(Cause::Type.into()) }
    }
    async fn bytes(self, most: usize) -> Result<Vec<u8>, Refused> {
        let told = self.headers.get(CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<usize>().ok());
        let read = read(self.body, most, told.unwrap_or(0));
        tokio::time::timeout(self.patience, read).await.unwrap_or_else(|_| Err(Cause::Slow.into()))
    }
}

/// The whole body; of one that is too large, as much again is read and thrown away, so that its sender hears why.
async fn read(mut body: Body, most: usize, told: usize) -> Result<Vec<u8>, Refused> {
    let (mut all, mut seen) = (Vec::with_capacity(if told > most { 0 } else { told }), 0);
    while let Some(frame) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        // A connection that broke: whoever it was hears nothing of this.
        let Ok(data) = frame.map_err(|_| Refused::line(1))?.into_data() else { continue };
        seen += data.len();
        if seen > 2 * most {
            return Err(Cause::Large.into());
        }
        if seen.max(told) <= most {
            all.extend_from_slice(&data);
        } else {
            all = vec![];
        }
    }
    if seen.max(told) > most { Err(Cause::Large.into()) } else { Ok(all) }
}
