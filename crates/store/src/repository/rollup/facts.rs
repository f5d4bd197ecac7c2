//! The facts of one line shift, gathered from its rows in scope.
use super::{people, quality, setup::Setup};
use crate::{
    Result,
    repository::{Reader, Row},
    values,
};
use domain::{
    Client, Day, Id, Line, LineShift, Product, Shift, ShiftPlace, ShiftState, WorkOrder,
    elements::{self, Affects, Department, EntryFacts, Facts, Inspected, Source, StopFacts, Worked},
    time,
};
use std::collections::{HashMap, hash_map::Entry};

/// One line on one shift of one day of one client.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Cell {
    /// The client.
    pub client: Id<Client>,
    /// The production day.
    pub day: Day,
    /// The shift.
    pub shift: Id<Shift>,
    /// The line.
    pub line: Id<Line>,
}

impl Cell {
    /// The cell of a place; what is not known of it is zero bytes.
    pub fn of(client: Id<Client>, place: ShiftPlace) -> Cell {
        let (shift, line) =
            (place.shift.unwrap_or(Id::from_bytes([0; 16])), place.line.unwrap_or(Id::from_bytes([0; 16])));
        Cell { client, day: place.day, shift, line }
    }
    /// The id its line shift has.
    pub fn line_shift(&self) -> Id<LineShift> {
        LineShift::fact(self.client, self.day, self.shift, self.line)
    }
}

/// A cell with what it comes to.
pub(super) struct Gathered {
    pub(super) worked: Worked,
    /// Whether it still takes entries and its day is not over.
    pub(super) running: bool,
}

/// Line shifts worked out from their rows one by one; what their clients set up is read once.
pub struct LineShifts<'r, 'c> {
    reader: &'r Reader<'c>,
    setups: HashMap<Id<Client>, Setup>,
}

impl<'r, 'c> LineShifts<'r, 'c> {
    /// The line shifts in scope.
    pub fn of(reader: &'r Reader<'c>) -> Self {
        LineShifts { reader, setups: HashMap::new() }
    }
    /// What one comes to; none where it has no rows.
    pub fn work_out(&mut self, cell: Cell) -> Result<Option<Worked>> {
        let (reader, setup) = self.setup(cell)?;
        Ok(gather(reader, setup, cell)?.map(|g| g.worked))
    }
    /// Its people, by department.
    pub fn people(&mut self, cell: Cell) -> Result<Vec<Department>> {
        let (reader, setup) = self.setup(cell)?;
        people::of(reader, setup, cell)
    }
    /// Its inspections, also while it runs.
    pub fn inspected(&mut self, cell: Cell) -> Result<Inspected> {
        let (reader, setup) = self.setup(cell)?;
        quality::gather(reader, setup, cell)
    }
    fn setup(&mut self, cell: Cell) -> Result<(&'r Reader<'c>, &mut Setup)> {
        let setup = match self.setups.entry(cell.client) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(Setup::load(self.reader, cell.client)?),
        };
        Ok((self.reader, setup))
    }
}

/// Works out one line shift from its rows; none where there are none.
pub fn work_out(r: &Reader<'_>, cell: Cell) -> Result<Option<Worked>> {
    LineShifts::of(r).work_out(cell)
}

/// A line shift as an entry sheet shows it.
pub struct Look {
    /// Its row; none where nothing was entered yet.
    pub row: Option<LineShift>,
    /// What it comes to, so far while it runs.
    pub worked: Worked,
    /// Net minutes of the whole shift, also while it runs.
    pub net_minutes: elements::Sourced,
    /// Its hours.
    pub slots: Vec<time::Slot>,
}

impl Look {
    /// The visible loss that nobody has put down to speed, in minutes of the line's unit; negative where too much was.
    pub fn to_explain(&self) -> f64 {
        let speed = self.row.as_ref().and_then(|row| row.speed_minutes);
        self.worked.sums.to_explain() - speed.unwrap_or(0.0)
    }
}

