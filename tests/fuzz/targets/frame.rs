//! Whatever bytes come as `frame`.
#![no_main]
use domain::feed::frame::unpack;
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = unpack(bytes, 4096) {
        assert!(text.len() <= 4096 && text.capacity() <= 2 * 4096 + 64);
    }
});
