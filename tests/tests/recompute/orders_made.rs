//! Plants with orders of which much is missing.
use crate::chance::Chance;
use checks::Plant;
use domain::*;
use store::{Result, Writer};

/// The first day of everything.
pub(crate) const FIRST: Day = Day(20_150);
/// The day on which the plant's clock stands, in UTC.
pub(crate) const TODAY: Day = Day(20_254);

/// A client with its lines, products and orders.
pub(crate) struct Made {
    pub(crate) client: Id<Client>,
    pub(crate) lines: Vec<Id<Line>>,
    pub(crate) shift: Id<Shift>,
    pub(crate) products: Vec<Id<Product>>,
    pub(crate) orders: Vec<Id<WorkOrder>>,
}

/// A client whose rows follow from the chance.
pub(crate) fn client(plant: &Plant, code: &str, chance: &mut Chance, orders: usize) -> Made {
    let repo = plant.store.repository(&plant.admin).unwrap();
    repo.write(|w| {
        let client = w.fresh();
        w.found(&Client { client_id: client, id: client, code: code.into(), name: String::new(), active: true })?;
        let mut made = set_up(w, client, chance)?;
        for number in 0..orders {
            let row = order(w, &made, chance, &format!("{code}-{number}"));
            w.put(&row)?;
            made.orders.push(row.id);
            leave(w, &row, chance)?;
        }
        Ok(made)
    })
    .unwrap()
}

#[allow(clippy::too_many_lines, reason = "a plant is many rows")]
fn set_up(w: &mut Writer<'_>, client: Id<Client>, chance: &mut Chance) -> Result<Made> {
    let (lines, products) = ((0..3).map(|_| w.fresh()).collect(), (0..3).map(|_| w.fresh()).collect());
    let made = Made { client, lines, shift: w.fresh(), products, orders: vec![] };
    w.put(&ClientSetting {
        delivery_tolerance: chance.maybe(5, |c| c.between(0, 20) as f64 / 100.0),
        default_standard: chance.maybe(3, |_| 4.0),
        default_crew: chance.maybe(3, |_| 6.0),
        ..ClientSetting::usual(client)
    })?;
    w.put(&Shift { code: "DAY".into(), active: true, ..Shift::blank(client, made.shift) })?;
    let (start_minute, end_minute) = (Some(360), Some(chance.between(700, 900)));
    let id = w.fresh();
    w.put(&ShiftTime {
        shift_id: made.shift,
        valid_from: FIRST,
        start_minute,
        end_minute,
        ..ShiftTime::blank(client, id)
    })?;
    for (place, line) in made.lines.iter().enumerate() {
        let basis = chance.pick(&[Basis::Labour, Basis::Labour, Basis::Machine]);
        w.put(&Line { code: format!("L{place}"), basis, active: true, ..Line::blank(client, *line) })?;
        plans(w, &made, *line, chance)?;
    }
    for (place, product) in made.products.iter().enumerate() {
        w.put(&Product { code: format!("P{place}"), active: true, ..Product::blank(client, *product) })?;
        if chance.in_ten(7) {
            let (id, minutes) = (w.fresh(), chance.between(1, 30) as f64);
            w.put(&ProductStandard {
                product_id: *product,
                valid_from: FIRST,
                minutes,
                ..ProductStandard::blank(client, id)
            })?;
        }
    }
    for _ in 0..4 {
        let (id, day) = (w.fresh(), FIRST.plus(chance.between(0, 130) as i32));
        let line_id = chance.maybe(5, |c| c.pick(&made.lines));
        w.put(&CalendarDay { day, line_id, working: chance.in_ten(4), ..CalendarDay::blank(client, id) })?;
    }
    Ok(made)
}

/// One or two plans a line, the second from a day on; some lines have none.
fn plans(w: &mut Writer<'_>, made: &Made, line: Id<Line>, chance: &mut Chance) -> Result<()> {
    for valid_from in [FIRST, FIRST.plus(50)] {
        if chance.in_ten(6) {
            w.put(&LineCalendar {
                line_id: line,
                shift_id: made.shift,
                weekdays: chance.pick(&[0b001_1111, 0b011_1111, 0b000_1111]),
                planned_crew: chance.maybe(7, |c| c.between(1, 12) as f64),
                valid_from,
                ..LineCalendar::blank(made.client, w.fresh())
            })?;
        }
    }
    Ok(())
}

