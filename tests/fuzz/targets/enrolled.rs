//! Whatever bytes come as `enrolled`.
#![no_main]
use domain::feed::Enrolled;
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::json::<Enrolled>(bytes));
