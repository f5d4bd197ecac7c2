//! What was known then is answered again.

mod life;

use super::*;
use crate::commands::board::{kpi_ask, kpi_explain};
use domain::{OrderStatus, Shipment, WorkOrder};
use life::{Life, Step, step};
use proptest::prelude::*;
use serde_json::Value as Json;

/// Questions whose answers rest on every kind of row.
fn asked() -> Vec<Ask> {
    let (from, to) = (TODAY.plus(-12), TODAY.plus(2));
    [
        ("efficiency", &[][..]),
        ("efficiency", &["day"]),
        ("oee", &["line", "shift"]),
        ("oee", &["product"]),
        ("performance", &["order", "week"]),
        ("availability", &[]),
        ("attainment", &["line"]),
        ("mtbf", &["line"]),
        ("teep", &[]),
        ("otd", &[]),
        ("otif", &["product"]),
        ("true_otd", &["day"]),
        ("wip_age", &[]),
        ("wip_age", &["order", "week"]),
    ]
    .map(|(kpi, by)| question(kpi, from, to, by))
    .to_vec()
}

impl Plant {
    fn repo(&self) -> store::Repository<'_> {
        self.store.repository(&self.admin).unwrap()
    }

    fn answer(&self, ask: &Ask) -> store::Result<Answer> {
        kpi_ask(&self.repo(), ask.clone())
    }

    /// The same question as it was known.
    fn again(&self, ask: &Ask, known: Known) -> Answer {
        self.answer(&Ask { known: Some(known), ..ask.clone() }).unwrap()
    }
}

/// The first place where two answers differ, by more than the last bits of a sum.
fn differs(was: &Json, is: &Json) -> Option<String> {
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0);
    match (was, is) {
        (Json::Number(a), Json::Number(b)) if near(a.as_f64()?, b.as_f64()?) => None,
        (Json::Array(a), Json::Array(b)) if a.len() == b.len() => a.iter().zip(b).find_map(|(a, b)| differs(a, b)),
        (Json::Object(a), Json::Object(b)) if a.len() == b.len() => {
            a.iter().find_map(|(key, a)| differs(a, &b[key]).map(|at| format!("{key}.{at}")))
        }
        _ => (was != is).then(|| format!(": {was} is now {is}")),
    }
}

