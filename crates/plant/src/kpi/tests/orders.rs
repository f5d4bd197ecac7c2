//! Delivery and WIP age, from the rows of a plant.

use super::*;
use domain::{ClientSetting, Delay, DeliveryMode, HoldEntry, HoldState, OrderStatus, Shipment, WorkOrder};

/// An order with what is usual: of the first product and line, 100 units, promised on the day.
fn order(w: &Writer<'_>, f: &Factory, code: &str, promised: Option<Day>) -> WorkOrder {
    WorkOrder {
        code: code.into(),
        product_id: Some(f.products[0]),
        line_id: Some(f.lines[0]),
        quantity: Some(100),
        status: OrderStatus::InProgress,
        planned_ship_date: promised,
        ..WorkOrder::blank(f.client, w.fresh())
    }
}

fn ship(w: &mut Writer<'_>, order: &WorkOrder, day: Day, quantity: i64) -> store::Result<()> {
    let id = w.fresh();
    let shipment =
        Shipment { work_order_id: order.id, day, quantity: Some(quantity), ..Shipment::blank(order.client_id, id) };
    w.put(&shipment).map(|_| ())
}

/// One of many orders that have little in common.
pub(super) fn uneven(
    w: &mut Writer<'_>,
    f: &Factory,
    number: i32,
    next: &mut impl FnMut(u64) -> u64,
) -> store::Result<()> {
    let promised = (next(8) > 0).then(|| DAY.plus(next(45) as i32));
    let begun = DAY.plus(next(40) as i32 - 5);
    let row = WorkOrder {
        product_id: (next(5) > 0).then_some(f.products[next(2) as usize]),
        line_id: (next(5) > 0).then_some(f.lines[next(2) as usize]),
        customer_po: (next(3) > 0).then(|| format!("PO {}", next(4))),
        priority: (next(3) > 0).then(|| next(3) as i64),
        actual_start: (next(4) > 0).then_some(begun),
        received: Some(begun.plus(-3)),
        delay: (next(3) == 0).then_some(Delay::Supplier),
        ..order(w, f, &format!("U{number}"), promised)
    };
    w.put(&row)?;
    for _ in 0..next(3) {
        ship(w, &row, DAY.plus(next(50) as i32), 40 + next(60) as i64)?;
    }
    if next(3) == 0 {
        let id = w.fresh();
        let state = if next(2) == 0 { HoldState::Held } else { HoldState::Resumed };
        let held_from = Some(begun.plus(next(10) as i32));
        let held_to = (state == HoldState::Resumed).then(|| begun.plus(10 + next(9) as i32));
        let held = HoldEntry { work_order_id: row.id, state, held_from, held_to, ..HoldEntry::blank(f.client, id) };
        w.put(&held)?;
    }
    if next(4) == 0 {
        let (completed, status) = (Some(begun.plus(next(30) as i32)), OrderStatus::Completed);
        let done = WorkOrder { id: w.fresh(), code: format!("{}x", row.code), status, completed, ..row };
        w.put(&done)?;
    }
    Ok(())
}

/// Value, numerator and denominator of the only row.
fn told(plant: &Plant, ask: &Ask) -> (Option<f64>, f64, f64) {
    let row = &plant.ask(ask).rows[0];
    (row.value, row.numerator, row.denominator)
}

const LAST: Day = Day(DAY.0 + 30);

fn all(kpi: &str) -> Ask {
    question(kpi, DAY, LAST, &[])
}

fn as_of(kpi: &str, day: Day) -> Ask {
    Ask { as_of: Some(day), ..all(kpi) }
}

/// Four orders promised on the tenth day: early and whole, begun in time, late for a supplier, not at all.
fn four(plant: &Plant) -> Factory {
    let f = plant.client("ACME", Basis::Labour);
    plant.write(|w| {
        let due = Some(DAY.plus(10));
        let [a, b, c, d] = ["A", "B", "C", "D"].map(|code| order(w, &f, code, due));
        let c = WorkOrder { delay: Some(Delay::Supplier), ..c };
        w.put_all(&[a.clone(), b.clone(), c.clone(), d])?;
        ship(w, &a, DAY.plus(9), 100)?;
        ship(w, &b, DAY.plus(10), 50)?;
        ship(w, &b, DAY.plus(12), 50)?;
        ship(w, &c, DAY.plus(11), 100)
    });
    f
}

