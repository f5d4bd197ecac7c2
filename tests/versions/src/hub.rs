//! A hub of its own in a folder: PostgreSQL and a door with TLS, run by either program.
use crate::{Pc, Program, Said};
use serde_json::Value as Json;
use std::{
    io::{BufRead, BufReader},
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Child, Command, Stdio},
};

/// A hub; it stops with its holder, and its database with it.
pub struct Hub {
    folder: tempfile::TempDir,
    program: Program,
    child: Option<Child>,
    told: Json,
}

impl Hub {
    /// One that the program has just made.
    pub fn new(program: Program) -> Hub {
        let folder = tempfile::Builder::new().prefix("versions").tempdir().unwrap();
        // As root it is another user who runs the database.
        std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o755)).unwrap();
        let (child, told) = start(program, folder.path(), "127.0.0.1:0");
        Hub { folder, program, child: Some(child), told }
    }
    /// Stops it, as Ctrl-C does.
    pub fn stops(&mut self) {
        let Some(mut child) = self.child.take() else { return };
        interrupt(&child);
        assert!(child.wait().unwrap().success(), "the hub stopped cleanly");
    }
    /// Starts it again where it was, by either program.
    pub fn starts(&mut self, program: Program) {
        let listen = format!("127.0.0.1:{}", self.says("url").rsplit(':').next().unwrap());
        let (child, told) = start(program, self.folder.path(), &listen);
        (self.child, self.told, self.program) = (Some(child), told, program);
    }
    /// What a program says that does not start here.
    pub fn is_refused_to(&self, program: Program) -> Said {
        let mut command = tries(program, self.folder.path(), "127.0.0.1:0");
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        if !line.is_empty() {
            interrupt(&child);
        }
        let ended = child.wait_with_output().unwrap();
        assert_eq!(line, "", "it should not have started");
        let err = String::from_utf8(ended.stderr).unwrap();
        Said { code: ended.status.code().unwrap(), out: line, err }
    }
    fn says(&self, key: &str) -> String {
        self.told[key].as_str().unwrap().to_owned()
    }
    /// Asks it as its administrator, by a program that need not be the one that runs.
    pub fn asked_by(&self, program: Program, args: &[&str]) -> Said {
        let mut command = program.command();
        command.env("LINEBOARD_HUB_DATABASE", self.says("database"));
        Said::of(command.args(["--json", "hub"]).args(args))
    }
    fn asked(&self, args: &[&str]) -> Json {
        self.asked_by(self.program, args).fine()
    }
    /// Takes in a plant and lets its PC in.
    pub fn takes(&self, pc: &Pc) {
        let card = pc.path("card.json").display().to_string();
        pc.says(&["card", &card]).fine();
        self.asked(&["card", &card]);
        self.enrols(pc, "office");
        pc.syncs();
    }
    /// Lets in a PC whose file was empty; whoever founded the plant sits there from now on.
    pub fn lets_in(&self, pc: &mut Pc, name: &str) {
        let founder = self.enrols(pc, name);
        pc.syncs();
        // The file had an ada of its own before.
        pc.is_used_by(format!("ada-{}", &founder[founder.len() - 4..]));
    }
    fn enrols(&self, pc: &Pc, name: &str) -> String {
        let code = pc.file("code.txt", self.asked(&["code"])["code"].as_str().unwrap());
        let (url, certificate) = (self.says("url"), self.says("certificate"));
        let join = ["join", &url, "--certificate", &certificate, "--name", name, "--code-file", &code];
        let device = pc.says(&join).fine()["device"].as_str().unwrap().to_owned();
        let founder = self.asked(&["people"])["people"][0]["id"].as_str().unwrap().to_owned();
        self.asked(&["assign", &founder, &device]);
        founder
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            // Told to stop it takes its database with it; killed it would leave that running.
            interrupt(child);
            drop(child.wait());
        }
    }
}

/// Tells it to stop, as Ctrl-C does.
fn interrupt(child: &Child) {
    drop(Command::new("kill").args(["-INT", &child.id().to_string()]).status());
}

fn tries(program: Program, folder: &Path, listen: &str) -> Command {
    let mut command = program.command();
    command.args(["--json", "hub", "try"]).arg(folder.join("hub")).args(["--listen", listen]);
    command
}

fn start(program: Program, folder: &Path, listen: &str) -> (Child, Json) {
    let mut child = tries(program, folder, listen).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    (child, serde_json::from_str(&line).unwrap_or_else(|e| panic!("{e}: the hub said `{line}`")))
}