fn same(what: &impl std::fmt::Debug, was: &impl serde::Serialize, is: &impl serde::Serialize) {
    let [was, is] = [serde_json::to_value(was).unwrap(), serde_json::to_value(is).unwrap()];
    assert_eq!(differs(&was, &is), None, "{what:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// Writes, corrections, removals, undos, back-dated standards, imports, the end of days.
    #[test]
    fn an_answer_asked_again_at_its_stamp_is_the_printed_one(steps in prop::collection::vec(step(), 8..60)) {
        let life = Life::begin();
        let mut printed = vec![];
        for (n, step) in steps.iter().enumerate() {
            life.happens(step);
            if n % 8 == 7 {
                printed.extend(asked().into_iter().map(|ask| (n, life.plant.answer(&ask).unwrap(), ask)));
            }
        }
        life.plant.clock.advance(86_400_000);
        for (i, (n, answer, ask)) in printed.iter().enumerate() {
            let stamp = answer.stamp.clone();
            let known = if i % 3 == 0 { Known::At(stamp.at) } else { Known::Stamp(stamp) };
            same(&(n, &known, ask), answer, &life.plant.again(ask, known.clone()));
        }
    }
}

/// A plant with one line shift of 400 units, and one more whose units are corrected a day later.
fn corrected() -> (Plant, Factory, Id<LineShift>) {
    let plant = plant();
    let factory = plant.client("ACME", Basis::Labour);
    let made = Made { entries: vec![(0, 400, 4, None)], ..Made::default() };
    plant.make(&factory, made.clone());
    let id = plant.make(&factory, Made { day: DAY.plus(1), ..made });
    (plant, factory, id)
}

fn correct(plant: &Plant, line_shift: Id<LineShift>, produced: i64) {
    plant.clock.advance(86_400_000);
    plant.write(|w| {
        w.because(Some("counted again".into()));
        let sql = "SELECT client_id, id FROM production_entry WHERE line_shift_id = ?1";
        let found = w.first(sql, store::values![line_shift], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let (client, id) = found.unwrap();
        let old: ProductionEntry = w.get(client, id)?;
        w.put(&ProductionEntry { produced: Some(produced), ..old })
    });
}

fn value(answer: &Answer) -> Option<f64> {
    answer.rows[0].value
}

#[test]
fn a_board_and_an_explanation_are_those_of_their_stamp() {
    let (plant, _, id) = corrected();
    let ask = question("oee", DAY.plus(1), DAY.plus(1), &[]);
    let all = |known: &Option<Known>| {
        let kpis = KPIS.iter().map(|kpi| kpi.code.to_owned()).collect();
        let board = BoardAsk {
            kpis,
            clients: None,
            from: ask.from,
            to: ask.to,
            lines: None,
            shifts: None,
            products: None,
            known: known.clone(),
            as_of: None,
        };
        let explain = Explain { ask: Ask { known: known.clone(), ..ask.clone() }, offset: 0, limit: 10, rows: true };
        let board = crate::commands::board::kpi_board(&plant.repo(), board).unwrap();
        (serde_json::to_value(board).unwrap(), kpi_explain(&plant.repo(), explain).unwrap())
    };
    let stamp = plant.answer(&ask).unwrap().stamp;
    let (board, explained) = all(&None);
    assert!(!board["cards"][0]["previous"].is_null(), "the day before is read, too");
    correct(&plant, id, 10);
    let known = Some(Known::Stamp(stamp));
    assert_ne!(all(&None).1, explained);
    same(&"board", &board, &all(&known).0);
    same(&"explanation", &explained, &all(&known).1);
    let entry = &all(&known).1.line_shifts[0].entries[1];
    assert_eq!((entry.author.as_deref(), entry.values["produced"].as_str()), (Some("Ada"), "400"));
}

/// Two orders of which something was made weeks ago: one in work, one finished without a shipment.
fn made_long_ago() -> (Plant, [WorkOrder; 2]) {
    let plant = plant();
    let f = plant.client("ACME", Basis::Labour);
    let order = |w: &Writer<'_>, code: &str, status, promised: i32| WorkOrder {
        code: code.into(),
        status,
        planned_ship_date: Some(TODAY.plus(promised)),
        ..WorkOrder::blank(f.client, w.fresh())
    };
    let orders = plant.write(|w| {
        let orders = [order(w, "A", OrderStatus::InProgress, -2), order(w, "B", OrderStatus::Completed, -3)];
        w.put_all(&orders)?;
        Ok(orders)
    });
    for (day, order) in [(-50, &orders[0]), (-40, &orders[1])] {
        let id = plant.make(&f, Made { day: TODAY.plus(day), entries: vec![(0, 100, 0, None)], ..Made::default() });
        enters(&plant, id, |old| ProductionEntry { work_order_id: Some(order.id), ..old });
    }
    (plant, orders)
}

/// Changes the entry of a line shift.
fn enters(plant: &Plant, line_shift: Id<LineShift>, to: impl Fn(ProductionEntry) -> ProductionEntry) {
    plant.write(|w| {
        w.because(Some("another order".into()));
        let sql = "SELECT client_id, id FROM production_entry WHERE line_shift_id = ?1";
        let found = w.first(sql, store::values![line_shift], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let (client, id) = found.unwrap();
        let old: ProductionEntry = w.get(client, id)?;
        w.put(&to(old))
    });
}

#[test]
fn delivery_and_ages_rest_on_what_was_made_on_any_day_as_it_was_known() {
    let (plant, [a, b]) = made_long_ago();
    let asks = ["otd", "otif", "wip_age"].map(|kpi| question(kpi, TODAY.plus(-5), TODAY, &[]));
    let was = asks.clone().map(|ask| plant.answer(&ask).unwrap());
    let explain =
        |ask: &Ask| kpi_explain(&plant.repo(), Explain { ask: ask.clone(), offset: 0, limit: 10, rows: true }).unwrap();
    let explained = asks.clone().map(|ask| explain(&ask));
    assert_eq!((value(&was[0]), value(&was[2])), (Some(50.0), Some(51.0)), "B left the day after it was made");
    plant.clock.advance(86_400_000);
    // What was made of A was of no order, B was begun later and never finished, and A has left too late.
    let sql = "SELECT line_shift_id FROM production_entry WHERE work_order_id = ?1";
    let found = plant.read(|r| r.first(sql, store::values![a.id], |row| row.get(0))).unwrap();
    enters(&plant, found.unwrap(), |old| ProductionEntry { work_order_id: None, ..old });
    plant.write(|w| {
        let id = w.fresh();
        w.put(&Shipment { work_order_id: a.id, day: TODAY, ..Shipment::blank(a.client_id, id) })?;
        let b: WorkOrder = w.get(b.client_id, b.id)?;
        w.put(&WorkOrder { status: OrderStatus::InProgress, actual_start: Some(TODAY.plus(-9)), ..b })
    });
    for ((ask, was), explained) in asks.iter().zip(&was).zip(&explained) {
        let known = Known::Stamp(was.stamp.clone());
        assert_ne!(value(&plant.answer(ask).unwrap()), value(was), "{}", ask.kpi);
        same(ask, was, &plant.again(ask, known.clone()));
        same(ask, explained, &explain(&Ask { known: Some(known), ..ask.clone() }));
    }
}

#[test]
fn a_moment_means_what_had_been_received_by_then() {
    let (plant, _, id) = corrected();
    let ask = question("efficiency", DAY, DAY.plus(1), &[]);
    let noon = plant.read(|r| Ok(r.now())).unwrap();
    correct(&plant, id, 200);
    let known = |minutes| value(&plant.again(&ask, Known::At(noon.plus_minutes(minutes))));
    assert_eq!((known(0), known(1439), known(1440)), (Some(50.0), Some(50.0), Some(37.5)));
    assert_eq!(known(-1), None, "before the first row there was nothing");
    let ahead = Ask { known: Some(Known::At(noon.plus_minutes(1441))), ..ask };
    let fault = Fault::from(plant.answer(&ahead).unwrap_err());
    assert_eq!((fault.code.as_str(), fault.field.as_deref()), ("not_yet", Some("at")));
}

#[test]
fn a_back_dated_standard_leaves_what_was_known_untouched() {
    let (plant, factory, _) = corrected();
    let ask = question("efficiency", DAY, DAY.plus(1), &[]);
    let before = plant.answer(&ask).unwrap();
    plant.write(|w| {
        let (id, product_id) = (w.fresh(), factory.products[0]);
        let valid_from = Day(1);
        w.put(&ProductStandard {
            client_id: factory.client,
            id,
            product_id,
            operation_id: None,
            valid_from,
            minutes: 6.0,
        })
    });
    assert_eq!(value(&plant.answer(&ask).unwrap()), Some(100.0));
    assert_eq!(plant.again(&ask, Known::Stamp(before.stamp.clone())), before);
}

#[test]
fn a_stamp_is_answered_within_its_clients_and_the_scope_only() {
    let (plant, acme, _) = corrected();
    let bolt = plant.client("BOLT", Basis::Labour);
    plant.make(&bolt, Made { entries: vec![(0, 800, 0, None)], ..Made::default() });
    let ask = question("efficiency", DAY, DAY, &["client"]);
    let stamp = plant.answer(&ask).unwrap().stamp;
    let leader = scope::account(&plant, domain::Role::Leader, &[acme.client], &[]);
    let by_leader = |stamp: Stamp, clients: Option<Vec<Id<Client>>>| {
        let ask = Ask { known: Some(Known::Stamp(stamp)), clients, ..ask.clone() };
        kpi_ask(&plant.store.repository(&leader).unwrap(), ask)
    };
    let of = |clients: &[Id<Client>]| {
        let clients = stamp.clients.iter().filter(|end| clients.contains(&end.client)).cloned().collect();
        Stamp { clients, ..stamp.clone() }
    };
    for (stamp, clients) in [
        (stamp.clone(), None),
        (stamp.clone(), Some(vec![acme.client])),
        (of(&[bolt.client]), None),
        (of(&[acme.client]), Some(vec![bolt.client])),
        (of(&[]), Some(vec![acme.client])),
    ] {
        assert!(by_leader(stamp, clients).unwrap_err().is(Code::Missing));
    }
    assert_eq!(shown(&by_leader(of(&[acme.client]), None).unwrap()), pairs(&[("ACME", "50.000")]));
    let moment = Ask { known: Some(Known::At(stamp.at)), ..ask.clone() };
    let own = kpi_ask(&plant.store.repository(&leader).unwrap(), moment).unwrap();
    assert_eq!(shown(&own), pairs(&[("ACME", "50.000")]));
    let one = plant.again(&ask, Known::Stamp(of(&[bolt.client])));
    assert_eq!((shown(&one), one.stamp.clients.len()), (pairs(&[("BOLT", "100.000")]), 1));
}

#[test]
fn a_position_the_log_does_not_have_is_refused_with_its_field() {
    let (plant, ..) = corrected();
    let ask = question("efficiency", DAY, DAY, &[]);
    let stamp = plant.answer(&ask).unwrap().stamp;
    let refused = |change: fn(&mut Stamp)| {
        let mut stamp = stamp.clone();
        change(&mut stamp);
        let fault = Fault::from(plant.answer(&Ask { known: Some(Known::Stamp(stamp)), ..ask.clone() }).unwrap_err());
        (fault.code, fault.field.unwrap_or_default())
    };
    let told = |code: &str| (code.to_owned(), "stamp".to_owned());
    assert_eq!(refused(|s| s.clients[0].seq += 1), told("not_yet"));
    assert_eq!(refused(|s| s.clients[0].seq = -1), told("not_yet"));
    assert_eq!(refused(|s| s.at.0 += 1), told("not_yet"));
    assert_eq!(refused(|s| s.formula = "0".into()), told("other_formula"));
}

#[test]
fn an_operator_keeps_to_one_day_of_his_lines_in_the_past_too() {
    let (plant, acme, _) = corrected();
    let other = Made { line: 1, entries: vec![(0, 100, 0, None)], ..Made::default() };
    plant.make(&acme, other);
    let operator = scope::account(&plant, domain::Role::Operator, &[acme.client], &[(acme.client, acme.lines[0])]);
    let known = Known::Stamp(plant.answer(&question("efficiency", DAY, DAY, &[])).unwrap().stamp);
    let asks = |to: Day, lines: Option<Vec<Id<Line>>>| {
        let ask = Ask { known: Some(known.clone()), lines, ..question("efficiency", DAY, to, &["line"]) };
        kpi_ask(&plant.store.repository(&operator).unwrap(), ask)
    };
    assert_eq!(shown(&asks(DAY, None).unwrap()), pairs(&[("L1", "50.000")]));
    assert!(asks(DAY.plus(1), None).unwrap_err().is(Code::OneDay));
    assert!(asks(DAY, Some(vec![acme.lines[1]])).unwrap_err().is(Code::Missing));
}

#[test]
fn rows_that_were_moved_are_where_they_were_also_in_the_days_before() {
    let life = Life::begin();
    for (day, entries) in [(-20, vec![(2, 100)]), (-19, vec![]), (-1, vec![(2, 50)])] {
        life.happens(&Step::Types { day, line: 0, crew: Some(5.0), open: false, entries, stop: false });
    }
    let ask = question("efficiency", TODAY.plus(-5), TODAY, &["product"]);
    let printed = life.plant.answer(&ask).unwrap();
    let row = &printed.rows[0];
    assert!(row.numerator > 0.0 && row.estimated_numerator == 1.0, "its standard is what the days before have shown");
    for (which, to) in [(0, 0), (1, 1), (0, 2), (1, 0), (0, 1), (1, 2)] {
        life.happens(&Step::Moves { which, to });
        same(&(which, to), &printed, &life.plant.again(&ask, Known::Stamp(printed.stamp.clone())));
    }
}
