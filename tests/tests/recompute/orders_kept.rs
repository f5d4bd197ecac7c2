//! What is kept of an order is what its rows come to, whatever was written.
use crate::{
    chance::Chance,
    orders_made::{FIRST, Made, TODAY, client, hold, order, produce, shipment},
};
use checks::Plant;
use domain::*;
use store::{Result, Writer, values};

/// Where the sums differ from the rows; those of line shifts have tests of their own.
fn drifts(plant: &Plant) -> Vec<String> {
    let report = plant.store.verify(&plant.admin, &mut |_, _| {}).unwrap();
    let broken = report.checks.iter().filter(|check| check.broken > 0);
    let places = broken.flat_map(|check| &check.places);
    let others = places.filter(|place| !["kpi_line_shift", "kpi_part"].contains(&place.table.as_str()));
    others.map(|place| format!("{place:?}")).collect()
}

/// Many writes of all kinds, some of which are refused, and some taken back.
pub(crate) fn work(plant: &Plant, made: &Made, chance: &mut Chance, writes: usize) {
    for _ in 0..writes {
        plant.store.clock().advance(1_000);
        let repo = plant.store.repository(&plant.admin).unwrap();
        let _ = repo.write(|w| {
            w.because(Some("recount".into()));
            one(w, made, chance)
        });
    }
}

fn one(w: &mut Writer<'_>, made: &Made, chance: &mut Chance) -> Result<()> {
    let (client, id) = (made.client, chance.pick(&made.orders));
    match chance.below(13) {
        0 => produce(w, made, chance),
        1 => w.undo().map(|_| ()),
        2 => w.redo().map(|_| ()),
        3 => {
            let row = shipment(w, client, id, chance);
            w.put(&row).map(|_| ())
        }
        4 => {
            let row = hold(w, client, id, chance);
            w.put(&row).map(|_| ())
        }
        5 => moved(w, made, chance),
        6 => taken_away(w, made, chance),
        7 | 8 => {
            let old: WorkOrder = w.get(client, id)?;
            let new = order(w, made, chance, &old.code);
            // What stands stays: a step has its own guards.
            w.put(&WorkOrder { id, status: old.status, before_hold: old.before_hold, ..new }).map(|_| ())
        }
        9 => {
            let old: WorkOrder = w.get(client, id)?;
            let to = chance.pick(OrderStatus::ALL);
            w.put(&workflow::order::taken(&old, to, FIRST.plus(chance.between(0, 110) as i32))).map(|_| ())
        }
        10 => set_up_anew(w, made, chance),
        11 => w.remove(client, id),
        _ => w.restore(client, id),
    }
}

/// A shipment or an entry goes to another order.
fn moved(w: &mut Writer<'_>, made: &Made, chance: &mut Chance) -> Result<()> {
    let to = chance.pick(&made.orders);
    let shipments = w.list::<Shipment>(made.client, 500, 0)?;
    let entries = w.list::<ProductionEntry>(made.client, 500, 0)?;
    if chance.in_ten(5) && !entries.is_empty() {
        let entry = entries[chance.below(entries.len() as u64) as usize].clone();
        return w.put(&ProductionEntry { work_order_id: Some(to), ..entry }).map(|_| ());
    }
    let Some(row) = shipments.get(chance.below(shipments.len().max(1) as u64) as usize) else { return Ok(()) };
    w.put(&Shipment { work_order_id: to, ..row.clone() }).map(|_| ())
}

fn taken_away(w: &mut Writer<'_>, made: &Made, chance: &mut Chance) -> Result<()> {
    let at = |chance: &mut Chance, n: usize| chance.below(n.max(1) as u64) as usize;
    let (shipments, holds) = (w.list::<Shipment>(made.client, 500, 0)?, w.list::<HoldEntry>(made.client, 500, 0)?);
    let entries = w.list::<ProductionEntry>(made.client, 500, 0)?;
    match chance.below(3) {
        0 => shipments.get(at(chance, shipments.len())).map_or(Ok(()), |row| w.remove(made.client, row.id)),
        1 => holds.get(at(chance, holds.len())).map_or(Ok(()), |row| w.remove(made.client, row.id)),
        _ => entries.get(at(chance, entries.len())).map_or(Ok(()), |row| w.remove(made.client, row.id)),
    }
}

