//! Runs every check, and says at the end what each one said.

use std::process::Command;
use std::time::Instant;

use crate::{Outcome, bindings, e2e, setup, sim, step, summary, tree};

/// One line of the closing table.
struct Row {
    name: &'static str,
    seconds: u64,
    said: Vec<String>,
    outcome: Outcome,
}

/// Everything CI runs. Checks that can go on after a failure do.
pub(crate) fn run() -> Outcome {
    let mut rows = Vec::new();
    needed(&mut rows, "setup", || (Vec::new(), setup::everything()))?;
    // The app carries ui/dist inside, so the interface comes first.
    needed(&mut rows, "interface builds", || step::heard(&mut tree::npm("ui", &["run", "build"])))?;
    check(&mut rows, "interface types", || step::heard(&mut tree::npm("ui", &["run", "check"])));
    check(&mut rows, "interface tests", || step::heard(&mut tree::npm("ui", &["test"])));
    check(&mut rows, "format", || heard_cargo(&["fmt", "--all", "--check"]));
    check(&mut rows, "clippy", || heard_cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]));
    needed(&mut rows, "build", || heard_cargo(&["build", "--workspace", "--all-targets"]))?;
    check(&mut rows, "bindings", || (Vec::new(), bindings::check()));
    check(&mut rows, "tests", || step::heard(&mut all_tests()));
    check(&mut rows, "examples in docs", || heard_cargo(&["test", "--workspace", "--doc", "--quiet"]));
    check(&mut rows, "planted faults", || (Vec::new(), sim::faults()));
    check(&mut rows, "end to end", || e2e::scenarios(None));
    conclude(&rows)
}

fn heard_cargo(words: &[&str]) -> (Vec<String>, Outcome) {
    step::heard(&mut tree::cargo(words))
}

/// Every Rust test; nextest where it is installed.
fn all_tests() -> Command {
    if step::works("cargo", &["nextest", "--version"]) {
        let quiet = ["--status-level", "slow", "--final-status-level", "fail"];
        return tree::cargo(&[&["nextest", "run", "--workspace", "--no-fail-fast"], quiet.as_slice()].concat());
    }
    tree::cargo(&["test", "--workspace", "--all-targets", "--no-fail-fast"])
}

fn check(rows: &mut Vec<Row>, name: &'static str, act: impl FnOnce() -> (Vec<String>, Outcome)) {
    println!("\n== {name}");
    let start = Instant::now();
    let (lines, outcome) = act();
    rows.push(Row { name, seconds: start.elapsed().as_secs(), said: summary::of(&lines), outcome });
}

/// A check without which the later ones say nothing.
fn needed(rows: &mut Vec<Row>, name: &'static str, act: impl FnOnce() -> (Vec<String>, Outcome)) -> Outcome {
    check(rows, name, act);
    if rows.last().is_some_and(|row| row.outcome.is_err()) { conclude(rows) } else { Ok(()) }
}

fn conclude(rows: &[Row]) -> Outcome {
    println!("\n== checks");
    for row in rows {
        let word = if row.outcome.is_ok() { "ok" } else { "FAILED" };
        println!("{word:>6}  {:>5} s  {}", row.seconds, row.name);
    }
    println!("\n== what the test runners said");
    for row in rows.iter().filter(|row| !row.said.is_empty()) {
        row.said.iter().for_each(|line| println!("{}: {line}", row.name));
    }
    let failed: Vec<String> = rows.iter().filter_map(|row| row.outcome.clone().err()).collect();
    if failed.is_empty() { Ok(()) } else { Err(failed.join("\n       ")) }
}
