//! A data folder of its own, and `lineboard` called on it.
#![allow(dead_code, reason = "each test file uses a part")]
use serde_json::Value as Json;
use std::{
    path::{Path, PathBuf},
    process::Command,
};

pub(crate) const SECRET: &str = "copper kettle on mars";

/// What a call came to.
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    pub(crate) fn json(&self) -> Json {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {} {}", self.out, self.err))
    }
    /// The code, field and message of the error on standard error.
    pub(crate) fn error(&self) -> (String, String, String) {
        let json: Json = serde_json::from_str(&self.err).unwrap_or_else(|e| panic!("{e}: {} {}", self.out, self.err));
        assert_eq!(json.as_object().unwrap().keys().collect::<Vec<_>>(), ["error"]);
        let text = |key: &str| json["error"][key].as_str().unwrap_or_default().to_string();
        (text("code"), text("field"), text("message"))
    }
    pub(crate) fn fine(self) -> Self {
        assert_eq!(self.code, 0, "{} {}", self.out, self.err);
        self
    }
}

fn said(command: &mut Command) -> Said {
    let out = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Said { code: out.status.code().unwrap(), out: text(out.stdout), err: text(out.stderr) }
}

pub(crate) struct Plant {
    dir: tempfile::TempDir,
}

impl Plant {
    /// An empty folder with the passwords of ada (an admin to be) and lea.
    pub(crate) fn empty() -> Self {
        let plant = Plant { dir: tempfile::tempdir().unwrap() };
        plant.file("ada.txt", SECRET);
        plant.file("lea.txt", "river bends under ash\n");
        plant
    }
    /// With a database whose admin is ada.
    pub(crate) fn new() -> Self {
        let plant = Plant::empty();
        plant.ada(&["init", "--admin", "ada"]).fine();
        plant
    }
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }
    pub(crate) fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::File::create(&path).and_then(|mut f| std::io::Write::write_all(&mut f, text.as_bytes())).unwrap();
        path
    }
    pub(crate) fn ada(&self, args: &[&str]) -> Said {
        self.call("ada", "ada.txt", "en", args)
    }
    pub(crate) fn lea(&self, args: &[&str]) -> Said {
        self.call("lea", "lea.txt", "en", args)
    }
    pub(crate) fn call(&self, user: &str, password: &str, language: &str, args: &[&str]) -> Said {
        said(&mut self.command(user, password, language, args))
    }
    /// As ada, with something set in the environment.
    pub(crate) fn with(&self, name: &str, value: &str, args: &[&str]) -> Said {
        said(self.command("ada", "ada.txt", "en", args).env(name, value))
    }
    fn command(&self, user: &str, password: &str, language: &str, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lineboard"));
        command
            .env("LINEBOARD_LANG", language)
            .env_remove("LINEBOARD_USER")
            .env_remove("LINEBOARD_HUB_DATABASE")
            .arg("--data")
            .arg(self.path("data"))
            .arg("--key-file")
            .arg(self.path("key"))
            .args(["--user", user, "--password-file"])
            .arg(self.path(password))
            .args(args);
        command
    }
    /// Brings a file in.
    pub(crate) fn import(&self, kind: &str, file: &Path) -> Json {
        self.ada(&["import", kind, &file.display().to_string(), "--confirm", "--json"]).fine().json()
    }
    /// The value of a figure over everything of a client.
    pub(crate) fn value(&self, kpi: &str, client: &str) -> f64 {
        let answer = self.ada(&["kpi", kpi, "--client", client, "--json"]).fine().json();
        assert_eq!(answer["rows"].as_array().unwrap().len(), 1);
        answer["rows"][0]["value"].as_f64().unwrap()
    }
}
