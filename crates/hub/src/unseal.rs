//! What a PC sealed to this hub before it forgot a client.
use crypto_box::SecretKey;
use domain::feed::Sent;
use ed25519_dalek::SigningKey;

/// Opens what was sealed to the hub of a private key; none where it was sealed to another, or altered.
pub fn unseal(hub: &SigningKey, sealed: &[u8]) -> Option<Vec<Sent>> {
    let text = SecretKey::from(hub.to_scalar_bytes()).unseal(sealed).ok()?;
    let text = String::from_utf8(text).ok()?;
    text.lines().map(|line| serde_json::from_str(line).ok()).collect()
}
