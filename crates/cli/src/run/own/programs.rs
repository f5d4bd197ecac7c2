//! Where PostgreSQL's programs are, and who may run them.
use super::stop;
use crate::Outcome;
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// Where systems put each version, and how the name of its folder begins.
const VERSIONS: [(&str, &str); 4] = [
    ("/usr/lib/postgresql", ""),
    ("/usr", "pgsql-"),
    ("/opt/homebrew/opt", "postgresql"),
    ("/usr/local/opt", "postgresql"),
];

/// PostgreSQL's programs, and who runs them where this program is root's.
pub(super) struct Programs {
    folder: PathBuf,
    pub(super) owner: Option<(u32, u32)>,
}

impl Programs {
    /// Those in this folder, else the newest that are installed.
    pub(super) fn find(folder: Option<&Path>) -> Outcome<Programs> {
        let there = |f: &PathBuf| ["initdb", "pg_ctl", "postgres"].iter().all(|name| f.join(name).is_file());
        let found = match folder {
            Some(folder) => Some(folder.to_path_buf()).filter(there),
            None => installed().into_iter().find(there),
        };
        let folder = found.ok_or_else(|| stop("hub_no_postgres", &[]))?;
        Ok(Programs { folder, owner: owner()? })
    }
    /// Runs one of them to its end; what it said where it failed.
    pub(super) fn run(&self, name: &str, args: impl FnOnce(&mut Command)) -> Result<(), String> {
        let mut command = Command::new(self.folder.join(name));
        self.lower(&mut command);
        args(&mut command);
        let Output { status, stdout, stderr } = command.current_dir("/").output().map_err(|e| e.to_string())?;
        let said = String::from_utf8_lossy(&stderr).trim().to_string();
        let said = if said.is_empty() { String::from_utf8_lossy(&stdout).trim().to_string() } else { said };
        if status.success() { Ok(()) } else { Err(said) }
    }
    #[cfg(unix)]
    fn lower(&self, command: &mut Command) {
        use std::os::unix::process::CommandExt;
        if let Some((user, group)) = self.owner {
            command.uid(user).gid(group);
        }
    }
    #[cfg(not(unix))]
    fn lower(&self, _: &mut Command) {}
}

/// Newest first, after those one calls by their name.
fn installed() -> Vec<PathBuf> {
    let mut versions: Vec<PathBuf> = vec![];
    for (place, begins) in VERSIONS {
        let all = fs::read_dir(place).into_iter().flatten().flatten();
        let all = all.filter(|v| v.file_name().to_string_lossy().starts_with(begins));
        versions.extend(all.map(|v| v.path().join("bin")));
    }
    let number = |p: &PathBuf| {
        let name = p.parent().and_then(Path::file_name).map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        name.trim_start_matches(|c: char| !c.is_ascii_digit()).parse::<u32>().unwrap_or(0)
    };
    versions.sort_by_key(|p| std::cmp::Reverse(number(p)));
    let path = env::var_os("PATH").unwrap_or_default();
    let called = env::split_paths(&path).map(|p| fs::canonicalize(p.join("initdb")).ok());
    let called = called.flatten().filter_map(|p| p.parent().map(Path::to_path_buf));
    called.chain(versions).collect()
}

/// PostgreSQL refuses to run as root: then its own user runs it.
#[cfg(unix)]
fn owner() -> Outcome<Option<(u32, u32)>> {
    if number(&["-u"]) != Some(0) {
        return Ok(None);
    }
    let found = number(&["-u", "postgres"]).zip(number(&["-g", "postgres"]));
    found.map(Some).ok_or_else(|| stop("hub_try_root", &[]))
}

#[cfg(not(unix))]
fn owner() -> Outcome<Option<(u32, u32)>> {
    Err(stop("hub_try_unix", &[]))
}

/// The number of a user or group; of whoever runs this where none is named.
#[cfg(unix)]
fn number(of: &[&str]) -> Option<u32> {
    String::from_utf8(Command::new("id").args(of).output().ok()?.stdout).ok()?.trim().parse().ok()
}
