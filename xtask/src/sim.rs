//! Plays PCs, hubs and every fault between them, from seeds.
use crate::{Outcome, step, tree};

/// Plays with what was asked for; planted faults are built in here and nowhere else.
pub(crate) fn run(words: &[String]) -> Outcome {
    let build = ["run", "--release", "--quiet", "-p", "sim", "--features", "planted", "--"];
    let words: Vec<&str> = build.into_iter().chain(words.iter().map(String::as_str)).collect();
    step::run(&mut tree::cargo(&words))
}

/// Every planted fault is found.
pub(crate) fn faults() -> Outcome {
    run(&["--faults".to_string(), "all".to_string()])
}
