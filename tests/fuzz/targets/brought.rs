//! Whatever bytes come as `brought`.
#![no_main]
use domain::feed::Brought;
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::json::<Brought>(bytes));
