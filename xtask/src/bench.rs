//! Measures a release build and keeps what it said.

use std::fs;
use std::process::Command;

use crate::{Outcome, step, tree};

/// Runs the measurements and writes docs/benchmarks.md.
///
/// The program prints Markdown; words given here are passed on to it, and then nothing is written.
pub(crate) fn run(words: &[String]) -> Outcome {
    let mut all = vec!["run", "--release", "--package", "checks", "--bin", "bench", "--"];
    all.extend(words.iter().map(String::as_str));
    let report = step::answer(&mut tree::cargo(&all))?;
    println!("{report}");
    if !words.is_empty() {
        return Ok(());
    }
    let page =
        format!("# Benchmarks\n\nWritten by `cargo xtask bench` on {}.\nMachine: {}.\n\n{report}", today(), machine());
    fs::write(tree::root().join("docs/benchmarks.md"), page).map_err(|why| format!("docs/benchmarks.md: {why}"))
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
