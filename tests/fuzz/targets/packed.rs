//! Whatever bytes come as `packed`.
#![no_main]
use domain::feed::frame::{pack, unpack};
libfuzzer_sys::fuzz_target!(|text: &str| assert_eq!(unpack(&pack(text).unwrap(), text.len()).as_deref(), Ok(text)));
