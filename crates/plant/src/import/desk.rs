//! Files on their way in, piece by piece, until they are confirmed or given up.
use super::{
    profile::Profiles,
    table::{FILE_MAX, Table},
    why::{RowError, Why},
};
use domain::{Code, Fault, Group, Id, Verb, change::User};
use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};
use store::Session;

/// Files one person may have on the desk; the oldest makes room.
const FILES_MAX: usize = 3;

/// The files of every person, by token.
#[derive(Default)]
pub struct Desk(Mutex<(u64, BTreeMap<u64, Arc<Upload>>)>);

/// One file on the desk.
pub struct Upload {
    owner: Id<User>,
    /// Its name, without folders.
    pub name: String,
    size: usize,
    given_up: AtomicBool,
    state: Mutex<State>,
    errors: Mutex<Vec<RowError>>,
}

enum State {
    Coming(Vec<u8>),
    Read(Arc<Sheet>),
    Refused(Box<Fault>),
}

/// A file that was read.
pub struct Sheet {
    /// Its rows.
    pub table: Table,
    /// What its columns hold.
    pub profiles: Profiles,
    /// The same for the same bytes.
    pub file_id: String,
}

impl Sheet {
    /// Reads a file.
    pub fn open(bytes: Vec<u8>) -> Result<Self, Fault> {
        let file_id = blake3::hash(&bytes).to_hex()[..32].to_string();
        let table = Table::open(bytes)?;
        let profiles = Profiles::of(&table)?;
        Ok(Sheet { table, profiles, file_id })
    }
}

impl Desk {
    /// Takes a file in; its pieces follow.
    pub fn begin(&self, session: &Session, name: &str, size: usize) -> Result<String, Fault> {
        session.may(Verb::Import, Group::Floor)?;
        if size > FILE_MAX {
            return Err(Why::FileTooLarge.fault().with("limit", FILE_MAX / 1024 / 1024));
        }
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let upload = Upload {
            owner: session.user(),
            name: super::why::shorten(name),
            size,
            given_up: AtomicBool::new(false),
            state: Mutex::new(State::Coming(Vec::new())),
            errors: Mutex::default(),
        };
        let mut desk = lock(&self.0);
        desk.0 += 1;
        let token = desk.0;
        desk.1.insert(token, Arc::new(upload));
        let own: Vec<u64> = desk.1.iter().filter(|(_, u)| u.owner == session.user()).map(|(t, _)| *t).collect();
        for old in own.iter().rev().skip(FILES_MAX) {
            desk.1.remove(old);
        }
        Ok(token.to_string())
    }
    /// The file of a token, if it is the person's own.
    pub fn get(&self, session: &Session, token: &str) -> Result<Arc<Upload>, Fault> {
        let found = token.parse().ok().and_then(|t: u64| lock(&self.0).1.get(&t).cloned());
        found.filter(|u| u.owner == session.user()).ok_or_else(|| Fault::new(Code::Missing))
    }
    /// Adds the next piece of a file.
    pub fn chunk(&self, session: &Session, token: &str, offset: usize, bytes: &[u8]) -> Result<(), Fault> {
        let upload = self.get(session, token)?;
        let mut state = lock(&upload.state);
        match &mut *state {
            State::Coming(all) if all.len() == offset && bytes.len() <= upload.size - offset => {
                // At once, so that a large file is never held twice.
                all.reserve_exact(upload.size - offset);
                all.extend_from_slice(bytes);
                Ok(())
            }
            _ => Err(Why::ImportIncomplete.fault().at("offset").with("value", offset)),
        }
    }
    /// Gives a file up; work on it stops at its next sign of progress.
    pub fn cancel(&self, session: &Session, token: &str) -> Result<(), Fault> {
        self.get(session, token)?.given_up.store(true, Ordering::Relaxed);
        self.drop_file(token);
        Ok(())
    }
    /// Takes a file off the desk.
    pub fn drop_file(&self, token: &str) {
        if let Ok(token) = token.parse::<u64>() {
            lock(&self.0).1.remove(&token);
        }
    }
    /// Takes every file of a person off the desk.
    pub fn leave(&self, session: &Session) {
        lock(&self.0).1.retain(|_, u| u.owner != session.user());
    }
}

impl Upload {
    /// The file's rows; it is read once, and then its bytes are gone.
    pub fn sheet(&self) -> Result<Arc<Sheet>, Fault> {
        let mut state = lock(&self.state);
        if let State::Coming(bytes) = &mut *state {
            if bytes.len() != self.size {
                return Err(Why::ImportIncomplete.fault().with("value", format!("{}/{}", bytes.len(), self.size)));
            }
            *state = match Sheet::open(std::mem::take(bytes)) {
                Ok(sheet) => State::Read(Arc::new(sheet)),
                Err(fault) => State::Refused(Box::new(fault)),
            };
        }
        match &*state {
            State::Read(sheet) => Ok(sheet.clone()),
            State::Refused(fault) => Err((**fault).clone()),
            State::Coming(_) => Err(Why::ImportIncomplete.fault()),
        }
    }
    /// Refuses to go on once the file was given up.
    pub fn wanted(&self) -> Result<(), Fault> {
        if self.given_up.load(Ordering::Relaxed) { Err(Fault::new(Code::Cancelled)) } else { Ok(()) }
    }
    /// Keeps the errors of the last look at the file.
    pub fn keep_errors(&self, errors: Vec<RowError>) {
        *lock(&self.errors) = errors;
    }
    /// The errors of the last look at the file.
    pub fn errors(&self) -> Vec<RowError> {
        lock(&self.errors).clone()
    }
}

/// What a panic left behind is still whole: every change is one assignment.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
