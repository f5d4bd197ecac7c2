//! Runs a program and listens to what it says.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::thread;

use crate::Outcome;

/// Runs a program to its end, its words going straight to the terminal.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let said = spell(command);
    println!("> {said}");
    let status = command.status().map_err(|why| format!("`{said}` cannot start: {why}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{said}` failed ({status})")) }
}

/// Like [`run`], and keeps the lines, also those of a failure.
pub(crate) fn heard(command: &mut Command) -> (Vec<String>, Outcome) {
    let said = spell(command);
    println!("> {said}");
    let mut lines = Vec::new();
    let outcome = listen(command, &mut lines).map_err(|why| format!("`{said}` {why}"));
    (lines, outcome)
}

/// The standard output of a program that succeeds.
pub(crate) fn answer(command: &mut Command) -> Outcome<String> {
    let said = spell(command);
    let out = command.stderr(Stdio::inherit()).output().map_err(|why| format!("`{said}` cannot start: {why}"))?;
    if !out.status.success() {
        return Err(format!("`{said}` failed ({})", out.status));
    }
    String::from_utf8(out.stdout).map_err(|_| format!("`{said}` did not answer in UTF-8"))
}

/// Whether a program starts and succeeds; its words are dropped.
pub(crate) fn works(program: &str, words: &[&str]) -> bool {
    let status = Command::new(program).args(words).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

fn listen(command: &mut Command, lines: &mut Vec<String>) -> Outcome {
    let spawned = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = spawned.map_err(|why| format!("cannot start: {why}"))?;
    let (tell, told) = channel();
    let ears =
        [child.stdout.take().map(|pipe| ear(pipe, tell.clone())), child.stderr.take().map(|pipe| ear(pipe, tell))];
    for line in told {
        // A closed terminal must not stop the step: what it proves is in the exit status.
        let _ = writeln!(std::io::stdout(), "{line}");
        lines.push(line);
    }
    for ear in ears.into_iter().flatten() {
        ear.join().map_err(|_| "was cut off while speaking".to_owned())?;
    }
    let status = child.wait().map_err(|why| format!("got lost: {why}"))?;
    if status.success() { Ok(()) } else { Err(format!("failed ({status})")) }
}

fn ear(pipe: impl Read + Send + 'static, tell: Sender<String>) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        for line in BufReader::new(pipe).split(b'\n').map_while(Result::ok) {
            let text = String::from_utf8_lossy(&line).trim_end_matches('\r').to_owned();
            if tell.send(text).is_err() {
                break;
            }
        }
    })
}

fn spell(command: &Command) -> String {
    let name = std::path::Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = command.get_args().map(|word| word.to_string_lossy().into_owned());
    std::iter::once(name.to_string_lossy().into_owned()).chain(words).collect::<Vec<_>>().join(" ")
}
