//! Whatever bytes come as `heard`.
#![no_main]
use domain::feed::Heard;
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::json::<Heard>(bytes));
