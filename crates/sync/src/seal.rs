//! What a PC must forget is sealed to the hub: from then on the hub alone can read it.
use crate::device::Parting;
use crypto_box::{PublicKey, aead::OsRng};
use domain::{Code, feed::Sent};
use ed25519_dalek::VerifyingKey;
use store::{Error, Result};

/// Bytes of text in one seal, about: what one request takes with room to spare.
const FITS: usize = 1 << 20;

/// Seals changes to the hub of a public key, in as many pieces as requests will take them.
///
/// # Errors
/// `bad_input` where the key is none.
pub fn seal(hub: &[u8; 32], changes: &[Sent]) -> Result<Vec<Parting>> {
    let key = VerifyingKey::from_bytes(hub).map_err(|_| broken())?;
    let key = PublicKey::from(key.to_montgomery().to_bytes());
    let mut pieces = vec![String::new()];
    for change in changes {
        let line = serde_json::to_string(change).unwrap_or_default();
        match pieces.last_mut().filter(|p| p.is_empty() || p.len() + line.len() < FITS) {
            Some(piece) => *piece += &(line + "\n"),
            None => pieces.push(line + "\n"),
        }
    }
    pieces.iter().map(|text| one(&key, text)).collect()
}

/// One piece; the name it goes by is made of the seal itself.
fn one(key: &PublicKey, text: &str) -> Result<Parting> {
    let sealed = key.seal(&mut OsRng, text.as_bytes()).map_err(|_| broken())?;
    Ok(Parting { id: name(&sealed), sealed })
}

fn name(sealed: &[u8]) -> [u8; 16] {
    let mut name = [0; 16];
    name.copy_from_slice(&blake3::hash(sealed).as_bytes()[..16]);
    name
}

fn broken() -> Error {
    Code::BadInput.into()
}
