//! Versions of the file, up and down.
use super::Vault;
use crate::error::{Error, Result};
use domain::{Code, Fault};
use include_dir::{Dir, include_dir};
use rusqlite_migration::Migrations;

static FOLDER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../migrations");

/// The newest version this program knows.
pub(crate) const NEWEST: i64 = 10;

fn steps() -> Result<Migrations<'static>> {
    Migrations::from_directory(&FOLDER).map_err(|e| broken(&e))
}

pub(crate) fn broken(e: &rusqlite_migration::Error) -> Error {
    match e {
        rusqlite_migration::Error::RusqliteError { err: rusqlite::Error::SqliteFailure(code, text), .. } => {
            Error::Sql(rusqlite::Error::SqliteFailure(*code, text.clone()))
        }
        other => Fault::new(Code::Internal).with("value", other).into(),
    }
}

/// The file's version; a newer one is refused before a byte is touched.
pub(crate) fn version(vault: &Vault) -> Result<i64> {
    let c = vault.connect(rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let version: i64 = c.query_row("PRAGMA user_version", [], |r| r.get(0))?;
    if version > NEWEST {
        return Err(Fault::new(Code::Newer).with("value", version).into());
    }
    Ok(version)
}

/// Brings the file to the newest version.
pub(crate) fn up(vault: &Vault) -> Result<()> {
    if version(vault)? == NEWEST {
        return Ok(());
    }
    let mut c = unchained(vault)?;
    steps()?.to_latest(&mut c).map_err(|e| broken(&e))?;
    whole(&c)
}

/// A connection on which a table may be made anew while others refer to it.
fn unchained(vault: &Vault) -> Result<rusqlite::Connection> {
    let c = vault.kernel()?;
    c.pragma_update(None, "foreign_keys", false)?;
    Ok(c)
}

/// Every reference still finds its row.
fn whole(c: &rusqlite::Connection) -> Result<()> {
    let broken = |r: &rusqlite::Row<'_>| r.get::<_, String>(0);
    match c.query_row("SELECT \"table\" FROM pragma_foreign_key_check", [], broken) {
        Ok(table) => Err(Fault::new(Code::Damaged).with("value", table).into()),
        Err(rusqlite::Error::QueryReturnedNoRows) => Ok(()),
        Err(other) => Err(other.into()),
    }
}

/// An empty database of the newest version, in memory.
pub(crate) fn model() -> Result<rusqlite::Connection> {
    let mut c = Vault::memory()?;
    steps()?.to_latest(&mut c).map_err(|e| broken(&e))?;
    Ok(c)
}

/// Takes the file to a version, back too.
#[cfg(test)]
pub(crate) fn to(vault: &Vault, version: usize) -> Result<()> {
    let mut c = unchained(vault)?;
    steps()?.to_version(&mut c, version).map_err(|e| broken(&e))
}
