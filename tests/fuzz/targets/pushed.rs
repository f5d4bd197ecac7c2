//! Whatever bytes come as `pushed`.
#![no_main]
use domain::feed::Pushed;
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::json::<Pushed>(bytes));
