//! Whatever bytes come as `letter`.
#![no_main]
use domain::feed::letter::open;
use ed25519_dalek::SigningKey;
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let [mine, theirs] = [1, 2].map(|n| SigningKey::from_bytes(&[n; 32]));
    assert_eq!(open(&mine, &theirs.verifying_key(), bytes, 4096), None, "nobody signed it");
});
