//! The pages on the command line run as they stand: one example after the other, in an empty folder.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "it is all test"
)]
use std::{fs, path::Path, process::Command};

const PAGES: [&str; 2] =
    [include_str!("../../../docs/guide/6-command-line.md"), include_str!("../../../docs/guide/13-figures.md")];

/// The fenced blocks of the pages, each with the line that stands before it.
fn blocks() -> Vec<(&'static str, Vec<&'static str>)> {
    let (mut all, mut inside, mut before) = (vec![], None::<Vec<&str>>, "");
    for line in PAGES.iter().flat_map(|page| page.lines()) {
        match (&mut inside, line.starts_with("```")) {
            (Some(_), true) => all.push((before, inside.take().unwrap_or_default())),
            (Some(lines), false) => lines.push(line),
            (None, true) => inside = Some(vec![]),
            (None, false) if !line.is_empty() => before = line,
            (None, false) => {}
        }
    }
    all
}

/// What an answer names anew each time, and later commands name again: its booking and its stamp.
#[derive(Default)]
struct Named {
    booking: String,
    stamp: String,
}

impl Named {
    fn hear(&mut self, out: &str) {
        let behind = |mark: &str| out.rsplit_once(mark).map(|(_, rest)| rest.lines().next().unwrap().to_string());
        self.booking = behind("Booking: ").unwrap_or_else(|| std::mem::take(&mut self.booking));
        self.stamp = behind("Stamp: ").unwrap_or_else(|| std::mem::take(&mut self.stamp));
    }
    fn word<'a>(&'a self, word: &'a str) -> &'a str {
        match word {
            token if token.len() == 32 && token.chars().all(|c| c.is_ascii_hexdigit()) => &self.booking,
            stamp if stamp.contains("Z/1/") => &self.stamp,
            other => other,
        }
    }
}

fn said(folder: &Path, words: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lineboard"));
    let set = [("DATA", "data"), ("KEY_FILE", "key"), ("USER", "ana"), ("LANG", "en")];
    command.envs(set.map(|(name, value)| (format!("LINEBOARD_{name}"), value)));
    let out = command.current_dir(folder).args(words).output().unwrap();
    let err = String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "{words:?}: {err}");
    String::from_utf8(out.stdout).unwrap()
}

/// The lines an example promises stand in what was said, in their order; "..." leaves some out.
fn compare(words: &[&str], promised: &[&str], out: &str) {
    let mut left = out.lines();
    for line in promised.iter().filter(|line| **line != "...") {
        assert!(left.any(|told| told == *line), "{words:?} does not say {line:?}: {out}");
    }
}

/// Whether an answer is the same on every day and in every folder.
fn is_steady(words: &[&str]) -> bool {
    let own =
        |word: &&str| ["init", "kpi", "course", "why", "asof", "alerts", "people", "verify", "pool"].contains(word);
    !words.iter().any(own)
}

fn run(folder: &Path, line: &str, promised: &[&str], named: &mut Named) {
    let line = line.trim_start_matches("$ lineboard ").to_string();
    let words: Vec<&str> = line.split(' ').map(|word| named.word(word)).collect();
    let out = said(folder, &words);
    if is_steady(&words) {
        compare(&words, promised, &out);
    }
    named.hear(&out);
}

#[test]
fn the_examples_of_the_guide_run_one_after_the_other() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    for (name, secret) in
        [("ana", "copper kettle on mars"), ("luis", "river bends under ash"), ("gift", "seven herons at dawn")]
    {
        write(&format!("{name}.txt"), secret);
    }
    let (mut named, mut count) = (Named::default(), 0);
    for (before, lines) in blocks() {
        if let Some(name) = before.strip_prefix('`').and_then(|rest| rest.strip_suffix("`:"))
            && !lines[0].starts_with('$')
        {
            write(name, &(lines.join("\n") + "\n"));
        }
        let starts: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].starts_with("$ lineboard ")).collect();
        for (place, at) in starts.iter().enumerate() {
            let end = starts.get(place + 1).copied().unwrap_or(lines.len());
            run(folder.path(), lines[*at], &lines[at + 1..end], &mut named);
            count += 1;
        }
    }
    assert!(count > 25, "{count} examples");
}
