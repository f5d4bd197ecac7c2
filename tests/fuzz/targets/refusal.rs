//! Whatever bytes come as `refusal`.
#![no_main]
use domain::feed::Refusal;
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::json::<Refusal>(bytes));
