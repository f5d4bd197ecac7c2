//! The database key: where it is kept, and whether it is the right one.
use super::folder::{self, Database, Folder, Identity};
use crate::clock::random;
use domain::{Code, Fault, Id};
use keyring::{Entry, Error as RingError};
use std::{
    fmt::Write,
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::mpsc,
    thread,
    time::Duration,
};
use zeroize::Zeroizing;

/// The raw 256-bit key of a database; wiped from memory when dropped.
#[derive(Clone)]
pub struct Key(Zeroizing<[u8; 32]>);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

impl Key {
    fn fresh() -> Self {
        Key(Zeroizing::new(random()))
    }
    /// Thirty-two raw bytes, or sixty-four hexadecimal digits.
    fn parse(bytes: &[u8]) -> Option<Self> {
        if let Ok(raw) = <[u8; 32]>::try_from(bytes) {
            return Some(Key(Zeroizing::new(raw)));
        }
        let digits = bytes.trim_ascii();
        let mut key = Zeroizing::new([0; 32]);
        if digits.len() != 64 {
            return None;
        }
        for (byte, pair) in key.iter_mut().zip(digits.chunks_exact(2)) {
            let digit = |at: usize| char::from(pair[at]).to_digit(16).and_then(|d| u8::try_from(d).ok());
            *byte = digit(0)? << 4 | digit(1)?;
        }
        Some(Key(key))
    }
    /// The bytes themselves.
    pub(crate) fn raw(&self) -> &[u8; 32] {
        &self.0
    }
    /// Sixty-four hexadecimal digits, for the first statement of a connection.
    pub(crate) fn hex(&self) -> Zeroizing<String> {
        // Of its full size from the start: growing would leave a copy behind.
        let mut text = Zeroizing::new(String::with_capacity(64));
        for byte in self.0.iter() {
            let _ = write!(text, "{byte:02x}");
        }
        text
    }
    /// What this key makes of a database's id.
    fn check(&self, database: Id<Database>) -> blake3::Hash {
        blake3::keyed_hash(&self.0, format!("lineboard key check {database}").as_bytes())
    }
    /// Whether the key belongs to the database.
    fn fits(&self, identity: &Identity) -> Result<(), Fault> {
        let kept = blake3::Hash::from_hex(&identity.check).map_err(|_| Fault::new(Code::Damaged))?;
        // Hashes compare in constant time.
        if kept == self.check(identity.database) { Ok(()) } else { Err(Fault::new(Code::WrongKey)) }
    }
}

/// Where a key is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum KeyPlace {
    /// A file given by path: servers, tests and the command line.
    File(PathBuf),
    /// The keyring of the operating system.
    Keyring,
}

/// A key and whom it belongs to.
#[derive(Clone, Debug)]
pub struct Unlocked {
    /// The key.
    pub key: Key,
    /// What stands beside the database.
    pub identity: Identity,
}

