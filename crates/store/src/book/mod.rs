//! The book of a PC that keeps the order for others: a hub's log and rights in an encrypted file beside the plant's.
//!
//! The file has a name and a key of its own, made of the plant's key, so that what is asked here can only ever be
//! asked of it. A statement names its tables `hub.…`; what it names to read are the rows of the clients that the page
//! named before, and what it writes of any other is refused (`walls`).
mod value;
mod walls;

pub use value::Value;

use crate::{
    Error, Result,
    clock::random,
    keep::{Vault, migrate::broken},
};
use domain::{Client, Code, Fault, Id, change::User};
use include_dir::{Dir, include_dir};
use rusqlite::{Connection, OpenFlags, backup::Backup, params, params_from_iter};
use rusqlite_migration::Migrations;
use std::{
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

static VERSIONS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/book");

/// The newest version this program knows.
pub const NEWEST: i64 = 3;

/// Pages copied at once; others write in between.
const PAGES: std::ffi::c_int = 1000;

/// The book, open; one page of it at a time.
pub struct Book {
    connection: Mutex<Connection>,
    vault: Vault,
}

impl Book {
    /// Whether there is one beside a plant's file.
    pub fn is_there(vault: &Vault) -> bool {
        vault.book().path().metadata().is_ok_and(|m| m.len() > 0)
    }
    /// Begins one beside a plant's file, or opens the one that is there.
    ///
    /// # Errors
    /// `read_only`, `disk_full`, `damaged`, `newer`.
    pub fn begin(vault: &Vault) -> Result<Book> {
        Self::at(&vault.book())
    }
    /// Opens a copy of it that was made with `copy_to`.
    ///
    /// # Errors
    /// Where it is none of this plant's, or damaged.
    pub fn copy(vault: &Vault, file: &Path) -> Result<Book> {
        match file.is_file() {
            true => Self::at(&vault.book().at(file)),
            false => Err(Fault::new(Code::NotInitialised).with("value", file.display()).into()),
        }
    }
    fn at(vault: &Vault) -> Result<Book> {
        crate::keep::folder::reserve(vault.path())?;
        vault.create()?;
        let mut connection = vault.kernel()?;
        // What an erasure takes out is gone from the file, not only from its lists.
        connection.execute_batch("PRAGMA secure_delete = ON")?;
        versions(&mut connection)?;
        walls::raise(&connection)?;
        Ok(Book { connection: Mutex::new(connection), vault: vault.clone() })
    }
    /// A page: one transaction, which nobody else writes beside.
    ///
    /// # Errors
    /// Those of the file, and where another program holds it for too long.
    pub fn page(&mut self) -> Result<Page<'_>> {
        self.held().execute_batch("BEGIN IMMEDIATE; DELETE FROM temp.named_client; DELETE FROM temp.named_person;")?;
        Ok(Page { book: self, open: true })
    }
    /// Copies the book as it is now into a new file, with the same key.
    ///
    /// # Errors
    /// `read_only` where the file is there or cannot be made; those of the file.
    #[allow(clippy::disallowed_methods, reason = "a backup holds every client's rows, under the same key")]
    pub fn copy_to(&self, file: &Path) -> Result<()> {
        crate::keep::folder::create(file, &[]).map_err(|e| crate::keep::folder::refused(file, &e))?;
        let mut to = self.vault.at(file).connect(OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        // On a way of its own: where the walls stand, a table's name is not the table's.
        let from = self.vault.kernel()?;
        let copying = Backup::new(&from, &mut to)?;
        Ok(copying.run_to_completion(PAGES, Duration::ZERO, None)?)
    }
    fn held(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is asked and written together, or not at all.
pub struct Page<'b> {
    book: &'b mut Book,
    open: bool,
}

impl Page<'_> {
    /// Names the clients whose rows are there from now on.
    ///
    /// # Errors
    /// Those of the file.
    pub fn see_clients(&self, clients: &[Id<Client>]) -> Result<()> {
        self.see("client", clients)
    }
    /// Names the people whose grants can be read, too.
    ///
    /// # Errors
    /// Those of the file.
    pub fn see_people(&self, people: &[Id<User>]) -> Result<()> {
        self.see("person", people)
    }
    fn see<E>(&self, what: &str, ids: &[Id<E>]) -> Result<()> {
        let c = self.book.held();
        c.execute(&format!("DELETE FROM temp.named_{what}"), [])?;
        let mut named = c.prepare_cached(&format!("INSERT OR IGNORE INTO temp.named_{what} VALUES (?1)"))?;
        for id in ids {
            named.execute(params![id.bytes().as_slice()])?;
        }
        Ok(())
    }
    /// The rows that a statement asks for; `$1` is the first value.
    ///
    /// # Errors
    /// Those of the statement and of the file.
    pub fn rows(&self, sql: &str, values: &[Value]) -> Result<Vec<Vec<Value>>> {
        let c = self.book.held();
        let mut asked = c.prepare_cached(&walls::named(sql)?)?;
        let width = asked.column_count();
        let mut found = asked.query(params_from_iter(values))?;
        let mut rows = vec![];
        while let Some(row) = found.next()? {
            let value = |i| Value::of(row.get_ref(i)?).ok_or_else(|| Error::Misfit(i, "the book".into()));
            rows.push((0..width).map(value).collect::<Result<_>>()?);
        }
        Ok(rows)
    }
    /// How many rows a statement wrote.
    ///
    /// # Errors
    /// Those of the statement, of the walls and of the file.
    pub fn run(&self, sql: &str, values: &[Value]) -> Result<u64> {
        let c = self.book.held();
        let mut asked = c.prepare_cached(&walls::named(sql)?)?;
        Ok(asked.execute(params_from_iter(values)).map(|n| n as u64)?)
    }
    /// Keeps what was written.
    ///
    /// # Errors
    /// Those of the file; nothing is kept then.
    pub fn commit(mut self) -> Result<()> {
        self.book.held().execute_batch("COMMIT")?;
        self.open = false;
        Ok(())
    }
}

impl Drop for Page<'_> {
    fn drop(&mut self) {
        if self.open {
            // What cannot be taken back now is taken back when the file is opened again.
            let _ = self.book.held().execute_batch("ROLLBACK");
        }
    }
}

/// Brings the file to this program's version; a new one gets the seed that all it signs is signed with.
fn versions(c: &mut Connection) -> Result<()> {
    let now: i64 = c.query_row("PRAGMA user_version", [], |r| r.get(0))?;
    if now > NEWEST {
        return Err(Fault::new(Code::Newer).with("value", now).into());
    }
    let steps = Migrations::from_directory(&VERSIONS).map_err(|e| broken(&e))?;
    steps.to_latest(c).map_err(|e| broken(&e))?;
    let first = "INSERT INTO state (only_one, epoch, locked, generation, seed) VALUES (1, 1, 0, 0, ?1)
      ON CONFLICT (only_one) DO NOTHING";
    Ok(c.execute(first, params![random::<32>().as_slice()]).map(drop)?)
}

#[cfg(test)]
mod tests;