/// Looks at one line shift, also before its first entry.
pub fn look(r: &Reader<'_>, cell: Cell) -> Result<Look> {
    let mut setup = Setup::load(r, cell.client)?;
    let row: Option<LineShift> = r.find(cell.client, cell.line_shift())?;
    let shown = row.clone().unwrap_or_else(|| LineShift::empty(cell.client, cell.day, cell.shift, cell.line));
    let worked = worked(r, &mut setup, cell, &shown)?.worked;
    let net_minutes = elements::work(&frame(r, &mut setup, &shown, false)?).net_minutes;
    let slots = match setup.clock(r, cell.shift, cell.day)? {
        Some((span, _)) => time::slots(setup.zone, span),
        None => time::slots_without_clock(net_minutes.value),
    };
    Ok(Look { row, worked, net_minutes, slots })
}

pub(super) fn gather(r: &Reader<'_>, setup: &mut Setup, cell: Cell) -> Result<Option<Gathered>> {
    let row: Option<LineShift> = r.find(cell.client, cell.line_shift())?;
    row.map(|row| worked(r, setup, cell, &row)).transpose()
}

fn worked(r: &Reader<'_>, setup: &mut Setup, cell: Cell, row: &LineShift) -> Result<Gathered> {
    let running = row.state != ShiftState::Closed && cell.day >= setup.today;
    let mut facts = frame(r, setup, row, running)?;
    facts.entries = entries(r, setup, row)?;
    facts.stops = stops(r, row)?;
    if needs_mean(&facts) {
        facts.listed = people::listed(r, cell)?;
        facts.mean_crew = if facts.listed.is_none() { mean_crew(r, cell)? } else { None };
    }
    if facts.floating_idle.is_none() {
        facts.idle_minutes = people::idle_minutes(r, cell)?;
    }
    Ok(Gathered { worked: elements::work(&facts), running })
}

/// Everything but entries and stops.
fn frame(r: &Reader<'_>, setup: &mut Setup, row: &LineShift, running: bool) -> Result<Facts> {
    let clock = setup.clock(r, row.shift_id, row.day)?;
    let (planned_crew, calendar_units) = setup.planned(r, row.line_id, row.shift_id, row.day)?;
    let net = clock.as_ref().map(|(span, breaks)| time::net_minutes(*span, breaks));
    let elapsed = clock.as_ref().filter(|_| running);
    Ok(Facts {
        basis: setup.basis(r, row.line_id)?,
        crew: row.crew,
        floating_idle: row.floating_idle,
        net_minutes: row.net_minutes,
        overtime: row.overtime,
        planned_units: row.planned_units,
        calendar_net: setup.exception(row.line_id, row.shift_id, row.day),
        clock_minutes: clock.as_ref().map(|(span, _)| span.minutes()),
        clock_net: net,
        elapsed_net: elapsed.map(|(span, breaks)| time::elapsed_net(setup.zone, row.day, *span, breaks, setup.now)),
        planned_crew,
        calendar_units,
        policy: setup.policy(),
        ..Facts::default()
    })
}

const ENTRIES: &str =
    "SELECT id, product_id, operation_id, work_order_id, hour, produced, defective, run_minutes, crew_assigned,
    crew_present, rework, repair, scrap FROM production_entry WHERE client_id = ?1 AND line_shift_id = ?2 ORDER BY id";

fn entries(r: &Reader<'_>, setup: &mut Setup, row: &LineShift) -> Result<Vec<EntryFacts>> {
    let mut out = r.select(ENTRIES, values![row.client_id, row.id], entry)?;
    for e in &mut out {
        let (order_standard, ordered) = match e.order {
            Some(order) => setup.order(r, Id::<WorkOrder>::from_bytes(order))?,
            None => (None, None),
        };
        e.order_standard = order_standard;
        e.product = e.product.or(ordered.map(Id::bytes));
        let Some(product) = e.product.map(Id::<Product>::from_bytes) else { continue };
        e.product_standard = setup.standard(r, product, e.operation.map(Id::from_bytes), row.day)?;
        if e.order_standard.is_none() && e.product_standard.is_none() {
            let basis = setup.basis(r, row.line_id)?;
            e.demonstrated = setup.demonstrated((product, basis), row.day, || {
                demonstrated(r, row.client_id, (product, basis), row.day)
            })?;
        }
    }
    Ok(out)
}