impl KeyPlace {
    /// The given file, else `LINEBOARD_KEY_FILE`, else the keyring.
    pub fn find(given: Option<PathBuf>) -> Self {
        let named = std::env::var_os("LINEBOARD_KEY_FILE").filter(|v| !v.is_empty()).map(PathBuf::from);
        given.or(named).map_or(KeyPlace::Keyring, KeyPlace::File)
    }
    /// The key of the database in the folder, proven to be its own.
    ///
    /// # Errors
    /// `not_initialised` where there is none, `damaged` where it is gone or its
    /// identity is; `no_keyring`, `missing_key` and `wrong_key` otherwise.
    pub fn unlock(&self, folder: &Folder) -> Result<Unlocked, Fault> {
        let none = || Fault::new(Code::NotInitialised).with("value", folder.path().display());
        let identity = match (folder.identity()?, folder.holds_database()) {
            (Some(identity), true) => identity,
            (Some(Identity { made: false, .. }) | None, false) => return Err(none()),
            // The file, or what tells its key, was lost: never a reason to begin anew.
            (Some(_), false) | (None, true) => return Err(Fault::new(Code::Damaged)),
        };
        let key = self.read(identity.database)?;
        key.fits(&identity)?;
        Ok(Unlocked { key, identity })
    }
    /// A key for a database that does not exist yet; an unfinished beginning goes on.
    ///
    /// # Errors
    /// `already_initialised` where one was made, `damaged` where one was lost;
    /// the key's own faults otherwise.
    pub fn begin(&self, folder: &Folder) -> Result<Unlocked, Fault> {
        match folder.identity()? {
            Some(Identity { made: true, .. }) if !folder.holds_database() => Err(Fault::new(Code::Damaged)),
            Some(identity) if !identity.made => {
                let key = self.read(identity.database)?;
                key.fits(&identity)?;
                Ok(Unlocked { key, identity })
            }
            None if !folder.holds_database() => self.first(folder),
            _ => Err(Fault::new(Code::AlreadyInitialised).with("value", folder.path().display())),
        }
    }
    fn first(&self, folder: &Folder) -> Result<Unlocked, Fault> {
        let database = Id::from_bytes(*uuid::Builder::from_random_bytes(random()).as_uuid().as_bytes());
        let key = self.make(database)?;
        let identity = Identity { database, check: key.check(database).to_hex().to_string(), made: false };
        folder.set_identity(&identity)?;
        Ok(Unlocked { key, identity })
    }
    /// The key that is kept here.
    fn read(&self, database: Id<Database>) -> Result<Key, Fault> {
        match self {
            KeyPlace::File(path) => read_file(path),
            KeyPlace::Keyring => ask_keyring(move || {
                let bytes = Zeroizing::new(entry(database)?.get_secret()?);
                Ok(Key::parse(&bytes))
            })?
            .ok_or_else(|| Fault::new(Code::WrongKey)),
        }
    }
    /// A key file that is there is taken; otherwise a fresh key is kept here.
    fn make(&self, database: Id<Database>) -> Result<Key, Fault> {
        let key = Key::fresh();
        match self {
            KeyPlace::File(path) => match folder::create(path, format!("{}\n", *key.hex()).as_bytes()) {
                Ok(()) => Ok(key),
                Err(e) if e.kind() == io::ErrorKind::AlreadyExists => read_file(path),
                Err(e) => Err(folder::refused(path, &e)),
            },
            KeyPlace::Keyring => {
                let kept = key.clone();
                ask_keyring(move || entry(database)?.set_secret(kept.0.as_slice()))?;
                Ok(key)
            }
        }
    }
}

fn read_file(path: &Path) -> Result<Key, Fault> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(256));
    let read = File::open(path).and_then(|f| f.take(200).read_to_end(&mut bytes));
    read.map_err(|_| Fault::new(Code::MissingKey).with("value", path.display()))?;
    Key::parse(&bytes).ok_or_else(|| Fault::new(Code::BadInput).with("value", path.display()).at("key_file"))
}

fn entry(database: Id<Database>) -> keyring::Result<Entry> {
    Entry::new("lineboard", &database.to_string())
}

/// Long enough for a person to type the keyring's own password.
const PATIENCE: Duration = Duration::from_secs(90);
/// Long enough for a keyring that is there to say so.
const GREETING: Duration = Duration::from_secs(5);

/// Asks on a thread of its own: a keyring that never answers is no keyring.
fn ask_keyring<T: Send + 'static>(ask: impl FnOnce() -> keyring::Result<T> + Send + 'static) -> Result<T, Fault> {
    let there = within(GREETING, || Entry::store_status().is_ok());
    if there != Some(true) {
        return Err(Fault::new(Code::NoKeyring));
    }
    within(PATIENCE, ask).unwrap_or(Err(RingError::NoDefaultStore)).map_err(|e| told(&e))
}

fn within<T: Send + 'static>(time: Duration, f: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (tx, rx) = mpsc::sync_channel(1);
    thread::Builder::new().name("keyring".into()).spawn(move || tx.send(f())).ok()?;
    rx.recv_timeout(time).ok()
}

/// No entry is a missing key; everything else is a keyring that does not serve.
fn told(e: &RingError) -> Fault {
    match e {
        RingError::NoEntry => Fault::new(Code::MissingKey).with("value", "keyring: lineboard"),
        _ => Fault::new(Code::NoKeyring),
    }
}

#[cfg(test)]
mod tests;
