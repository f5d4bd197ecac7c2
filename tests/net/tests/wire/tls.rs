//! Only TLS 1.3, only the pinned certificate, and nothing in the clear over a network.
use hub::wire::{Config, Pem, Wont, bind};
use net::{
    certificate::certificate,
    place::{ANA, Place},
    raw::trusting,
};
use rustls::{
    pki_types::ServerName,
    version::{TLS12, TLS13},
};
use std::sync::Arc;
use sync::{
    http::{Account, Https, Unusable},
    hub::{Distrust, Hub, Trouble},
};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

async fn shakes_hands(place: &Place, version: &'static rustls::SupportedProtocolVersion) -> bool {
    let connector = TlsConnector::from(Arc::new(trusting(&place.trust, &[version])));
    let stream = TcpStream::connect(place.address).await.unwrap();
    connector.connect(ServerName::try_from("localhost").unwrap(), stream).await.is_ok()
}

#[tokio::test]
async fn tls_of_yesterday_is_refused() {
    let place = Place::open().await;
    assert!(shakes_hands(&place, &TLS13).await);
    assert!(!shakes_hands(&place, &TLS12).await);
}

#[tokio::test]
async fn a_pc_talks_to_no_other_hub_than_the_pinned_one() {
    let place = Place::open().await;
    let (account, coins) = place.enrol(vec![ANA]).await;
    let folder = tempfile::tempdir().unwrap();
    let (_, other) = certificate(folder.path());
    let astray = Https::new(Account { trust: other, ..account.clone() }, coins.clone(), place.clock()).unwrap();
    assert_eq!(astray.manifest().await, Err(Trouble::Untrusted(Distrust::Unknown)));
    let named = Account { url: format!("https://127.0.0.2:{}", place.address.port()), ..account.clone() };
    let elsewhere = Https::new(named, coins.clone(), place.clock()).unwrap();
    assert_eq!(elsewhere.manifest().await, Err(Trouble::Unreachable));
    let before = place.desk.state().asked.get("manifest").copied();
    assert!(Https::new(account, coins, place.clock()).unwrap().manifest().await.is_ok());
    assert_eq!((before, place.desk.state().asked["manifest"]), (None, 1));
}

#[tokio::test]
async fn a_pc_sends_nothing_in_the_clear() {
    let place = Place::open().await;
    let (account, coins) = place.enrol(vec![ANA]).await;
    let with = |url: &str, trust: &str| {
        let account = Account { url: url.into(), trust: trust.into(), ..account.clone() };
        Https::new(account, coins.clone(), place.clock()).err()
    };
    assert_eq!(with("http://localhost", &place.trust), Some(Unusable::Url));
    assert_eq!(with("https://localhost", ""), Some(Unusable::Trust));
    assert_eq!(
        with("https://localhost", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"),
        Some(Unusable::Trust)
    );
}

#[tokio::test]
async fn a_hub_listens_in_the_clear_for_its_own_machine_only() {
    let at = |address: &str, pem| bind(Config::new(address.parse().unwrap(), pem, || 0));
    for open in ["0.0.0.0:0", "[::]:0", "192.0.2.1:0"] {
        assert!(matches!(at(open, None).await.err(), Some(Wont::Plain(_))), "{open}");
    }
    assert!(at("127.0.0.1:0", None).await.is_ok());
    let folder = tempfile::tempdir().unwrap();
    let (pem, _) = certificate(folder.path());
    let missing = Pem { key: folder.path().join("none"), ..pem.clone() };
    let swapped = Pem { certificate: pem.key.clone(), key: pem.key.clone() };
    for wrong in [missing, swapped] {
        assert!(matches!(at("127.0.0.1:0", Some(wrong)).await.err(), Some(Wont::Certificate(_))));
    }
    assert!(at("0.0.0.0:0", Some(pem)).await.is_ok());
}
