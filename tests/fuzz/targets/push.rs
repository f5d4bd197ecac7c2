//! Whatever bytes come as `push`.
#![no_main]
use domain::feed::Push;
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::lines(bytes, Push::of_text, Push::text));
