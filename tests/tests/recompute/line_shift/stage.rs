//! A client whose line shifts leave out whatever may be left out, and random changes of them.
use crate::chance::Chance;
use checks::Plant;
use domain::*;
use store::{Result, Writer};

/// The first day of everything, and the day on which the plant's clock stands.
pub(super) const FIRST: Day = Day(20_210);
pub(super) const TODAY: Day = Day(20_254);

/// A client with its rows.
pub(super) struct Floor {
    pub(super) client: Id<Client>,
    pub(super) lines: [Id<Line>; 3],
    pub(super) shifts: [Id<Shift>; 2],
    pub(super) products: [Id<Product>; 3],
    pub(super) steps: [Id<Operation>; 2],
    pub(super) orders: [Id<WorkOrder>; 3],
    reasons: [Id<DowntimeReason>; 4],
    people: [Id<Employee>; 4],
    entries: Vec<Id<ProductionEntry>>,
    stops: Vec<Id<DowntimeEntry>>,
    cells: Vec<Id<LineShift>>,
    standards: Vec<Id<ProductStandard>>,
    exceptions: Vec<Id<CalendarDay>>,
}

fn ids<E, const N: usize>(w: &Writer<'_>) -> [Id<E>; N] {
    std::array::from_fn(|_| w.fresh())
}

fn code(what: &str, n: usize) -> String {
    format!("{what}{n}")
}

fn day(chance: &mut Chance) -> Day {
    FIRST.plus(chance.between(0, i64::from(TODAY.0 - FIRST.0)) as i32)
}

/// One of them, or none.
fn some<T: Copy>(chance: &mut Chance, of: &[T]) -> Option<T> {
    of.get(chance.below(of.len() as u64 + 1) as usize).copied()
}

fn half(chance: &mut Chance, of: u64, to: i64) -> Option<f64> {
    chance.maybe(of, |c| c.between(0, 2 * to) as f64 / 2.0)
}

/// A client with what its floor needs.
pub(super) fn floor(plant: &Plant, name: &str, chance: &mut Chance) -> Floor {
    let repo = plant.store.repository(&plant.admin).unwrap();
    repo.write(|w| {
        let client: Id<Client> = w.fresh();
        w.found(&Client { client_id: client, id: client, code: name.into(), name: name.into(), active: true })?;
        let mut f = Floor {
            client,
            lines: ids(w),
            shifts: ids(w),
            products: ids(w),
            steps: ids(w),
            orders: ids(w),
            reasons: ids(w),
            people: ids(w),
            entries: vec![],
            stops: vec![],
            cells: vec![],
            standards: vec![],
            exceptions: vec![],
        };
        catalogues(w, &f, chance)?;
        orders(w, &f, chance)?;
        for _ in 0..6 {
            set_up(w, &mut f, chance)?;
        }
        Ok(f)
    })
    .unwrap()
}

fn catalogues(w: &mut Writer<'_>, f: &Floor, chance: &mut Chance) -> Result<()> {
    let c = f.client;
    policies(w, f, chance)?;
    for (n, id) in f.lines.iter().enumerate() {
        let basis = if n == 2 { Basis::Machine } else { Basis::Labour };
        w.put(&Line { code: code("L", n), basis, active: true, ..Line::blank(c, *id) })?;
    }
    for (n, id) in f.shifts.iter().enumerate() {
        w.put(&Shift { code: code("S", n), active: true, ..Shift::blank(c, *id) })?;
    }
    for (n, id) in f.products.iter().enumerate() {
        w.put(&Product { code: code("P", n), active: true, ..Product::blank(c, *id) })?;
    }
    for (n, id) in f.steps.iter().enumerate() {
        w.put(&Operation { code: code("O", n), active: true, ..Operation::blank(c, *id) })?;
    }
    for (n, id) in f.people.iter().enumerate() {
        w.put(&Employee { code: code("E", n), name: code("E", n), active: true, ..Employee::blank(c, *id) })?;
    }
    for (n, id) in f.reasons.iter().enumerate() {
        let affects = if n % 2 == 0 { Affects::Line } else { Affects::Station };
        let (planned, setup) = (n == 2, n == 3);
        let blank = DowntimeReason::blank(c, *id);
        w.put(&DowntimeReason { code: code("R", n), planned, setup, affects, active: true, ..blank })?;
    }
    Ok(())
}

