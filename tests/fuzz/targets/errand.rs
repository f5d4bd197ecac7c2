//! Whatever bytes come as `errand`.
#![no_main]
use domain::feed::Errand;
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::json::<Errand>(bytes));
