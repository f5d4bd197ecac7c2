//! Requests as nobody's PC would send them.
use crate::{desk::Memory, place::Place};
use domain::{
    Id,
    change::{Act, Change, Device},
    feed::{
        PROTO, Position, Push, Refusal, Sent, Stream,
        frame::{ENCODING, LINES, PROTO_HEADER, SCHEMA_HEADER, SENT_HEADER, pack},
    },
};
use reqwest::{Client, RequestBuilder, header};
use rustls::{
    ClientConfig, RootCertStore, SupportedProtocolVersion,
    crypto::ring,
    pki_types::{ServerName, pem::PemObject},
};
use std::{sync::Arc, time::Duration};
use tokio::net::TcpStream;
use tokio_rustls::{TlsConnector, client::TlsStream};

use crate::place::{ANA, OURS};

/// A TLS client of these versions that trusts this certificate.
pub fn trusting(trust: &str, versions: &[&'static SupportedProtocolVersion]) -> ClientConfig {
    let mut roots = RootCertStore::empty();
    for certificate in rustls::pki_types::CertificateDer::pem_slice_iter(trust.as_bytes()) {
        roots.add(certificate.unwrap()).unwrap();
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    config.with_protocol_versions(versions).unwrap().with_root_certificates(roots).with_no_client_auth()
}

/// A client of plain requests.
pub fn client(trust: &str) -> Client {
    let tls = trusting(trust, &[&rustls::version::TLS13]);
    Client::builder().tls_backend_preconfigured(tls).no_proxy().timeout(Duration::from_secs(60)).build().unwrap()
}

/// A connection on which anything can be written.
pub async fn connect(place: &Place) -> TlsStream<TcpStream> {
    secured(place, TcpStream::connect(place.address).await.unwrap()).await
}

/// The same over a connection that is open.
pub async fn secured(place: &Place, stream: TcpStream) -> TlsStream<TcpStream> {
    let config = trusting(&place.trust, &[&rustls::version::TLS13]);
    let name = ServerName::try_from("localhost").unwrap();
    TlsConnector::from(Arc::new(config)).connect(name, stream).await.unwrap()
}

/// One who asks by hand.
pub struct Raw {
    /// The client.
    pub http: Client,
    /// Where the hub is.
    pub url: String,
    /// A token that is good.
    pub token: String,
    /// The PC it belongs to.
    pub device: Id<Device>,
    desk: Memory,
}

impl Raw {
    /// One whose PC is Ana's.
    pub async fn new(place: &Place) -> Raw {
        use sync::http::Purse;
        let (account, coins) = place.enrol(vec![ANA]).await;
        let token = coins.tokens().unwrap().access;
        let desk = place.desk.clone();
        Raw { http: client(&place.trust), url: place.url(), token, device: account.device, desk }
    }
    /// A request with everything in its head that belongs there.
    pub fn post(&self, route: &str) -> RequestBuilder {
        self.bare(route).header(PROTO_HEADER, PROTO).header(SENT_HEADER, self.desk.now()).bearer_auth(&self.token)
    }
    /// The same without version, time and token.
    pub fn bare(&self, route: &str) -> RequestBuilder {
        self.http.post(format!("{}{route}", self.url)).header(SCHEMA_HEADER, 1)
    }
    /// A push as it should be, with this body.
    pub fn push(&self, body: Vec<u8>) -> RequestBuilder {
        lines(self.post(&format!("/v1/clients/{OURS}/push")), body)
    }
    /// The route of a verb for our client.
    pub fn route(&self, verb: &str) -> String {
        format!("/v1/clients/{OURS}/{verb}")
    }
    /// A push of so many changes from the first.
    pub fn changes(&self, count: u8) -> Push {
        let stream = Stream { device: self.device, incarnation: 1 };
        let changes = (1..=count).map(|n| made(n, self.device)).collect();
        Push { client: OURS, stream, first: 1, before: None, at: Position::START, changes }
    }
}

/// A change that makes a row.
pub fn made(n: u8, device: Id<Device>) -> Sent {
    let change = Change {
        op: Id::from_bytes([n; 16]),
        client: OURS,
        device,
        incarnation: 1,
        dev_seq: i64::from(n),
        kind: sim::table::KIND,
        record: [n; 16],
        act: Act::Create,
        patch: format!(r#"{{"count":{n}}}"#),
        base: "{}".into(),
        user: ANA,
        at: 0,
        reason: None,
        schema: 1,
    };
    Sent::new(change, [0; 32])
}

/// A request with compressed lines.
pub fn lines(request: RequestBuilder, body: Vec<u8>) -> RequestBuilder {
    request.header(header::CONTENT_TYPE, LINES).header(header::CONTENT_ENCODING, ENCODING).body(body)
}

/// A text as it travels.
pub fn packed(text: &str) -> Vec<u8> {
    pack(text).unwrap()
}

/// The status and the code of an answer; also what it says beyond.
pub async fn answer(request: RequestBuilder) -> (u16, Refusal) {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let body = response.bytes().await.unwrap();
    (status, serde_json::from_slice(&body).unwrap_or_default())
}

/// Only status and code.
pub async fn refused(request: RequestBuilder) -> (u16, String) {
    let (status, refusal) = answer(request).await;
    (status, refusal.code)
}