#[test]
fn the_four_delivery_figures_of_four_orders() {
    let plant = plant();
    four(&plant);
    assert_eq!(told(&plant, &all("otd")), (Some(50.0), 2.0, 4.0));
    assert_eq!(told(&plant, &all("true_otd")), (Some(100.0 * (1.0 / 3.0)), 1.0, 3.0));
    assert_eq!(told(&plant, &all("otif")), (Some(25.0), 1.0, 4.0));
    assert_eq!(told(&plant, &all("otd_net")), (Some(75.0), 3.0, 4.0));
    let otd = &plant.ask(&all("otd")).rows[0];
    assert_eq!(otd.beside, Some(BesideValue { name: "otd_net".into(), value: 75.0 }));
    assert!(otd.interval.is_some_and(|[low, high]| low > 10.0 && high < 90.0));
}

#[test]
fn a_past_day_is_answered_as_it_stood_on_that_day() {
    let plant = plant();
    four(&plant);
    let told_on = |kpi: &str, day: i32| told(&plant, &as_of(kpi, DAY.plus(day)));
    assert_eq!(told_on("otd", 8), (None, 0.0, 0.0), "nothing has left and nothing is due");
    assert_eq!(told_on("otd", 9), (Some(100.0), 1.0, 1.0));
    assert_eq!(told_on("otd", 10), (Some(100.0), 2.0, 2.0), "those promised today are not late yet");
    assert_eq!(told_on("otd", 11), (Some(50.0), 2.0, 4.0));
    assert_eq!(told_on("true_otd", 11), (Some(50.0), 1.0, 2.0));
    assert_eq!(told_on("true_otd", 12), (Some(100.0 * (1.0 / 3.0)), 1.0, 3.0));
}

#[test]
fn an_order_promised_today_and_not_shipped_is_not_due_until_tomorrow() {
    let plant = plant();
    let f = plant.client("ACME", Basis::Labour);
    plant.write(|w| {
        let rows = [order(w, &f, "A", Some(TODAY)), order(w, &f, "B", Some(TODAY.plus(-1)))];
        w.put_all(&rows).map(|_| ())
    });
    let ask = question("otd", TODAY.plus(-5), TODAY.plus(5), &[]);
    let by_cube = |ask: &Ask| {
        let repo = plant.store.repository(&plant.admin).unwrap();
        repo.read_cube(|r, cube| super::super::ask(r, Some(cube), ask)).unwrap().rows[0].denominator
    };
    let by_product = question("otd", TODAY.plus(-5), TODAY.plus(5), &["product"]);
    assert_eq!((told(&plant, &ask).2, by_cube(&ask), told(&plant, &by_product).2), (1.0, 1.0, 1.0));
    plant.clock.advance(86_400_000);
    assert_eq!((told(&plant, &ask).2, by_cube(&ask), told(&plant, &by_product).2), (2.0, 2.0, 2.0));
}

#[test]
fn a_shipment_of_tomorrow_has_not_left_today() {
    let plant = plant();
    let f = plant.client("ACME", Basis::Labour);
    plant.write(|w| {
        let row = order(w, &f, "A", Some(TODAY.plus(-3)));
        w.put(&row)?;
        ship(w, &row, TODAY.plus(1), 100)
    });
    let ask = question("true_otd", TODAY.plus(-5), TODAY, &[]);
    let whole = |by: &[&str]| told(&plant, &Ask { by: by.iter().map(|b| (*b).into()).collect(), ..ask.clone() });
    assert_eq!((whole(&[]).2, plant.ask(&question("otd", TODAY.plus(-5), TODAY, &[])).rows[0].denominator), (0.0, 1.0));
    plant.clock.advance(86_400_000);
    assert_eq!((whole(&[]), whole(&["order"])), ((Some(0.0), 0.0, 1.0), (Some(0.0), 0.0, 1.0)));
    let yesterday = Ask { as_of: Some(TODAY), ..ask.clone() };
    assert_eq!(told(&plant, &yesterday).2, 0.0, "asked later, that day's answer is what it was");
}

