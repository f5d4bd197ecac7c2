//! Whatever bytes come as `enrol`.
#![no_main]
use domain::feed::Enrol;
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::json::<Enrol>(bytes));
