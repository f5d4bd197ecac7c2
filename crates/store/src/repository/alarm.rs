//! The store's own path of alerts: raised, reopened, resolved by themselves.
//!
//! An alert says what is; it asks no role, and it is no step to take back. What
//! people do with an alert goes through `Writer::put` like every row.
use super::{Repository, Writer};
use crate::{Result, error::missing};
use domain::{Alert, AlertKind, AlertState, Client, Entity, Id, change::Act};

/// What a look found of one client, of the kinds it looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The client.
    pub client: Id<Client>,
    /// The kinds looked at; what is open of them and not among the causes is gone.
    pub kinds: Vec<AlertKind>,
    /// What is so now.
    pub causes: Vec<Cause>,
    /// Subjects of which too little is known to tell: they stay as they are.
    pub unsure: Vec<(AlertKind, String)>,
}

/// Something to be pointed at.
#[derive(Clone, Debug, PartialEq)]
pub struct Cause {
    /// What it is about.
    pub kind: AlertKind,
    /// What exactly.
    pub subject: String,
    /// The subject as people call it.
    pub label: String,
    /// Whether it is beyond the critical threshold.
    pub critical: bool,
    /// What was measured.
    pub value: f64,
    /// What it was measured against.
    pub against: f64,
}

/// How many alerts a look moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// New ones.
    pub raised: usize,
    /// Resolved ones that returned.
    pub reopened: usize,
    /// Ones whose cause is gone.
    pub resolved: usize,
}

impl Repository<'_> {
    /// Keeps what a look found, in one transaction that is no step to take back.
    pub fn settle_alerts(&self, found: &[Found]) -> Result<Settled> {
        let due = self.read(|r| {
            let mut due = false;
            for one in found.iter().filter(|f| r.session().covers(f.client)) {
                due = due || moves(&of(r, one)?, one, r.now().0).next().is_some();
            }
            Ok(due)
        })?;
        if !due {
            return Ok(Settled::default());
        }
        self.write(|w| {
            w.silent = true;
            w.because(Some("look".into()));
            let mut settled = Settled::default();
            found.iter().try_for_each(|one| w.settle_alerts_of(one, &mut settled))?;
            Ok(settled)
        })
    }
}

impl Writer<'_> {
    fn settle_alerts_of(&mut self, found: &Found, settled: &mut Settled) -> Result<()> {
        if !self.session().covers(found.client) {
            return Err(missing());
        }
        let (known, now) = (of(self, found)?, self.now().0);
        let moves: Vec<Move> = moves(&known, found, now).collect();
        for step in moves {
            match step.way {
                Way::Raised => settled.raised += 1,
                Way::Reopened => settled.reopened += 1,
                Way::Resolved => settled.resolved += 1,
                Way::Renewed => {}
            }
            self.keep_alert(&step.row)?;
        }
        Ok(())
    }
    fn keep_alert(&mut self, row: &Alert) -> Result<()> {
        super::writer::check(row)?;
        match self.current(row.client_id, row.id)? {
            None => self.insert(row, Act::Create),
            Some(old) => {
                let before = Alert::of(row.client_id, row.id, old.values.clone()).ok_or_else(missing)?;
                if old.gone {
                    self.revive(&before)?;
                }
                let values = row.values();
                let differ: Vec<usize> = (0..values.len()).filter(|&i| values[i] != old.values[i]).collect();
                let old = domain::merge::Folded { gone: false, ..old };
                if differ.is_empty() { Ok(()) } else { self.write(row, &before, old, &differ) }
            }
        }
    }
}

/// What happens to one alert.
struct Move {
    way: Way,
    row: Alert,
}

#[derive(Clone, Copy)]
enum Way {
    Raised,
    Reopened,
    Resolved,
    Renewed,
}

/// The client's alerts of the kinds looked at.
fn of(r: &super::Reader<'_>, found: &Found) -> Result<Vec<Alert>> {
    let all: Vec<Alert> = r.list_where(found.client, "1 = 1", &[])?;
    Ok(all.into_iter().filter(|alert| found.kinds.contains(&alert.kind)).collect())
}

/// What a look changes; nothing where all is as it was.
fn moves<'f>(known: &'f [Alert], found: &'f Found, now: i64) -> impl Iterator<Item = Move> + 'f {
    let standing = |alert: &Alert| found.causes.iter().any(|c| c.kind == alert.kind && c.subject == alert.subject);
    let unsure = |alert: &Alert| found.unsure.iter().any(|(k, s)| *k == alert.kind && *s == alert.subject);
    let gone = known.iter().filter(move |a| !standing(a) && !unsure(a)).filter_map(move |alert| over(alert, now));
    let causes = found.causes.iter().filter_map(move |cause| {
        let id = Alert::fact(found.client, cause.kind, &cause.subject);
        match known.iter().find(|alert| alert.id == id) {
            None => Some(Move { way: Way::Raised, row: raised(found.client, cause, now) }),
            Some(alert) => again(alert, cause, now),
        }
    });
    causes.chain(gone)
}

fn raised(client: Id<Client>, cause: &Cause, now: i64) -> Alert {
    Alert {
        kind: cause.kind,
        subject: cause.subject.clone(),
        label: cause.label.clone(),
        critical: cause.critical,
        state: AlertState::Open,
        value: Some(cause.value),
        against: Some(cause.against),
        raised_at: now,
        ..Alert::blank(client, Alert::fact(client, cause.kind, &cause.subject))
    }
}

/// A known alert whose cause is there: reopened when it was gone or has become critical.
fn again(alert: &Alert, cause: &Cause, now: i64) -> Option<Move> {
    // A settled alert keeps its value while its cause stays; without one the cause was gone.
    let returns = alert.value.is_none() || (cause.critical && !alert.critical);
    if alert.state == AlertState::Resolved {
        return returns.then(|| Move { way: Way::Reopened, row: raised(alert.client_id, cause, now) });
    }
    let differs = alert.critical != cause.critical || alert.label != cause.label || far(alert, cause);
    let (label, against) = (cause.label.clone(), Some(cause.against));
    let row = Alert { critical: cause.critical, label, value: Some(cause.value), against, ..alert.clone() };
    differs.then_some(Move { way: Way::Renewed, row })
}

/// A value that moved a little is no news.
fn far(alert: &Alert, cause: &Cause) -> bool {
    let (was, is) = (alert.value.unwrap_or(f64::MAX), cause.value);
    alert.against != Some(cause.against) || (was - is).abs() > 0.1 * was.abs().max(is.abs())
}

/// An alert whose cause is gone: it resolves itself, and one that people settled may return.
fn over(alert: &Alert, now: i64) -> Option<Move> {
    let settled = alert.state == AlertState::Resolved;
    if settled && alert.value.is_none() {
        return None;
    }
    let row = match settled {
        true => Alert { value: None, ..alert.clone() },
        false => Alert {
            state: AlertState::Resolved,
            value: None,
            resolved_by: None,
            resolved_at: Some(now),
            ..alert.clone()
        },
    };
    Some(Move { way: if settled { Way::Renewed } else { Way::Resolved }, row })
}