fn policies(w: &mut Writer<'_>, f: &Floor, chance: &mut Chance) -> Result<()> {
    let row = ClientSetting {
        exclude_planned: chance.in_ten(5),
        exclude_setup: chance.in_ten(4),
        default_crew: chance.maybe(3, |c| c.between(2, 20) as f64),
        default_net_minutes: chance.maybe(5, |c| c.between(400, 600) as f64),
        default_standard: chance.maybe(4, |c| c.between(1, 9) as f64),
        ..ClientSetting::usual(f.client)
    };
    w.put(&row).map(|_| ())
}

fn orders(w: &mut Writer<'_>, f: &Floor, chance: &mut Chance) -> Result<()> {
    for (n, id) in f.orders.iter().enumerate() {
        let status = OrderStatus::Released;
        let (product_id, standard) = (some(chance, &f.products), half(chance, 3, 10));
        w.put(&WorkOrder { code: code("W", n), product_id, standard, status, ..WorkOrder::blank(f.client, *id) })?;
    }
    Ok(())
}

#[allow(clippy::too_many_lines, reason = "set-up is many rows")]
/// One random step of setting up, or of setting up anew for days long gone.
pub(super) fn set_up(w: &mut Writer<'_>, f: &mut Floor, chance: &mut Chance) -> Result<()> {
    let (c, shift_id, line_id) = (f.client, chance.pick(&f.shifts), chance.pick(&f.lines));
    let valid_from = day(chance).plus(-15);
    match chance.below(9) {
        0..2 => {
            let (start_minute, end_minute) = (chance.maybe(9, |c| c.between(0, 1_439)), Some(chance.between(0, 1_439)));
            let row = ShiftTime { shift_id, valid_from, start_minute, end_minute, ..ShiftTime::blank(c, w.fresh()) };
            w.put(&ShiftTime { end_minute: start_minute.and(end_minute), ..row })?;
            let minutes = chance.between(5, 45) as f64;
            let start_minute = chance.between(0, 1_439);
            w.put(&ShiftBreak { shift_id, valid_from, start_minute, minutes, ..ShiftBreak::blank(c, w.fresh()) })
        }
        2 => w.put(&LineCalendar {
            line_id,
            shift_id,
            weekdays: chance.pick(&[31, 127, 85]),
            planned_crew: half(chance, 7, 20),
            planned_units: half(chance, 6, 400),
            valid_from,
            ..LineCalendar::blank(c, w.fresh())
        }),
        3 => {
            let id = w.fresh();
            f.exceptions.push(id);
            w.put(&CalendarDay {
                day: day(chance),
                line_id: some(chance, &f.lines),
                shift_id: some(chance, &f.shifts),
                working: true,
                net_minutes: half(chance, 8, 600),
                ..CalendarDay::blank(c, id)
            })
        }
        4..6 => {
            let id = w.fresh();
            f.standards.push(id);
            let (product_id, operation_id) = (chance.pick(&f.products[..2]), some(chance, &f.steps));
            let minutes = chance.between(0, 30) as f64 / 4.0;
            w.put(&ProductStandard { product_id, operation_id, valid_from, minutes, ..ProductStandard::blank(c, id) })
        }
        6 => return policies(w, f, chance),
        7 => {
            let old: WorkOrder = w.get(c, chance.pick(&f.orders))?;
            w.put(&WorkOrder { product_id: some(chance, &f.products), standard: half(chance, 3, 10), ..old })
        }
        _ => {
            let old: DowntimeReason = w.get(c, chance.pick(&f.reasons))?;
            let affects = chance.pick(&[Affects::Line, Affects::Station]);
            w.put(&DowntimeReason { planned: chance.in_ten(3), setup: chance.in_ten(3), affects, ..old })
        }
    }
    .map(|_| ())
}