/// An order of which any field may be missing.
pub(crate) fn order(w: &Writer<'_>, made: &Made, chance: &mut Chance, code: &str) -> WorkOrder {
    let begun = FIRST.plus(chance.between(0, 110) as i32);
    let after = |c: &mut Chance, of: u64, from: i64, to: i64| c.maybe(of, |c| begun.plus(c.between(from, to) as i32));
    let status = chance.pick(OrderStatus::ALL);
    let ended = after(chance, 8, 5, 40);
    let completed = after(chance, 7, 2, 30);
    WorkOrder {
        code: code.into(),
        product_id: chance.maybe(8, |c| c.pick(&made.products)),
        line_id: chance.maybe(8, |c| c.pick(&made.lines)),
        quantity: chance.maybe(8, |c| c.between(0, 900)),
        standard: chance.maybe(3, |c| c.between(1, 40) as f64 / 2.0),
        status,
        before_hold: (status == OrderStatus::OnHold)
            .then(|| chance.pick(&[OrderStatus::InProgress, OrderStatus::Completed])),
        priority: chance.maybe(5, |c| c.between(1, 3)),
        customer_po: chance.maybe(6, |c| format!("PO {}", c.below(4))),
        received: after(chance, 6, -20, -5),
        planned_start: after(chance, 6, -3, 3),
        actual_start: after(chance, 5, 0, 2),
        actual_start_minute: chance.maybe(4, |c| c.between(0, 1439)),
        required_date: after(chance, 4, 5, 25),
        planned_ship_date: after(chance, 3, 5, 25),
        delay: chance.maybe(4, |c| c.pick(Delay::ALL)),
        completed,
        ended,
        ..WorkOrder::blank(made.client, w.fresh())
    }
}

/// What leaves of an order, when it stood, and what was made of it.
fn leave(w: &mut Writer<'_>, row: &WorkOrder, chance: &mut Chance) -> Result<()> {
    for _ in 0..chance.below(4) {
        let shipment = shipment(w, row.client_id, row.id, chance);
        w.put(&shipment)?;
    }
    for _ in 0..chance.below(3) {
        let hold = hold(w, row.client_id, row.id, chance);
        w.put(&hold)?;
    }
    Ok(())
}

pub(crate) fn shipment(w: &Writer<'_>, client: Id<Client>, order: Id<WorkOrder>, chance: &mut Chance) -> Shipment {
    Shipment {
        work_order_id: order,
        day: FIRST.plus(chance.between(0, 115) as i32),
        quantity: chance.maybe(8, |c| c.between(1, 700)),
        ..Shipment::blank(client, w.fresh())
    }
}

pub(crate) fn hold(w: &Writer<'_>, client: Id<Client>, order: Id<WorkOrder>, chance: &mut Chance) -> HoldEntry {
    let from = FIRST.plus(chance.between(0, 115) as i32);
    HoldEntry {
        work_order_id: order,
        quantity: chance.maybe(2, |_| 5),
        state: chance.pick(HoldState::ALL),
        held_from: Some(from),
        held_from_minute: chance.maybe(3, |c| c.between(0, 1439)),
        held_to: chance.maybe(8, |c| from.plus(c.between(1, 20) as i32)),
        held_to_minute: chance.maybe(3, |c| c.between(0, 1439)),
        ..HoldEntry::blank(client, w.fresh())
    }
}

/// Units made of an order on a day.
pub(crate) fn produce(w: &mut Writer<'_>, made: &Made, chance: &mut Chance) -> Result<()> {
    let (day, line) = (FIRST.plus(chance.between(0, 104) as i32), chance.pick(&made.lines));
    let line_shift = LineShift::empty(made.client, day, made.shift, line);
    if w.find::<LineShift>(made.client, line_shift.id)?.is_none() {
        w.put(&LineShift { crew: Some(5.0), ..line_shift.clone() })?;
    }
    let (id, work_order_id) = (w.fresh(), Some(chance.pick(&made.orders)));
    let produced = chance.maybe(8, |c| c.between(0, 80));
    let entry = ProductionEntry {
        line_shift_id: line_shift.id,
        work_order_id,
        produced,
        ..ProductionEntry::blank(made.client, id)
    };
    w.put(&entry).map(|_| ())
}
