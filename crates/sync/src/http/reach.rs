//! One request and its answer, limited in size and time.
use super::{Now, distrust::met};
use crate::hub::Trouble;
use domain::{
    Id,
    change::{Device, SCHEMA},
    feed::{
        Cause, Denied, PROTO, Refusal, Tokens,
        frame::{ENCODING, JSON, LINES, NOW_HEADER, OFFER_BYTES, PROTO_HEADER, SCHEMA_HEADER, SENT_HEADER, pack},
    },
};
use reqwest::{Method, RequestBuilder, Response, StatusCode, header, redirect};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject},
    version::TLS13,
};
use serde::{Serialize, de::DeserializeOwned};
use std::{
    fmt, io,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

/// What a PC is to its hub.
#[derive(Clone)]
pub struct Account {
    /// Where the hub is: `https://…`, without a path.
    pub url: String,
    /// The certificate that was pinned, or that of who made it; PEM.
    pub trust: String,
    /// What the hub knows the PC by.
    pub device: Id<Device>,
    /// The PC's private key (ed25519).
    pub key: [u8; 32],
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account").field("url", &self.url).field("device", &self.device).finish_non_exhaustive()
    }
}

/// Where a PC keeps its tokens, so that they outlive the program.
pub trait Purse: Send + Sync + 'static {
    /// The tokens it has.
    ///
    /// # Errors
    /// Where they cannot be read.
    fn tokens(&self) -> io::Result<Tokens>;
    /// Keeps these instead; they are on the disk when it returns.
    ///
    /// # Errors
    /// Where they cannot be written.
    fn keep(&self, tokens: &Tokens) -> io::Result<()>;
}

/// Why a hub cannot be asked at all.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unusable {
    /// The address is none, or would go unencrypted over a network.
    #[error("the hub's address must begin with https://")]
    Url,
    /// The pinned certificate cannot be read.
    #[error("the pinned certificate cannot be read")]
    Trust,
}

/// Requests to one hub.
pub(super) struct Reach {
    url: String,
    http: reqwest::Client,
    now: Now,
    /// By how much the hub's clock is ahead; `UNKNOWN` before it was heard.
    offset: AtomicI64,
}

const UNKNOWN: i64 = i64::MIN;
const CONNECT: Duration = Duration::from_secs(10);
/// A request as a whole: an offer over a slow line takes its time.
const WHOLE: Duration = Duration::from_secs(120);
/// Below the time after which a hub closes a connection that rests.
const REST: Duration = Duration::from_secs(20);

/// What goes with a request.
pub(super) enum Load {
    None,
    Json(Vec<u8>),
    Lines(Vec<u8>),
}

impl Load {
    pub(super) fn json<T: Serialize>(what: &T) -> Result<Load, Trouble> {
        serde_json::to_vec(what).map(Load::Json).map_err(|_| Trouble::Garbled)
    }
    pub(super) async fn lines(text: String) -> Result<Load, Trouble> {
        let packed = tokio::task::spawn_blocking(move || pack(&text)).await;
        packed.ok().and_then(Result::ok).map(Load::Lines).ok_or(Trouble::Garbled)
    }
}