#[test]
fn days_rows_and_cube_give_one_answer_about_orders() {
    let plant = plant();
    let f = plant.client("ACME", Basis::Labour);
    let mut seed = 3u64;
    let mut next = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    plant.write(|w| (0..40).try_for_each(|number| uneven(w, &f, number, &mut next)));
    let repo = plant.store.repository(&plant.admin).unwrap();
    for kpi in ["otd", "true_otd", "otif", "otd_net"] {
        for day in [None, Some(DAY.plus(17)), Some(TODAY.plus(3))] {
            let ask = Ask { as_of: day, ..all(kpi) };
            let by_days = plant.ask(&ask);
            let by_cube = repo.read_cube(|r, cube| super::super::ask(r, Some(cube), &ask)).unwrap();
            assert_eq!(by_cube.rows, by_days.rows, "{kpi} {day:?}");
            let parts = plant.ask(&Ask { by: vec!["order".into()], ..ask }).rows;
            let sum = |of: fn(&AnswerRow) -> f64| parts.iter().map(of).sum::<f64>();
            let whole = &by_days.rows[0];
            assert_eq!((sum(|r| r.numerator), sum(|r| r.denominator)), (whole.numerator, whole.denominator), "{kpi}");
        }
    }
}

#[test]
fn orders_without_a_promised_day_are_counted_as_left_out() {
    let plant = plant();
    let f = plant.client("ACME", Basis::Labour);
    plant.write(|w| {
        let known = order(w, &f, "A", Some(DAY));
        let open = WorkOrder { actual_start: Some(DAY.plus(3)), ..order(w, &f, "B", None) };
        let later = WorkOrder { actual_start: Some(LAST.plus(3)), ..order(w, &f, "C", None) };
        let gone = WorkOrder { status: OrderStatus::Cancelled, ..order(w, &f, "D", None) };
        w.put_all(&[known, open, later, gone]).map(|_| ())
    });
    assert_eq!(plant.ask(&all("otd")).left_out, 1);
    let of_line = Ask { lines: Some(vec![f.lines[1]]), ..all("otd") };
    assert_eq!(plant.ask(&of_line).left_out, 0, "it is on another line");
    assert_eq!(plant.ask(&all("oee")).left_out, 0);
}

#[test]
fn the_delivery_mode_of_a_client_picks_the_headline() {
    let plant = plant();
    let [acme, bolt] = [plant.client("ACME", Basis::Labour), plant.client("BOLT", Basis::Labour)];
    let headline = |clients: &[Id<Client>]| plant.ask(&Ask { clients: Some(clients.to_vec()), ..all("otd") }).headline;
    assert_eq!(headline(&[acme.client]).as_deref(), Some("otd"));
    plant.write(|w| {
        let delivery_mode = Some(DeliveryMode::Complete);
        w.put(&ClientSetting { delivery_mode, ..ClientSetting::usual(bolt.client) })
    });
    assert_eq!(headline(&[bolt.client]).as_deref(), Some("otif"));
    assert_eq!(headline(&[acme.client, bolt.client]), None, "they do not agree");
    assert_eq!(plant.ask(&all("oee")).headline, None);
}

#[test]
fn delivery_is_told_by_the_words_people_use() {
    let plant = plant();
    let f = plant.client("ACME", Basis::Labour);
    plant.write(|w| {
        let po = |row: WorkOrder, po: Option<&str>| WorkOrder { customer_po: po.map(str::to_owned), ..row };
        let rows = [
            po(order(w, &f, "A", Some(DAY)), Some("PO 61")),
            po(order(w, &f, "B", Some(DAY)), Some("PO 61")),
            po(order(w, &f, "C", Some(DAY)), None),
        ];
        w.put_all(&rows)?;
        ship(w, &rows[0], DAY, 100)
    });
    let told = plant.ask(&question("otd", DAY, LAST, &["customer_po"]));
    assert_eq!(shown(&told), pairs(&[("PO 61", "50.000"), ("—", "0.000")]));
    let told = plant.ask(&question("otd", DAY, LAST, &["month", "order"]));
    assert_eq!(told.rows.len(), 3);
    assert!(
        plant
            .read(|r| super::super::ask(r, None, &question("otd", DAY, LAST, &["line"])))
            .unwrap_err()
            .is(Code::Grouping)
    );
}

