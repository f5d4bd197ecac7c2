//! Whatever bytes come as `page`.
#![no_main]
use domain::feed::Page;
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::lines(bytes, Page::of_text, Page::text));
