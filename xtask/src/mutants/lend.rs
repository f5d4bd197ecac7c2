//! Lends the libraries the project has already compiled to the mutants' build folder.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use crate::{Outcome, tree};

/// Copies what was built of other people's crates, once, so that SQLCipher is not compiled again.
pub(super) fn libraries(from: &Path, to: &Path) -> Outcome {
    if to.exists() || !from.join("deps").exists() {
        return Ok(());
    }
    let ours = ours()?;
    let lent = |name: &str| !ours.iter().any(|ours| name.trim_start_matches("lib").starts_with(ours.as_str()));
    for (folder, kinds) in [("deps", ["rlib", "rmeta", "so", "d"].as_slice()), ("build", &[]), (".fingerprint", &[])] {
        copy(&from.join(folder), &to.join(folder), &|path| {
            let kind = path.extension().and_then(OsStr::to_str).unwrap_or_default();
            path.file_name().and_then(OsStr::to_str).is_some_and(&lent) && (kinds.is_empty() || kinds.contains(&kind))
        })?;
    }
    Ok(())
}

/// How the files of the workspace's own crates begin.
fn ours() -> Outcome<Vec<String>> {
    let workspace = manifest("")?;
    let members = workspace.lines().find(|line| line.starts_with("members")).unwrap_or_default();
    let folders = members.split('"').skip(1).step_by(2);
    let names = folders.map(|folder| {
        let text = manifest(folder)?;
        let name = text.lines().find_map(|line| line.strip_prefix("name = ")).unwrap_or_default();
        Ok(name.trim_matches('"').to_owned())
    });
    let names = names.collect::<Outcome<Vec<String>>>()?;
    Ok(names.iter().flat_map(|name| [format!("{name}-"), format!("{}-", name.replace('-', "_"))]).collect())
}

fn manifest(folder: &str) -> Outcome<String> {
    let path = tree::root().join(folder).join("Cargo.toml");
    fs::read_to_string(&path).map_err(|why| format!("{}: {why}", path.display()))
}

/// Copies the entries that are wanted, with their times: cargo goes by them.
fn copy(from: &Path, to: &Path, wanted: &dyn Fn(&Path) -> bool) -> Outcome {
    fs::create_dir_all(to).map_err(|why| format!("{}: {why}", to.display()))?;
    let entries = fs::read_dir(from).map_err(|why| format!("{}: {why}", from.display()))?;
    let wanted: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path()).filter(|path| wanted(path))).collect();
    for some in wanted.chunks(200) {
        let mut cp = tree::command("cp", &["-a"]);
        cp.args(some).arg(to);
        let done = cp.status().map_err(|why| format!("cp: {why}"))?;
        if !done.success() {
            return Err(format!("cp into {} failed ({done})", to.display()));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::ours;

    #[test]
    fn our_crates_are_known_by_the_names_of_their_files() {
        let ours = ours().unwrap();
        assert!(
            ["store-", "lineboard-app-", "lineboard_app-", "xtask-"]
                .iter()
                .all(|name| ours.iter().any(|one| one == name))
        );
        assert!(!ours.iter().any(|name| name.starts_with("rusqlite")));
    }
}
