//! A letter: signed by whoever writes it, and readable to whom it is written alone.
use super::frame::{pack, unpack};
use crypto_box::{PublicKey, SecretKey, aead::rand_core::CryptoRngCore};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

/// Told apart from whatever else the same keys sign.
const LETTER: &[u8] = b"lineboard letter 1\n";
const SIGNATURE: usize = Signature::BYTE_SIZE;

/// Closes a letter.
///
/// # Errors
/// Where there is no memory or no chance for it.
pub fn close<R: CryptoRngCore>(
    mine: &SigningKey,
    to: &VerifyingKey,
    text: &str,
    dice: &mut R,
) -> std::io::Result<Vec<u8>> {
    let key = PublicKey::from(to.to_montgomery().to_bytes());
    let sealed = key.seal(dice, &pack(text)?).map_err(|_| std::io::ErrorKind::Other)?;
    Ok([&mine.sign(&[LETTER, &sealed].concat()).to_bytes()[..], &sealed].concat())
}

/// Opens a letter of at most so many bytes of text; none where it is from somebody else, to somebody else, or altered.
pub fn open(mine: &SigningKey, from: &VerifyingKey, letter: &[u8], most: usize) -> Option<String> {
    let (signature, sealed) = letter.split_at_checked(SIGNATURE)?;
    let signature = Signature::from_slice(signature).ok()?;
    from.verify_strict(&[LETTER, sealed].concat(), &signature).ok()?;
    unpack(&SecretKey::from(mine.to_scalar_bytes()).unseal(sealed).ok()?, most).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crypto_box::aead::OsRng;

    #[test]
    fn a_letter_is_read_by_whom_it_is_to_and_only_as_it_was_written() {
        let [pc, hub, other] = [1, 2, 3].map(|n| SigningKey::from_bytes(&[n; 32]));
        let letter = close(&pc, &hub.verifying_key(), "forty on line 4", &mut OsRng).unwrap();
        let read = |mine: &SigningKey, from: &SigningKey, bytes: &[u8]| open(mine, &from.verifying_key(), bytes, 99);
        assert_eq!(read(&hub, &pc, &letter).as_deref(), Some("forty on line 4"));
        assert_eq!(read(&other, &pc, &letter), None, "to somebody else");
        assert_eq!(read(&hub, &other, &letter), None, "from somebody else");
        assert_eq!(open(&hub, &pc.verifying_key(), &letter, 9), None, "too long");
        assert_eq!(read(&hub, &pc, &letter[..letter.len() - 1]), None, "torn");
        for bit in 0..letter.len() * 8 {
            let mut altered = letter.clone();
            altered[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(read(&hub, &pc, &altered), None, "bit {bit}");
        }
    }
}