/// Two orders in work: one for 20 days of which 5 on hold, one for 3 days; and one done long ago.
fn in_work(plant: &Plant) -> Factory {
    let f = plant.client("ACME", Basis::Labour);
    plant.write(|w| {
        let begun = |row: WorkOrder, day: i32, priority| WorkOrder {
            actual_start: Some(TODAY.plus(day)),
            priority: Some(priority),
            ..row
        };
        let old = begun(order(w, &f, "A", None), -19, 1);
        let young = begun(order(w, &f, "B", None), -2, 2);
        let status = OrderStatus::Closed;
        let done = WorkOrder { status, completed: Some(TODAY.plus(-6)), ..begun(order(w, &f, "C", None), -15, 1) };
        w.put_all(&[old.clone(), young, done])?;
        let id = w.fresh();
        let held = HoldEntry {
            work_order_id: old.id,
            state: HoldState::Resumed,
            held_from: Some(TODAY.plus(-10)),
            held_to: Some(TODAY.plus(-6)),
            ..HoldEntry::blank(f.client, id)
        };
        w.put(&held).map(|_| ())
    });
    f
}

fn wip(day: Option<Day>, by: &[&str]) -> Ask {
    Ask { as_of: day, ..question("wip_age", TODAY.plus(-40), TODAY, by) }
}

#[test]
fn wip_age_is_the_mean_of_the_open_orders_as_of_today() {
    let plant = plant();
    in_work(&plant);
    assert_eq!(told(&plant, &wip(None, &[])), (Some(9.0), 18.0, 2.0));
    let ages = &plant.ask(&wip(None, &[])).ages[0];
    let bands: Vec<_> = ages.bands.iter().map(|band| (band.to, band.orders)).collect();
    assert_eq!(bands, [(Some(7), 1), (Some(14), 0), (Some(30), 1), (None, 0)]);
    assert_eq!((ages.p50, ages.p85, ages.p95), (Some(9.0), Some(3.0 + 0.85 * 12.0), Some(3.0 + 0.95 * 12.0)));
    let by_priority = shown(&plant.ask(&wip(None, &["priority"])));
    assert_eq!(by_priority, pairs(&[("1", "15.000"), ("2", "3.000")]));
}

#[test]
fn any_past_day_gives_that_day_s_age() {
    let plant = plant();
    in_work(&plant);
    let on = |day: i32| told(&plant, &wip(Some(TODAY.plus(day)), &[]));
    assert_eq!(on(-20), (None, 0.0, 0.0));
    assert_eq!(on(-19), (Some(1.0), 1.0, 1.0));
    // Nine days before: 11 days less 2 on hold, and 7 days of the one that is done by now.
    assert_eq!(on(-9), (Some(8.0), 16.0, 2.0));
    assert_eq!(on(-6), (Some(9.0), 9.0, 1.0), "the other was completed on that day");
    let days = plant.ask(&wip(None, &["day"]));
    assert_eq!(days.rows.len(), 20);
    for row in &days.rows {
        let day: Day = row.keys["day"].parse().unwrap();
        assert_eq!((row.value, row.numerator, row.denominator), told(&plant, &wip(Some(day), &[])), "{day}");
    }
}

