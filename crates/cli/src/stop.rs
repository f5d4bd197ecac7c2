//! Why the command line stopped, and how it says so.
use crate::words::{cause, language, own, say};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use domain::{Code, Fault};
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
    Usage {
        /// How it should be.
        message: String,
        /// The argument concerned.
        field: Option<String>,
    },
    /// Something else.
    Said {
        /// The same in every language.
        code: &'static str,
        /// In words.
        message: String,
        /// The argument concerned.
        field: Option<String>,
    },
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
        Stop::Usage { message: say(key, values), field: None }
    }
    /// A refusal of the command line's own, whose code is the key of its text.
    pub(crate) fn said(key: &'static str, values: &[(&str, String)]) -> Self {
        Stop::Said { code: key, message: say(key, values), field: None }
    }
    /// A code that nothing in scope has; whether it is somebody else's is not told.
    pub(crate) fn missing(what: &str, code: &str) -> Self {
        let message = say(&format!("no_such_{what}"), &[("value", code.into())]);
        Stop::Said { code: "missing", message, field: Some(what.into()) }
    }
    /// The same, where a command that knows only ids says no more than that something is missing.
    pub(crate) fn or_missing(self, what: &str, code: &str) -> Self {
        match self {
            Stop::Fault(fault) if fault.code == Code::Missing.word() => Stop::missing(what, code),
            other => other,
        }
    }
    /// A file beside the database that cannot be read.
    pub(crate) fn unreadable(file: &Path, why: &std::io::Error) -> Self {
        let values = [("file", file.display().to_string()), ("why", cause(why))];
        Stop::said("file_unreadable", &values).at("file")
    }
    /// A file cannot be written.
    pub(crate) fn unwritable(file: &Path, why: &std::io::Error) -> Self {
        let values = [("file", file.display().to_string()), ("why", cause(why))];
        Stop::said("file_unwritable", &values).at("file")
    }
    /// Names the argument.
    pub(crate) fn at(mut self, named: &str) -> Self {
        match &mut self {
            Stop::Fault(fault) => fault.field = Some(named.into()),
            Stop::Usage { field, .. } | Stop::Said { field, .. } => *field = Some(named.into()),
        }
        self
    }
    /// Says it on standard error.
    pub(crate) fn told(&self, json: bool) -> ExitCode {
        let (code, message, field) = match self {
            Stop::Fault(fault) => (fault.code.as_str(), spoken(fault), &fault.field),
            Stop::Usage { message, field } => ("usage", message.clone(), field),
            Stop::Said { code, message, field } => (*code, message.clone(), field),
        };
        tell(json, code, &message, field.as_deref());
        ExitCode::from(if matches!(self, Stop::Usage { .. }) { 2 } else { 1 })
    }
}

/// A refusal in words: those that name an option where there are such, else the window's.
fn spoken(fault: &Fault) -> String {
    let values: Vec<(&str, String)> = fault.params.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    own(&format!("fault.{}", fault.code), &values).unwrap_or_else(|| fault.say(language()))
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
    // What was not understood may still say that a program asks.
    let json = std::env::args().any(|arg| arg == "--json");
    if stderr().is_terminal() && !json {
        let _ = e.print();
    } else {
        tell(true, "usage", &sentence(e), field(e).as_deref());
    }
    ExitCode::from(2)
}

/// What is wrong and of which arguments, as one line: clap lists them below its first.
fn sentence(e: &clap::Error) -> String {
    if e.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return say("needs_command", &[]);
    }
    let text = e.to_string();
    let lines = text.trim_start_matches("error: ").lines().map(str::trim).take_while(|line| !line.is_empty());
    let lines: Vec<&str> = lines.collect();
    match lines.split_first() {
        Some((first, rest)) if !rest.is_empty() => format!("{first} {}", rest.join(", ")),
        _ => lines.concat(),
    }
}

/// The first argument concerned, as a field is written: `--base-to <DAY>` is `base_to`.
fn field(e: &clap::Error) -> Option<String> {
    let named = match e.get(ContextKind::InvalidArg)? {
        ContextValue::String(one) => one,
        ContextValue::Strings(all) => all.first()?,
        _ => return None,
    };
    let word = named.split([' ', '=']).next()?.trim_matches(|c: char| !c.is_alphanumeric());
    Some(word.to_lowercase().replace('-', "_"))
}
