//! Answers, from the rows of a plant to the digit.

mod answers;
mod compared;
mod course;
mod definitions;
mod explained;
mod glance;
mod honesty;
mod listed;
mod orders;
mod past;
mod people;
mod quality;
mod scope;
mod why;

use super::*;
use domain::{
    Basis, Client, Day, DowntimeEntry, DowntimeReason, Id, Line, LineShift, Product, ProductStandard, ProductionEntry,
    Shift, ShiftState,
    elements::{self, Key},
};
use store::{Clock, Reader, Session, Store, Writer, keep::Vault};

/// The day on which the tests' clock stands, in UTC.
const TODAY: Day = Day(20_254);
/// A day long over.
const DAY: Day = Day(20_000);

/// An encrypted file with an admin, whose clock stands still.
struct Plant {
    _dir: tempfile::TempDir,
    store: Store,
    clock: Clock,
    admin: Session,
}

/// A client with two lines, one shift and two products of 3 and 6 minutes.
#[derive(Clone)]
struct Factory {
    client: Id<Client>,
    lines: [Id<Line>; 2],
    shift: Id<Shift>,
    products: [Id<Product>; 2],
    station: Id<DowntimeReason>,
}

/// One line shift as it is typed in.
#[derive(Clone)]
struct Made {
    day: Day,
    line: usize,
    crew: Option<f64>,
    net: Option<f64>,
    planned: Option<f64>,
    state: ShiftState,
    /// Product, produced, defective, run minutes.
    entries: Vec<(usize, i64, i64, Option<f64>)>,
    /// Minutes of stops of one station.
    stops: Vec<f64>,
}

impl Default for Made {
    fn default() -> Made {
        Made {
            day: DAY,
            line: 0,
            crew: Some(5.0),
            net: Some(480.0),
            planned: None,
            state: ShiftState::Closed,
            entries: Vec::new(),
            stops: Vec::new(),
        }
    }
}

fn plant() -> Plant {
    let dir = tempfile::tempdir().unwrap();
    let clock = Clock::fixed(i64::from(TODAY.0) * 86_400_000 + 15 * 3_600_000);
    let store = Store::create(&Vault::new(dir.path().join("lineboard.db"), [7; 32]), clock.clone()).unwrap();
    let admin = store.first_start("ada", "Ada", "a long enough phrase 7", "en").unwrap();
    Plant { _dir: dir, store, clock, admin }
}

impl Plant {
    fn write<T>(&self, f: impl FnOnce(&mut Writer<'_>) -> store::Result<T>) -> T {
        let entered = |w: &mut Writer<'_>| {
            w.because(Some("entered late".into()));
            f(w)
        };
        self.store.repository(&self.admin).unwrap().write(entered).unwrap()
    }

    fn read<T>(&self, f: impl FnOnce(&Reader<'_>) -> store::Result<T>) -> store::Result<T> {
        self.store.repository(&self.admin).unwrap().read(f)
    }

    fn client(&self, code: &str, basis: Basis) -> Factory {
        self.write(|w| {
            let client = w.fresh();
            w.found(&Client { client_id: client, id: client, code: code.into(), name: code.into(), active: true })?;
            let mut factory = Factory {
                client,
                lines: [w.fresh(), w.fresh()],
                shift: w.fresh(),
                products: [w.fresh(), w.fresh()],
                station: w.fresh(),
            };
            set_up(w, &mut factory, basis)?;
            Ok(factory)
        })
    }

    /// Types in a line shift; returns its id.
    fn make(&self, factory: &Factory, made: Made) -> Id<LineShift> {
        self.write(|w| type_in(w, factory, &made))
    }

    fn ask(&self, ask: &Ask) -> Answer {
        self.read(|r| super::ask(r, None, ask)).unwrap()
    }
}

fn set_up(w: &mut Writer<'_>, f: &mut Factory, basis: Basis) -> store::Result<()> {
    let client_id = f.client;
    for (place, line) in f.lines.iter().enumerate() {
        let code = format!("L{}", place + 1);
        w.put(&Line { client_id, id: *line, code, name: String::new(), basis, parent_id: None, active: true })?;
    }
    w.put(&Shift { client_id, id: f.shift, code: "DAY".into(), name: String::new(), active: true })?;
    for (place, (product, minutes)) in f.products.iter().zip([3.0, 6.0]).enumerate() {
        let code = ["A", "B"][place].into();
        w.put(&Product { client_id, id: *product, code, name: String::new(), active: true })?;
        let id = w.fresh();
        w.put(&ProductStandard {
            client_id,
            id,
            product_id: *product,
            operation_id: None,
            valid_from: Day(0),
            minutes,
        })?;
    }
    w.put(&DowntimeReason {
        client_id,
        id: f.station,
        code: "JAM".into(),
        name: String::new(),
        planned: false,
        setup: false,
        affects: domain::Affects::Station,
        parent_id: None,
        active: true,
    })?;
    Ok(())
}

fn type_in(w: &mut Writer<'_>, f: &Factory, made: &Made) -> store::Result<Id<LineShift>> {
    let blank = LineShift::empty(f.client, made.day, f.shift, f.lines[made.line]);
    let row =
        LineShift { crew: made.crew, net_minutes: made.net, planned_units: made.planned, state: made.state, ..blank };
    w.put(&row)?;
    for entry in &made.entries {
        let id = w.fresh();
        w.put(&produced(f, id, row.id, *entry))?;
    }
    for minutes in &made.stops {
        let id = w.fresh();
        w.put(&stopped(f, id, row.id, *minutes))?;
    }
    Ok(row.id)
}

fn produced(
    f: &Factory,
    id: Id<ProductionEntry>,
    line_shift_id: Id<LineShift>,
    (product, made, bad, run_minutes): (usize, i64, i64, Option<f64>),
) -> ProductionEntry {
    ProductionEntry {
        line_shift_id,
        product_id: Some(f.products[product]),
        produced: Some(made),
        defective: Some(bad),
        run_minutes,
        ..ProductionEntry::blank(f.client, id)
    }
}

fn stopped(f: &Factory, id: Id<DowntimeEntry>, line_shift_id: Id<LineShift>, minutes: f64) -> DowntimeEntry {
    DowntimeEntry {
        line_shift_id,
        reason_id: Some(f.station),
        minutes: Some(minutes),
        ..DowntimeEntry::blank(f.client, id)
    }
}

/// A question about everything in scope.
fn question(kpi: &str, from: Day, to: Day, by: &[&str]) -> Ask {
    Ask { by: by.iter().map(|word| (*word).to_owned()).collect(), ..Ask::of(kpi, from, to) }
}

/// Words and value of each row.
fn shown(answer: &Answer) -> Vec<(String, Option<String>)> {
    let words = |row: &AnswerRow| row.by.values().cloned().collect::<Vec<_>>().join(" ");
    answer.rows.iter().map(|row| (words(row), row.value.map(|value| format!("{value:.3}")))).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, Option<String>)> {
    expected.iter().map(|(words, value)| ((*words).to_owned(), Some((*value).to_owned()))).collect()
}
