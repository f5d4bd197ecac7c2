//! Undo and redo.
use super::print;
use crate::{Outcome, door::Door, words::say};
use serde_json::json;

/// Takes the person's last step back, or takes that back.
pub(super) fn step(json: bool, door: &Door, way: &str) -> Outcome<()> {
    let done = door.ask(way, json!({}))?;
    print(json, &done, || {
        let text = |key: &str| done[key].as_str().unwrap_or_default().to_string();
        let skipped = done["skipped"].as_array().map_or(0, Vec::len);
        let values = [("what", text("what")), ("rows", done["changed"].to_string()), ("skipped", skipped.to_string())];
        say(if skipped == 0 { way } else { "taken_back_in_part" }, &values)
    });
    Ok(())
}
