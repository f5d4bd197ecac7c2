//! Removes one guard at a time and expects a test to notice.

mod lend;
mod list;
mod scratch;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

use crate::{Outcome, step, tree};
use list::{MUTANTS, WALL_TESTS};
use scratch::Scratch;

/// One guard, and the text that takes it away.
struct Mutant {
    /// What is missing, as a sentence's end: "without the nonce".
    name: &'static str,
    /// The file that holds the guard.
    file: &'static str,
    /// The guard as it stands, exactly once in the file.
    from: &'static str,
    /// What stands there instead.
    to: &'static str,
    /// Cargo's words for the tests that must notice.
    tests: &'static [&'static str],
}

/// What became of a mutant.
enum Fate {
    Noticed,
    Survived,
    DidNotBuild,
}

/// Runs the mutants whose name holds `name`; each that no test notices is a failure.
pub(crate) fn run(name: Option<&str>) -> Outcome {
    let chosen: Vec<&Mutant> = MUTANTS.iter().filter(|mutant| mutant.name.contains(name.unwrap_or_default())).collect();
    if chosen.is_empty() {
        return Err(format!("no mutant is called {}", name.unwrap_or("*")));
    }
    let scratch = Scratch::of(&tree::root())?;
    lend::libraries(&tree::target().join("debug"), &build().join("debug"))?;
    healthy(&scratch, &chosen)?;
    let mut complaints = Vec::new();
    for mutant in &chosen {
        complaints.extend(judge(&scratch, mutant)?);
    }
    println!("\n{} guards removed, {} noticed", chosen.len(), chosen.len() - complaints.len());
    if complaints.is_empty() { Ok(()) } else { Err(complaints.join("\n       ")) }
}

/// The tests must pass before a failure of theirs can mean anything.
fn healthy(scratch: &Scratch, chosen: &[&Mutant]) -> Outcome {
    let tests: BTreeSet<_> = chosen.iter().map(|mutant| mutant.tests).collect();
    let mut results = tests.iter().map(|tests| step::run(&mut cargo(scratch, tests, &[])));
    results.find(Result::is_err).unwrap_or(Ok(())).map_err(|why| format!("without any mutant: {why}"))
}

fn judge(scratch: &Scratch, mutant: &Mutant) -> Outcome<Option<String>> {
    println!("\n== {}", mutant.name);
    if let Err(why) = scratch.replace(mutant.file, mutant.from, mutant.to) {
        return Ok(Some(format!("{}: {why}", mutant.name)));
    }
    let fate = fate(scratch, mutant.tests);
    scratch.refresh(mutant.file)?;
    Ok(match fate {
        Fate::Noticed => None,
        Fate::Survived => Some(format!("no test noticed: {}", mutant.name)),
        Fate::DidNotBuild => Some(format!("does not build, so it shows nothing: {}", mutant.name)),
    })
}

fn fate(scratch: &Scratch, tests: &[&str]) -> Fate {
    if step::run(&mut cargo(scratch, tests, &["--no-run"])).is_err() {
        return Fate::DidNotBuild;
    }
    // Standing still is noticed as well: the scope tests end by themselves.
    if step::run(&mut cargo(scratch, tests, &[])).is_err() { Fate::Noticed } else { Fate::Survived }
}

/// Where the mutants are built.
fn build() -> PathBuf {
    tree::target().join("mutants/build")
}

fn cargo(scratch: &Scratch, tests: &[&str], words: &[&str]) -> Command {
    let mut cargo = if step::works("cargo", &["nextest", "--version"]) {
        // It runs the store's own tests without those of the libraries below and above.
        tree::cargo(&[
            "nextest",
            "run",
            "--workspace",
            "--status-level=fail",
            "--final-status-level=none",
            "-E",
            WALL_TESTS,
        ])
    } else {
        tree::cargo(&["test", "--quiet", "--workspace"])
    };
    cargo.current_dir(&scratch.folder).env("CARGO_TARGET_DIR", build()).args(words).args(tests);
    cargo
}