fn secured(trust: &str) -> Result<ClientConfig, Unusable> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(trust.as_bytes()) {
        roots.add(certificate.map_err(|_| Unusable::Trust)?).map_err(|_| Unusable::Trust)?;
    }
    if roots.is_empty() {
        return Err(Unusable::Trust);
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(&[&TLS13])
        .map_err(|_| Unusable::Trust)?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

impl Reach {
    pub(super) fn new(url: &str, trust: &str, now: Now) -> Result<Self, Unusable> {
        if !url.starts_with("https://") {
            return Err(Unusable::Url);
        }
        let http = reqwest::Client::builder()
            .tls_backend_preconfigured(secured(trust)?)
            .https_only(true)
            .no_proxy()
            .redirect(redirect::Policy::none())
            .connect_timeout(CONNECT)
            .timeout(WHOLE)
            .pool_idle_timeout(REST)
            .build()
            .map_err(|_| Unusable::Trust)?;
        Ok(Reach { url: url.trim_end_matches('/').into(), http, now, offset: AtomicI64::new(UNKNOWN) })
    }
    pub(super) fn offset(&self) -> Option<i64> {
        Some(self.offset.load(Ordering::Relaxed)).filter(|o| *o != UNKNOWN)
    }
    fn asking(&self, route: &str, load: &Load, token: Option<&str>) -> RequestBuilder {
        let method = if matches!(load, Load::None) { Method::GET } else { Method::POST };
        let sent = (self.now)().saturating_add(self.offset().unwrap_or(0));
        let mut request = self
            .http
            .request(method, format!("{}{route}", self.url))
            .header(PROTO_HEADER, PROTO)
            .header(SCHEMA_HEADER, SCHEMA)
            .header(SENT_HEADER, sent);
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        match load {
            Load::None => request,
            Load::Json(bytes) => request.header(header::CONTENT_TYPE, JSON).body(bytes.clone()),
            Load::Lines(bytes) => request
                .header(header::CONTENT_TYPE, LINES)
                .header(header::CONTENT_ENCODING, ENCODING)
                .body(bytes.clone()),
        }
    }
    /// Sends a request; where only the PC's clock was wrong, once more with the hub's.
    pub(super) async fn send(
        &self,
        route: &str,
        load: &Load,
        token: Option<&str>,
    ) -> Result<Result<Vec<u8>, Refusal>, Trouble> {
        let first = self.once(self.asking(route, load, token)).await?;
        match &first {
            Err(refusal) if refusal.code == Cause::Expired.word() => self.once(self.asking(route, load, token)).await,
            _ => Ok(first),
        }
    }
    async fn once(&self, request: RequestBuilder) -> Result<Result<Vec<u8>, Refusal>, Trouble> {
        let before = (self.now)();
        let response = request.send().await.map_err(|e| met(&e))?;
        self.heard(&response, before);
        let (status, wait) = (response.status(), wait(&response));
        let body = whole(response).await?;
        if status == StatusCode::OK {
            return Ok(Ok(body));
        }
        // Not the hub: something on the way that answers in its place.
        let refusal: Refusal = serde_json::from_slice(&body).map_err(|_| Trouble::Unreachable)?;
        match status {
            StatusCode::UNAUTHORIZED => Err(Trouble::Denied(Denied::of(&refusal.code).unwrap_or(Denied::Token))),
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => Err(Trouble::Busy(wait)),
            _ => Ok(Err(refusal)),
        }
    }
    fn heard(&self, response: &Response, before: i64) {
        let told = response.headers().get(NOW_HEADER).and_then(|v| v.to_str().ok()?.parse::<i64>().ok());
        if let Some(theirs) = told {
            let after = (self.now)();
            let ours = before.saturating_add(after.saturating_sub(before) / 2);
            self.offset.store(theirs.saturating_sub(ours), Ordering::Relaxed);
        }
    }
}

fn wait(response: &Response) -> Duration {
    let told = response.headers().get(header::RETRY_AFTER).and_then(|v| v.to_str().ok()?.parse().ok());
    Duration::from_secs(told.unwrap_or(2).min(600))
}

async fn whole(mut response: Response) -> Result<Vec<u8>, Trouble> {
    let mut all = vec![];
    while let Some(chunk) = response.chunk().await.map_err(|_| Trouble::Unreachable)? {
        if all.len() + chunk.len() > OFFER_BYTES {
            return Err(Trouble::Large);
        }
        all.extend_from_slice(&chunk);
    }
    Ok(all)
}

/// What the hub said, as what it must be.
pub(super) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Trouble> {
    serde_json::from_slice(body).map_err(|_| Trouble::Garbled)
}
