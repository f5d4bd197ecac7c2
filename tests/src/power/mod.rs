//! A power cut at every step: what a program wrote is recorded, and the disk as a cut would leave it is made again.
//!
//! What was synced is there. Of what was written since, all may be there, or nothing, or any part of it.
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Bytes that a disk writes whole or not at all.
const SECTOR: usize = 512;

/// Something the program did to a file.
#[derive(Clone, Debug)]
enum Step {
    Writes(String, usize, Vec<u8>),
    Ends(String, usize),
    Syncs(String),
    Goes(String),
    /// What it said meanwhile: it had been told that all before this is kept.
    Says(String),
}

/// What it did, in order, and what the files held before.
pub struct Record {
    before: BTreeMap<String, Vec<u8>>,
    steps: Vec<Step>,
}

/// What becomes of what was written and not synced.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rest {
    /// Nothing of it is there.
    Lost,
    /// All of it is.
    Kept,
    /// Some of it is.
    Some,
    /// Sectors of it are.
    Torn,
}

/// A power cut.
#[derive(Clone, Copy, Debug)]
pub struct Cut {
    /// Before this step.
    pub at: usize,
    /// And with that rest.
    pub rest: Rest,
}

/// Records what a program does to the files of a folder; what it says in lines it appends to a file called `said`.
pub fn record(folder: &Path, program: &mut Command) -> Record {
    let aside = tempfile::tempdir().unwrap();
    let (recorder, book) = (compiled(aside.path()), aside.path().join("book"));
    let before = files(folder);
    let below = format!("{}/", folder.display());
    program.env("LD_PRELOAD", recorder).env("POWER_RECORD", &book).env("POWER_BELOW", below);
    let done = program.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let steps = read(&fs::read(&book).unwrap());
    assert!(steps.iter().filter(|s| matches!(s, Step::Syncs(_))).count() > 3, "{} steps", steps.len());
    Record { before, steps }
}

/// Says something from within a program that is recorded.
pub fn say(folder: &Path, text: &str) {
    use std::io::Write;
    let mut said = fs::OpenOptions::new().create(true).append(true).open(folder.join("said")).unwrap();
    said.write_all(text.as_bytes()).unwrap();
}

fn compiled(folder: &Path) -> PathBuf {
    let (source, library) = (folder.join("record.c"), folder.join("record.so"));
    fs::write(&source, include_str!("record.c")).unwrap();
    let mut cc = Command::new("cc");
    cc.args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).arg(&source);
    let done = cc.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    library
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let all = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    let file = |p: PathBuf| (p.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&p).unwrap());
    all.filter(|p| p.is_file() && !p.to_string_lossy().ends_with("-shm")).map(file).collect()
}

fn read(mut book: &[u8]) -> Vec<Step> {
    let mut steps = vec![];
    while !book.is_empty() {
        let kind = taken(&mut book, 1)[0];
        let letters = u16::from_le_bytes(taken(&mut book, 2).try_into().unwrap());
        let name = String::from_utf8(taken(&mut book, letters.into()).to_vec()).unwrap();
        let at = u64::from_le_bytes(taken(&mut book, 8).try_into().unwrap()) as usize;
        let count = u32::from_le_bytes(taken(&mut book, 4).try_into().unwrap());
        let bytes = taken(&mut book, count as usize).to_vec();
        steps.push(match (kind, name.as_str()) {
            (b'A', "said") => Step::Says(String::from_utf8(bytes).unwrap()),
            (b'W', _) => Step::Writes(name, at, bytes),
            (b'T', _) => Step::Ends(name, at),
            (b'S', _) => Step::Syncs(name),
            (b'U', _) => Step::Goes(name),
            other => panic!("what is {other:?}?"),
        });
    }
    steps
}

fn taken<'b>(book: &mut &'b [u8], count: usize) -> &'b [u8] {
    let (head, rest) = book.split_at(count);
    *book = rest;
    head
}

