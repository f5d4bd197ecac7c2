//! TLS 1.3 and nothing older.
use super::{Pem, Wont};
use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    version::TLS13,
};
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;

/// What takes connections with this certificate.
pub(super) fn acceptor(pem: &Pem) -> Result<TlsAcceptor, Wont> {
    let unread = |what: &'static str| move |_| Wont::Certificate(what);
    let chain = CertificateDer::pem_file_iter(&pem.certificate).map_err(unread("the certificate cannot be read"))?;
    let chain: Vec<_> = chain.collect::<Result<_, _>>().map_err(unread("the certificate is garbled"))?;
    let key = PrivateKeyDer::from_pem_file(&pem.key).map_err(unread("the key cannot be read"))?;
    let none = |_| Wont::Certificate("certificate and key do not fit");
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(&[&TLS13])
        .map_err(none)?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(none)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}
