//! Whatever bytes come as `signed`.
#![no_main]
use domain::feed::Signed;
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::json::<Signed>(bytes));
