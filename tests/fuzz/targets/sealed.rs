//! Whatever bytes come as `sealed`.
#![no_main]
use domain::feed::Sealed;
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::lines(bytes, Sealed::of_text, Sealed::text));
