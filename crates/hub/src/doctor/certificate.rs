//! The certificate a hub shows, looked at as a PC does.
use super::{Finding, Is};
use rustls::{
    CertificateError, Error as Tls, RootCertStore,
    client::{verify_server_cert_signed_by_trust_anchor, verify_server_name},
    crypto::ring,
    pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject},
    server::ParsedCertificate,
};
use std::{path::Path, time::Duration};

/// Days before its end on which one is told, and on which it is wrong not to have seen to it.
const SOON: (i64, i64) = (30, 7);
const DAY: i64 = 24 * 60 * 60;
/// The last second that a certificate can name.
const END: u64 = 253_402_300_799;

pub(super) fn is(file: Option<&Path>, now: i64) -> Finding {
    let Some(file) = file else { return Finding::new(Is::Unknown, "certificate_unknown", &[]) };
    let Some(chain) = read(file) else { return Finding::bad("certificate_unread", &named(file)) };
    let seconds = now / 1000;
    match at(&chain, u64::try_from(seconds).unwrap_or(0)) {
        Ok(()) => until(file, (end(&chain) - seconds) / DAY),
        Err(Tls::InvalidCertificate(CertificateError::ExpiredContext { .. })) => until(file, -1),
        Err(Tls::InvalidCertificate(CertificateError::NotValidYetContext { .. })) => {
            Finding::bad("certificate_early", &named(file))
        }
        Err(Tls::InvalidCertificate(CertificateError::Other(why))) if why.to_string().contains("CaUsed") => {
            Finding::bad("certificate_authority", &named(file))
        }
        Err(_) => Finding::bad("certificate_unread", &named(file)),
    }
}

/// Whether a certificate can name this.
pub fn is_name(name: &str) -> bool {
    ServerName::try_from(name).is_ok()
}

/// Whether a certificate is for this name or address.
pub fn names(file: &Path, name: &str) -> bool {
    let (Some(chain), Ok(name)) = (read(file), ServerName::try_from(name)) else { return false };
    let own = chain.first().and_then(|own| ParsedCertificate::try_from(own).ok());
    own.is_some_and(|own| verify_server_name(&own, &name).is_ok())
}

fn named(file: &Path) -> [(&'static str, String); 1] {
    [("file", file.display().to_string())]
}

fn until(file: &Path, days: i64) -> Finding {
    let (is, word) = match days {
        ..0 => (Is::Bad, "certificate_over"),
        left if left < SOON.1 => (Is::Bad, "certificate_ends"),
        left if left < SOON.0 => (Is::Odd, "certificate_ends"),
        _ => (Is::Good, "certificate"),
    };
    let [file] = named(file);
    Finding::new(is, word, &[file, ("days", days.to_string())])
}

fn read(file: &Path) -> Option<Vec<CertificateDer<'static>>> {
    let chain: Vec<_> = CertificateDer::pem_file_iter(file).ok()?.collect::<Result<_, _>>().ok()?;
    (!chain.is_empty()).then_some(chain)
}

/// Whether a PC that trusts the last of them takes the first at this second.
fn at(chain: &[CertificateDer<'static>], second: u64) -> Result<(), Tls> {
    let mut roots = RootCertStore::empty();
    if let Some(last) = chain.last() {
        roots.add(last.clone())?;
    }
    let own = chain.first().ok_or(Tls::NoCertificatesPresented)?;
    let (own, between) = (ParsedCertificate::try_from(own)?, chain.get(1..).unwrap_or_default());
    let moment = UnixTime::since_unix_epoch(Duration::from_secs(second));
    let known = ring::default_provider().signature_verification_algorithms.all;
    verify_server_cert_signed_by_trust_anchor(&own, &roots, between, moment, known)
}

/// The last second on which it is taken.
fn end(chain: &[CertificateDer<'static>]) -> i64 {
    let last = match at(chain, END + 1) {
        Err(Tls::InvalidCertificate(CertificateError::ExpiredContext { not_after, .. })) => not_after.as_secs(),
        _ => END,
    };
    i64::try_from(last).unwrap_or(i64::MAX)
}
