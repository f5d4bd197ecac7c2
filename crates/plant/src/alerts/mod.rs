//! What somebody should see to: looked for, raised, settled.
//!
//! A look works out what is so now, kind by kind; the store raises, reopens and
//! resolves by it. Cheap kinds are looked at after each write of a client, all
//! of them on a schedule.
mod backup;
mod floor;
mod holds;
mod kpi;
mod limits;
mod orders;

pub use limits::{Limit, is_limited};

use domain::{AlertKind, Client, Code, Id};
use serde_json::Value as Json;
use store::{
    Cause, Found, Reader, Repository, Result, Settled, Store,
    session::delegate::{Delegate, Task},
};

/// What a look goes by.
struct Look<'a, 'c> {
    r: &'a Reader<'c>,
    client: Id<Client>,
    causes: Vec<Cause>,
    unsure: Vec<(AlertKind, String)>,
}

/// What is looked at after each write of the floor or of a hold.
const CHEAP: [AlertKind; 2] = [AlertKind::HoldWaiting, AlertKind::Unexplained];

/// Looks at everything of every client in the owner's scope, and keeps what is found.
///
/// # Errors
/// `withdrawn` where the owner may not any more.
pub fn look(delegate: &Delegate<'_>) -> Result<Settled> {
    let (clients, saved, begun) = (delegate.clients()?, delegate.newest_backup()?, delegate.begun()?);
    let mut found = vec![];
    for client in clients {
        found.push(delegate.read(|r| {
            let mut look = Look::of(r, client);
            AlertKind::ALL.iter().try_for_each(|kind| look.at(*kind))?;
            backup::look(&mut look, saved.or(begun))?;
            Ok(look.found(AlertKind::ALL))
        })?);
    }
    delegate.settle_alerts(&found)
}

/// What the schedule did.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// The alerts moved.
    pub settled: Settled,
    /// Whose schedules have stopped, because their owners may not any more.
    pub stopped: Vec<String>,
}

/// Looks in the name of each person who put alerts on his schedule; called by the window's timer.
///
/// # Errors
/// What the store says; a withdrawn owner stops his own schedule alone.
pub fn run(store: &Store) -> Result<Run> {
    let mut run = Run::default();
    for delegate in store.delegates(Task::Alerts)? {
        match look(&delegate) {
            Ok(one) => {
                run.settled.raised += one.raised;
                run.settled.reopened += one.reopened;
                run.settled.resolved += one.resolved;
            }
            Err(e) if e.is(Code::Withdrawn) => {
                tracing::warn!("{e}");
                store.stop(&delegate)?;
                run.stopped.push(delegate.owner().into());
            }
            Err(e) => return Err(e),
        }
    }
    Ok(run)
}

/// Looks at the cheap kinds of the client a command has just written to.
///
/// The write is done and stays done: an alert that cannot be kept is told to the log alone.
pub fn after(repo: &Repository<'_>, name: &str, input: &Json) {
    const WRITES: [&str; 7] =
        ["floor_", "hold_", "line_shift_", "production_entry_", "downtime_entry_", "undo", "redo"];
    if !WRITES.iter().any(|w| name.starts_with(w)) || crate::commands::asks(name) {
        return;
    }
    let named = [&input["client_id"], &input["row"]["client_id"]].into_iter().find_map(Json::as_str);
    let named: Option<Id<Client>> = named.and_then(|id| id.parse().ok());
    let clients = named.map_or_else(|| repo.session().clients().iter().map(|c| c.id).collect(), |id| vec![id]);
    if let Err(e) = clients.into_iter().try_for_each(|client| look_at(repo, client, &CHEAP)) {
        tracing::warn!("alerts were not looked at after {name}: {e}");
    }
}

fn look_at(repo: &Repository<'_>, client: Id<Client>, kinds: &[AlertKind]) -> Result<()> {
    let found = repo.read_of(&[client], |r| {
        let mut look = Look::of(r, client);
        kinds.iter().try_for_each(|kind| look.at(*kind))?;
        Ok(look.found(kinds))
    })?;
    repo.settle_alerts(&[found]).map(|_| ())
}

impl<'a, 'c> Look<'a, 'c> {
    const fn of(r: &'a Reader<'c>, client: Id<Client>) -> Self {
        Look { r, client, causes: vec![], unsure: vec![] }
    }
    /// Looks at one kind; the age of backups is the plant's, and the delegate's to tell.
    fn at(&mut self, kind: AlertKind) -> Result<()> {
        match kind {
            AlertKind::Kpi => kpi::look(self),
            AlertKind::LateOrder => orders::look(self),
            AlertKind::HoldWaiting => holds::look(self),
            AlertKind::CoverGap => floor::cover_gap(self),
            AlertKind::Unexplained => floor::unexplained(self),
            // Absence is looked at with the KPIs, orders at risk with those that are late.
            AlertKind::Absence | AlertKind::OrderAtRisk | AlertKind::Backup => Ok(()),
        }
    }
    fn found(self, kinds: &[AlertKind]) -> Found {
        Found { client: self.client, kinds: kinds.to_vec(), causes: self.causes, unsure: self.unsure }
    }
    fn limit(&self, kind: AlertKind) -> Result<Limit> {
        limits::of(self.r, self.client, kind)
    }
    /// Notes what is beyond a limit where more is worse.
    fn beyond(&mut self, limit: Limit, kind: AlertKind, (subject, label): (String, String), value: f64) {
        let Some(against) = limit.passed(value) else { return };
        let critical = limit.critical.is_some_and(|critical| value > critical);
        self.causes.push(Cause { kind, subject, label, critical, value, against });
    }
}
