//! Drives the real window through its scenarios.

use std::fs;

use crate::{Outcome, open, setup, step, tree};

/// Sets up, builds and runs the scenarios whose name holds `name`.
pub(crate) fn run(name: Option<&str>) -> Outcome {
    setup::everything()?;
    open::interface()?;
    open::app()?;
    scenarios(name).1
}

/// Runs the scenarios against the built app, without a screen.
pub(crate) fn scenarios(name: Option<&str>) -> (Vec<String>, Outcome) {
    let files = match files(name) {
        Ok(files) => files,
        Err(why) => return (Vec::new(), Err(why)),
    };
    let words = ["--test", "--test-concurrency=1", "--test-reporter=spec", "--test-timeout=900000"];
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let mut node = tree::command("node", &[words.as_slice(), files.as_slice()].concat());
    node.env("LINEBOARD_APP", tree::built("lineboard-app"));
    node.env("LINEBOARD_CLI", tree::built("lineboard"));
    node.env("LINEBOARD_SCREENS", tree::target().join("screens"));
    step::heard(&mut node)
}

fn files(name: Option<&str>) -> Outcome<Vec<String>> {
    let folder = tree::root().join("tests/e2e/scenarios");
    let entries = fs::read_dir(&folder).map_err(|why| format!("tests/e2e/scenarios: {why}"))?;
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let wanted = names.filter(|file| file.ends_with(".test.mjs") && file.contains(name.unwrap_or_default()));
    let mut files: Vec<String> = wanted.map(|file| format!("tests/e2e/scenarios/{file}")).collect();
    files.sort();
    if files.is_empty() { Err(format!("no scenario is called {}", name.unwrap_or("*"))) } else { Ok(files) }
}
