//! The entry sheet, with what is inferred and what is still to explain.
use domain::{
    Client, Day, DowntimeEntry, DowntimeReason, Group, Id, Line, LineShift, Operation, Product, ProductionEntry,
    RejectDetail, Shift, ShiftState, Verb, WorkOrder,
    elements::{self, Element, WorkedEntry},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{Cell, Latest, Reader, Result, values};
use ts_rs::TS;

/// A value with where it comes from.
#[derive(Clone, Serialize, TS)]
pub struct Sourced {
    value: Option<f64>,
    /// A key of the words `source.*`.
    source: String,
    /// From 0 to 1.
    confidence: f64,
}

impl From<elements::Sourced> for Sourced {
    fn from(s: elements::Sourced) -> Self {
        // An unknown value counts as 0 in sums, but nobody is shown a 0 that nobody knows.
        let known = s.source.key() != "unknown";
        Sourced { value: known.then_some(s.value), source: s.source.key().into(), confidence: s.confidence() }
    }
}

/// One hour of the shift.
#[derive(Serialize, TS)]
pub struct Hour {
    hour: i64,
    from: Option<String>,
    to: Option<String>,
    minutes: f64,
}

/// Rejected units of an entry.
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Reject {
    pub(super) id: Option<Id<RejectDetail>>,
    pub(super) defect: String,
    pub(super) cause: Option<String>,
    pub(super) quantity: i64,
}

/// What was produced, as it stands.
#[derive(Serialize, TS)]
pub struct Entry {
    id: Id<ProductionEntry>,
    hour: Option<i64>,
    product_id: Option<Id<Product>>,
    work_order_id: Option<Id<WorkOrder>>,
    operation_id: Option<Id<Operation>>,
    produced: Option<i64>,
    defective: Option<i64>,
    rework: Option<i64>,
    repair: Option<i64>,
    scrap: Option<i64>,
    run_minutes: Option<f64>,
    crew_present: Option<f64>,
    note: Option<String>,
    rejects: Vec<Reject>,
    standard: Sourced,
    author: Option<String>,
    /// Milliseconds since 1970.
    at: Option<i64>,
    /// Sent back with a correction: it is refused when others have written since.
    version: Option<String>,
    /// Others wrote something else, and it waits for a decision.
    under_review: bool,
}

/// A stop, as it stands.
#[derive(Serialize, TS)]
pub struct Stop {
    id: Id<DowntimeEntry>,
    reason_id: Option<Id<DowntimeReason>>,
    minutes: Option<f64>,
    start_minute: Option<f64>,
    affected: Option<f64>,
    station: Option<String>,
    work_order_id: Option<Id<WorkOrder>>,
    cause: Option<String>,
    author: Option<String>,
    /// Milliseconds since 1970.
    at: Option<i64>,
    /// Sent back with a correction: it is refused when others have written since.
    version: Option<String>,
    /// Others wrote something else, and it waits for a decision.
    under_review: bool,
}

/// Something odd, accepted and shown.
#[derive(Serialize, TS)]
pub struct Flag {
    field: String,
    row: Option<Id<()>>,
    code: String,
    params: BTreeMap<String, String>,
}

/// One line on one shift of one day, as it is entered.
#[derive(Serialize, TS)]
pub struct Sheet {
    client_id: Id<Client>,
    day: Day,
    line_id: Id<Line>,
    shift_id: Id<Shift>,
    line_shift_id: Option<Id<LineShift>>,
    /// `none`, `open`, `closed` or `reopened`.
    state: String,
    entered_crew: Option<f64>,
    entered_net_minutes: Option<f64>,
    overtime: Option<f64>,
    planned_units: Option<f64>,
    /// Minutes of which somebody said that the line ran slower than its standard.
    speed_minutes: Option<f64>,
    note: Option<String>,
    crew: Sourced,
    net_minutes: Sourced,
    hours: Vec<Hour>,
    entries: Vec<Entry>,
    stops: Vec<Stop>,
    produced: f64,
    defective: f64,
    good: f64,
    /// None while the crew is unknown.
    planned: Option<f64>,
    stops_minutes: f64,
    earned: f64,
    /// Planned less stops less earned, of the part that has passed, less what was lost to speed.
    to_explain: Option<f64>,
    flags: Vec<Flag>,
    may_write: bool,
}

/// The sheet of a cell.
pub(super) fn of(r: &Reader<'_>, cell: Cell) -> Result<Sheet> {
    let look = store::look(r, cell)?;
    let sums = look.worked.sums;
    let row = look.row.as_ref();
    let known = look.worked.crew.source != elements::Source::CrewUnknown;
    let state = row.map_or("none", |l| l.state.word());
    let hours =
        look.slots.iter().map(|s| Hour { hour: s.hour, from: s.from.clone(), to: s.to.clone(), minutes: s.minutes });
    Ok(Sheet {
        client_id: cell.client,
        day: cell.day,
        line_id: cell.line,
        shift_id: cell.shift,
        line_shift_id: row.map(|l| l.id),
        state: state.into(),
        entered_crew: row.and_then(|l| l.crew),
        entered_net_minutes: row.and_then(|l| l.net_minutes),
        overtime: row.and_then(|l| l.overtime),
        planned_units: row.and_then(|l| l.planned_units),
        speed_minutes: row.and_then(|l| l.speed_minutes),
        note: row.and_then(|l| l.note.clone()),
        crew: look.worked.crew.into(),
        net_minutes: look.net_minutes.into(),
        hours: hours.collect(),
        entries: entries(r, cell, &look.worked.entries)?,
        stops: stops(r, cell)?,
        produced: sums[Element::Produced],
        defective: sums[Element::Produced] - sums[Element::Good],
        good: sums[Element::Good],
        planned: known.then_some(sums[Element::Planned]),
        stops_minutes: sums[Element::Stops],
        earned: sums[Element::Earned],
        to_explain: known.then_some(look.to_explain()),
        flags: flags(&look.worked),
        may_write: may_write(r, row),
    })
}

fn may_write(r: &Reader<'_>, row: Option<&LineShift>) -> bool {
    let verb = if row.is_some_and(|l| l.state == ShiftState::Closed) { Verb::Amend } else { Verb::Create };
    r.session().role().may(verb, Group::Floor)
}

fn entries(r: &Reader<'_>, cell: Cell, worked: &[WorkedEntry]) -> Result<Vec<Entry>> {
    let rows: Vec<ProductionEntry> =
        r.list_where(cell.client, "line_shift_id = ?2 ORDER BY hour IS NULL, hour, id", values![cell.line_shift()])?;
    let review = r.under_review::<ProductionEntry>(cell.client)?;
    rows.into_iter()
        .map(|e| {
            let under_review = review.contains(&e.id);
            let standard = worked.iter().find(|w| w.id == e.id.bytes()).map(|w| w.standard.into());
            let (latest, version) = (r.latest(cell.client, e.id.bytes())?, r.version(cell.client, e.id)?);
            Ok(Entry { rejects: rejects(r, &e)?, version, under_review, ..entry(e, standard, latest) })
        })
        .collect()
}

/// The entry itself, without its rejects, its version and what waits in it.
fn entry(e: ProductionEntry, standard: Option<Sourced>, latest: Option<Latest>) -> Entry {
    Entry {
        id: e.id,
        hour: e.hour,
        product_id: e.product_id,
        work_order_id: e.work_order_id,
        operation_id: e.operation_id,
        produced: e.produced,
        defective: e.defective,
        rework: e.rework,
        repair: e.repair,
        scrap: e.scrap,
        run_minutes: e.run_minutes,
        crew_present: e.crew_present,
        note: e.note,
        rejects: vec![],
        standard: standard.unwrap_or(Sourced { value: None, source: "unknown".into(), confidence: 0.0 }),
        author: latest.as_ref().and_then(|l| l.author.clone()),
        at: latest.map(|l| l.at.0),
        version: None,
        under_review: false,
    }
}

fn rejects(r: &Reader<'_>, e: &ProductionEntry) -> Result<Vec<Reject>> {
    let rows: Vec<RejectDetail> = r.list_where(e.client_id, "production_entry_id = ?2 ORDER BY id", values![e.id])?;
    let view = |d: RejectDetail| Reject { id: Some(d.id), defect: d.defect, cause: d.cause, quantity: d.quantity };
    Ok(rows.into_iter().map(view).collect())
}

fn stops(r: &Reader<'_>, cell: Cell) -> Result<Vec<Stop>> {
    let rows: Vec<DowntimeEntry> =
        r.list_where(cell.client, "line_shift_id = ?2 ORDER BY start_minute, id", values![cell.line_shift()])?;
    let review = r.under_review::<DowntimeEntry>(cell.client)?;
    rows.into_iter()
        .map(|d| {
            let latest = r.latest(cell.client, d.id.bytes())?;
            Ok(Stop {
                id: d.id,
                reason_id: d.reason_id,
                minutes: d.minutes,
                start_minute: d.start_minute,
                affected: d.affected,
                station: d.station,
                work_order_id: d.work_order_id,
                cause: d.cause,
                author: latest.as_ref().and_then(|l| l.author.clone()),
                at: latest.map(|l| l.at.0),
                version: r.version(cell.client, d.id)?,
                under_review: review.contains(&d.id),
            })
        })
        .collect()
}

/// What is odd about a line shift: accepted, and pointed at.
pub(super) fn flags(w: &elements::Worked) -> Vec<Flag> {
    let sums = &w.sums;
    let mut out = vec![];
    let mut flag = |fine: bool, field: &str, code: &str, value: f64| {
        if !fine {
            let params = BTreeMap::from([("value".to_string(), format!("{value:.0}"))]);
            out.push(Flag { field: field.into(), row: None, code: code.into(), params });
        }
    };
    let (run, earned, planned) = (sums[Element::Run], sums[Element::Earned], sums[Element::Planned]);
    flag(run <= 0.0 || earned <= 1.5 * run, "produced", "flag.performance", 100.0 * earned / run);
    flag(
        sums[Element::RunClock] <= w.net_minutes.value || sums[Element::RunClock] <= 0.0,
        "run_minutes",
        "flag.run_long",
        sums[Element::RunClock],
    );
    flag(sums[Element::Stops] <= planned || planned <= 0.0, "minutes", "flag.stops_long", sums[Element::Stops]);
    out
}
