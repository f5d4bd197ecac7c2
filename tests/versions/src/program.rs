//! The two programs, and what a call of one comes to.
use serde_json::Value as Json;
use std::{env, process::Command};

/// Which of the two.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Program {
    /// The one built from an older commit.
    Old,
    /// The one of this working copy.
    New,
}

impl Program {
    /// A call of it that nothing of the caller's own set-up reaches.
    pub fn command(self) -> Command {
        let name = match self {
            Program::Old => "LINEBOARD_OLD",
            Program::New => "LINEBOARD_NEW",
        };
        let mut command = Command::new(env::var_os(name).expect("`cargo xtask versions` names both programs"));
        for own in ["LINEBOARD_DATA", "LINEBOARD_KEY_FILE", "LINEBOARD_USER", "LINEBOARD_HUB_DATABASE"] {
            command.env_remove(own);
        }
        command.env("LINEBOARD_LANG", "en");
        command
    }
}

/// What a call came to.
#[derive(Debug)]
pub struct Said {
    /// Its exit code.
    pub code: i32,
    /// What it answered.
    pub out: String,
    /// What it said beside.
    pub err: String,
}

impl Said {
    /// Calls, and waits for the end.
    pub fn of(command: &mut Command) -> Said {
        let out = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Said { code: out.status.code().unwrap(), out: text(out.stdout), err: text(out.stderr) }
    }
    /// The answer of a call that succeeded.
    pub fn fine(self) -> Json {
        assert_eq!(self.code, 0, "{} {}", self.out, self.err);
        self.json()
    }
    /// The answer, also of a call that failed.
    pub fn json(&self) -> Json {
        serde_json::from_str(&self.out).unwrap_or(Json::Null)
    }
    /// The word and the sentence of what went wrong.
    pub fn error(&self) -> (String, String) {
        let json: Json = serde_json::from_str(&self.err).unwrap_or_else(|e| panic!("{e}: {self:?}"));
        let text = |key: &str| json["error"][key].as_str().unwrap_or_default().to_owned();
        (text("code"), text("message"))
    }
}
