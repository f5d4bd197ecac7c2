//! Whatever bytes come as `kept`.
#![no_main]
use domain::feed::Kept;
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::json::<Kept>(bytes));
