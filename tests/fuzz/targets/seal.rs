//! Whatever bytes come as `seal`.
#![no_main]
use crypto_box::{SecretKey, aead::OsRng};
use ed25519_dalek::SigningKey;
use hub::unseal::unseal;
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let hub = SigningKey::from_bytes(&[7; 32]);
    // Anybody who knows the hub's public key can seal anything to it.
    let sealed = SecretKey::from(hub.to_scalar_bytes()).public_key().seal(&mut OsRng, bytes).unwrap();
    drop(unseal(&hub, &sealed));
    assert_eq!(unseal(&hub, bytes), None);
});
