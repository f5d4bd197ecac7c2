//! The way to PostgreSQL: a socket of this machine as it is, or TLS under a certificate that was named.
use crate::Error;
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject},
    version::TLS13,
};
use std::sync::Arc;
use tokio_postgres::{Config, config::SslMode};
use tokio_postgres_rustls::MakeRustlsConnect;

/// What a connection string asks for, and what secures it.
///
/// `sslrootcert` names the file of who made the server's certificate, as it does for PostgreSQL's own programs; the
/// server is then reached over TLS alone, and under the name it is called by. Without it nothing is encrypted, which
/// is right for a socket of this machine: whoever asks for more is told what to name.
///
/// # Errors
/// Where the string is none, or asks for TLS and names no certificate that can be read.
pub(super) fn secured(url: &str) -> Result<(Config, MakeRustlsConnect), Error> {
    let (url, root) = taken(url, "sslrootcert");
    let (url, mode) = taken(&url, "sslmode");
    let mut config = url.parse::<Config>()?;
    let wants = mode.as_deref().is_some_and(|m| ["require", "verify-ca", "verify-full"].contains(&m));
    let roots = match root {
        Some(file) => roots(&file)?,
        None if wants => return Err(Error::Trust("name in sslrootcert the file of who made its certificate".into())),
        None => RootCertStore::empty(),
    };
    config.ssl_mode(if roots.is_empty() { SslMode::Disable } else { SslMode::Require });
    let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(&[&TLS13])
        .map_err(|e| Error::Trust(e.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok((config, MakeRustlsConnect::new(tls)))
}

fn roots(file: &str) -> Result<RootCertStore, Error> {
    let unread = |why: String| Error::Trust(format!("{file}: {why}"));
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(file).map_err(|e| unread(e.to_string()))? {
        let certificate = certificate.map_err(|e| unread(e.to_string()))?;
        roots.add(certificate).map_err(|e| unread(e.to_string()))?;
    }
    if roots.is_empty() { Err(unread("there is no certificate in it".into())) } else { Ok(roots) }
}

/// A connection string without one of its words, and what that said; quoted or not, or behind the `?` of an address.
fn taken(url: &str, name: &str) -> (String, Option<String>) {
    if let Some((address, asked)) = url.split_once('?').filter(|_| url.starts_with("postgres")) {
        let of = |word: &&str| word.split_once('=').is_some_and(|(n, _)| n == name);
        let found = asked.split('&').find(of).and_then(|word| word.split_once('=')).map(|(_, v)| v.to_owned());
        let rest: Vec<&str> = asked.split('&').filter(|word| !of(word)).collect();
        let rest = if rest.is_empty() { address.to_owned() } else { format!("{address}?{}", rest.join("&")) };
        return (rest, found);
    }
    let begins = format!("{name}=");
    let word = |at: &usize| url[*at..].starts_with(&begins) && (*at == 0 || url[..*at].ends_with(' '));
    let Some(at) = url.match_indices(&begins).map(|(at, _)| at).find(word) else { return (url.to_owned(), None) };
    let said = &url[at + begins.len()..];
    let (value, rest) = match said.strip_prefix('\'') {
        Some(quoted) => quoted.split_once('\'').unwrap_or((quoted, "")),
        None => said.split_once(' ').unwrap_or((said, "")),
    };
    (format!("{}{}", &url[..at], rest.trim_start()), Some(value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_taken_out_of_a_connection_string_wherever_it_stands() {
        let took = |url: &str| {
            let (rest, value) = taken(url, "sslrootcert");
            (rest, value.unwrap_or_default())
        };
        let both = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(took("host=db sslrootcert=/a.pem user=hub"), both("host=db user=hub", "/a.pem"));
        assert_eq!(took("sslrootcert='/a b.pem' host=db"), both("host=db", "/a b.pem"));
        assert_eq!(took("host=db user=hub sslrootcert=/a.pem"), both("host=db user=hub ", "/a.pem"));
        assert_eq!(took("postgres://hub@db/hub?sslrootcert=/a.pem&x=1"), both("postgres://hub@db/hub?x=1", "/a.pem"));
        assert_eq!(took("postgresql://hub@db/hub?sslrootcert=/a.pem"), both("postgresql://hub@db/hub", "/a.pem"));
        assert_eq!(took("host=db password=xsslrootcert=1"), both("host=db password=xsslrootcert=1", ""));
    }

    #[test]
    fn whoever_asks_for_tls_names_whom_to_trust() {
        let why = |url: &str| secured(url).err().map_or_else(String::new, |e| e.to_string());
        assert_eq!(why("host=/run/postgresql user=hub"), "");
        assert!(why("host=db sslmode=verify-full").contains("sslrootcert"), "{}", why("host=db sslmode=verify-full"));
        assert!(why("host=db sslrootcert=/nowhere.pem").contains("/nowhere.pem"));
    }
}
