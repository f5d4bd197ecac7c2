//! Who looks in somebody's name when nobody is logged in: read only.
//!
//! A delegate is minted here alone: for who put a task on a schedule, or for the
//! person of a repository that is open. What its owner may is read anew each
//! time. It lends readers and no writer; beside reading, it keeps alerts.
use super::{Person, Session, audit::Event};
use crate::{Found, Reader, Repository, Result, Settled, Store, repository::as_owner};
use domain::{Client, Code, Fault, Group, Id, Role, Verb, change::User, time::Instant};
use rusqlite::params;
use std::sync::Arc;

/// What runs on a schedule.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Task {
    /// Looks for what needs to be seen to.
    Alerts,
}

impl Task {
    /// The preference a schedule is kept as.
    const fn preference(self) -> &'static str {
        match self {
            Task::Alerts => "schedule.alerts",
        }
    }
    /// Whether a role may have it done.
    pub fn may(self, role: Role) -> bool {
        match self {
            Task::Alerts => role.may(Verb::Create, Group::Alerts),
        }
    }
}

/// Looks in its owner's name, with his rights of the moment.
pub struct Delegate<'s> {
    store: &'s Store,
    owner: Id<User>,
    name: String,
    task: Task,
}

impl Delegate<'_> {
    /// The owner's name at log-in.
    pub fn owner(&self) -> &str {
        &self.name
    }
    /// Reads, in the owner's scope of this moment.
    ///
    /// # Errors
    /// `withdrawn` where the account is no longer active, or its role is no longer enough.
    pub fn read<T>(&self, f: impl FnOnce(&Reader<'_>) -> Result<T>) -> Result<T> {
        self.repository()?.read(f)
    }
    /// The clients in the owner's scope of this moment.
    pub fn clients(&self) -> Result<Vec<Id<Client>>> {
        Ok(self.repository()?.session().clients().iter().map(|client| client.id).collect())
    }
    /// Keeps what a look found; the only thing a delegate writes.
    pub fn settle_alerts(&self, found: &[Found]) -> Result<Settled> {
        self.repository()?.settle_alerts(found)
    }
    /// When the newest backup was made; none where there never was one.
    pub fn newest_backup(&self) -> Result<Option<Instant>> {
        self.store.newest(&["backup"])
    }
    /// When the file was begun.
    pub fn begun(&self) -> Result<Option<Instant>> {
        self.store.newest(&["first_start"])
    }
    /// Rights as they are now; the repository never leaves this file.
    fn repository(&self) -> Result<Repository<'_>> {
        let person =
            self.store.person(self.owner).map_err(|e| if e.is(Code::NoSession) { self.withdrawn() } else { e })?;
        if person.must_change || !self.task.may(person.role) {
            return Err(self.withdrawn());
        }
        let session = Session(Arc::new(Person { delegated: true, ..person }));
        Ok(Repository::of_delegate(self.store, session))
    }
    fn withdrawn(&self) -> crate::Error {
        Fault::new(Code::Withdrawn).with("who", &self.name).into()
    }
}

impl<'s> Repository<'s> {
    /// One's own delegate, for a look now.
    pub fn delegate(&self, task: Task) -> Delegate<'s> {
        let (store, owner, name) = (self.store(), self.session().user(), self.session().name().to_string());
        Delegate { store, owner, name, task }
    }
    /// Puts a task on one's own schedule, or takes it off.
    ///
    /// # Errors
    /// `forbidden` for a role that may not have it done.
    pub fn schedule(&self, task: Task, on: bool) -> Result<()> {
        if on && !task.may(self.session().role()) {
            return Err(Code::Forbidden.into());
        }
        self.write(|w| w.keep_preference(task.preference(), on.then_some("on")))
    }
    /// Whether a task is on one's own schedule; `stopped` where it was and its owner lost the right to it.
    pub fn scheduled(&self, task: Task) -> Result<Option<String>> {
        self.read(|r| r.preference(task.preference()))
    }
}

impl Store {
    /// A delegate for each person who put the task on his schedule.
    pub fn delegates(&self, task: Task) -> Result<Vec<Delegate<'_>>> {
        self.admin_read(|c| {
            let sql = "SELECT p.owner, u.name FROM preference p JOIN user u ON u.id = p.owner
                WHERE p.name = ?1 AND p.value = 'on' ORDER BY u.name";
            let mut stmt = c.prepare_cached(sql)?;
            let made = stmt.query_map([task.preference()], |r| {
                Ok(Delegate { store: self, owner: Id::from_bytes(r.get(0)?), name: r.get(1)?, task })
            })?;
            Ok(made.collect::<rusqlite::Result<_>>()?)
        })
    }
    /// Stops the schedule of an owner who lost the right to it; kept as an event for the admins.
    pub fn stop(&self, delegate: &Delegate<'_>) -> Result<()> {
        let (task, owner) = (delegate.task.preference(), delegate.owner.bytes());
        self.stop_schedule(task, owner)?;
        self.admin_write(|c| {
            let what = format!("{task} of {}", delegate.name);
            self.keep_event(c, &Event { user: Some(delegate.owner), kind: "schedule_stopped", what: &what })
        })
    }
    /// The owner is not there to write his own row: the store marks it.
    fn stop_schedule(&self, task: &str, owner: [u8; 16]) -> Result<()> {
        let g = self.writer();
        as_owner(&g, owner, || {
            let sql = "UPDATE main.preference SET value = 'stopped' WHERE owner = ?1 AND name = ?2";
            g.conn.prepare(sql)?.execute(params![owner.as_slice(), task])?;
            Ok(())
        })
    }
    /// When an event of these kinds was last kept.
    fn newest(&self, kinds: &[&str]) -> Result<Option<Instant>> {
        self.admin_read(|c| {
            let mut newest = None;
            for kind in kinds {
                let at: Option<i64> = c
                    .prepare_cached("SELECT max(at) FROM security_event WHERE kind = ?1")?
                    .query_row([kind], |r| r.get(0))?;
                newest = newest.max(at);
            }
            Ok(newest.map(Instant))
        })
    }
}
