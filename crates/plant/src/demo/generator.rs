//! Many clients and years, for measuring; nobody is meant to believe it.
mod rest;

use super::chance::Chance;
use domain::{
    Affects, Basis, Client, ClosedHow, Day, DowntimeEntry, DowntimeReason, Id, Line, LineShift, Product,
    ProductStandard, ProductionEntry, Shift, ShiftState, WorkOrder, time::Instant,
};
use rest::Rest;
use store::{Session, Store, Writer};

/// How much is made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Size {
    /// Clients.
    pub clients: u32,
    /// Days of each client, up to and with `last`.
    pub days: u32,
    /// The last day.
    pub last: Day,
    /// How often each entry and each list of people of a plant entered thinly is there; 1 for that one.
    pub density: u32,
}

/// Line shifts of a client's day.
pub const LINE_SHIFTS_A_DAY: u64 = (LINES * SHIFTS) as u64;
/// Production entries of a client's day, entered thinly.
pub const ENTRIES_A_DAY: u64 = 27;

const LINES: usize = 4;
const SHIFTS: usize = 3;
const PRODUCTS: usize = 20;
/// Entries of one order.
const ORDER: u64 = 50;
/// Entries of the lines of a shift; three shifts make 27.
const ENTRIES: [usize; LINES] = [2, 2, 2, 3];
/// Hours of a shift.
const HOURS: usize = 8;
/// Days that share a transaction.
const STEP: i32 = 30;

impl Size {
    /// The first day.
    pub fn first(&self) -> Day {
        self.last.plus(1 - i32::try_from(self.days).unwrap_or(i32::MAX))
    }
    fn entries_a_day(&self) -> u64 {
        ENTRIES_A_DAY * u64::from(self.density)
    }
    /// Production entries in all.
    pub fn entries(&self) -> u64 {
        u64::from(self.clients) * u64::from(self.days) * self.entries_a_day()
    }
}

/// The set-up of one measured client.
struct Made {
    client: Id<Client>,
    lines: Vec<Id<Line>>,
    shifts: Vec<Id<Shift>>,
    products: Vec<Id<Product>>,
    reason: Id<DowntimeReason>,
    rest: Rest,
    density: usize,
}

/// Makes clients K01, K02, …; `tell` hears entries done and in all.
pub fn generate(
    store: &Store,
    session: &Session,
    size: Size,
    seed: u64,
    tell: &mut dyn FnMut(u64, u64),
) -> store::Result<()> {
    let mut done = 0;
    for number in 1..=size.clients {
        let mut chance = Chance::of(seed).branch(&number.to_string());
        let now = store.clock().now();
        let mut made = store.repository(session)?.write(|w| set_up(w, (number, &size), now, &mut chance))?;
        let mut from = size.first();
        while from <= size.last {
            let to = from.plus(STEP - 1).min(size.last);
            store.repository(session)?.write(|w| {
                w.names("generated");
                from.to(to).try_for_each(|day| one_day(w, &mut made, day, now, &mut chance))
            })?;
            done += u64::from(from.days_to(to)) * size.entries_a_day();
            tell(done, size.entries());
            from = to.plus(1);
        }
    }
    Ok(())
}

