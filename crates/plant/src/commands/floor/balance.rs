//! What a shift comes to, read back, and what of it does not balance.
use super::{Place, sheet};
use domain::{Day, DowntimeEntry, Id, Line, ProductionEntry, RejectDetail, elements::Element};
use serde::Serialize;
use store::{Cell, Reader, Result, values};
use ts_rs::TS;

/// The figures of the sentence "You produced 1 273 of 1 300 on TEAM-08".
#[derive(Serialize, TS)]
pub struct ReadBack {
    /// The line's short name.
    line: String,
    /// The shift's short name.
    shift: String,
    day: Day,
    produced: f64,
    /// None where nothing was planned.
    planned_units: Option<f64>,
    good: f64,
    defective: f64,
    stops_minutes: f64,
    /// None while the crew is unknown.
    to_explain: Option<f64>,
    /// Hours of the shift without an entry, from 0.
    empty_hours: Vec<i64>,
    /// What is odd: accepted, and pointed at.
    odd: Vec<sheet::Flag>,
}

/// What a shift's minutes and units come to, and what does not balance.
#[derive(Serialize, TS)]
pub struct Balance {
    /// None while the crew is unknown.
    planned: Option<f64>,
    stops: f64,
    earned: f64,
    /// Planned less stops less earned less what was lost to speed; none while the crew is unknown.
    to_explain: Option<f64>,
    /// What a reported run leaves unexplained; negative where it is over-reported.
    unaccounted: f64,
    produced: f64,
    good: f64,
    defective: f64,
    /// Rejected units that are told by type.
    detailed: f64,
    /// What does not balance; empty where everything does.
    open: Vec<Unbalanced>,
}

/// One thing that does not balance.
#[derive(Serialize, TS)]
pub struct Unbalanced {
    /// A key of the words `balance.*`.
    what: String,
    /// The row, where it is one row's.
    row: Option<Id<()>>,
    /// What is there.
    value: f64,
    /// What it should be.
    against: f64,
}

impl Unbalanced {
    fn new(what: &str, row: Option<[u8; 16]>, value: f64, against: f64) -> Self {
        Unbalanced { what: what.into(), row: row.map(Id::from_bytes), value, against }
    }
}

/// The read-back of a shift.
pub(in crate::commands) fn read_back(r: &Reader<'_>, input: Place) -> Result<ReadBack> {
    let cell = input.cell(r)?;
    let look = store::look(r, cell)?;
    let balance = of(r, cell)?;
    let entries = entries(r, cell)?;
    let whole = entries.iter().any(|e| e.hour.is_none());
    let empty = look.slots.iter().map(|slot| slot.hour).filter(|hour| !entries.iter().any(|e| e.hour == Some(*hour)));
    Ok(ReadBack {
        line: r.get::<Line>(cell.client, cell.line)?.code,
        shift: r.get::<domain::Shift>(cell.client, cell.shift)?.code,
        day: cell.day,
        produced: balance.produced,
        planned_units: look.row.as_ref().and_then(|row| row.planned_units),
        good: balance.good,
        defective: balance.defective,
        stops_minutes: balance.stops,
        to_explain: balance.to_explain,
        empty_hours: if whole { vec![] } else { empty.collect() },
        odd: sheet::flags(&look.worked),
    })
}

/// The balance of a shift.
pub(in crate::commands) fn balance(r: &Reader<'_>, input: Place) -> Result<Balance> {
    let cell = input.cell(r)?;
    of(r, cell)
}

/// The balance of a cell.
pub(super) fn of(r: &Reader<'_>, cell: Cell) -> Result<Balance> {
    let look = store::look(r, cell)?;
    let (left, worked) = (look.to_explain(), look.worked);
    let sums = worked.sums;
    let known = worked.crew.source != domain::elements::Source::CrewUnknown;
    let (mut open, detailed) = rejects(r, cell)?;
    open.extend(stops(r, cell)?);
    if sums.unaccounted() < -0.5 {
        open.push(Unbalanced::new("run", None, sums[Element::Run], sums.uptime()));
    }
    if known && left.abs() >= 0.5 {
        open.push(Unbalanced::new("minutes", None, sums.uptime() - left, sums.uptime()));
    }
    Ok(Balance {
        planned: known.then_some(sums[Element::Planned]),
        stops: sums[Element::Stops],
        earned: sums[Element::Earned],
        to_explain: known.then_some(left),
        unaccounted: sums.unaccounted(),
        produced: sums[Element::Produced],
        good: sums[Element::Good],
        defective: sums[Element::Produced] - sums[Element::Good],
        detailed,
        open,
    })
}

fn entries(r: &Reader<'_>, cell: Cell) -> Result<Vec<ProductionEntry>> {
    r.list_where(cell.client, "line_shift_id = ?2 ORDER BY hour, id", values![cell.line_shift()])
}

/// Entries whose rejects by type are not their defective units, and all units told by type.
fn rejects(r: &Reader<'_>, cell: Cell) -> Result<(Vec<Unbalanced>, f64)> {
    let (mut open, mut all) = (vec![], 0.0);
    for entry in entries(r, cell)? {
        let rows: Vec<RejectDetail> = r.list_where(cell.client, "production_entry_id = ?2", values![entry.id])?;
        let told = rows.iter().map(|row| row.quantity as f64).sum::<f64>();
        let defective = entry.defective.unwrap_or(0) as f64;
        all += told;
        if told != defective {
            open.push(Unbalanced::new("rejects", Some(entry.id.bytes()), told, defective));
        }
    }
    Ok((open, all))
}

/// Stops that say neither why nor how long.
fn stops(r: &Reader<'_>, cell: Cell) -> Result<Vec<Unbalanced>> {
    let rows: Vec<DowntimeEntry> =
        r.list_where(cell.client, "line_shift_id = ?2 ORDER BY start_minute, id", values![cell.line_shift()])?;
    let mut open = vec![];
    for stop in rows {
        let (row, minutes) = (Some(stop.id.bytes()), stop.minutes.unwrap_or(0.0));
        if stop.reason_id.is_none() {
            open.push(Unbalanced::new("reason", row, 0.0, minutes));
        }
        if stop.minutes.is_none() {
            open.push(Unbalanced::new("stop_minutes", row, 0.0, 0.0));
        }
    }
    Ok(open)
}
