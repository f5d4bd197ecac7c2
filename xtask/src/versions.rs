//! Plays an older program and this one against each other.
use crate::{Outcome, step, tree};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The oldest program that this one goes on with: its file is of version 7 and its hub's database of version 2.
///
/// Before it, facts had other ids (decision 0015) and messages no checksum; no such program was ever given out.
const OLD: &str = "9ced0a454b198f78316ae28b4dde05699726074c";

/// Builds both programs and tells the stories of tests/versions with them; `--old COMMIT` names another older one.
///
/// # Errors
/// Where the commit is not there or does not build, and where a story goes wrong.
pub(crate) fn run(words: &[String]) -> Outcome {
    let commit = commit(words)?;
    println!("the older program is of {}", described(&commit)?);
    println!("this one stands on {}", described("HEAD")?);
    let old = program(&commit)?;
    step::run(&mut tree::cargo(&["build", "--package", "cli"]))?;
    let mut stories = tree::cargo(&["test", "--package", "versions", "--test", "stories", "--", "--ignored"]);
    step::run(stories.env("LINEBOARD_OLD", old).env("LINEBOARD_NEW", absolute(&tree::built("lineboard"))?))
}

fn commit(words: &[String]) -> Outcome<String> {
    let named = match words {
        [] => OLD,
        [option, commit] if option == "--old" => commit,
        _ => return Err("versions takes nothing but --old COMMIT".into()),
    };
    git(&["rev-parse", "--verify", &format!("{named}^{{commit}}")])
}

/// A commit, and which versions its file and its hub's database are of.
fn described(commit: &str) -> Outcome<String> {
    let newest = |folder: &str| -> Outcome<String> {
        let listed = git(&["ls-tree", "--name-only", commit, folder])?;
        Ok(listed.lines().last().and_then(|path| path.rsplit('/').next()).unwrap_or("none").to_owned())
    };
    let (file, hub) = (newest("migrations/")?, newest("crates/hub/migrations/")?);
    Ok(format!("{}; file {file}, hub {hub}", git(&["log", "-1", "--format=%h %s", commit])?))
}

/// The program of a commit; it is built once, as a commit does not change.
fn program(commit: &str) -> Outcome<PathBuf> {
    let home = absolute(&tree::target().join("versions"))?;
    let kept = home.join("programs").join(commit);
    if !kept.exists() {
        let source = home.join("source");
        // Always checked out anew: cargo tells by the age of files what it must build, and all commits share a folder.
        leave(&source)?;
        step::run(&mut tree::command("git", &["worktree", "add", "--detach", &shown(&source), commit]))?;
        let built = built(&source, &home.join("build"));
        let kept = built.and_then(|program| keep(&program, &kept));
        leave(&source)?;
        kept?;
    }
    Ok(kept)
}

/// Builds the command line of a source, beside what this one builds.
fn built(source: &Path, target: &Path) -> Outcome<PathBuf> {
    let mut cargo = tree::cargo(&["build", "--locked", "--package", "cli"]);
    step::run(cargo.current_dir(source).env("CARGO_TARGET_DIR", target))?;
    Ok(target.join("debug").join(format!("lineboard{}", std::env::consts::EXE_SUFFIX)))
}

/// Puts a program where it stays, whole or not at all.
fn keep(program: &Path, kept: &Path) -> Outcome {
    let half = kept.with_extension("half");
    let copied = fs::create_dir_all(kept.with_file_name("")).and_then(|()| fs::copy(program, &half));
    copied.and_then(|_| fs::rename(&half, kept)).map_err(|why| format!("{}: {why}", kept.display()))
}

/// Takes a source away, whatever is left of it.
fn leave(source: &Path) -> Outcome {
    if source.exists() {
        fs::remove_dir_all(source).map_err(|why| format!("{}: {why}", source.display()))?;
    }
    git(&["worktree", "prune"]).map(drop)
}

fn git(words: &[&str]) -> Outcome<String> {
    Ok(step::answer(&mut tree::command("git", words))?.trim().to_owned())
}

fn absolute(path: &Path) -> Outcome<PathBuf> {
    std::path::absolute(tree::root().join(path)).map_err(|why| format!("{}: {why}", path.display()))
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
