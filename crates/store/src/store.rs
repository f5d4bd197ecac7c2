//! One open file: its writer, its readers, its people.
use crate::{
    Clock, Repository, Result,
    clock::{fresh, random},
    keep::{Vault, migrate, verify::Tell},
    repository::{Author, Cube, Guarded, Kept, Mode, Readers, Tx, readers},
    session::{Person, Session, password::Cost},
};
use domain::Id;
use rusqlite::{Connection, OptionalExtension, params};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
};

type Listener = Box<dyn Fn(&[&'static str]) + Send + Sync>;

/// One file, opened once.
pub struct Store {
    pub(crate) readers: r2d2::Pool<Readers>,
    writer: Mutex<Guarded>,
    kernel: Mutex<Connection>,
    pub(crate) clock: Clock,
    pub(crate) author: Author,
    pub(crate) vault: Vault,
    listener: RwLock<Option<Listener>>,
    cubes: Mutex<HashMap<Id<domain::change::User>, Arc<Mutex<Cube>>>>,
    kept: Mutex<HashMap<Id<domain::change::User>, Arc<Kept>>>,
    pub(crate) cost: Cost,
    /// How many erased changes there were when the file's pages were last wiped of them.
    pub(crate) wiped: Mutex<i64>,
    /// Held while what forgotten clients have left is cleaned: it is done by one, and once.
    pub(crate) scrubs: Mutex<()>,
}

impl Store {
    /// Makes a new file; one that exists is left as it is.
    pub fn create(vault: &Vault, clock: Clock) -> Result<Store> {
        if vault.path().exists() {
            return Err(domain::Fault::new(domain::Code::AlreadyInitialised)
                .with("value", vault.path().display())
                .into());
        }
        vault.create()?;
        Store::open(vault, clock)
    }
    /// Opens a file and brings it to this program's version.
    pub fn open(vault: &Vault, clock: Clock) -> Result<Store> {
        Self::open_telling(vault, clock, &mut |_, _| {})
    }
    /// The same; `tell` hears how far it is where sums are worked out again after an update: clients done, and in all.
    pub(crate) fn open_telling(vault: &Vault, clock: Clock, tell: Tell<'_>) -> Result<Store> {
        migrate::up(vault)?;
        let kernel = vault.kernel()?;
        let author = identity(&kernel, &clock)?;
        let store = Store {
            readers: readers(vault)?,
            writer: Mutex::new(Guarded::writer(vault)?),
            kernel: Mutex::new(kernel),
            clock,
            author,
            vault: vault.clone(),
            listener: RwLock::new(None),
            cubes: Mutex::default(),
            kept: Mutex::default(),
            cost: Cost::default(),
            wiped: Mutex::default(),
            scrubs: Mutex::default(),
        };
        store.renew_stale_sums(tell)?;
        Ok(store)
    }
    /// Makes passwords cheap, for tests that log in often.
    #[cfg(test)]
    pub(crate) fn cheap(mut self) -> Self {
        self.cost = Cost::test_only();
        self
    }
    /// A session's way to its clients' rows.
    pub fn repository(&self, session: &Session) -> Result<Repository<'_>> {
        Repository::new(self, session)
    }
    /// Calls `listener` with the tables of every commit.
    pub fn on_change(&self, listener: impl Fn(&[&'static str]) + Send + Sync + 'static) {
        *self.listener.write().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(listener));
    }
    /// Tells of what was written; a transaction that only looked is none of anybody's business.
    pub(crate) fn tell(&self, changed: &[&'static str]) {
        if changed.is_empty() {
            return;
        }
        if let Some(listener) = self.listener.read().unwrap_or_else(PoisonError::into_inner).as_ref() {
            listener(changed);
        }
    }
    /// A person's cube, empty until it is first asked.
    pub(crate) fn cube(&self, user: Id<domain::change::User>) -> Arc<Mutex<Cube>> {
        self.cubes.lock().unwrap_or_else(PoisonError::into_inner).entry(user).or_default().clone()
    }
    /// The days kept for a person, none until the first is asked.
    pub(crate) fn kept(&self, user: Id<domain::change::User>) -> Arc<Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).entry(user).or_default().clone()
    }
    /// Drops what is kept in memory for a person, at log-out or lock.
    pub fn forget(&self, user: Id<domain::change::User>) {
        self.cubes.lock().unwrap_or_else(PoisonError::into_inner).remove(&user);
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).remove(&user);
    }
    /// A number that grows with every commit of any connection to the file.
    pub fn data_version(&self) -> Result<i64> {
        self.admin_read(|c| Ok(c.query_row("PRAGMA data_version", [], |r| r.get(0))?))
    }
    /// A number that grows whenever someone's rights change.
    pub fn rights_version(&self) -> Result<i64> {
        self.admin_read(epoch)
    }
    /// The PC that the file is of.
    pub fn device(&self) -> Id<domain::change::Device> {
        self.author.device
    }
    /// The clock everything goes by.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }
    /// The writer; a panic left nothing behind, see `Tx`.
    pub(crate) fn writer(&self) -> MutexGuard<'_, Guarded> {
        self.writer.lock().unwrap_or_else(|poisoned| {
            self.writer.clear_poison();
            poisoned.into_inner()
        })
    }
    /// Reads accounts and rights, on a connection of their own.
    pub(crate) fn admin_read<T>(&self, f: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        f(&self.kernel.lock().unwrap_or_else(PoisonError::into_inner))
    }
    /// Writes accounts and rights in one transaction of the one writer.
    ///
    /// Statements must be prepared with `prepare`, never `prepare_cached`: a
    /// cached one would come back already judged.
    pub(crate) fn admin_write<T>(&self, f: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let g = self.writer();
        let tx = Tx::begin(&g, "BEGIN IMMEDIATE")?;
        let out = g.gate.with(Mode::Admin, || f(&g.conn))?;
        tx.commit()?;
        Ok(out)
    }
    /// The person of an account, with the rights of this moment.
    pub(crate) fn person(&self, user: Id<domain::change::User>) -> Result<Person> {
        self.admin_read(|c| crate::session::person(c, user))
    }
}

/// How often rights have changed.
pub(crate) fn epoch(c: &Connection) -> Result<i64> {
    Ok(c.prepare_cached("SELECT epoch FROM plant_state")?.query_row([], |r| r.get(0))?)
}

/// This file's own device, made when it is first opened.
fn identity(c: &Connection, clock: &Clock) -> Result<Author> {
    let found = c.query_row("SELECT d.id, d.incarnation, s.chain_key FROM device d, plant_state s", [], |r| {
        Ok((r.get::<_, [u8; 16]>(0)?, r.get::<_, u32>(1)?, r.get::<_, [u8; 32]>(2)?))
    });
    if let Some((id, incarnation, key)) = found.optional()? {
        return Ok(Author { device: Id::from_bytes(id), incarnation, key });
    }
    let author = Author { device: fresh(clock.now()), incarnation: 1, key: random() };
    let tx = c.unchecked_transaction()?;
    c.execute("INSERT INTO device VALUES (?1, 'this PC', 1)", params![author.device.bytes().as_slice()])?;
    c.execute("INSERT INTO plant_state VALUES (1, 1, ?1)", params![author.key.as_slice()])?;
    tx.commit()?;
    Ok(author)
}