fn set_up_anew(w: &mut Writer<'_>, made: &Made, chance: &mut Chance) -> Result<()> {
    let (client, day) = (made.client, FIRST.plus(chance.between(0, 110) as i32));
    match chance.below(6) {
        0 => {
            let (id, line_id) = (w.fresh(), chance.maybe(5, |c| c.pick(&made.lines)));
            w.put(&CalendarDay { day, line_id, working: chance.in_ten(5), ..CalendarDay::blank(client, id) })
        }
        1 => {
            let old = w.setting(client)?;
            w.put(&ClientSetting { delivery_tolerance: Some(chance.between(0, 30) as f64 / 100.0), ..old })
        }
        2 => {
            let (id, minutes) = (w.fresh(), chance.between(1, 30) as f64);
            let product_id = chance.pick(&made.products);
            w.put(&ProductStandard { product_id, valid_from: day, minutes, ..ProductStandard::blank(client, id) })
        }
        3 => {
            let (id, crew) = (w.fresh(), chance.between(1, 20) as f64);
            let (line_id, shift_id) = (chance.pick(&made.lines), made.shift);
            let plan =
                LineCalendar { line_id, shift_id, weekdays: 31, valid_from: day, ..LineCalendar::blank(client, id) };
            w.put(&LineCalendar { planned_crew: Some(crew), ..plan })
        }
        4 => {
            let old: Line = w.get(client, chance.pick(&made.lines))?;
            let basis = if old.basis == Basis::Labour { Basis::Machine } else { Basis::Labour };
            w.put(&Line { basis, ..old })
        }
        _ => {
            let (id, end_minute) = (w.fresh(), Some(chance.between(600, 1_200)));
            let time = ShiftTime { shift_id: made.shift, valid_from: day, end_minute, ..ShiftTime::blank(client, id) };
            w.put(&ShiftTime { start_minute: Some(300), ..time })
        }
    }
    .map(|_| ())
}

#[test]
fn what_is_kept_is_what_is_rebuilt_after_any_writes_and_undos() {
    for seed in 1..=4 {
        let (plant, mut chance) = (Plant::new(), Chance(seed));
        let made = client(&plant, "ACME", &mut chance, 12);
        for _ in 0..8 {
            work(&plant, &made, &mut chance, 15);
            assert_eq!(drifts(&plant), Vec::<String>::new(), "plant {seed}");
        }
    }
}

#[test]
fn how_old_orders_are_is_the_same_from_memory_and_from_the_file_after_any_writes_and_undos() {
    let (plant, mut chance) = (Plant::new(), Chance(9));
    let made = [client(&plant, "ACME", &mut chance, 12), client(&plant, "OTHER", &mut chance, 12)];
    let repo = plant.store.repository(&plant.admin).unwrap();
    let mut compared = 0;
    for round in 0..60 {
        work(&plant, &made[round % 2], &mut chance, 2);
        // Memory holds one day: it is asked again after every write, and now and then for another.
        let to = if round % 7 == 6 { FIRST.plus(60) } else { TODAY };
        let ask = plant::kpi::Ask::of("wip_age", FIRST, to);
        let memory = repo.read_cube(|r, cube| plant::kpi::ask(r, Some(cube), &ask)).unwrap();
        let file = repo.read(|r| plant::kpi::ask(r, None, &ask)).unwrap();
        assert_eq!((memory.ages.clone(), memory.left_out), (file.ages, file.left_out), "round {round}, to {to}");
        compared += memory.ages.iter().flat_map(|client| &client.bands).filter(|band| band.orders > 0).count();
    }
    assert!(compared > 100, "{compared}: nothing was in work");
}

/// An order of a client, and what is kept of it.
struct Kept {
    plant: Plant,
    made: Made,
    id: Id<WorkOrder>,
}

