//! Why a request did not come to the hub: nobody there, or nobody to be trusted.
use crate::hub::{Distrust, Trouble};
use rustls::{AlertDescription, CertificateError, Error as Tls};
use std::{error::Error, io};

/// What a request met that was not answered.
pub(super) fn met(e: &reqwest::Error) -> Trouble {
    tls(e).and_then(distrust).map_or(Trouble::Unreachable, Trouble::Untrusted)
}

/// What TLS said, however deep it lies: an error of the system hides what it was made of.
fn tls<'e>(e: &'e (dyn Error + 'static)) -> Option<&'e Tls> {
    if let Some(found) = e.downcast_ref::<Tls>() {
        return Some(found);
    }
    let within = e.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    let within = within.map(|w| -> &(dyn Error + 'static) { w });
    within.or_else(|| e.source()).and_then(tls)
}

fn distrust(e: &Tls) -> Option<Distrust> {
    match e {
        Tls::InvalidCertificate(why) => Some(certificate(why)),
        Tls::AlertReceived(AlertDescription::ProtocolVersion) | Tls::PeerIncompatible(_) => Some(Distrust::Old),
        Tls::InvalidMessage(_) => Some(Distrust::Plain),
        _ => None,
    }
}

fn certificate(why: &CertificateError) -> Distrust {
    use CertificateError as Why;
    match why {
        Why::UnknownIssuer | Why::BadSignature => Distrust::Unknown,
        Why::NotValidForName | Why::NotValidForNameContext { .. } => Distrust::Name,
        Why::Expired | Why::ExpiredContext { .. } => Distrust::Expired,
        Why::NotValidYet | Why::NotValidYetContext { .. } => Distrust::Early,
        // It has no name of its own there.
        Why::Other(other) if other.to_string().contains("CaUsedAsEndEntity") => Distrust::Authority,
        _ => Distrust::Certificate,
    }
}
