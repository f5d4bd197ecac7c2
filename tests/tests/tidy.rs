//! The project is as its design says: who may name what, and where things lie.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop where it finds something wrong"
)]
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every file of the project, as git knows it.
fn files() -> Vec<String> {
    let listed = Command::new("git").args(["ls-files", "-co", "--exclude-standard"]).current_dir(root()).output();
    let text = String::from_utf8(listed.unwrap().stdout).unwrap();
    text.lines().filter(|name| root().join(name).is_file()).map(String::from).collect()
}

fn text(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_default()
}

/// Files written by people: no snapshots, no generated code, no lists of versions.
fn written() -> Vec<String> {
    let made = ["Cargo.lock", "package-lock.json", "ui/src/bindings.ts", "tests/output/", "src-tauri/permissions/"];
    let words = [".rs", ".ts", ".svelte", ".mjs", ".css", ".md", ".toml", ".sql", ".json"];
    let by_hand = |name: &String| !made.iter().any(|m| name.contains(m)) && words.iter().any(|w| name.ends_with(w));
    files().into_iter().filter(by_hand).collect()
}

/// Source files under a folder, without their comments.
fn rust(folder: &str) -> Vec<(String, String)> {
    let names = files().into_iter().filter(|n| n.starts_with(folder) && n.ends_with(".rs"));
    let code =
        |name: &String| text(name).lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    names.map(|name| (code(&name), name)).map(|(code, name)| (name, code)).collect()
}

fn naming(sources: Vec<(String, String)>, words: &[&str]) -> Vec<String> {
    let names = |code: &str| words.iter().any(|w| code.contains(w));
    sources.into_iter().filter(|(_, code)| names(code)).map(|(name, _)| name).collect()
}

const NONE: Vec<String> = vec![];

#[test]
fn no_file_is_longer_than_four_hundred_lines() {
    // A version of the schema is one file, and words are one list a language.
    let one = |name: &str| name.starts_with("migrations/") || name.contains("/words/");
    let long = written().into_iter().filter(|name| !one(name));
    let long: Vec<_> = long.map(|name| (text(&name).lines().count(), name)).filter(|(lines, _)| *lines > 400).collect();
    assert_eq!(long, vec![]);
}

#[test]
fn only_the_store_names_the_database() {
    for folder in ["crates/domain", "crates/plant", "crates/cli", "src-tauri"] {
        assert_eq!(naming(rust(folder), &["rusqlite", "libsqlite3"]), NONE);
        let manifest = text(&format!("{folder}/Cargo.toml"));
        assert!(!manifest.contains("rusqlite"), "{folder} depends on the database");
    }
}

#[test]
fn only_the_shell_names_the_window() {
    for folder in ["crates/", "tests/src", "xtask"] {
        assert_eq!(naming(rust(folder), &["tauri::", "use tauri"]), NONE);
    }
    for name in ["domain", "store", "plant", "cli"] {
        assert!(!text(&format!("crates/{name}/Cargo.toml")).contains("tauri"), "{name} depends on the window");
    }
}

#[test]
fn the_domain_depends_on_nothing_that_does_things() {
    let manifest = text("crates/domain/Cargo.toml");
    for other in ["store", "plant", "rusqlite", "tokio", "getrandom", "tracing"] {
        let asked = manifest
            .lines()
            .any(|line| line.starts_with(&format!("{other}.")) || line.starts_with(&format!("{other} ")));
        assert!(!asked, "the domain depends on {other}");
    }
    assert_eq!(naming(rust("crates/domain/src"), &["std::fs", "std::net", "std::process", "SystemTime"]), NONE);
}

#[test]
fn one_file_of_a_pc_and_one_of_a_hub_ask_what_time_it_is() {
    let asked = naming(rust("crates/"), &["SystemTime::now", "Utc::now", "Local::now"]);
    assert_eq!(asked, ["crates/hub/src/clock.rs", "crates/store/src/clock.rs"]);
}

#[test]
fn the_top_of_the_tree_is_as_designed() {
    let designed: BTreeSet<&str> =
        ".cargo .ci .editorconfig .gitattributes .gitignore .config CHANGELOG.md Cargo.lock Cargo.toml LICENSE README.md
        clippy.toml crates deny.toml docs icons migrations rust-toolchain.toml rustfmt.toml src-tauri tests ui xtask"
            .split_whitespace()
            .collect();
    let there: BTreeSet<String> = files().iter().map(|name| name.split('/').next().unwrap().to_string()).collect();
    let strange: Vec<_> = there.iter().filter(|name| !designed.contains(name.as_str())).collect();
    assert_eq!(strange, Vec::<&String>::new());
}

#[test]
fn no_file_names_a_folder_of_somebodys_pc() {
    let pcs = ["work", "root", "home", "Users"].map(|folder| format!("/{folder}/"));
    let own = |name: &String| name != "tests/tests/tidy.rs";
    let told = |name: &String| {
        let text = text(name);
        text.lines().any(|line| pcs.iter().any(|pc| starts_a_path(line, pc)))
    };
    assert_eq!(written().into_iter().filter(own).filter(told).collect::<Vec<_>>(), NONE);
}

/// Whether a path begins there, rather than goes on.
fn starts_a_path(line: &str, folder: &str) -> bool {
    let before = line.find(folder).map(|at| line[..at].chars().next_back());
    before.is_some_and(|c| c.is_none_or(|c| matches!(c, ' ' | '"' | '\'' | '`' | '(' | '=')))
}

#[test]
fn both_languages_have_the_same_words() {
    for folder in ["crates/domain/words", "ui/src/words"] {
        let [en, es] = ["en", "es"].map(|language| {
            let json = text(&format!("{folder}/{language}.json"));
            let words: serde_json::Value = serde_json::from_str(&json).unwrap();
            keys("", &words)
        });
        assert!(!en.is_empty(), "{folder} has words");
        assert_eq!(en.symmetric_difference(&es).collect::<Vec<_>>(), Vec::<&String>::new(), "{folder}");
    }
}

/// Every key with the blanks its text has.
fn keys(path: &str, words: &serde_json::Value) -> BTreeSet<String> {
    match words {
        serde_json::Value::Object(map) => {
            map.iter().flat_map(|(key, value)| keys(&format!("{path}.{key}"), value)).collect()
        }
        value => {
            let text = value.as_str().unwrap_or("");
            let mut blanks: Vec<_> = text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
            blanks.sort_unstable();
            blanks.dedup();
            [format!("{path} {}", blanks.join(" "))].into()
        }
    }
}

#[test]
fn every_source_file_begins_with_what_it_is() {
    let silent = |name: &String| !text(name).starts_with("//!") && !name.contains("/tests");
    let sources = files().into_iter().filter(|n| n.ends_with(".rs"));
    assert_eq!(sources.filter(silent).collect::<Vec<_>>(), NONE);
}
