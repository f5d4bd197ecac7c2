//! A PC says what is wrong with what answers in the hub's place.
use net::place::{ANA, Coins, Place};
use rcgen::{BasicConstraints, Certificate, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::{
    ServerConfig, SupportedProtocolVersion,
    crypto::ring,
    pki_types::{PrivateKeyDer, pem::PemObject},
    version::{TLS12, TLS13},
};
use std::sync::Arc;
use sync::{
    http::{Account, Https},
    hub::{Distrust, Hub, Trouble},
};
use tokio::{io::AsyncReadExt, io::AsyncWriteExt, net::TcpListener};
use tokio_rustls::TlsAcceptor;

fn of(names: &[&str]) -> CertificateParams {
    CertificateParams::new(names.iter().map(ToString::to_string).collect::<Vec<_>>()).unwrap()
}

fn own(params: &CertificateParams) -> (Certificate, KeyPair) {
    let key = KeyPair::generate().unwrap();
    (params.self_signed(&key).unwrap(), key)
}

/// Shakes hands as a server of these versions with this certificate; where it listens.
async fn server(made: &(Certificate, KeyPair), versions: &[&'static SupportedProtocolVersion]) -> u16 {
    let key = PrivateKeyDer::from_pem_slice(made.1.serialize_pem().as_bytes()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let config = config.with_protocol_versions(versions).unwrap().with_no_client_auth();
    let config = config.with_single_cert(vec![made.0.der().clone()], key).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            drop(acceptor.accept(stream).await);
        }
    });
    port
}

/// An enrolled PC's account, which a test points elsewhere.
struct Seat(Place, Account, Coins);

impl Seat {
    async fn new() -> Seat {
        let place = Place::open().await;
        let (account, coins) = place.enrol(vec![ANA]).await;
        Seat(place, account, coins)
    }
    async fn asks(&self, port: u16, trust: &Certificate) -> Trouble {
        let url = format!("https://localhost:{port}");
        let account = Account { url, trust: trust.pem(), ..self.1.clone() };
        Https::new(account, self.2.clone(), self.0.clock()).unwrap().manifest().await.unwrap_err()
    }
    /// What a PC says that trusts the server's very certificate.
    async fn says(&self, params: &CertificateParams) -> Trouble {
        let made = own(params);
        self.asks(server(&made, &[&TLS13]).await, &made.0).await
    }
}

#[tokio::test]
async fn each_fault_of_a_certificate_has_a_word_of_its_own() {
    let (seat, good) = (Seat::new().await, of(&["localhost"]));
    assert_eq!(seat.says(&good).await, Trouble::Unreachable, "it is trusted, and hangs up");
    let mut params = good.clone();
    params.not_after = date_time_ymd(2020, 1, 1);
    assert_eq!(seat.says(&params).await, Trouble::Untrusted(Distrust::Expired));
    let mut params = good.clone();
    (params.not_before, params.not_after) = (date_time_ymd(2120, 1, 1), date_time_ymd(2121, 1, 1));
    assert_eq!(seat.says(&params).await, Trouble::Untrusted(Distrust::Early));
    let mut params = good.clone();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    assert_eq!(seat.says(&params).await, Trouble::Untrusted(Distrust::Authority));
    assert_eq!(seat.says(&of(&["hub.plant"])).await, Trouble::Untrusted(Distrust::Name));
    let (theirs, pinned) = (own(&good), own(&good).0);
    assert_eq!(seat.asks(server(&theirs, &[&TLS13]).await, &pinned).await, Trouble::Untrusted(Distrust::Unknown));
}

#[tokio::test]
async fn an_authority_that_was_pinned_vouches_for_the_server_it_signed() {
    let seat = Seat::new().await;
    let mut params = of(&["authority"]);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let (authority, key) = own(&params);
    let issuer = Issuer::new(params, key);
    let signed = KeyPair::generate().unwrap();
    let made = (of(&["localhost"]).signed_by(&signed, &issuer).unwrap(), signed);
    assert_eq!(seat.asks(server(&made, &[&TLS13]).await, &authority).await, Trouble::Unreachable, "hangs up");
    let stranger = own(&of(&["localhost"])).0;
    assert_eq!(seat.asks(server(&made, &[&TLS13]).await, &stranger).await, Trouble::Untrusted(Distrust::Unknown));
}

#[tokio::test]
async fn old_tls_and_none_are_told_from_a_hub_that_is_not_there() {
    let (seat, made) = (Seat::new().await, own(&of(&["localhost"])));
    assert_eq!(seat.asks(server(&made, &[&TLS12]).await, &made.0).await, Trouble::Untrusted(Distrust::Old));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let plain = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut hello = [0; 16];
        stream.read_exact(&mut hello).await.unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        let mut rest = vec![];
        drop(stream.read_to_end(&mut rest).await);
    });
    assert_eq!(seat.asks(port, &made.0).await, Trouble::Untrusted(Distrust::Plain));
    plain.abort();
    drop(plain.await);
    assert_eq!(seat.asks(port, &made.0).await, Trouble::Unreachable, "nobody listens there any more");
}

#[test]
fn every_word_of_distrust_is_found_again() {
    for distrust in Distrust::ALL {
        assert_eq!(Distrust::of(distrust.word()), Some(distrust));
    }
    assert_eq!(Distrust::of("unreachable"), None);
}
