//! A copy of the project in which a guard may be missing.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::{Outcome, step, tree};

/// A copy of every tracked or new file, under the build folder.
///
/// It builds into a folder of its own: cargo names a workspace's crates by their place in it, so
/// in a shared folder a mutant's crates would pass for the project's.
pub(super) struct Scratch {
    /// Where the copy lies.
    pub(super) folder: PathBuf,
    original: PathBuf,
}

impl Scratch {
    /// Brings the copy up to date; unchanged files keep their time, so cargo keeps their work.
    pub(super) fn of(original: &Path) -> Outcome<Self> {
        let scratch = Self { folder: tree::target().join("mutants/tree"), original: original.to_path_buf() };
        let listed = step::answer(&mut tree::command("git", &["ls-files", "-co", "--exclude-standard", "-z"]))?;
        let names: HashSet<&str> = listed.split('\0').filter(|name| !name.is_empty()).collect();
        names.iter().try_for_each(|name| scratch.refresh(name))?;
        scratch.forget("", &names)?;
        Ok(scratch)
    }

    /// Puts `to` where `from` stands, which must be one place.
    pub(super) fn replace(&self, file: &str, from: &str, to: &str) -> Outcome {
        let path = self.folder.join(file);
        let text = fs::read_to_string(&path).map_err(|why| format!("{file}: {why}"))?;
        match text.matches(from).count() {
            1 => fs::write(&path, text.replace(from, to)).map_err(|why| format!("{file}: {why}")),
            count => Err(format!("the guard stands {count} times in {file}; it must stand once")),
        }
    }

    /// Brings one file back to what the project holds.
    pub(super) fn refresh(&self, name: &str) -> Outcome {
        let (from, to) = (self.original.join(name), self.folder.join(name));
        let said = |why: std::io::Error| format!("{name}: {why}");
        if !from.is_file() {
            return if to.is_file() { fs::remove_file(&to).map_err(said) } else { Ok(()) };
        }
        let bytes = fs::read(&from).map_err(said)?;
        if fs::read(&to).is_ok_and(|copied| copied == bytes) {
            return Ok(());
        }
        fs::create_dir_all(to.parent().unwrap_or(&self.folder)).map_err(said)?;
        fs::write(&to, bytes).map_err(said)
    }

    /// Removes from the copy what the project no longer holds.
    fn forget(&self, folder: &str, names: &HashSet<&str>) -> Outcome {
        let entries = fs::read_dir(self.folder.join(folder)).map_err(|why| format!("{folder}: {why}"))?;
        for entry in entries.filter_map(Result::ok) {
            let name = format!("{folder}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                self.forget(&format!("{name}/"), names)?;
            } else if !names.contains(name.as_str()) {
                fs::remove_file(entry.path()).map_err(|why| format!("{name}: {why}"))?;
            }
        }
        Ok(())
    }
}
