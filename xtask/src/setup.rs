//! Installs what building and testing needs, once.

use std::fs;
use std::process::Command;

use crate::{Outcome, step, tree};

/// Debian packages the build needs: the window's libraries and SQLCipher's compiler.
const BUILD: [&str; 6] =
    ["libwebkit2gtk-4.1-dev", "libsoup-3.0-dev", "librsvg2-dev", "pkg-config", "build-essential", "perl"];

/// Debian packages that drive the real window without a screen, and the database of a hub.
const TEST: [&str; 7] =
    ["webkit2gtk-driver", "xvfb", "xauth", "dbus-x11", "fonts-dejavu-core", "xdotool", "postgresql"];

/// Installs for `test`: build packages, test packages, both npm folders.
pub(crate) fn everything() -> Outcome {
    packages(&[BUILD.as_slice(), TEST.as_slice()].concat())?;
    rust()?;
    node()?;
    modules("ui")?;
    modules("tests/e2e")
}

/// Installs for `run`: only what building the app needs.
pub(crate) fn to_build() -> Outcome {
    packages(&BUILD)?;
    node()?;
    modules("ui")
}

fn packages(wanted: &[&str]) -> Outcome {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let missing: Vec<&str> = wanted.iter().copied().filter(|name| !installed(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    if !step::works("apt-get", &["--version"]) {
        return Err(format!("this system has no apt-get; install the equivalent of: {}", missing.join(" ")));
    }
    println!("Installing {}", missing.join(" "));
    step::run(&mut as_root(&["apt-get", "update", "-qq"])?)?;
    let words = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"];
    step::run(&mut as_root(&[words.as_slice(), missing.as_slice()].concat())?)
}

fn installed(package: &str) -> bool {
    let asked = Command::new("dpkg-query").args(["-W", "-f=${Status}", package]).output();
    asked.is_ok_and(|said| said.stdout.ends_with(b"install ok installed"))
}

fn as_root(words: &[&str]) -> Outcome<Command> {
    let root = Command::new("id").arg("-u").output().is_ok_and(|said| said.stdout.trim_ascii() == b"0");
    if !root && !step::works("sudo", &["--version"]) {
        return Err(format!("neither root nor sudo: run `{}` as root first", words.join(" ")));
    }
    let (program, rest) = if root { (words[0], &words[1..]) } else { ("sudo", words) };
    let mut command = tree::command(program, rest);
    command.env("DEBIAN_FRONTEND", "noninteractive");
    Ok(command)
}

/// rustfmt and clippy, where rustup can add them.
fn rust() -> Outcome {
    for (tool, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if !step::works("cargo", &[tool, "--version"]) {
            step::run(&mut tree::command("rustup", &["component", "add", component]))?;
        }
    }
    Ok(())
}

fn node() -> Outcome {
    let said = Command::new("node").arg("--version").output();
    let version = said.map(|out| String::from_utf8_lossy(&out.stdout).trim().to_owned()).unwrap_or_default();
    let major = version.trim_start_matches('v').split('.').next().and_then(|text| text.parse::<u32>().ok());
    match major {
        Some(20..) if step::works("npm", &["--version"]) => Ok(()),
        Some(20..) => Err("npm is missing: install it beside Node, then start again".into()),
        Some(_) => Err(format!("Node {version} is too old: version 20 or newer is needed")),
        None => Err("Node is missing: install version 20 or newer with npm, then start again".into()),
    }
}

/// Runs `npm ci` in a folder whose lock file changed since the last time.
fn modules(folder: &str) -> Outcome {
    let lock = tree::root().join(folder).join("package-lock.json");
    let stamp = tree::root().join(folder).join("node_modules/.installed-lock");
    let wanted = fs::read(&lock).map_err(|why| format!("{folder}/package-lock.json: {why}"))?;
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    step::run(&mut tree::npm(folder, &["ci", "--no-audit", "--no-fund", "--loglevel=error"]))?;
    fs::write(&stamp, wanted).map_err(|why| format!("{folder}/node_modules: {why}"))
}