fn set_up(w: &mut Writer<'_>, (number, size): (u32, &Size), now: Instant, c: &mut Chance) -> store::Result<Made> {
    let from = size.first();
    let mut ids = |n: usize| (0..n).map(|_| c.bytes()).collect::<Vec<_>>();
    let client: Id<Client> = Id::at(now.0, ids(1)[0]);
    let text = |prefix: &str, i: usize| format!("{prefix}{}", i + 1);
    w.found(&Client {
        client_id: client,
        id: client,
        code: format!("K{number:02}"),
        name: String::new(),
        active: true,
    })?;
    let lines: Vec<Id<Line>> = ids(LINES).into_iter().map(|b| Id::at(now.0, b)).collect();
    for (i, id) in lines.iter().enumerate() {
        let (code, basis) = (text("L", i), Basis::Labour);
        w.put(&Line { client_id: client, id: *id, code, name: String::new(), basis, parent_id: None, active: true })?;
    }
    let shifts: Vec<Id<Shift>> = ids(SHIFTS).into_iter().map(|b| Id::at(now.0, b)).collect();
    for (i, id) in shifts.iter().enumerate() {
        w.put(&Shift { client_id: client, id: *id, code: text("S", i), name: String::new(), active: true })?;
    }
    let products: Vec<Id<Product>> = ids(PRODUCTS).into_iter().map(|b| Id::at(now.0, b)).collect();
    for (i, (id, bytes)) in products.iter().zip(ids(PRODUCTS)).enumerate() {
        w.put(&Product { client_id: client, id: *id, code: text("P", i), name: String::new(), active: true })?;
        let (id, product_id, minutes) = (Id::at(now.0, bytes), *id, 2.0 + i as f64);
        w.put(&ProductStandard { client_id: client, id, product_id, operation_id: None, valid_from: from, minutes })?;
    }
    let reason = Id::at(now.0, ids(1)[0]);
    w.put(&reason_row(client, reason))?;
    let rest = Rest::set_up(w, client, size.last, now, c)?;
    Ok(Made { client, lines, shifts, products, reason, rest, density: size.density as usize })
}

fn reason_row(client_id: Id<Client>, id: Id<DowntimeReason>) -> DowntimeReason {
    DowntimeReason {
        client_id,
        id,
        code: "STOP".into(),
        name: String::new(),
        planned: false,
        setup: false,
        affects: Affects::Line,
        parent_id: None,
        active: true,
    }
}

fn one_day(w: &mut Writer<'_>, m: &mut Made, day: Day, now: Instant, c: &mut Chance) -> store::Result<()> {
    for shift in m.shifts.clone() {
        for (place, (line, entries)) in m.lines.clone().into_iter().zip(ENTRIES).enumerate() {
            let row = LineShift {
                crew: (!c.happens(0.02)).then(|| c.between(8.0, 20.0).round()),
                net_minutes: Some(450.0),
                planned_units: Some(1000.0),
                state: ShiftState::Closed,
                closed_how: Some(ClosedHow::Import),
                ..LineShift::empty(m.client, day, shift, line)
            };
            w.put(&row)?;
            for hour in 0..entries * m.density {
                let order = m.rest.order(w, (m.client, &m.products), day, now, c)?;
                let entry = entry(m, &row, ((hour % HOURS) as i64, order), now, c);
                w.put(&entry)?;
                m.rest.inspect(w, &row, &entry, now, c)?;
            }
            if c.happens(0.3) {
                w.put(&stop(m, &row, now, c))?;
            }
            m.rest.people(w, &row, place == 0 || m.density > 1, now, c)?;
        }
    }
    Ok(())
}

fn entry(
    m: &Made,
    row: &LineShift,
    (hour, order): (i64, Id<WorkOrder>),
    now: Instant,
    c: &mut Chance,
) -> ProductionEntry {
    let produced = c.whole(100, 900);
    ProductionEntry {
        line_shift_id: row.id,
        work_order_id: Some(order),
        product_id: c.pick(&m.products).copied(),
        hour: Some(hour),
        produced: Some(produced),
        defective: Some(c.whole(0, produced / 20)),
        run_minutes: c.happens(0.3).then(|| c.between(100.0, 200.0).round()),
        ..ProductionEntry::blank(m.client, Id::at(now.0, c.bytes()))
    }
}

fn stop(m: &Made, row: &LineShift, now: Instant, c: &mut Chance) -> DowntimeEntry {
    DowntimeEntry {
        line_shift_id: row.id,
        reason_id: Some(m.reason),
        minutes: Some(c.between(5.0, 60.0).round()),
        ..DowntimeEntry::blank(m.client, Id::at(now.0, c.bytes()))
    }
}
