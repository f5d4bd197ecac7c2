//! Whatever bytes come as `agree`.
#![no_main]
use domain::feed::Agree;
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::json::<Agree>(bytes));
