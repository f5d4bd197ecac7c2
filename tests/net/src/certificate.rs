//! Certificates for one test.
use hub::wire::Pem;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use std::{fs::File, io::Write, path::Path};

fn put(path: &Path, text: &str) {
    let mut file = File::options().write(true).create(true).truncate(true).open(path).unwrap();
    file.write_all(text.as_bytes()).unwrap();
}

/// A certificate of this machine in a folder, and its text.
pub fn certificate(folder: &Path) -> (Pem, String) {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["localhost".to_string(), "127.0.0.1".to_string()]).unwrap();
    let pem = Pem { certificate: folder.join("hub.pem"), key: folder.join("hub.key") };
    put(&pem.certificate, &cert.pem());
    put(&pem.key, &signing_key.serialize_pem());
    (pem, cert.pem())
}