impl Record {
    /// Cuts around each sync and whatever a file begins or ends with, and at every so many other steps.
    pub fn cuts(&self, every: usize) -> Vec<Cut> {
        let mut disk = self.begins();
        let mut cuts = vec![Cut { at: 0, rest: Rest::Lost }];
        for (i, step) in self.steps.iter().enumerate() {
            let edge = !matches!(step, Step::Writes(..) | Step::Says(_));
            if (edge || i % every == 0) && !disk.waits.is_empty() {
                cuts.extend([Rest::Lost, Rest::Kept, Rest::Some, Rest::Torn].map(|rest| Cut { at: i, rest }));
            }
            disk.does(step);
        }
        cuts.push(Cut { at: self.steps.len(), rest: Rest::Lost });
        cuts
    }
    fn begins(&self) -> Disk {
        Disk { files: self.before.clone(), waits: vec![], dice: fastrand::Rng::with_seed(0) }
    }
    /// The same on a disk that keeps nothing it was told to keep: a check that holds there holds nothing.
    pub fn on_a_disk_that_lies(mut self) -> Record {
        self.steps.retain(|s| !matches!(s, Step::Syncs(_)));
        self
    }
    /// Where it had done everything.
    pub fn end(&self) -> Cut {
        Cut { at: self.steps.len(), rest: Rest::Lost }
    }
    /// What the program had said by then, last.
    pub fn said(&self, cut: Cut) -> Option<&str> {
        self.steps[..cut.at].iter().rev().find_map(|s| match s {
            Step::Says(text) => Some(text.as_str()),
            _ => None,
        })
    }
    /// Puts the files into a folder as they are after the cut.
    pub fn leave(&self, cut: Cut, folder: &Path) {
        let mut disk = Disk { dice: fastrand::Rng::with_seed(cut.at as u64), ..self.begins() };
        for step in &self.steps[..cut.at] {
            disk.does(step);
        }
        disk.ends(cut.rest);
        for (name, bytes) in &disk.files {
            fs::write(folder.join(name), bytes).unwrap();
        }
    }
}

/// What is on the disk, and what is on its way there.
struct Disk {
    files: BTreeMap<String, Vec<u8>>,
    waits: Vec<Step>,
    dice: fastrand::Rng,
}

impl Disk {
    fn does(&mut self, step: &Step) {
        match step {
            Step::Syncs(name) => {
                let of = |s: &Step| matches!(s, Step::Writes(n, ..) | Step::Ends(n, _) if n == name);
                let (synced, waits) = std::mem::take(&mut self.waits).into_iter().partition(of);
                self.waits = waits;
                let synced: Vec<Step> = synced;
                synced.iter().for_each(|s| self.keeps(s));
            }
            Step::Says(_) => {}
            other => self.waits.push(other.clone()),
        }
    }
    fn ends(&mut self, rest: Rest) {
        for step in std::mem::take(&mut self.waits) {
            match (rest, &step) {
                (Rest::Lost, _) => {}
                (Rest::Torn, Step::Writes(name, at, bytes)) => {
                    for (n, sector) in bytes.chunks(SECTOR).enumerate() {
                        if self.dice.bool() {
                            self.keeps(&Step::Writes(name.clone(), at + n * SECTOR, sector.to_vec()));
                        }
                    }
                }
                (Rest::Kept, _) => self.keeps(&step),
                (Rest::Some | Rest::Torn, _) if self.dice.bool() => self.keeps(&step),
                _ => {}
            }
        }
    }
    fn keeps(&mut self, step: &Step) {
        match step {
            Step::Writes(name, at, bytes) => {
                let file = self.files.entry(name.clone()).or_default();
                file.resize(file.len().max(at + bytes.len()), 0);
                file[*at..at + bytes.len()].copy_from_slice(bytes);
            }
            Step::Ends(name, length) => self.files.entry(name.clone()).or_default().resize(*length, 0),
            Step::Goes(name) => drop(self.files.remove(name)),
            Step::Syncs(_) | Step::Says(_) => {}
        }
    }
}
