//! Whatever bytes come as `offered`.
#![no_main]
use domain::feed::Offered;
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::json::<Offered>(bytes));
