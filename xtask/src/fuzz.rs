//! Lets a machine try messages that nobody would think of.
use crate::{Outcome, step, tree};
use std::{fs, process::Command};

/// Seconds for each target where nobody says how many.
const SECONDS: &str = "60";

/// Fuzzes the targets named, or all; `--seconds N` each. It wants a nightly compiler; cargo-fuzz is fetched.
///
/// # Errors
/// Where a target breaks, with the input that broke it.
pub(crate) fn run(words: &[String]) -> Outcome {
    let at = words.iter().position(|w| w == "--seconds");
    let seconds = at.and_then(|i| words.get(i + 1)).map_or(SECONDS, String::as_str);
    let named: Vec<&String> =
        words.iter().enumerate().filter(|(i, _)| at.is_none_or(|a| *i != a && *i != a + 1)).map(|w| w.1).collect();
    if !has_cargo_fuzz() {
        step::run(&mut tree::cargo(&["install", "cargo-fuzz", "--locked"]))?;
    }
    for target in targets()?.iter().filter(|t| named.is_empty() || named.contains(t)) {
        println!("{target}");
        let limit = format!("-max_total_time={seconds}");
        let seeds = format!("seeds/{target}");
        let corpus = format!("corpus/{target}");
        let folder = tree::root().join("tests/fuzz");
        fs::create_dir_all(folder.join(&corpus)).map_err(|why| format!("{corpus}: {why}"))?;
        let mut fuzz = Command::new("cargo");
        fuzz.args(["+nightly", "fuzz", "run", "--fuzz-dir", ".", target, &corpus]);
        if folder.join(&seeds).exists() {
            fuzz.arg(&seeds);
        }
        step::run(fuzz.args(["--", &limit, "-timeout=10"]).current_dir(folder))?;
    }
    Ok(())
}

fn has_cargo_fuzz() -> bool {
    Command::new("cargo").args(["fuzz", "--version"]).output().is_ok_and(|out| out.status.success())
}

fn targets() -> Outcome<Vec<String>> {
    let folder = tree::root().join("tests/fuzz/targets");
    let all = fs::read_dir(&folder).map_err(|why| format!("{}: {why}", folder.display()))?;
    let mut names: Vec<String> = all.filter_map(|e| Some(e.ok()?.path().file_stem()?.to_str()?.to_owned())).collect();
    names.sort();
    Ok(names)
}