/// One random change of a plant: new rows, corrections, removals, set-up, undo.
pub(super) fn change(plant: &Plant, f: &mut Floor, chance: &mut Chance) {
    plant.store.clock().advance(1_000);
    let repo = plant.store.repository(&plant.admin).unwrap();
    let done = repo.write(|w| {
        w.because(Some("recount".into()));
        match chance.below(20) {
            0..10 => work(w, f, chance),
            10 => attend(w, f, chance),
            11 => idle(w, f, chance),
            12 => correct(w, f, chance),
            13 => take_away(w, f, chance),
            14..17 => set_up(w, f, chance),
            17 => basis(w, f, chance),
            18 => w.undo().map(|_| ()),
            _ => w.redo().map(|_| ()),
        }
    });
    // There may be nothing to undo, and a row may have gone, or have come, with another.
    if let Err(refused) = done {
        let fault = Fault::from(refused);
        let fine = ["missing", "nothing_to_undo", "nothing_to_redo", "changed_since", "busy_on_shift", "in_use"];
        assert!(fine.contains(&fault.code.as_str()), "{fault:?}");
    }
}

/// A line shift with its entries and stops.
pub(super) fn work(w: &mut Writer<'_>, f: &mut Floor, chance: &mut Chance) -> Result<()> {
    let row = line_shift(f, chance);
    f.cells.push(row.id);
    w.bring(&row)?;
    let reports = chance.in_ten(4);
    for _ in 0..chance.below(4) {
        let id = w.fresh();
        f.entries.push(id);
        let row = entry(f, id, row.id, reports, chance);
        w.put(&row)?;
    }
    for _ in 0..chance.below(5) {
        let id = w.fresh();
        f.stops.push(id);
        let row = stop(f, id, row.id, chance);
        w.put(&row)?;
    }
    Ok(())
}

fn line_shift(f: &Floor, chance: &mut Chance) -> LineShift {
    let place = LineShift::empty(f.client, day(chance), chance.pick(&f.shifts), chance.pick(&f.lines));
    LineShift {
        crew: half(chance, 5, 20),
        floating_idle: half(chance, 2, 3),
        net_minutes: half(chance, 4, 700),
        overtime: half(chance, 3, 120),
        planned_units: half(chance, 3, 300),
        state: chance.pick(&[ShiftState::Closed, ShiftState::Open]),
        ..place
    }
}

fn entry(
    f: &Floor,
    id: Id<ProductionEntry>,
    line_shift_id: Id<LineShift>,
    reports: bool,
    chance: &mut Chance,
) -> ProductionEntry {
    let produced = chance.maybe(8, |c| c.between(0, 200));
    ProductionEntry {
        line_shift_id,
        work_order_id: some(chance, &f.orders),
        product_id: chance.maybe(8, |c| c.pick(&f.products)),
        operation_id: some(chance, &f.steps),
        hour: chance.maybe(6, |c| c.between(0, 2)),
        produced,
        defective: produced.and_then(|made| chance.maybe(5, |c| c.between(0, made))),
        run_minutes: if reports { half(chance, 9, 300) } else { half(chance, 1, 300) },
        crew_assigned: half(chance, 2, 15),
        crew_present: half(chance, 2, 15),
        ..ProductionEntry::blank(f.client, id)
    }
}

