//! A PC: a data folder, and the program that is installed there.
use crate::{Program, Said};
use serde_json::Value as Json;
use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::Write,
    path::PathBuf,
};

/// The client that everything is entered for.
pub(crate) const CLIENT: &str = "ACME";
const SECRET: &str = "copper kettle on mars";

/// A PC.
pub struct Pc {
    folder: tempfile::TempDir,
    login: String,
    program: Program,
}

impl Pc {
    /// One with a file that the program has just made.
    pub fn new(program: Program) -> Pc {
        let pc = Pc { folder: tempfile::tempdir().unwrap(), login: "ada".into(), program };
        pc.file("ada.txt", SECRET);
        pc.says(&["init", "--admin", "ada"]).fine();
        pc
    }
    /// From now on the other program is installed.
    pub fn installs(&mut self, program: Program) {
        self.program = program;
    }
    /// The program that is installed.
    pub fn program(&self) -> Program {
        self.program
    }
    /// From now on somebody else sits there.
    pub fn is_used_by(&mut self, login: String) {
        self.login = login;
    }
    /// Where one of its files lies.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
    /// Writes a file beside its data.
    pub fn file(&self, name: &str, text: &str) -> String {
        let path = self.path(name);
        let made = File::options().create(true).write(true).truncate(true).open(&path);
        made.and_then(|mut f| f.write_all(text.as_bytes())).unwrap();
        path.display().to_string()
    }
    /// Calls its program.
    pub fn says(&self, args: &[&str]) -> Said {
        let mut command = self.program.command();
        command.arg("--data").arg(self.path("data")).arg("--key-file").arg(self.path("key"));
        command.args(["--json", "--user", &self.login, "--password-file"]).arg(self.path("ada.txt"));
        Said::of(command.args(args))
    }
    /// Enters what a line made on a day of March.
    pub fn makes(&self, day: u32, produced: u32) {
        let head = "client,day,shift,line,product,standard_minutes,crew,net_minutes,produced,defective";
        let row = format!("{head}\n{CLIENT},2025-03-{day:02},DAY,L1,P1,15,10,540,{produced},4\n");
        self.imports(&["production"], &row);
    }
    /// Enters that a line stood.
    pub fn stands(&self, day: u32, minutes: u32) {
        let row = format!("client,day,shift,line,reason,minutes\n{CLIENT},2025-03-{day:02},DAY,L1,JAM,{minutes}\n");
        self.imports(&["downtime"], &row);
    }
    /// Enters what an inspection found.
    pub fn inspects(&self, day: u32, inspected: u32, defective: u32) {
        let head = "client,day,line,shift,product,inspected,passed,defective,total_defects";
        let passed = inspected - defective;
        let row = format!("{CLIENT},2025-03-{day:02},L1,DAY,P1,{inspected},{passed},{defective},{defective}");
        self.imports(&["--table", "quality_entry"], &format!("{head}\n{row}\n"));
    }
    fn imports(&self, what: &[&str], rows: &str) {
        let file = self.file("rows.csv", rows);
        let said = self.says(&[&["import"], what, &[&file, "--confirm"]].concat()).fine();
        assert!(said["imported"]["written"].as_u64() > Some(0), "{said}");
    }
    /// Sends and fetches until both are at rest; how many entries the log has then.
    pub fn syncs(&self) -> u64 {
        let said = self.says(&["sync", "--patience", "30"]).fine();
        let nothing = serde_json::json!({ "pending": 0, "refused": 0, "cut_off": 0, "trouble": null });
        let logs = said["clients"].as_array().unwrap();
        for log in logs {
            assert_eq!((&log["waits"], &log["at_rest"]), (&nothing, &true.into()), "{said}");
        }
        logs.iter().map(|log| log["entries"].as_u64().unwrap()).sum()
    }
    /// Tries to send while nobody answers; how many changes wait.
    pub fn waits(&self) -> u64 {
        let said = self.says(&["sync", "--patience", "2"]);
        assert_eq!(said.error().0, "not_at_rest");
        let logs = said.json()["clients"].as_array().unwrap().clone();
        logs.iter().map(|log| log["waits"]["pending"].as_u64().unwrap()).sum()
    }
    /// What each file of its data folder holds, as a hash.
    pub fn bytes(&self) -> BTreeMap<String, String> {
        let files = fs::read_dir(self.path("data")).unwrap().map(|entry| entry.unwrap().path());
        let hash = |path: &PathBuf| blake3::hash(&fs::read(path).unwrap()).to_hex().to_string();
        files.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), hash(&path))).collect()
    }
    /// The rows of a table.
    pub fn table(&self, name: &str) -> Vec<Json> {
        let said = self.says(&["export", "--table", name, "--client", CLIENT]).fine();
        said.as_array().unwrap().clone()
    }
    /// What a column of a table comes to.
    pub fn sum(&self, table: &str, column: &str) -> f64 {
        self.table(table).iter().filter_map(|row| row[column].as_f64()).sum()
    }
}
