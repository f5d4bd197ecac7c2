//! Why the command line stopped, and how it says so.
use crate::words::{language, say};
use domain::Fault;
use serde_json::json;
use std::{
    io::{IsTerminal, stderr},
    path::Path,
    process::ExitCode,
};

/// What ends a command early.
#[derive(Debug)]
pub(crate) enum Stop {
    /// A refusal.
    Fault(Box<Fault>),
    /// The command was not called as it should be.
    Usage(String),
    /// Something else, as a code and words.
    Said(&'static str, String),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Stop::Fault(Box::new(fault))
    }
}
impl From<store::Error> for Stop {
    fn from(e: store::Error) -> Self {
        Fault::from(e).into()
    }
}

impl Stop {
    /// Misuse, said in a text of the command line.
    pub(crate) fn usage(key: &str, values: &[(&str, String)]) -> Self {
        Stop::Usage(say(key, values))
    }
    /// A file beside the database that cannot be read.
    pub(crate) fn unreadable(file: &Path, why: &std::io::Error) -> Self {
        let values = [("file", file.display().to_string()), ("why", why.to_string())];
        Stop::Said("file_unreadable", say("file_unreadable", &values))
    }
    /// A file cannot be written.
    pub(crate) fn unwritable(file: &Path, why: &std::io::Error) -> Self {
        let values = [("file", file.display().to_string()), ("why", why.to_string())];
        Stop::Said("file_unwritable", say("file_unwritable", &values))
    }
    /// Says it on standard error.
    pub(crate) fn told(&self, json: bool) -> ExitCode {
        let (code, message, field) = match self {
            Stop::Fault(f) => (f.code.as_str(), f.say(language()), f.field.as_deref()),
            Stop::Usage(message) => ("usage", message.clone(), None),
            Stop::Said(code, message) => (*code, message.clone(), None),
        };
        tell(json, code, &message, field);
        ExitCode::from(if matches!(self, Stop::Usage(_)) { 2 } else { 1 })
    }
}

/// A program reads JSON; a person at a terminal reads words.
fn tell(json: bool, code: &str, message: &str, field: Option<&str>) {
    if json || !stderr().is_terminal() {
        eprintln!("{}", json!({ "error": { "code": code, "message": message, "field": field } }));
    } else {
        let field = field.map(|f| format!(" ({f})")).unwrap_or_default();
        eprintln!("lineboard: {message}{field}");
    }
}

/// What clap found: help is no error, the rest is misuse.
pub(crate) fn misused(e: &clap::Error) -> ExitCode {
    if !e.use_stderr() {
        let _ = e.print();
        return ExitCode::SUCCESS;
    }
    if stderr().is_terminal() {
        let _ = e.print();
    } else {
        let text = e.to_string();
        let line = text.lines().next().unwrap_or_default().trim_start_matches("error: ");
        tell(true, "usage", line, None);
    }
    ExitCode::from(2)
}
