//! A hub of one's own, from an empty folder: tried, stopped, killed and begun again.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may stop, and makes its own files")]
mod plant;

use plant::{Plant, Said};
use serde_json::Value as Json;
use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

const ROWS: &str = "client,day,shift,line,product,standard_minutes,crew,net_minutes,produced\n\
    ACME,2025-03-03,DAY,L1,P1,15,10,540,100\n";

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lineboard"));
    command.env("LINEBOARD_LANG", "en").args(["--json", "hub"]).args(args);
    command
}

fn said(command: &mut Command) -> Said {
    let out = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Said { code: out.status.code().unwrap(), out: text(out.stdout), err: text(out.stderr) }
}

/// A hub that runs from a folder; it is stopped as Ctrl-C does.
struct Tried {
    child: Child,
    told: Json,
}

impl Tried {
    fn start(folder: &Path, listen: &str) -> Tried {
        let args = ["try", &folder.display().to_string(), "--listen", listen];
        let mut child = command(&args).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Tried { child, told: serde_json::from_str(&line).unwrap() }
    }
    fn says(&self, key: &str) -> String {
        self.told[key].as_str().unwrap().to_string()
    }
    /// Calls a command of the hub.
    fn app(&self, args: &[&str]) -> Json {
        said(command(args).env("LINEBOARD_HUB_DATABASE", self.says("database"))).fine().json()
    }
    fn interrupted(mut self) -> i32 {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        self.child.wait().unwrap().code().unwrap()
    }
}

impl Drop for Tried {
    fn drop(&mut self) {
        drop((self.child.kill(), self.child.wait()));
    }
}

/// Stops what a killed program has left, so that no test leaves a server.
struct Left(tempfile::TempDir);

impl Left {
    fn folder(&self) -> std::path::PathBuf {
        self.0.path().join("a hub's")
    }
    /// The process of the database; none where it does not run.
    fn database(&self) -> Option<String> {
        let text = std::fs::read_to_string(self.folder().join("database/postmaster.pid")).ok()?;
        text.lines().next().map(String::from)
    }
}

impl Drop for Left {
    fn drop(&mut self) {
        if let Some(id) = self.database() {
            drop(Command::new("kill").args(["-QUIT", &id]).status());
            let since = Instant::now();
            while self.database().is_some() && since.elapsed() < Duration::from_secs(10) {
                std::thread::sleep(Duration::from_millis(20));
            }
        }
    }
}

/// A folder that whoever runs the database may enter.
fn somewhere() -> Left {
    let folder = tempfile::Builder::new().prefix("try").tempdir().unwrap();
    std::fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    Left(folder)
}

fn joins(hub: &Tried, pc: &Plant) {
    let card = pc.path("card.json").display().to_string();
    pc.ada(&["card", &card]).fine();
    hub.app(&["card", &card]);
    let code = pc.file("code.txt", &hub.says("code")).display().to_string();
    let (url, certificate) = (hub.says("url"), hub.says("certificate"));
    let join = ["join", &url, "--certificate", &certificate, "--name", "office", "--code-file", &code, "--json"];
    let device = pc.ada(&join).fine().json()["device"].as_str().unwrap().to_string();
    let people = hub.app(&["people"]);
    hub.app(&["assign", people["people"][0]["id"].as_str().unwrap(), &device]);
}

#[test]
fn one_command_makes_a_hub_that_a_pc_joins_and_that_goes_on_after_a_stop_and_after_a_kill() {
    let (left, pc) = (somewhere(), Plant::new());
    pc.import("production", &pc.file("rows.csv", ROWS));
    let hub = Tried::start(&left.folder(), "127.0.0.1:0");
    joins(&hub, &pc);
    pc.ada(&["sync"]).fine();
    let port = hub.says("url").rsplit(':').next().unwrap().to_string();
    let folder = left.folder().display().to_string();
    let second = said(&mut command(&["try", &folder, "--listen", &format!("127.0.0.1:{port}")]));
    assert_eq!(second.error().0, "hub_try_runs");
    assert!(left.database().is_some(), "whoever came second stopped nothing");
    assert_eq!(hub.interrupted(), 0);
    assert_eq!(left.database(), None, "the database stopped with it");
    let listen = format!("127.0.0.1:{port}");
    let mut again = Tried::start(&left.folder(), &listen);
    pc.import("production", &pc.file("more.csv", &ROWS.replace("03-03", "03-04")));
    pc.ada(&["sync"]).fine();
    again.child.kill().unwrap();
    again.child.wait().unwrap();
    let orphan = left.database();
    assert!(orphan.is_some(), "a killed program leaves its database");
    let adopted = Tried::start(&left.folder(), &listen);
    assert_eq!(left.database(), orphan, "and the next goes on with it");
    pc.ada(&["sync"]).fine();
    assert_eq!(adopted.app(&["pcs"])["pcs"][0]["name"], "office");
    assert_eq!((adopted.interrupted(), left.database()), (0, None));
}

#[test]
fn what_is_missing_for_a_hub_of_ones_own_is_said_with_what_to_do() {
    let left = somewhere();
    let folder = left.folder().display().to_string();
    let call = |args: &[&str]| said(command(&["try", &folder]).args(args)).error().0;
    assert_eq!(call(&["--programs", &left.0.path().display().to_string()]), "hub_no_postgres");
    assert_eq!(call(&["--name", "no name"]), "hub_try_no_certificate");
    let hub = Tried::start(&left.folder(), "127.0.0.1:0");
    let taken = hub.says("url").rsplit(':').next().unwrap().to_string();
    let other = somewhere();
    let elsewhere = other.folder().display().to_string();
    let listens = said(command(&["try", &elsewhere]).args(["--listen", &format!("127.0.0.1:{taken}")]));
    assert_eq!(listens.error().0, "hub_cannot_listen");
    assert_eq!(other.database(), None, "its database stopped again");
    assert_eq!(hub.interrupted(), 0);
    assert_eq!(call(&["--name", "hub.plant"]), "hub_try_other_name");
    let long = other.0.path().join("x".repeat(100)).display().to_string();
    assert_eq!(said(&mut command(&["try", &long])).error().0, "hub_try_long");
}
