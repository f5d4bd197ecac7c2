//! A PC that keeps the order, and PCs that come to it.
#![allow(dead_code, reason = "each test file uses a part")]
use crate::plant::Plant;
use serde_json::Value as Json;
use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, Command, Stdio},
};

/// A keeper that answers; it ends with its holder.
pub(crate) struct Keeping {
    child: Child,
    told: Json,
}

impl Keeping {
    /// Starts it as nobody, or as the admin that the first time wants.
    pub(crate) fn start(pc: &Plant, listen: &str, user: Option<&str>) -> Result<Keeping, Json> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lineboard"));
        command.env("LINEBOARD_LANG", "en").env_remove("LINEBOARD_USER").env_remove("LINEBOARD_HUB_DATABASE");
        command.arg("--data").arg(pc.path("data")).arg("--key-file").arg(pc.path("key"));
        if let Some(user) = user {
            command.args(["--user", user, "--password-file"]).arg(pc.path(&format!("{user}.txt")));
        }
        command.args(["--json", "hub", "keep", "--listen", listen]).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (mut line, mut wrong) = (String::new(), String::new());
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        if line.is_empty() {
            child.stderr.take().unwrap().read_to_string(&mut wrong).unwrap();
            child.wait().unwrap();
            return Err(serde_json::from_str(&wrong).unwrap());
        }
        Ok(Keeping { child, told: serde_json::from_str(&line).unwrap() })
    }
    pub(crate) fn says(&self, key: &str) -> String {
        self.told[key].as_str().unwrap().to_string()
    }
    pub(crate) fn listens(&self) -> String {
        format!("127.0.0.1:{}", self.says("url").rsplit(':').next().unwrap())
    }
    pub(crate) fn killed(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Keeping {
    fn drop(&mut self) {
        drop((self.child.kill(), self.child.wait()));
    }
}

pub(crate) fn hub(pc: &Plant, args: &[&str]) -> Json {
    pc.ada(&[&["hub"], args, &["--json"]].concat()).fine().json()
}

/// Lets a second, empty PC in, at which everybody works.
pub(crate) fn joins(keeper: &Keeping, first: &Plant, second: &Plant) -> String {
    let code = hub(first, &["code"])["code"].as_str().unwrap().to_string();
    let code = second.file("code.txt", &code).display().to_string();
    let (url, certificate) = (keeper.says("url"), keeper.says("certificate"));
    let join = ["join", &url, "--certificate", &certificate, "--name", "line 2", "--code-file", &code, "--json"];
    let device = second.ada(&join).fine().json()["device"].as_str().unwrap().to_string();
    for person in hub(first, &["people"])["people"].as_array().unwrap() {
        hub(first, &["assign", person["id"].as_str().unwrap(), &device]);
    }
    device
}

/// What the first PC's own account at the keeper is called on a PC that had an ada before.
pub(crate) fn login(first: &Plant) -> String {
    let id = hub(first, &["people"])["people"][0]["id"].as_str().unwrap().to_string();
    format!("ada-{}", &id[id.len() - 4..])
}
