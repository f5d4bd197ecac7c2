//! An encrypted file and its key.
use crate::error::Result;
use domain::{Code, Fault};
use rusqlite::{Connection, OpenFlags};
use std::{
    fmt::Write,
    path::{Path, PathBuf},
    sync::Arc,
};
use zeroize::Zeroizing;

/// Where the file lies and what opens it.
#[derive(Clone)]
pub struct Vault {
    path: PathBuf,
    key: Arc<Zeroizing<[u8; 32]>>,
}

impl Vault {
    /// A vault of a path and a raw 256-bit key.
    pub fn new(path: impl Into<PathBuf>, key: [u8; 32]) -> Self {
        Vault { path: path.into(), key: Arc::new(Zeroizing::new(key)) }
    }
    /// The book beside the plant's file: a file of another name under another key, so that neither opens as the other.
    pub(crate) fn book(&self) -> Vault {
        let key = blake3::derive_key("lineboard: the book of a keeper", &**self.key);
        Vault::new(self.path.with_file_name("hub.db"), key)
    }
    /// Another file under the same key.
    pub(crate) fn at(&self, path: &Path) -> Vault {
        Vault { path: path.into(), key: self.key.clone() }
    }
    /// Whether it is the same file with the same key.
    pub(crate) fn is(&self, other: &Vault) -> bool {
        self.path == other.path && self.key == other.key
    }
    /// Where the file lies.
    pub fn path(&self) -> &Path {
        &self.path
    }
    /// Hands SQLCipher the raw key, before anything is read.
    ///
    /// HMAC-SHA256 is chosen for the file's whole life: it is cheaper than the
    /// default where the processor helps, and as strong.
    pub(crate) fn unlock(&self, c: &mut Connection) -> rusqlite::Result<()> {
        // Of their full sizes from the start: growing would leave copies of the key behind.
        let mut hex = Zeroizing::new(String::with_capacity(64));
        for byte in self.key.iter() {
            let _ = write!(hex, "{byte:02x}");
        }
        let mut batch = Zeroizing::new(String::with_capacity(256));
        let _ = write!(
            batch,
            "PRAGMA cipher_log_level = NONE; PRAGMA key = \"x'{}'\"; PRAGMA cipher_hmac_algorithm = HMAC_SHA256;",
            *hex
        );
        c.execute_batch(&batch)
    }
    /// Opens a connection that can read the file.
    #[allow(clippy::disallowed_methods, reason = "the one place that opens the file")]
    pub(crate) fn connect(&self, flags: OpenFlags) -> Result<Connection> {
        let mut c = Connection::open_with_flags(&self.path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)
            .map_err(|_| Fault::new(Code::ReadOnly).with("value", self.path.display()))?;
        self.unlock(&mut c)?;
        c.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        Ok(c)
    }
    /// The connection without a gate: migrations, accounts, verification.
    pub(crate) fn kernel(&self) -> Result<Connection> {
        let c = self.connect(OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        c.execute_batch(
            "PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA busy_timeout=5000; PRAGMA synchronous=FULL;",
        )?;
        Ok(c)
    }
    /// A connection to nothing but memory, to compare a file's schema with.
    #[allow(clippy::disallowed_methods, reason = "it holds no rows")]
    pub(crate) fn memory() -> Result<Connection> {
        Ok(Connection::open_in_memory()?)
    }
    /// Makes the file where there is none.
    pub(crate) fn create(&self) -> Result<()> {
        let c = self.connect(OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        Ok(c.execute_batch("PRAGMA journal_mode=WAL;")?)
    }
}
