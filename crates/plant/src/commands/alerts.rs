//! Alerts as people see and settle them.
use super::Nothing;
use crate::alerts;
use domain::{Alert, AlertKind, AlertState, Author, Client, Group, Id, Verb};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use store::{Reader, Repository, Result, Writer, session::delegate::Task};
use ts_rs::TS;

/// Which alerts are listed.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AlertList {
    /// Only this client; none for all in scope.
    #[serde(default)]
    #[ts(optional = nullable)]
    client_id: Option<Id<Client>>,
    /// Settled ones too.
    #[serde(default)]
    settled: bool,
    #[serde(default)]
    #[ts(optional = nullable)]
    limit: Option<usize>,
    #[serde(default)]
    #[ts(optional = nullable)]
    offset: Option<usize>,
}

/// Which alert, and what was done.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AlertStep {
    client_id: Id<Client>,
    id: Id<Alert>,
    /// Wanted where it is settled.
    #[serde(default)]
    #[ts(optional = nullable)]
    note: Option<String>,
}

/// Whether alerts are looked for on one's schedule.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    on: bool,
}

/// How one's schedule stands.
#[derive(Serialize, TS)]
pub struct ScheduleView {
    on: bool,
    /// It was on, and stopped because its owner lost the right to it.
    stopped: bool,
}

/// How many alerts a look moved.
#[derive(Serialize, TS)]
pub struct Looked {
    raised: usize,
    reopened: usize,
    resolved: usize,
}

/// An alert as a list shows it.
#[derive(Serialize, TS)]
pub struct AlertView {
    client_id: Id<Client>,
    id: Id<Alert>,
    kind: AlertKind,
    /// A KPI's code, an order's id.
    subject: String,
    /// The subject as people call it.
    label: String,
    critical: bool,
    state: AlertState,
    /// What was measured; none once the cause is gone.
    value: Option<f64>,
    /// What it was measured against.
    against: Option<f64>,
    /// Milliseconds since 1970.
    raised_at: i64,
    seen_by: Option<String>,
    /// Milliseconds since 1970.
    seen_at: Option<i64>,
    /// None where it went away by itself.
    resolved_by: Option<String>,
    /// Milliseconds since 1970.
    resolved_at: Option<i64>,
    note: Option<String>,
    /// Whether this person may acknowledge and settle it.
    may_settle: bool,
}

/// The most alerts of one answer.
const PAGE: usize = 1_000;

/// Alerts in scope: open before seen before settled, critical before others, the newest first.
pub(super) fn list(r: &Reader<'_>, input: AlertList) -> Result<Vec<AlertView>> {
    let clients = match input.client_id {
        Some(one) => vec![one],
        None => r.session().clients().iter().map(|c| c.id).collect(),
    };
    let mut all: Vec<Alert> = vec![];
    for client in clients {
        all.extend(r.list_where::<Alert>(client, "1 = 1", &[])?);
    }
    all.retain(|a| input.settled || a.state != AlertState::Resolved);
    all.sort_by_key(|a| (a.state, !a.critical, Reverse(a.raised_at), a.id));
    let page = all.into_iter().skip(input.offset.unwrap_or(0)).take(input.limit.unwrap_or(PAGE).min(PAGE));
    page.map(|alert| view(r, alert)).collect()
}

/// Says that somebody has seen it.
pub(super) fn acknowledge(w: &mut Writer<'_>, input: AlertStep) -> Result<AlertView> {
    let (before, me, now) = begin(w, &input)?;
    let note = input.note.or(before.note.clone());
    let row = Alert { state: AlertState::Acknowledged, seen_by: Some(me), seen_at: Some(now), note, ..before };
    save(w, row)
}

/// Settles it, with what was done.
pub(super) fn resolve(w: &mut Writer<'_>, input: AlertStep) -> Result<AlertView> {
    let (before, me, now) = begin(w, &input)?;
    let (resolved_by, resolved_at) = (Some(me), Some(now));
    save(w, Alert { state: AlertState::Resolved, resolved_by, resolved_at, note: input.note, ..before })
}

/// Looks at everything now, in one's own name.
///
/// Who may not is told so: of a schedule that has stopped he knows nothing.
pub(super) fn look(repo: &Repository<'_>, _: Nothing) -> Result<Looked> {
    repo.session().may(Verb::Create, Group::Alerts)?;
    let settled = alerts::look(&repo.delegate(Task::Alerts))?;
    Ok(Looked { raised: settled.raised, reopened: settled.reopened, resolved: settled.resolved })
}

/// Has alerts looked for in one's name, or no longer.
pub(super) fn schedule(repo: &Repository<'_>, input: Schedule) -> Result<ScheduleView> {
    repo.schedule(Task::Alerts, input.on)?;
    scheduled(repo, Nothing {})
}

/// How one's schedule stands.
pub(super) fn scheduled(repo: &Repository<'_>, _: Nothing) -> Result<ScheduleView> {
    let kept = repo.scheduled(Task::Alerts)?;
    Ok(ScheduleView { on: kept.as_deref() == Some("on"), stopped: kept.as_deref() == Some("stopped") })
}

fn begin(w: &mut Writer<'_>, input: &AlertStep) -> Result<(Alert, Id<Author>, i64)> {
    let before: Alert = w.get(input.client_id, input.id)?;
    w.names(format!("alert {} {}", before.kind.word(), before.label));
    Ok((before, w.session().user().cast(), w.now().0))
}

fn save(w: &mut Writer<'_>, row: Alert) -> Result<AlertView> {
    w.put(&row)?;
    view(w, row)
}

fn view(r: &Reader<'_>, a: Alert) -> Result<AlertView> {
    let name = |id: Option<Id<Author>>| -> Result<Option<String>> {
        let Some(id) = id else { return Ok(None) };
        Ok(r.find::<Author>(a.client_id, id)?.map(|author| author.name))
    };
    let open = a.state != AlertState::Resolved;
    Ok(AlertView {
        seen_by: name(a.seen_by)?,
        resolved_by: name(a.resolved_by)?,
        may_settle: open && r.session().role().may(Verb::Update, Group::Alerts),
        client_id: a.client_id,
        id: a.id,
        kind: a.kind,
        subject: a.subject,
        label: a.label,
        critical: a.critical,
        state: a.state,
        value: a.value,
        against: a.against,
        raised_at: a.raised_at,
        seen_at: a.seen_at,
        resolved_at: a.resolved_at,
        note: a.note,
    })
}
