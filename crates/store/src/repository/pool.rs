//! Connections: born hardened, shadowed and armed; one writes, some read.
use super::{
    gate::{Gate, Mode},
    views,
};
use crate::{
    clock::random,
    error::Result,
    keep::{Vault, migrate},
};
use r2d2_sqlite::SqliteConnectionManager;
use rusqlite::{Connection, OpenFlags, config::DbConfig, limits::Limit};
use scheduled_thread_pool::ScheduledThreadPool;
use std::{
    fmt::Write,
    sync::{Arc, LazyLock},
};

/// A connection that has only ever been guarded.
pub(crate) struct Guarded {
    pub(crate) conn: Connection,
    pub(crate) gate: Gate,
}

impl Guarded {
    fn new(conn: Connection, writer: bool) -> rusqlite::Result<Self> {
        harden(&conn)?;
        if writer {
            // What is deleted is gone from the file, not only from its lists.
            conn.execute_batch("PRAGMA secure_delete = ON")?;
        }
        let nonce = random::<16>().iter().fold(String::from("k"), |mut n, b| {
            let _ = write!(n, "{b:02x}");
            n
        });
        conn.execute_batch(&views::script(&nonce, writer))?;
        let gate = Gate::default();
        gate.arm(&conn, nonce)?;
        Ok(Guarded { conn, gate })
    }
    /// The one writer of a file.
    pub(crate) fn writer(vault: &Vault) -> Result<Self> {
        Ok(Guarded::new(vault.connect(OpenFlags::SQLITE_OPEN_READ_WRITE)?, true)?)
    }
    /// A database in memory behind the same walls, for rows of the past.
    ///
    /// It is filled once, from rows in scope, by the store alone: it needs no
    /// guards of writing, and the file has judged what rows refer to.
    pub(crate) fn memory() -> Result<Self> {
        let conn = migrate::model()?;
        // Statistics are read when a file is opened; what was just made here has not been.
        conn.execute_batch("ANALYZE sqlite_schema;")?;
        let g = Guarded::new(conn, false)?;
        g.conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, false)?;
        Ok(g)
    }
    /// Runs a batch with the gate open, such as BEGIN.
    pub(crate) fn batch(&self, sql: &str) -> rusqlite::Result<()> {
        self.gate.with(Mode::Write, || self.conn.execute_batch(sql))
    }
}

/// Settings every connection gets before its authorizer.
fn harden(c: &Connection) -> rusqlite::Result<()> {
    for (what, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
    ] {
        c.set_db_config(what, on)?;
    }
    c.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    c.set_prepared_statement_cache_capacity(256);
    c.execute_batch(
        "PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON; PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY;
         PRAGMA busy_timeout=5000; PRAGMA synchronous=FULL; PRAGMA cache_size=-32768;",
    )
}

/// Makes readers for the pool.
pub(crate) struct Readers(pub(crate) Vault);

impl r2d2::ManageConnection for Readers {
    type Connection = Guarded;
    type Error = rusqlite::Error;
    #[expect(clippy::disallowed_methods, reason = "the one place that makes readers, guarded at birth")]
    fn connect(&self) -> rusqlite::Result<Guarded> {
        let vault = self.0.clone();
        let manager = SqliteConnectionManager::file(vault.path())
            .with_flags(OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)
            .with_init(move |c| vault.unlock(c));
        Guarded::new(r2d2::ManageConnection::connect(&manager)?, false)
    }
    fn is_valid(&self, _: &mut Guarded) -> rusqlite::Result<()> {
        Ok(())
    }
    fn has_broken(&self, g: &mut Guarded) -> bool {
        !g.conn.is_autocommit()
    }
}

/// The thread that opens readers: one for the life of the program.
///
/// A thread that opened a reader leaves something of the cipher library to be
/// freed when it ends. One that ends while the program ends frees it a second
/// time, and the program crashes; so this one never does.
static OPENER: LazyLock<Arc<ScheduledThreadPool>> =
    LazyLock::new(|| Arc::new(ScheduledThreadPool::builder().num_threads(1).thread_name_pattern("readers").build()));

/// The pool of readers, all opened before it is handed out and kept for good.
///
/// One that still opens when the program ends meets a cipher library that is
/// being taken down, and crashes.
pub(crate) fn readers(vault: &Vault) -> Result<r2d2::Pool<Readers>> {
    let pool = r2d2::Pool::builder().max_size(4).max_lifetime(None).idle_timeout(None);
    Ok(pool.thread_pool(OPENER.clone()).build(Readers(vault.clone()))?)
}

/// A transaction that rolls back with the gate open.
///
/// rusqlite's own would run ROLLBACK behind the closed gate, be refused, and
/// leave half a write open.
pub(crate) struct Tx<'c>(&'c Guarded);

impl<'c> Tx<'c> {
    pub(crate) fn begin(at: &'c Guarded, how: &str) -> Result<Self> {
        at.batch(how)?;
        Ok(Tx(at))
    }
    pub(crate) fn commit(self) -> Result<()> {
        Ok(self.0.batch("COMMIT")?)
    }
}
impl Drop for Tx<'_> {
    fn drop(&mut self) {
        if !self.0.conn.is_autocommit() {
            let _ = self.0.batch("ROLLBACK");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// About one in three thousand ends of a program crashed with threads of
    /// the pool's own, so this looks at whose thread it is.
    #[test]
    fn readers_are_opened_by_the_thread_that_never_ends() {
        let before = Arc::strong_count(&OPENER);
        let (_dir, store) = crate::repository::tests::store();
        assert!(Arc::strong_count(&OPENER) > before);
        drop(store);
    }
}
