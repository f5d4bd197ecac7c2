//! Whatever bytes come as `news`.
#![no_main]
use domain::feed::News;
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::json::<News>(bytes));
