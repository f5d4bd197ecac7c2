//! Undo and redo.
use super::print;
use crate::{
    Outcome,
    door::Door,
    words::{counted, language, own, say, table_name},
};
use domain::fault::phrase;
use serde_json::json;

/// Takes the person's last step back, or takes that back.
pub(super) fn step(json: bool, door: &Door, way: &str) -> Outcome<()> {
    let done = door.ask(way, json!({}))?;
    print(json, &done, || {
        let what = named(done["what"].as_str().unwrap_or_default());
        let rows = counted("n_rows", done["changed"].as_u64().unwrap_or(0));
        let skipped = done["skipped"].as_array().map_or(0, Vec::len);
        let values = [("what", what), ("rows", rows), ("skipped", skipped.to_string())];
        say(if skipped == 0 { way } else { "taken_back_in_part" }, &values)
    });
    Ok(())
}

/// A step as people call it: the log keeps a table, or a word and what it was about.
fn named(what: &str) -> String {
    let Some((word, about)) = what.split_once(' ') else { return table_name(what) };
    let about = match about.rsplit_once(": ") {
        Some((of, state)) if word == "hold" => {
            format!("{of}: {}", phrase(language(), &format!("hold_state.{state}"), &Default::default()))
        }
        _ => about.into(),
    };
    own(&format!("step_{word}"), &[("what", about)]).unwrap_or_else(|| what.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_told_as_people_call_it_and_an_unknown_one_as_it_stands() {
        assert_eq!(named("pool_employee"), say("table_pool_employee", &[]));
        assert!(named("import week 45.csv").ends_with(" week 45.csv"));
        assert!(!named("hold A-1: resume_requested").contains('_'));
        assert_eq!(named("SEW-1 DAY 2026-11-20"), "SEW-1 DAY 2026-11-20");
    }
}
