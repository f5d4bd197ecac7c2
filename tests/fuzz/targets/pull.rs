//! Whatever bytes come as `pull`.
#![no_main]
use domain::feed::Pull;
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::json::<Pull>(bytes));
