//! What a PC must forget is sealed to the hub: from then on the hub alone can read it.
use crypto_box::{PublicKey, SecretKey, aead::OsRng};
use domain::{Code, feed::Sent};
use ed25519_dalek::{SigningKey, VerifyingKey};
use store::{Error, Result};

/// Seals changes to the hub of a public key; the name they go by is made of the seal itself.
///
/// # Errors
/// `bad_input` where the key is none.
pub fn seal(hub: &[u8; 32], changes: &[Sent]) -> Result<([u8; 16], Vec<u8>)> {
    let key = VerifyingKey::from_bytes(hub).map_err(|_| broken())?;
    let text: Vec<String> = changes.iter().map(|c| serde_json::to_string(c).unwrap_or_default()).collect();
    let sealed = PublicKey::from(key.to_montgomery().to_bytes()).seal(&mut OsRng, text.join("\n").as_bytes());
    let sealed = sealed.map_err(|_| broken())?;
    Ok((name(&sealed), sealed))
}

/// Opens what was sealed to the hub of a private key; none where it was sealed to another, or altered.
pub fn open(hub: &SigningKey, sealed: &[u8]) -> Option<Vec<Sent>> {
    let text = SecretKey::from(hub.to_scalar_bytes()).unseal(sealed).ok()?;
    let text = String::from_utf8(text).ok()?;
    text.lines().map(|line| serde_json::from_str(line).ok()).collect()
}

fn name(sealed: &[u8]) -> [u8; 16] {
    let mut name = [0; 16];
    name.copy_from_slice(&blake3::hash(sealed).as_bytes()[..16]);
    name
}

fn broken() -> Error {
    Code::BadInput.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        Id,
        change::{Act, Change, SCHEMA},
    };

    fn sent() -> Sent {
        let id = |n: u8| [n; 16];
        let change = Change {
            op: Id::from_bytes(id(1)),
            client: Id::from_bytes(id(2)),
            device: Id::from_bytes(id(3)),
            incarnation: 1,
            dev_seq: 7,
            kind: 4,
            record: id(5),
            act: Act::Patch,
            patch: r#"{"name":"canary"}"#.into(),
            base: "{}".into(),
            user: Id::from_bytes(id(6)),
            at: 99,
            reason: None,
            schema: SCHEMA,
        };
        Sent { change, prev: [0; 32] }
    }

    #[test]
    fn only_the_hub_reads_what_was_sealed_to_it() {
        let (hub, other) = (SigningKey::from_bytes(&[7; 32]), SigningKey::from_bytes(&[8; 32]));
        let (_, sealed) = seal(&hub.verifying_key().to_bytes(), &[sent(), sent()]).unwrap();
        assert!(!sealed.windows(6).any(|w| w == b"canary"));
        assert_eq!(open(&hub, &sealed), Some(vec![sent(), sent()]));
        assert_eq!(open(&other, &sealed), None);
        let mut altered = sealed.clone();
        altered[40] ^= 1;
        assert_eq!(open(&hub, &altered), None);
    }
}
