//! Whatever bytes come as `renew`.
#![no_main]
use domain::feed::Renew;
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::json::<Renew>(bytes));