fn entry(row: &Row<'_>) -> Result<EntryFacts> {
    Ok(EntryFacts {
        id: row.get(0)?,
        product: row.get(1)?,
        operation: row.get(2)?,
        order: row.get(3)?,
        hour: row.get(4)?,
        produced: row.get(5)?,
        defective: row.get(6)?,
        run_minutes: row.get(7)?,
        crew_assigned: row.get(8)?,
        crew_present: row.get(9)?,
        parts: [row.get(10)?, row.get(11)?, row.get(12)?],
        ..EntryFacts::default()
    })
}

const STOPS: &str = "SELECT d.id, d.minutes, d.start_minute, d.affected, d.station, d.reason_id, d.work_order_id,
    r.affects, r.planned, r.setup FROM downtime_entry d LEFT JOIN downtime_reason_all r ON r.client_id = ?1 AND r.id = d.reason_id
    WHERE d.client_id = ?1 AND d.line_shift_id = ?2 ORDER BY d.id";

fn stops(r: &Reader<'_>, row: &LineShift) -> Result<Vec<StopFacts>> {
    r.select(STOPS, values![row.client_id, row.id], |row| {
        let station = row.get::<Option<String>>(7)?.as_deref() == Some("station");
        Ok(StopFacts {
            id: row.get(0)?,
            minutes: row.get(1)?,
            start_minute: row.get(2)?,
            affected: row.get(3)?,
            station: row.get(4)?,
            reason: row.get(5)?,
            order: row.get(6)?,
            affects: if station { Affects::Station } else { Affects::Line },
            planned: row.get::<Option<bool>>(8)?.unwrap_or(false),
            setup: row.get::<Option<bool>>(9)?.unwrap_or(false),
        })
    })
}

/// Attendance and history are asked only where nothing better is known.
fn needs_mean(f: &Facts) -> bool {
    let counted = |e: &EntryFacts| e.crew_assigned.is_some() || e.crew_present.is_some();
    f.crew.is_none() && f.basis == elements::Basis::Labour && !f.entries.iter().any(counted)
}

/// The mean of the crews entered on that line and shift in the 30 days before.
fn mean_crew(r: &Reader<'_>, cell: Cell) -> Result<Option<f64>> {
    let sql =
        "SELECT avg(l.crew) FROM line_shift l WHERE l.client_id = ?1 AND l.day BETWEEN ?2 AND ?3 AND l.shift_id = ?4
        AND l.line_id = ?5 AND l.crew IS NOT NULL";
    let values = values![cell.client, cell.day.plus(-30), cell.day.plus(-1), cell.shift, cell.line];
    Ok(r.first(sql, values, |row| row.get::<Option<f64>>(0))?.flatten())
}

/// Minutes per unit in the unit of a basis shown by the 30 days before, on lines of that basis that made only that
/// product with an entered crew.
fn demonstrated(
    r: &Reader<'_>,
    client: Id<Client>,
    (product, basis): (Id<Product>, elements::Basis),
    day: Day,
) -> Result<Option<f64>> {
    // Marks in place of the numbers would be compared with the partial indexes and SQLite would prepare anew each time.
    // Several orders or operations of one product are still that product only; a stop that stands alone made nothing.
    const SHOWN: &str = "SELECT sum(planned - stops), sum(produced) FROM kpi_line_shift l
        WHERE client_id = ?1 AND day BETWEEN ?2 AND ?3 AND (sources & 3) <> 0
        AND (parts = 1 AND product_id = ?4 OR parts > 1 AND entries > 0 AND NOT EXISTS (SELECT 1 FROM kpi_part p
          WHERE p.client_id = ?1 AND p.day = l.day AND p.shift_id = l.shift_id AND p.line_id = l.line_id
          AND p.entries > 0 AND p.product_id IS NOT ?4))";
    let of = match basis {
        elements::Basis::Labour => "(sources & 1) <> 0",
        elements::Basis::Machine => "(sources & 2) <> 0",
    };
    let sql = format!("{SHOWN} AND {of}");
    debug_assert_eq!((1_i64 << Source::CrewEntered as u8) | (1 << Source::CrewMachine as u8), 3);
    let values = values![client, day.plus(-30), day.plus(-1), product];
    let sums = r.first(&sql, values, |row| Ok((row.get::<Option<f64>>(0)?, row.get::<Option<f64>>(1)?)))?;
    Ok(sums.and_then(|(time, made)| time.zip(made)).filter(|(_, made)| *made > 0.0).map(|(time, made)| time / made))
}
