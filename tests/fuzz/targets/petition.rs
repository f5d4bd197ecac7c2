//! Whatever bytes come as `petition`.
#![no_main]
use domain::feed::Petition;
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::json::<Petition>(bytes));
