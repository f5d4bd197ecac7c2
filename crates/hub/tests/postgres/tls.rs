//! A PostgreSQL on another machine: reached over TLS, under the certificate that was named, and in no other way.
use crate::server::{Server, database};
use hub::{
    clock::Clock,
    postgres::{Config, Postgres, migrate},
};

/// An address of this machine at which nobody else listens.
const ADDRESS: &str = "127.0.0.77";

struct Pem {
    certificate: String,
    key: String,
}

fn certificate(name: &str) -> Pem {
    let rcgen::CertifiedKey { cert, signing_key } = rcgen::generate_simple_self_signed(vec![name.into()]).unwrap();
    Pem { certificate: cert.pem(), key: signing_key.serialize_pem() }
}

/// A server that takes connections over the network, with this certificate, encrypted or not.
fn listening(shown: &Pem) -> Server {
    let server = Server::start(false);
    let (file, key) = (server.keep("server.pem", &shown.certificate), server.keep("server.key", &shown.key));
    server.kill();
    let tls = [format!("ssl_cert_file={file}"), format!("ssl_key_file={key}"), "ssl=on".into()];
    server.restart_with(&[&tls[..], &[format!("listen_addresses={ADDRESS}")]].concat());
    server
}

async fn opens(url: String) -> Result<Postgres, String> {
    Postgres::open(&Config { url, connections: 2, clock: Clock::default() }).await.map_err(|e| e.to_string())
}

#[tokio::test]
async fn a_server_elsewhere_is_reached_over_tls_under_the_certificate_that_was_named() {
    let (shown, other) = (certificate(ADDRESS), certificate(ADDRESS));
    let server = listening(&shown);
    let name = database(&server, &Clock::default()).await;
    let (right, wrong) = (server.keep("right.pem", &shown.certificate), server.keep("wrong.pem", &other.certificate));
    let url = |more: &str| format!("host={ADDRESS} user=hub_app dbname={name} {more}");
    let hub = opens(url(&format!("sslmode=verify-full sslrootcert='{right}'"))).await.unwrap();
    hub.people().await.unwrap();
    let sql = "SELECT bool_and(s.ssl) FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid) WHERE usename = 'hub_app'";
    let told = server.program("psql").args(["-qtAc", sql, &name]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&told.stdout).trim(), "t", "what goes to it is encrypted");
    let as_owner = format!("host={ADDRESS} user=postgres dbname={name} sslrootcert={right}");
    migrate(&as_owner, &Clock::default()).await.unwrap();
    assert!(opens(url(&format!("sslrootcert={wrong}"))).await.is_err(), "another certificate is not taken for it");
    assert!(opens(url("sslmode=require")).await.err().unwrap().contains("sslrootcert"));
    // By another name, and where it shows no certificate at all.
    let other_name = format!("host=localhost hostaddr={ADDRESS} user=hub_app dbname={name} sslrootcert={right}");
    assert!(opens(other_name).await.is_err(), "a certificate for another name is not its own");
    server.kill();
    server.restart_with(&[format!("listen_addresses={ADDRESS}")]);
    assert!(opens(url(&format!("sslrootcert={right}"))).await.is_err(), "and never without TLS");
    assert!(opens(url("")).await.is_ok(), "who asks for nothing gets the plain line");
}
