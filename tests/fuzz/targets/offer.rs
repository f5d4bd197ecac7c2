//! Whatever bytes come as `offer`.
#![no_main]
use domain::feed::Offer;
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::lines(bytes, Offer::of_text, Offer::text));
