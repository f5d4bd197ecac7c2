//! Whatever bytes come as `card`.
#![no_main]
use domain::feed::Card;
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::json::<Card>(bytes));
