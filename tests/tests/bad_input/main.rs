//! What goes wrong outside: a clear word in both languages, nothing half-saved, the original untouched.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it is all test")]
#![allow(clippy::disallowed_methods, reason = "it writes in folders of its own")]

#[cfg(target_os = "linux")]
mod elsewhere;
mod files;
#[cfg(target_os = "linux")]
mod full_disk;
mod keys;
#[cfg(target_os = "linux")]
mod read_only;
mod rules;

use domain::Fault;

/// A refusal of this code, with words of its own in both languages, each with the value where there is one.
fn spoken(fault: &Fault, code: &str) {
    assert_eq!(fault.code, code, "{fault}");
    let [en, es] = ["en", "es"].map(|language| fault.say(language));
    assert!(en != es && !en.contains("fault.") && !es.contains("fault."), "{en} / {es}");
    assert!(!en.contains('{') && !es.contains('{'), "a name was not filled in: {en} / {es}");
    if let Some(value) = fault.params.get("value") {
        assert!(en.contains(value.as_str()) == es.contains(value.as_str()), "{en} / {es}");
    }
}
