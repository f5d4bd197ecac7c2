//! Keeps TypeScript and the window's command list equal to Rust.

use std::fs;
use std::path::PathBuf;

use crate::{Outcome, step, tree};

/// The program that prints what the plant's commands are, by subject.
const PRINTER: &str = "bindings";

/// Writes the generated files anew.
pub(crate) fn write() -> Outcome {
    step::run(&mut tree::cargo(&["build", "--workspace", "--bin", PRINTER]))?;
    for (path, text) in generated()? {
        let shown = path.display().to_string();
        fs::write(&path, text).map_err(|why| format!("{shown}: {why}"))?;
        println!("wrote {shown}");
    }
    Ok(())
}

/// Fails when a generated file is not what the built program prints.
pub(crate) fn check() -> Outcome {
    for (path, text) in generated()? {
        if fs::read_to_string(&path).unwrap_or_default() != text {
            return Err(format!("{} is out of date: run `cargo xtask bindings`", path.display()));
        }
    }
    Ok(())
}

fn generated() -> Outcome<Vec<(PathBuf, String)>> {
    let root = tree::root();
    let commands = print("commands")?;
    Ok(vec![
        (root.join("ui/src/bindings.ts"), print("typescript")?),
        (root.join("src-tauri/permissions/commands.toml"), permission(&commands)),
    ])
}

fn print(subject: &str) -> Outcome<String> {
    step::answer(&mut tree::command(&tree::built(PRINTER).to_string_lossy(), &[subject]))
}

/// The permission that admits exactly the named commands, one name a line.
fn permission(commands: &str) -> String {
    let names: String = commands.lines().map(|name| format!("  \"{name}\",\n")).collect();
    format!(
        "# Written by `cargo xtask bindings` from the plant's command list.\n\
         [[permission]]\nidentifier = \"commands\"\n\
         description = \"Every command of the app; each checks its session itself\"\n\
         commands.allow = [\n{names}]\n"
    )
}

#[cfg(test)]
mod tests {
    use super::permission;

    #[test]
    fn the_permission_names_each_command_once() {
        let text = permission("login\nline_list\n");
        assert!(text.contains("commands.allow = [\n  \"login\",\n  \"line_list\",\n]"), "{text}");
    }
}
