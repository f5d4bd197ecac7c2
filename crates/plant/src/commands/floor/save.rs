//! Saving a shift: one transaction, one step to undo.
use super::{
    Place,
    balance::{self, Balance},
    sheet,
    sheet::{Reject, Sheet},
};
use domain::{
    Client, ClosedHow, Code, Day, DowntimeEntry, DowntimeReason, Entity, Fault, Id, Line, LineShift, Operation,
    Product, ProductionEntry, RejectDetail, Shift, ShiftState, WorkOrder,
};
use serde::{Deserialize, Deserializer, Serialize};
use store::{Cell, Result, Writer, values};
use ts_rs::TS;

/// What was typed; rows that are not listed stay as they are.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Save {
    client_id: Id<Client>,
    day: Day,
    line_id: Id<Line>,
    shift_id: Id<Shift>,
    /// Left out: stays; null: nothing entered.
    #[serde(default, deserialize_with = "given")]
    #[ts(optional, as = "Option<Option<f64>>")]
    crew: Option<Option<f64>>,
    #[serde(default, deserialize_with = "given")]
    #[ts(optional, as = "Option<Option<f64>>")]
    net_minutes: Option<Option<f64>>,
    #[serde(default, deserialize_with = "given")]
    #[ts(optional, as = "Option<Option<f64>>")]
    overtime: Option<Option<f64>>,
    #[serde(default, deserialize_with = "given")]
    #[ts(optional, as = "Option<Option<f64>>")]
    planned_units: Option<Option<f64>>,
    #[serde(default, deserialize_with = "given")]
    #[ts(optional, as = "Option<Option<f64>>")]
    speed_minutes: Option<Option<f64>>,
    entries: Vec<EntryInput>,
    stops: Vec<StopInput>,
    /// Entries and stops to take away.
    removed: Vec<Id<()>>,
    reason: Option<String>,
}

/// A field that may be left out, or null.
fn given<'de, D: Deserializer<'de>>(d: D) -> std::result::Result<Option<Option<f64>>, D::Error> {
    Option::deserialize(d).map(Some)
}

/// A typed row of production.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct EntryInput {
    id: Option<Id<ProductionEntry>>,
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
    #[ts(optional)]
    version: Option<String>,
}

/// A typed stop.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct StopInput {
    id: Option<Id<DowntimeEntry>>,
    reason_id: Option<Id<DowntimeReason>>,
    minutes: Option<f64>,
    start_minute: Option<f64>,
    affected: Option<f64>,
    station: Option<String>,
    work_order_id: Option<Id<WorkOrder>>,
    cause: Option<String>,
    #[ts(optional)]
    version: Option<String>,
}

/// Which shift to close, and what is to be remembered.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Close {
    client_id: Id<Client>,
    day: Day,
    line_id: Id<Line>,
    shift_id: Id<Shift>,
    note: Option<String>,
}

/// A closed shift, and what of it does not balance.
#[derive(Serialize, TS)]
pub struct Closed {
    #[serde(flatten)]
    sheet: Sheet,
    balance: Balance,
}

/// Which shift to open again, and why.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Reopen {
    client_id: Id<Client>,
    day: Day,
    line_id: Id<Line>,
    shift_id: Id<Shift>,
    reason: String,
}

/// Saves what was typed and shows the sheet as it now stands.
pub(in crate::commands) fn save(w: &mut Writer<'_>, input: Save) -> Result<Sheet> {
    let cell = place(input.client_id, input.day, input.line_id, input.shift_id).cell(w)?;
    begin(w, cell)?;
    w.because(input.reason.clone());
    frame(w, cell, &input)?;
    for id in &input.removed {
        take_away(w, cell, *id)?;
    }
    for (row, e) in input.entries.iter().enumerate() {
        entry(w, cell, e).map_err(|error| at("entries", row, error))?;
    }
    for (row, s) in input.stops.iter().enumerate() {
        stop(w, cell, s).map_err(|error| at("stops", row, error))?;
    }
    sheet::of(w, cell)
}

/// Closes a shift, balanced or not: corrections want a reason from here on.
pub(in crate::commands) fn close(w: &mut Writer<'_>, input: Close) -> Result<Closed> {
    let cell = place(input.client_id, input.day, input.line_id, input.shift_id).cell(w)?;
    may_close(w)?;
    begin(w, cell)?;
    let row = current(w, cell)?;
    let note = input.note.or(row.note.clone());
    w.because(Some("close".into()));
    w.put(&LineShift { state: ShiftState::Closed, closed_how: Some(ClosedHow::Person), note, ..row })?;
    Ok(Closed { sheet: sheet::of(w, cell)?, balance: balance::of(w, cell)? })
}