fn stop(f: &Floor, id: Id<DowntimeEntry>, line_shift_id: Id<LineShift>, chance: &mut Chance) -> DowntimeEntry {
    DowntimeEntry {
        line_shift_id,
        reason_id: some(chance, &f.reasons),
        work_order_id: chance.maybe(3, |c| c.pick(&f.orders)),
        minutes: half(chance, 9, 90),
        start_minute: half(chance, 7, 300),
        affected: half(chance, 4, 6),
        station: chance.maybe(3, |c| code("station ", c.below(2) as usize)),
        ..DowntimeEntry::blank(f.client, id)
    }
}

fn attend(w: &mut Writer<'_>, f: &Floor, chance: &mut Chance) -> Result<()> {
    let (shift, line, day) = (chance.pick(&f.shifts), chance.pick(&f.lines), day(chance));
    for person in &f.people {
        let id = AttendanceEntry::fact(f.client, *person, day, Some(shift));
        let scheduled_hours = chance.maybe(6, |_| 8.0);
        let row = AttendanceEntry {
            employee_id: *person,
            day,
            shift_id: Some(shift),
            line_id: Some(line),
            scheduled_hours,
            actual_hours: half(chance, 2, 8),
            absent_hours: scheduled_hours.and_then(|_| half(chance, 3, 8)),
            absence: chance.maybe(4, |c| c.pick(Absence::ALL)),
            ..AttendanceEntry::blank(f.client, id)
        };
        w.bring(&row)?;
    }
    Ok(())
}

/// Floating people without work on a line.
fn idle(w: &mut Writer<'_>, f: &Floor, chance: &mut Chance) -> Result<()> {
    let Some(place) = some(chance, &f.cells) else { return Ok(()) };
    let Some(row) = w.find::<LineShift>(f.client, place)? else { return Ok(()) };
    let (shift_id, line_id, id) = (Some(row.shift_id), Some(row.line_id), w.fresh());
    let idle_minutes = half(chance, 8, 200);
    let row = CoverageEntry { day: row.day, shift_id, line_id, idle_minutes, ..CoverageEntry::blank(f.client, id) };
    w.put(&CoverageEntry { confirmed: chance.in_ten(5), ..row }).map(|_| ())
}

fn correct(w: &mut Writer<'_>, f: &Floor, chance: &mut Chance) -> Result<()> {
    if let Some(id) = some(chance, &f.entries) {
        let old: ProductionEntry = w.get(f.client, id)?;
        let reports = chance.in_ten(5);
        w.put(&entry(f, id, old.line_shift_id, reports, chance))?;
    }
    if let Some(id) = some(chance, &f.stops) {
        let old: DowntimeEntry = w.get(f.client, id)?;
        w.put(&stop(f, id, old.line_shift_id, chance))?;
    }
    if let Some(id) = some(chance, &f.cells) {
        let old: LineShift = w.get(f.client, id)?;
        let new = line_shift(f, chance);
        w.put(&LineShift { crew: new.crew, net_minutes: new.net_minutes, overtime: new.overtime, ..old })?;
    }
    Ok(())
}

fn take_away(w: &mut Writer<'_>, f: &Floor, chance: &mut Chance) -> Result<()> {
    match chance.below(5) {
        0 => some(chance, &f.entries).map_or(Ok(()), |id| w.remove(f.client, id)),
        1 => some(chance, &f.stops).map_or(Ok(()), |id| w.remove(f.client, id)),
        2 => some(chance, &f.cells).map_or(Ok(()), |id| w.remove(f.client, id)),
        3 => some(chance, &f.standards).map_or(Ok(()), |id| w.remove(f.client, id)),
        _ => some(chance, &f.exceptions).map_or(Ok(()), |id| w.remove(f.client, id)),
    }
}

fn basis(w: &mut Writer<'_>, f: &Floor, chance: &mut Chance) -> Result<()> {
    let old: Line = w.get(f.client, chance.pick(&f.lines))?;
    w.put(&Line { basis: chance.pick(&[Basis::Labour, Basis::Machine]), ..old }).map(|_| ())
}
