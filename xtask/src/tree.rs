//! Where things lie in the project.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder that holds the workspace.
pub(crate) fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_path_buf()
}

/// The folder cargo builds into.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// A binary of the last development build.
pub(crate) fn built(name: &str) -> PathBuf {
    target().join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// A command that starts in the project's folder.
pub(crate) fn command(program: &str, words: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(words).current_dir(root());
    if let Some(data) = garment_data() {
        command.env(GARMENT, data);
    }
    command
}

/// Cargo, the one this task was started with.
pub(crate) fn cargo(words: &[&str]) -> Command {
    command(&std::env::var("CARGO").unwrap_or_else(|_| "cargo".into()), words)
}

/// npm inside one of the project's folders.
pub(crate) fn npm(folder: &str, words: &[&str]) -> Command {
    let mut npm = command("npm", words);
    npm.current_dir(root().join(folder));
    npm
}

/// Names the folder of the real factory data to the tests.
const GARMENT: &str = "LINEBOARD_GARMENT_DATA";

/// The real factory data, where it lies beside the project.
fn garment_data() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os(GARMENT) {
        return Some(named.into());
    }
    let beside = root().parent()?.join("shared").join("data");
    beside.join("production.csv").is_file().then_some(beside)
}
