//! Runs a test of this program again: as another user, or where a small disk is mounted.
use std::{env, fs, os::unix::process::CommandExt, path::Path, process::Command};

/// Says to a test that it runs in such a place, and which.
const PLACE: &str = "LINEBOARD_TEST_PLACE";

/// A user without rights: `nobody` on every Linux.
pub(crate) const NOBODY: u32 = 65534;

/// Where the test runs, if it was started by another.
pub(crate) fn place() -> Option<String> {
    env::var(PLACE).ok()
}

/// Whether permissions of files mean nothing here.
pub(crate) fn is_superuser() -> bool {
    std::os::unix::fs::MetadataExt::uid(&fs::metadata("/proc/self").unwrap()) == 0
}

/// Runs the test as a user without rights.
pub(crate) fn as_nobody(test: &str, folder: &Path, place: &Path) {
    // The program itself may lie where nobody else can look.
    let program = folder.join("again");
    fs::copy(env::current_exe().unwrap(), &program).unwrap();
    run(Command::new(program).uid(NOBODY).gid(NOBODY).current_dir("/"), test, place);
}

/// Runs the test with an empty disk of so many megabytes at the folder; says so where none may be mounted.
pub(crate) fn on_a_small_disk(test: &str, folder: &Path, megabytes: u32) {
    let mount = format!("mount -t tmpfs -o size={megabytes}m none \"$0\"");
    let unshare = |script: &str| {
        let mut command = Command::new("unshare");
        let who: &[&str] = if is_superuser() { &[] } else { &["--user", "--map-root-user"] };
        command.args(who).args(["--mount", "sh", "-c", script]).arg(folder);
        command
    };
    if !unshare(&mount).output().is_ok_and(|done| done.status.success()) {
        println!("SKIPPED: no small disk may be mounted here, so nothing was tried on a full one");
        return;
    }
    let mut command = unshare(&format!("{mount} && exec \"$@\""));
    run(command.arg(env::current_exe().unwrap()), test, folder);
}

fn run(command: &mut Command, test: &str, place: &Path) {
    let done = command.args(["--exact", test, "--ignored", "--nocapture"]).env(PLACE, place).output().unwrap();
    let said = [done.stdout, done.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat();
    assert!(done.status.success() && said.contains("1 passed"), "{said}");
}
