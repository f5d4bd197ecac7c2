//! Texts that are reviewed as diffs: `tests/output`.
#![allow(unreachable_pub, reason = "the store's own tests include this file")]
use std::{env, fs, path::Path};

/// Fails where a text is no longer what the reviewed file says.
///
/// With LINEBOARD_BLESS=1 the file is written instead.
#[allow(clippy::disallowed_methods, reason = "the one place that writes a reviewed file")]
pub fn same(name: &str, text: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = if folder.ends_with("tests") { folder.into() } else { folder.join("../../tests") };
    let path = folder.join("output").join(name);
    if env::var_os("LINEBOARD_BLESS").is_some() {
        fs::write(&path, text).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    let differ = kept.lines().zip(text.lines()).position(|(a, b)| a != b);
    let at = differ.unwrap_or_else(|| kept.lines().count().min(text.lines().count()));
    assert!(
        kept == text,
        "tests/output/{name} differs at line {}: it says {:?}, now it is {:?}; LINEBOARD_BLESS=1 writes it anew",
        at + 1,
        kept.lines().nth(at),
        text.lines().nth(at)
    );
}
