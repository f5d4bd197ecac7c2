//! Whatever bytes come as `tokens`.
#![no_main]
use domain::feed::Tokens;
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::json::<Tokens>(bytes));