#[test]
fn a_period_that_is_over_shows_the_ages_of_its_last_day() {
    let plant = plant();
    in_work(&plant);
    let period = question("wip_age", TODAY.plus(-40), TODAY.plus(-9), &[]);
    assert_eq!(told(&plant, &period), (Some(8.0), 16.0, 2.0));
    let kpis = vec!["wip_age".to_owned()];
    let (from, to) = (TODAY.plus(-8), TODAY);
    let ask =
        BoardAsk { kpis, clients: None, from, to, lines: None, shifts: None, products: None, known: None, as_of: None };
    let card = &plant.read(|r| board(r, None, &ask)).unwrap()[0];
    assert_eq!((card.answer.rows[0].value, card.previous.as_ref().unwrap().value), (Some(9.0), Some(8.0)));
    assert_eq!((card.spark.len(), card.spark.last().unwrap().value), (9, Some(9.0)));
}

#[test]
fn an_order_in_work_whose_start_nobody_knows_is_left_out() {
    let plant = plant();
    let f = in_work(&plant);
    plant.write(|w| {
        let row = order(w, &f, "D", None);
        w.put(&row)
    });
    let answer = plant.ask(&wip(None, &[]));
    assert_eq!((answer.left_out, answer.rows[0].denominator), (1, 2.0));
}

#[test]
fn recomputing_from_the_listed_orders_gives_the_shown_number() {
    let plant = plant();
    four(&plant);
    in_work_of(&plant);
    for kpi in ["otd", "true_otd", "otif", "otd_net", "wip_age"] {
        for as_of in [None, Some(DAY.plus(11)), Some(TODAY.plus(-8))] {
            let ask = Ask { as_of, ..question(kpi, DAY, TODAY, &[]) };
            let shown = plant.ask(&ask).rows[0].clone();
            let all = plant
                .read(|r| explain(r, None, &Explain { ask: ask.clone(), offset: 0, limit: 100, rows: true }))
                .unwrap();
            assert_eq!((&all.row, all.total), (&shown, all.orders.len()), "{kpi} {as_of:?}");
            for term in &all.terms {
                let sum: f64 = all.orders.iter().map(|order| order.elements[&term.element]).sum();
                assert_eq!(sum, term.value, "{kpi} {as_of:?} {}", term.element);
            }
            let ages: f64 = all.orders.iter().filter_map(|order| order.age).map(|age| age.age).sum();
            assert!(kpi != "wip_age" || ages == shown.numerator);
            let without =
                plant.read(|r| explain(r, None, &Explain { ask, offset: 0, limit: 100, rows: false })).unwrap();
            let mut bare = all.clone();
            bare.orders.iter_mut().for_each(|order| order.entries.clear());
            assert_eq!(without, bare, "{kpi} {as_of:?}: without the rows, all else is the same");
        }
    }
}

/// The orders in work, of a client of their own.
fn in_work_of(plant: &Plant) {
    let f = plant.client("BOLT", Basis::Labour);
    plant.write(|w| {
        let row = WorkOrder { planned_start: Some(TODAY.plus(-12)), ..order(w, &f, "W", None) };
        w.put(&row)
    });
}

#[test]
fn an_order_is_explained_by_its_dates_shipments_and_holds_and_who_entered_them() {
    let plant = plant();
    in_work(&plant);
    let ask = Ask { orders: None, ..wip(None, &[]) };
    let all = plant.read(|r| explain(r, None, &Explain { ask, offset: 0, limit: 100, rows: true })).unwrap();
    let old = all.orders.iter().find(|order| order.code == "A").unwrap();
    assert_eq!((old.client.as_str(), old.product.as_str(), old.line.as_str()), ("ACME", "A", "L1"));
    let start = &old.dates["start"];
    assert_eq!((start.day, start.source.as_str(), start.confidence), (TODAY.plus(-19), "actual_start", 1.0));
    assert_eq!(old.age, Some(ExplainedAge { days: 20.0, held: 5.0, age: 15.0 }));
    let tables: Vec<_> = old.entries.iter().map(|entry| entry.table.as_str()).collect();
    assert_eq!(tables, ["work_order", "hold_entry"]);
    for entry in &old.entries {
        assert_eq!((entry.author.as_deref(), entry.at), (Some("Ada"), Some(plant.clock.now().0)));
    }
    let started: Vec<_> = all.sources.iter().map(|one| (one.source.as_str(), one.share, one.line_shifts)).collect();
    assert_eq!(started, [("actual_start", 1.0, 2)]);
}