/// Opens a closed shift again, with a reason.
pub(in crate::commands) fn reopen(w: &mut Writer<'_>, input: Reopen) -> Result<Sheet> {
    let cell = place(input.client_id, input.day, input.line_id, input.shift_id).cell(w)?;
    may_close(w)?;
    begin(w, cell)?;
    let row: LineShift = w.get(cell.client, cell.line_shift())?;
    w.because(Some(input.reason));
    w.put(&LineShift { state: ShiftState::Reopened, closed_how: None, ..row })?;
    sheet::of(w, cell)
}

fn may_close(w: &Writer<'_>) -> Result<()> {
    if w.session().role().closes_shifts() { Ok(()) } else { Err(Code::Forbidden.into()) }
}

fn place(client_id: Id<Client>, day: Day, line_id: Id<Line>, shift_id: Id<Shift>) -> Place {
    Place { client_id, day, line_id, shift_id }
}

/// Names the step by what people call the shift.
pub(super) fn begin(w: &mut Writer<'_>, cell: Cell) -> Result<()> {
    let line: Line = w.get(cell.client, cell.line)?;
    let shift: Shift = w.get(cell.client, cell.shift)?;
    w.names(format!("{} {} {}", line.code, shift.code, cell.day));
    Ok(())
}

pub(super) fn current(w: &Writer<'_>, cell: Cell) -> Result<LineShift> {
    let found = w.find(cell.client, cell.line_shift())?;
    Ok(found.unwrap_or_else(|| LineShift::empty(cell.client, cell.day, cell.shift, cell.line)))
}

/// The line shift itself; it exists from its first save.
fn frame(w: &mut Writer<'_>, cell: Cell, input: &Save) -> Result<()> {
    if w.was_removed(cell.client, cell.line_shift())? {
        w.restore(cell.client, cell.line_shift())?;
    }
    let old = current(w, cell)?;
    let row = LineShift {
        crew: input.crew.unwrap_or(old.crew),
        net_minutes: input.net_minutes.unwrap_or(old.net_minutes),
        overtime: input.overtime.unwrap_or(old.overtime),
        planned_units: input.planned_units.unwrap_or(old.planned_units),
        speed_minutes: input.speed_minutes.unwrap_or(old.speed_minutes),
        ..old
    };
    w.put(&row).map(|_| ())
}

fn take_away(w: &mut Writer<'_>, cell: Cell, id: Id<()>) -> Result<()> {
    if let Some(row) = w.find::<ProductionEntry>(cell.client, id.cast())? {
        of_this_shift(cell, row.line_shift_id)?;
        return w.remove::<ProductionEntry>(cell.client, id.cast());
    }
    let row: DowntimeEntry = w.get(cell.client, id.cast())?;
    of_this_shift(cell, row.line_shift_id)?;
    w.remove::<DowntimeEntry>(cell.client, id.cast())
}

/// A sheet reaches its own rows: whose line it is was asked of the sheet alone.
fn of_this_shift(cell: Cell, of: Id<LineShift>) -> Result<()> {
    if of == cell.line_shift() { Ok(()) } else { Err(store::missing()) }
}

fn entry(w: &mut Writer<'_>, cell: Cell, e: &EntryInput) -> Result<()> {
    let old: Option<ProductionEntry> = e.id.map(|id| w.get(cell.client, id)).transpose()?;
    old.as_ref().map_or(Ok(()), |o| of_this_shift(cell, o.line_shift_id))?;
    unchanged(w, cell, e.id, e.version.as_deref())?;
    let row = ProductionEntry {
        client_id: cell.client,
        id: match e.id {
            Some(id) => id,
            None => identity(w, cell, e)?,
        },
        line_shift_id: cell.line_shift(),
        work_order_id: e.work_order_id,
        product_id: e.product_id,
        operation_id: e.operation_id,
        hour: e.hour,
        produced: e.produced,
        defective: e.defective,
        rework: e.rework,
        repair: e.repair,
        scrap: e.scrap,
        run_minutes: e.run_minutes,
        crew_assigned: old.as_ref().and_then(|o| o.crew_assigned),
        crew_present: e.crew_present,
        entry_method: old.as_ref().map_or(Some("grid".into()), |o| o.entry_method.clone()),
        note: e.note.clone().filter(|n| !n.is_empty()),
        job_id: old.as_ref().and_then(|o| o.job_id),
        import_batch_id: old.and_then(|o| o.import_batch_id),
    };
    w.put(&row)?;
    rejects(w, &row, &e.rejects)
}

