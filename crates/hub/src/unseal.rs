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

#[cfg(test)]
mod tests {
    use super::*;
    use crypto_box::aead::OsRng;
    use proptest::prelude::*;

    fn hub() -> SigningKey {
        SigningKey::from_bytes(&[7; 32])
    }

    /// Anybody who knows the hub's public key can seal anything to it.
    fn sealed(text: &[u8]) -> Vec<u8> {
        SecretKey::from(hub().to_scalar_bytes()).public_key().seal(&mut OsRng, text).unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]
        #[test]
        fn any_bytes_are_opened_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            prop_assert_eq!(unseal(&hub(), &bytes), None);
        }
        #[test]
        fn whatever_was_sealed_is_read_or_refused(text in proptest::collection::vec(any::<u8>(), 0..400)) {
            let opened = unseal(&hub(), &sealed(&text));
            prop_assert!(opened.is_none_or(|changes| changes.is_empty()), "noise is no change");
        }
        #[test]
        fn one_turned_bit_of_a_seal_opens_nothing(at in any::<prop::sample::Index>(), bit in 0..8_u8) {
            let mut bytes = sealed(b"");
            prop_assert_eq!(unseal(&hub(), &bytes), Some(vec![]));
            *at.get_mut(&mut bytes) ^= 1 << bit;
            prop_assert_eq!(unseal(&hub(), &bytes), None);
        }
    }
}
