//! Programs that must not compile, and why each does not.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop where it finds something wrong"
)]
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The crates a command is written with.
const CRATES: [&str; 3] = ["domain", "store", "plant"];

/// One build of those crates, as the workspace has it already.
struct Build(Vec<(&'static str, PathBuf)>);

impl Build {
    /// The newest build of each crate with which the control compiles.
    fn found() -> Build {
        let deps = std::env::current_exe().unwrap().parent().unwrap().to_path_buf();
        let all = CRATES.map(|name| rlibs(&deps, name));
        let mut tries = vec![vec![]];
        for (name, libs) in CRATES.iter().zip(&all) {
            let with =
                |t: &Vec<_>| libs.iter().map(|l| [t.as_slice(), &[(*name, l.clone())]].concat()).collect::<Vec<_>>();
            tries = tries.iter().flat_map(with).collect();
        }
        let fits = |build: &Build| build.compile(Path::new("control")).is_empty();
        tries.into_iter().map(Build).find(fits).expect("the control compiles with some build")
    }
    /// The codes of the errors of a program; empty where it compiles.
    fn compile(&self, program: &Path) -> Vec<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/refuse");
        let out = tempfile::tempdir().unwrap();
        let mut rustc = Command::new(std::env::var("RUSTC").unwrap_or_else(|_| "rustc".into()));
        rustc.args(["--edition", "2024", "--emit", "metadata", "--error-format", "json", "-A", "warnings"]);
        rustc.arg(folder.join(program).with_extension("rs")).arg("--out-dir").arg(out.path());
        for (name, lib) in &self.0 {
            rustc.arg("--extern").arg(format!("{name}={}", lib.display()));
            rustc.arg("-L").arg(format!("dependency={}", lib.parent().unwrap().display()));
        }
        let said = rustc.current_dir(&folder).output().unwrap();
        if said.status.success() { vec![] } else { codes(&String::from_utf8_lossy(&said.stderr)) }
    }
}

/// The builds of a crate, newest first.
fn rlibs(deps: &Path, name: &str) -> Vec<PathBuf> {
    let mut all: Vec<_> = fs::read_dir(deps)
        .unwrap()
        .map(|f| f.unwrap().path())
        .filter(|p| {
            let file = p.file_name().unwrap().to_string_lossy().into_owned();
            file.strip_prefix(&format!("lib{name}-")).is_some_and(|rest| rest.ends_with(".rlib"))
        })
        .collect();
    all.sort_by_key(|p| std::cmp::Reverse(fs::metadata(p).unwrap().modified().unwrap()));
    all
}

fn codes(json: &str) -> Vec<String> {
    let lines = json.lines().filter_map(|l| serde_json::from_str::<serde_json::Value>(l).ok());
    let mut codes: Vec<_> = lines
        .filter(|l| l["level"] == "error" && !l["message"].as_str().unwrap_or("").starts_with("aborting"))
        .map(|l| l["code"]["code"].as_str().unwrap_or("no code").to_string())
        .collect();
    codes.dedup();
    codes
}

/// The code a program's first line promises.
fn promised(program: &Path) -> String {
    let text = fs::read_to_string(program).unwrap();
    let first = text.lines().next().unwrap_or("");
    first.strip_prefix("//! Must not compile: ").expect("the first line names the error").into()
}

#[test]
fn what_goes_round_the_repository_does_not_compile() {
    let build = Build::found();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/refuse");
    let mut programs: Vec<_> = fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    programs.sort();
    programs.retain(|p| p.file_stem().unwrap() != "control");
    let mut wrong = vec![];
    for program in &programs {
        let (want, got) = (promised(program), build.compile(program));
        if got != [want.clone()] {
            wrong.push(format!("{}: {want} promised, {got:?} found", program.file_stem().unwrap().display()));
        }
    }
    println!("{} programs refused", programs.len() - wrong.len());
    assert!(wrong.is_empty() && programs.len() > 20, "{}", wrong.join("\n"));
}
