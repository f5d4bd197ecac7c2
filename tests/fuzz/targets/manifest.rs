//! Whatever bytes come as `manifest`.
#![no_main]
use domain::feed::Manifest;
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::json::<Manifest>(bytes));