impl Kept {
    /// A client whose calendar, standard and crew are known, with one order.
    fn new(row: impl FnOnce(WorkOrder) -> WorkOrder) -> Kept {
        let plant = Plant::new();
        let made = client(&plant, "ACME", &mut Chance(3), 0);
        let kept = Kept { id: Id::from_bytes([9; 16]), plant, made };
        let (client, line, product) = (kept.made.client, kept.made.lines[0], kept.made.products[0]);
        kept.write(|w| {
            for old in w.list::<LineCalendar>(client, 99, 0)? {
                w.remove(client, old.id)?;
            }
            for old in w.list::<CalendarDay>(client, 99, 0)? {
                w.remove(client, old.id)?;
            }
            for old in w.list::<ProductStandard>(client, 99, 0)? {
                w.remove(client, old.id)?;
            }
            w.put(&ClientSetting::usual(client))?;
            let old: Line = w.get(client, line)?;
            w.put(&Line { basis: Basis::Labour, ..old })?;
            let (shift_id, id) = (kept.made.shift, w.fresh());
            let plan = LineCalendar {
                line_id: line,
                shift_id,
                weekdays: 31,
                valid_from: FIRST,
                ..LineCalendar::blank(client, id)
            };
            w.put(&LineCalendar { planned_crew: Some(5.0), ..plan })?;
            let id = w.fresh();
            w.put(&ProductStandard {
                product_id: product,
                valid_from: FIRST,
                minutes: 6.0,
                ..ProductStandard::blank(client, id)
            })?;
            let blank = WorkOrder::blank(client, kept.id);
            let usual = WorkOrder { code: "A".into(), status: OrderStatus::InProgress, quantity: Some(2_000), ..blank };
            let start = Some(FIRST.plus(10));
            w.put(&row(WorkOrder { planned_start: start, line_id: Some(line), product_id: Some(product), ..usual }))?;
            Ok(())
        });
        kept
    }
    fn write(&self, f: impl FnOnce(&mut Writer<'_>) -> Result<()>) {
        self.plant.store.clock().advance(1_000);
        self.plant.store.repository(&self.plant.admin).unwrap().write(f).unwrap();
    }
    /// What is kept of the order, as text.
    fn told(&self) -> String {
        let sql = "SELECT promised, start_minute, end_minute, open, void, held_minutes, held_since, shipped_orders,
            on_time_first, shipped_complete, justified_late, sources FROM kpi_order WHERE client_id = ?1 AND work_order_id = ?2";
        let repo = self.plant.store.repository(&self.plant.admin).unwrap();
        let text = |row: &store::Row<'_>| {
            (0..12).map(|i| Ok(format!("{:?}", row.get::<Value>(i)?))).collect::<Result<Vec<_>>>()
        };
        repo.read(|r| r.first(sql, values![self.made.client, self.id], text))
            .unwrap()
            .map_or_else(String::new, |row| row.join(" "))
    }
    /// A write that must change what is kept of the order, and leave nothing stale.
    fn moves(&self, what: &str, f: impl FnOnce(&mut Writer<'_>, &Made, Id<WorkOrder>) -> Result<()>) {
        let before = self.told();
        self.write(|w| f(w, &self.made, self.id));
        assert_ne!(self.told(), before, "{what} leaves what is kept of the order");
        assert_eq!(drifts(&self.plant), Vec::<String>::new(), "{what}");
    }
}

#[test]
fn an_order_s_own_row_its_shipments_and_its_holds_move_what_is_kept_of_it() {
    let kept = Kept::new(|row| row);
    assert_ne!(kept.told(), "", "a new order has its row at once");
    kept.moves("a start", |w, made, id| {
        let old: WorkOrder = w.get(made.client, id)?;
        w.put(&WorkOrder { actual_start: Some(FIRST.plus(12)), ..old }).map(|_| ())
    });
    let shipment_id = Id::from_bytes([1; 16]);
    kept.moves("a shipment", |w, made, id| {
        let row = Shipment {
            work_order_id: id,
            day: FIRST.plus(12),
            quantity: Some(9),
            ..Shipment::blank(made.client, shipment_id)
        };
        w.put(&row).map(|_| ())
    });
    kept.moves("a shipment of all", |w, made, _| {
        let old: Shipment = w.get(made.client, shipment_id)?;
        w.put(&Shipment { quantity: Some(2_000), ..old }).map(|_| ())
    });
    kept.moves("a shipment taken away", |w, made, _| w.remove(made.client, shipment_id));
    kept.moves("a hold", |w, made, id| {
        let (state, held_from) = (HoldState::Held, Some(FIRST.plus(20)));
        let row =
            HoldEntry { work_order_id: id, state, held_from, ..HoldEntry::blank(made.client, Id::from_bytes([2; 16])) };
        w.put(&row).map(|_| ())
    });
    kept.moves("an undo of it", |w, _, _| w.undo().map(|_| ()));
    kept.moves("an order taken away", |w, made, id| w.remove(made.client, id));
    kept.moves("and brought back", |w, made, id| w.restore(made.client, id));
}

fn enter(w: &mut Writer<'_>, made: &Made, id: Id<WorkOrder>, day: Day, entry: u8) -> Result<()> {
    let line_shift = LineShift::empty(made.client, day, made.shift, made.lines[0]);
    if w.find::<LineShift>(made.client, line_shift.id)?.is_none() {
        w.put(&line_shift)?;
    }
    let blank = ProductionEntry::blank(made.client, Id::from_bytes([entry; 16]));
    let row = ProductionEntry { line_shift_id: line_shift.id, work_order_id: Some(id), produced: Some(5), ..blank };
    w.put(&row).map(|_| ())
}

#[test]
fn production_moves_an_order_without_a_start_and_one_finished_without_a_shipment() {
    let kept = Kept::new(|row| row);
    kept.moves("the first entry", |w, made, id| enter(w, made, id, FIRST.plus(14), 1));
    kept.moves("an earlier one", |w, made, id| enter(w, made, id, FIRST.plus(13), 2));
    kept.moves("and that taken away", |w, made, _| w.remove(made.client, Id::<ProductionEntry>::from_bytes([2; 16])));
    let done = Kept::new(|row| WorkOrder { status: OrderStatus::Completed, actual_start: Some(FIRST), ..row });
    done.moves("the last entry", |w, made, id| enter(w, made, id, FIRST.plus(14), 1));
    done.moves("a later one", |w, made, id| enter(w, made, id, FIRST.plus(15), 2));
}

#[test]
fn production_leaves_an_order_in_work_whose_start_was_entered() {
    let kept = Kept::new(|row| WorkOrder { actual_start: Some(FIRST.plus(14)), ..row });
    let before = kept.told();
    kept.write(|w| enter(w, &kept.made, kept.id, FIRST.plus(5), 1));
    assert_eq!((kept.told(), drifts(&kept.plant)), (before, vec![]));
}

#[test]
fn calendars_standards_crews_and_policies_move_an_order_whose_promise_is_inferred() {
    let kept = Kept::new(|row| row);
    kept.moves("a holiday", |w, made, _| {
        let (id, day) = (w.fresh(), FIRST.plus(11));
        w.put(&CalendarDay { day, working: false, ..CalendarDay::blank(made.client, id) }).map(|_| ())
    });
    kept.moves("a crew", |w, made, _| {
        let old = w.list::<LineCalendar>(made.client, 9, 0)?.remove(0);
        w.put(&LineCalendar { planned_crew: Some(2.0), ..old }).map(|_| ())
    });
    kept.moves("a standard", |w, made, _| {
        let old = w.list::<ProductStandard>(made.client, 9, 0)?.remove(0);
        w.put(&ProductStandard { minutes: 3.0, ..old }).map(|_| ())
    });
    kept.moves("the hours of a shift", |w, made, _| {
        let old = w.list::<ShiftTime>(made.client, 9, 0)?.remove(0);
        w.put(&ShiftTime { end_minute: Some(600), ..old }).map(|_| ())
    });
    kept.moves("a line that becomes a machine", |w, made, _| {
        let old: Line = w.get(made.client, made.lines[0])?;
        w.put(&Line { basis: Basis::Machine, ..old }).map(|_| ())
    });
    kept.moves("no standard, but the client's", |w, made, _| {
        let old = w.list::<ProductStandard>(made.client, 9, 0)?.remove(0);
        w.remove(made.client, old.id)
    });
    kept.moves("the client's standard", |w, made, _| {
        let old = w.setting(made.client)?;
        w.put(&ClientSetting { default_standard: Some(1.0), ..old }).map(|_| ())
    });
}

#[test]
fn the_tolerance_of_a_client_moves_orders_that_were_almost_complete() {
    let kept = Kept::new(|row| WorkOrder { planned_ship_date: Some(TODAY), ..row });
    kept.write(|w| {
        let id = w.fresh();
        let row = Shipment {
            work_order_id: kept.id,
            day: FIRST,
            quantity: Some(1_900),
            ..Shipment::blank(kept.made.client, id)
        };
        w.put(&row).map(|_| ())
    });
    kept.moves("a tolerance", |w, made, _| {
        let old = w.setting(made.client)?;
        w.put(&ClientSetting { delivery_tolerance: Some(0.05), ..old }).map(|_| ())
    });
}
