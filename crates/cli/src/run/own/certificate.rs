//! The certificate of a hub of one's own: made once, since PCs pin it.
use super::stop;
use crate::{Outcome, stop::Stop};
use domain::time::Instant;
use hub::{
    clock::Clock,
    doctor::{is_name, names},
    wire::Pem,
};
use std::{fs::OpenOptions, io::Write, path::Path};

/// Years it holds.
const YEARS: i32 = 10;

/// The one in the folder, made where there is none.
pub(in crate::run) fn of(folder: &Path, wanted: &[String]) -> Outcome<Pem> {
    let pem = Pem { certificate: folder.join("hub.pem"), key: folder.join("hub.key") };
    if let Some(none) = wanted.iter().find(|name| !is_name(name)) {
        return Err(stop("hub_try_no_certificate", &[("why", none.clone())]));
    }
    if !pem.certificate.is_file() {
        make(&pem, wanted)?;
    }
    match wanted.iter().find(|name| !names(&pem.certificate, name)) {
        None => Ok(pem),
        Some(name) => {
            let file = pem.certificate.display().to_string();
            Err(stop("hub_try_other_name", &[("file", file), ("name", name.clone())]))
        }
    }
}

fn make(pem: &Pem, wanted: &[String]) -> Outcome<()> {
    let none = |e: rcgen::Error| stop("hub_try_no_certificate", &[("why", e.to_string())]);
    let mut params = rcgen::CertificateParams::new(wanted.to_vec()).map_err(none)?;
    params.is_ca = rcgen::IsCa::ExplicitNoCa;
    let year: i32 = Instant(Clock::default().now()).to_string().get(..4).and_then(|y| y.parse().ok()).unwrap_or(2026);
    params.not_after = rcgen::date_time_ymd(year + YEARS, 1, 1);
    params.distinguished_name.push(rcgen::DnType::CommonName, "Lineboard hub");
    let key = rcgen::KeyPair::generate().map_err(none)?;
    let made = params.self_signed(&key).map_err(none)?;
    // The certificate comes last: where it is, the key is.
    write(&pem.key, &key.serialize_pem())?;
    write(&pem.certificate, &made.pem())
}

/// Nobody but its owner reads it.
fn write(file: &Path, text: &str) -> Outcome<()> {
    let mut how = OpenOptions::new();
    how.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut how, 0o600);
    let wrote = how.open(file).and_then(|mut f| f.write_all(text.as_bytes()).and_then(|()| f.sync_all()));
    wrote.map_err(|e| Stop::unreadable(file, &e))
}
