//! Measures a release build and keeps what it said.

use std::fs;
use std::process::Command;

use crate::{Outcome, step, tree};

/// Runs the measurements and writes docs/benchmarks.md.
///
/// The programs print Markdown; words given here are passed on, and then nothing is written.
pub(crate) fn run(words: &[String]) -> Outcome {
    if let Some(("hub", rest)) = words.split_first().map(|(first, rest)| (first.as_str(), rest)) {
        println!("{}", under_load("bench", rest)?);
        return Ok(());
    }
    let mut all = vec!["run", "--release", "--package", "checks", "--bin", "bench", "--"];
    all.extend(words.iter().map(String::as_str));
    let report = step::answer(&mut tree::cargo(&all))?;
    println!("{report}");
    if !words.is_empty() {
        return Ok(());
    }
    let report = report + "\n" + &under_load("bench", &[])?;
    let page =
        format!("# Benchmarks\n\nWritten by `cargo xtask bench` on {}.\nMachine: {}.\n\n{report}", today(), machine());
    fs::write(tree::root().join("docs/benchmarks.md"), page).map_err(|why| format!("docs/benchmarks.md: {why}"))
}

/// Lets PCs write and read at a hub for as long as one likes, and says each minute how it goes.
pub(crate) fn soak(words: &[String]) -> Outcome {
    step::run(&mut load("soak", words))
}

/// What the hub said of itself under load.
fn under_load(what: &str, words: &[String]) -> Outcome<String> {
    step::answer(&mut load(what, words))
}

fn load(what: &str, words: &[String]) -> Command {
    let mut all = vec!["run", "--release", "--package", "net", "--bin", "load", "--", what];
    all.extend(words.iter().map(String::as_str));
    tree::cargo(&all)
}

fn today() -> String {
    let said = Command::new("date").arg("+%Y-%m-%d").output();
    said.map(|out| String::from_utf8_lossy(&out.stdout).trim().to_owned()).unwrap_or_default()
}

fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let processor = named("/proc/cpuinfo", "model name").unwrap_or_else(|| std::env::consts::ARCH.into());
    let memory = named("/proc/meminfo", "MemTotal").unwrap_or_else(|| "memory unknown".into());
    format!("{processor}, {cores} cores, {memory}, {}", std::env::consts::OS)
}

/// The value behind a name in one of the kernel's `name : value` tables.
fn named(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