/// An hourly entry is a fact: two PCs that make it make the same row.
fn identity(w: &mut Writer<'_>, cell: Cell, e: &EntryInput) -> Result<Id<ProductionEntry>> {
    let Some(hour) = e.hour else { return Ok(w.fresh()) };
    let of = (e.work_order_id, e.product_id, e.operation_id);
    let id = ProductionEntry::hourly(cell.client, cell.line_shift(), hour, of);
    if w.was_removed::<ProductionEntry>(cell.client, id)? {
        w.restore::<ProductionEntry>(cell.client, id)?;
    } else if w.find::<ProductionEntry>(cell.client, id)?.is_some() {
        return Err(changed_since(w, cell, id.bytes())?);
    }
    Ok(id)
}

fn rejects(w: &mut Writer<'_>, entry: &ProductionEntry, typed: &[Reject]) -> Result<()> {
    let old: Vec<RejectDetail> = w.list_where(entry.client_id, "production_entry_id = ?2", values![entry.id])?;
    for gone in old.iter().filter(|o| !typed.iter().any(|t| t.id == Some(o.id))) {
        w.remove::<RejectDetail>(entry.client_id, gone.id)?;
    }
    for t in typed {
        if t.id.is_some_and(|id| !old.iter().any(|o| o.id == id)) {
            return Err(store::missing());
        }
        let id = t.id.unwrap_or_else(|| w.fresh());
        let (defect, cause, quantity) = (t.defect.clone(), t.cause.clone(), t.quantity);
        w.put(&RejectDetail {
            client_id: entry.client_id,
            id,
            production_entry_id: entry.id,
            defect,
            cause,
            quantity,
            defect_type_id: old.iter().find(|o| o.id == id).and_then(|o| o.defect_type_id),
        })?;
    }
    Ok(())
}

fn stop(w: &mut Writer<'_>, cell: Cell, s: &StopInput) -> Result<()> {
    let old: Option<DowntimeEntry> = s.id.map(|id| w.get(cell.client, id)).transpose()?;
    old.as_ref().map_or(Ok(()), |o| of_this_shift(cell, o.line_shift_id))?;
    unchanged(w, cell, s.id, s.version.as_deref())?;
    let row = DowntimeEntry {
        client_id: cell.client,
        id: s.id.unwrap_or_else(|| w.fresh()),
        line_shift_id: cell.line_shift(),
        reason_id: s.reason_id,
        work_order_id: s.work_order_id,
        minutes: s.minutes,
        start_minute: s.start_minute,
        affected: s.affected,
        station: s.station.clone().filter(|t| !t.is_empty()),
        cause: s.cause.clone().filter(|t| !t.is_empty()),
        action: old.as_ref().and_then(|o| o.action.clone()),
        resolved: old.as_ref().and_then(|o| o.resolved),
        equipment_id: old.as_ref().and_then(|o| o.equipment_id),
        import_batch_id: old.and_then(|o| o.import_batch_id),
    };
    w.put(&row).map(|_| ())
}

/// A correction made on an old value is refused: nothing is overwritten unseen.
fn unchanged<E: Entity>(w: &Writer<'_>, cell: Cell, id: Option<Id<E>>, seen: Option<&str>) -> Result<()> {
    let (Some(id), Some(seen)) = (id, seen) else { return Ok(()) };
    match w.version(cell.client, id)? {
        Some(now) if now != seen => Err(changed_since(w, cell, id.bytes())?),
        _ => Ok(()),
    }
}

fn changed_since(w: &Writer<'_>, cell: Cell, id: [u8; 16]) -> Result<store::Error> {
    let who = w.latest(cell.client, id)?.and_then(|l| l.author).unwrap_or_default();
    Ok(Fault::new(Code::TakenMeanwhile).with("who", who).at("produced").into())
}

/// Says which row of the sheet a refusal concerns, unless it concerns them all.
pub(in crate::commands) fn at(list: &str, row: usize, error: store::Error) -> store::Error {
    if [Code::NeedsReason, Code::ShiftClosed, Code::Forbidden].iter().any(|whole| error.is(*whole)) {
        return error;
    }
    let fault = Fault::from(error);
    let field = fault.field.as_ref().map_or_else(|| format!("{list}.{row}"), |f| format!("{list}.{row}.{f}"));
    fault.with("row", row + 1).at(field).into()
}
