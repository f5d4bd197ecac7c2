//! Holds as a list: what waits for somebody first.
use domain::{Author, Client, Day, Group, HoldEntry, HoldState, Id, Job, Verb, WorkOrder};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use store::{Reader, Result, values};
use ts_rs::TS;

/// Which holds are listed.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// Only this client; none for all in scope.
    #[serde(default)]
    #[ts(optional = nullable)]
    client_id: Option<Id<Client>>,
    /// Only this order.
    #[serde(default)]
    #[ts(optional = nullable)]
    work_order_id: Option<Id<WorkOrder>>,
    /// Only those in these states; none for all.
    #[serde(default)]
    #[ts(optional = nullable)]
    states: Option<Vec<HoldState>>,
    #[serde(default)]
    #[ts(optional = nullable)]
    limit: Option<usize>,
    #[serde(default)]
    #[ts(optional = nullable)]
    offset: Option<usize>,
}

/// A hold as a list shows it.
#[derive(Serialize, TS)]
pub struct HoldView {
    client_id: Id<Client>,
    id: Id<HoldEntry>,
    work_order_id: Id<WorkOrder>,
    /// The order's number.
    order: String,
    job_id: Option<Id<Job>>,
    /// The job's number.
    job: Option<String>,
    /// Why, as the catalogue names it.
    reason: Option<String>,
    category: Option<String>,
    quantity: Option<i64>,
    state: HoldState,
    held_from: Option<Day>,
    held_from_minute: Option<i64>,
    held_to: Option<Day>,
    held_to_minute: Option<i64>,
    expected: Option<Day>,
    requested_by: Option<String>,
    /// Milliseconds since 1970.
    requested_at: Option<i64>,
    approved_by: Option<String>,
    /// Milliseconds since 1970.
    approved_at: Option<i64>,
    resume_by: Option<String>,
    /// Milliseconds since 1970.
    resume_at: Option<i64>,
    resumed_by: Option<String>,
    /// Milliseconds since 1970.
    resumed_at: Option<i64>,
    self_approved: bool,
    released: Option<i64>,
    scrapped: Option<i64>,
    note: Option<String>,
    /// Hours it has waited for somebody to decide; none where it does not.
    waiting_hours: Option<f64>,
    /// Whether this person may decide.
    may_decide: bool,
    /// Sent back with a step: it is refused when others have written since.
    version: Option<String>,
}

/// The most holds of one answer.
const PAGE: usize = 1_000;

/// Holds in scope: those that wait first, the longest waiting before the others.
pub fn list(r: &Reader<'_>, input: List) -> Result<Vec<HoldView>> {
    let clients = match input.client_id {
        Some(one) => vec![one],
        None => r.session().clients().iter().map(|c| c.id).collect(),
    };
    let mut holds: Vec<HoldEntry> = vec![];
    for client in clients {
        holds.extend(of(r, client, input.work_order_id)?);
    }
    holds.retain(|h| input.states.as_ref().is_none_or(|states| states.contains(&h.state)));
    holds.sort_by_key(|h| (rank(h.state), if h.state.waits() { since(h) } else { None }, Reverse(h.id)));
    let page = holds.into_iter().skip(input.offset.unwrap_or(0)).take(input.limit.unwrap_or(PAGE).min(PAGE));
    page.map(|h| view(r, h)).collect()
}

/// One hold as a list shows it.
pub(super) fn one(r: &Reader<'_>, client: Id<Client>, id: Id<HoldEntry>) -> Result<HoldView> {
    view(r, r.get(client, id)?)
}

fn of(r: &Reader<'_>, client: Id<Client>, order: Option<Id<WorkOrder>>) -> Result<Vec<HoldEntry>> {
    match order {
        Some(order) => r.list_where(client, "work_order_id = ?2", values![order]),
        None => r.list_where(client, "1 = 1", &[]),
    }
}

const fn rank(state: HoldState) -> u8 {
    match state {
        HoldState::Requested | HoldState::ResumeRequested => 0,
        HoldState::Held => 1,
        _ => 2,
    }
}

/// Since when it waits to be decided.
fn since(h: &HoldEntry) -> Option<i64> {
    match h.state {
        HoldState::Requested => h.requested_at,
        HoldState::ResumeRequested => h.resume_at,
        _ => None,
    }
}

/// Hours a hold has waited for somebody to decide; none where it does not.
pub(crate) fn waiting_hours(h: &HoldEntry, now: i64) -> Option<f64> {
    since(h).map(|from| (now - from) as f64 / 3_600_000.0)
}

/// What people call a row, also of one that was taken away.
fn named(
    r: &Reader<'_>,
    client: Id<Client>,
    table: &str,
    column: &str,
    id: Option<[u8; 16]>,
) -> Result<Option<String>> {
    let Some(id) = id else { return Ok(None) };
    let sql = format!("SELECT {column} FROM {table}_all WHERE client_id = ?1 AND id = ?2");
    r.first(&sql, values![client, Id::<Client>::from_bytes(id)], |row| row.get(0))
}

fn view(r: &Reader<'_>, h: HoldEntry) -> Result<HoldView> {
    let coded = |table, column, id| named(r, h.client_id, table, column, id);
    let person = |id: Option<Id<Author>>| coded("author", "name", id.map(Id::bytes));
    Ok(HoldView {
        order: coded("work_order", "code", Some(h.work_order_id.bytes()))?.unwrap_or_default(),
        job: coded("job", "code", h.job_id.map(Id::bytes))?,
        reason: coded("hold_reason", "name", h.reason_id.map(Id::bytes))?,
        requested_by: person(h.requested_by)?,
        approved_by: person(h.approved_by)?,
        resume_by: person(h.resume_by)?,
        resumed_by: person(h.resumed_by)?,
        waiting_hours: waiting_hours(&h, r.now().0),
        may_decide: may_decide(r, &h)?,
        version: r.version(h.client_id, h.id)?,
        client_id: h.client_id,
        id: h.id,
        work_order_id: h.work_order_id,
        job_id: h.job_id,
        category: h.category,
        quantity: h.quantity,
        state: h.state,
        held_from: h.held_from,
        held_from_minute: h.held_from_minute,
        held_to: h.held_to,
        held_to_minute: h.held_to_minute,
        expected: h.expected,
        requested_at: h.requested_at,
        approved_at: h.approved_at,
        resume_at: h.resume_at,
        resumed_at: h.resumed_at,
        self_approved: h.self_approved,
        released: h.released,
        scrapped: h.scrapped,
        note: h.note,
    })
}

/// Whether this person may decide what waits; the store judges anew when he does.
fn may_decide(r: &Reader<'_>, h: &HoldEntry) -> Result<bool> {
    if !r.session().role().may(Verb::Approve, Group::Holds) {
        return Ok(false);
    }
    let asked = match h.state {
        HoldState::Requested => h.requested_by,
        HoldState::ResumeRequested => h.resume_by,
        HoldState::Held => return Ok(true),
        _ => return Ok(false),
    };
    let own = asked.is_none_or(|who| who == r.session().user().cast());
    Ok(!own || r.setting(h.client_id)?.self_approval)
}
