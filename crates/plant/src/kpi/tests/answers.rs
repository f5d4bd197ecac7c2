//! Answers in their groups, through the store.

use super::*;

fn two_orders(run: [Option<f64>; 2]) -> Made {
    Made { entries: vec![(0, 200, 0, run[0]), (1, 100, 0, run[1])], ..Made::default() }
}

#[test]
fn two_orders_on_one_line_shift_by_earned() {
    let plant = plant();
    let factory = plant.client("ACME", Basis::Labour);
    plant.make(&factory, two_orders([None, None]));
    assert_eq!(shown(&plant.ask(&question("efficiency", DAY, DAY, &[]))), pairs(&[("", "50.000")]));
    let by_product = plant.ask(&question("efficiency", DAY, DAY, &["product"]));
    assert_eq!(shown(&by_product), pairs(&[("A", "50.000"), ("B", "50.000")]));
    for row in &by_product.rows {
        assert_eq!((row.numerator, row.denominator, row.line_shifts, row.rows), (600.0, 1200.0, 1, 1));
        assert_eq!((row.estimated_share, row.weakest.as_deref()), (1.0, Some("by_earned")));
    }
}

#[test]
fn time_is_inferred_only_along_what_it_is_divided_by() {
    let plant = plant();
    let factory = plant.client("ACME", Basis::Labour);
    plant.make(&factory, two_orders([None, None]));
    let by_operation = plant.ask(&question("efficiency", DAY, DAY, &["operation"]));
    assert_eq!(shown(&by_operation), pairs(&[("—", "50.000")]));
    assert_eq!((by_operation.rows[0].estimated_share, by_operation.rows[0].weakest.clone()), (0.0, None));
}

#[test]
fn the_parts_of_one_line_shift_in_one_group_are_one_observation() {
    let plant = plant();
    let factory = plant.client("ACME", Basis::Labour);
    for day in 0..6 {
        plant.make(&factory, Made { day: DAY.plus(day), ..two_orders([None, None]) });
    }
    let both = Ask { products: Some(factory.products.to_vec()), ..question("efficiency", DAY, DAY.plus(5), &["line"]) };
    let row = &plant.ask(&both).rows[0];
    assert_eq!((row.line_shifts, row.rows, row.denominator), (6, 12, 14_400.0));
    let whole = &plant.ask(&question("efficiency", DAY, DAY.plus(5), &["line"])).rows[0];
    assert_eq!(row.interval, whole.interval);
}

#[test]
fn two_orders_on_one_line_shift_by_reported_run() {
    let plant = plant();
    let factory = plant.client("ACME", Basis::Labour);
    plant.make(&factory, two_orders([Some(120.0), Some(360.0)]));
    let by_product = plant.ask(&question("efficiency", DAY, DAY, &["product"]));
    assert_eq!(shown(&by_product), pairs(&[("A", "100.000"), ("B", "33.333")]));
    assert_eq!(by_product.rows.iter().map(|row| row.denominator).collect::<Vec<_>>(), [600.0, 1800.0]);
    assert_eq!((by_product.rows[0].estimated_share, by_product.rows[0].weakest.clone()), (0.0, None));
}

/// Two clients, two lines, forty days of uneven production.
pub(super) fn uneven(plant: &Plant) -> [Factory; 2] {
    let factories = [plant.client("ACME", Basis::Labour), plant.client("BOLT", Basis::Machine)];
    let mut seed = 7u64;
    let mut next = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    for factory in &factories {
        plant.write(|w| {
            for day in 0..40 {
                for line in 0..2 {
                    let mut made = Made { day: DAY.plus(day), line, ..Made::default() };
                    made.crew = (next(5) > 0).then(|| 4.0 + next(3) as f64);
                    made.planned = (next(2) > 0).then(|| 50.0 + next(50) as f64);
                    for _ in 0..next(4) {
                        let count = next(60) as i64;
                        let run = (next(3) > 0).then(|| 60.0 + next(60) as f64);
                        made.entries.push((next(2) as usize, count, count / 10, run));
                    }
                    made.stops = (0..next(3)).map(|_| 5.0 + next(40) as f64).collect();
                    type_in(w, factory, &made)?;
                }
            }
            for number in 0..30 {
                orders::uneven(w, factory, number, &mut next)?;
            }
            Ok(())
        });
    }
    factories
}

#[test]
fn every_grouping_of_every_kpi_adds_up_to_the_whole() {
    let plant = plant();
    uneven(&plant);
    let (from, to) = (DAY.plus(3), DAY.plus(36));
    for kpi in KPIS {
        let whole = &plant.ask(&question(kpi.code, from, to, &[])).rows[0];
        for grouping in kpi.groupings {
            let answer = plant.ask(&question(kpi.code, from, to, &[grouping.word()]));
            let sum = |of: fn(&AnswerRow) -> f64| answer.rows.iter().map(of).sum::<f64>();
            let same = |a: f64, b: f64| (a - b).abs() <= 1e-9 * b.abs().max(1.0);
            let name = format!("{} by {}", kpi.code, grouping.word());
            assert!(same(sum(|row| row.numerator), whole.numerator), "{name}");
            assert!(
                kpi.denominator.quantity == Quantity::Nothing || same(sum(|row| row.denominator), whole.denominator),
                "{name}"
            );
            assert_eq!(answer.rows.iter().map(|row| row.rows).sum::<i64>(), whole.rows, "{name}");
        }
    }
}

#[test]
fn the_identities_hold_in_every_row_of_every_grouping() {
    let plant = plant();
    uneven(&plant);
    let codes = ["availability", "accounted", "performance", "quality_rate", "oee"];
    for by in [&[][..], &["client"], &["line"], &["product", "day"], &["week", "line"], &["month", "shift"]] {
        let answers = codes.map(|code| plant.ask(&question(code, DAY, DAY.plus(39), by)));
        for row in 0..answers[0].rows.len() {
            let values: Vec<Option<f64>> = answers.iter().map(|answer| answer.rows[row].value).collect();
            if let [Some(a), Some(b), Some(c), Some(d), Some(oee)] = values[..] {
                let product = a * b * c * d / 1e6;
                assert!((product - oee).abs() <= 1e-9 * oee.max(1.0), "{by:?} row {row}: {product} is not {oee}");
            }
        }
    }
}

#[test]
fn the_cube_answers_as_the_tables_do() {
    let plant = plant();
    uneven(&plant);
    for by in [&[][..], &["client"], &["day"], &["week", "client"], &["month"]] {
        let ask = question("efficiency", DAY.plus(2), DAY.plus(30), by);
        let repository = plant.store.repository(&plant.admin).unwrap();
        let with_cube = repository.read_cube(|r, cube| super::super::ask(r, Some(cube), &ask)).unwrap();
        assert_eq!(with_cube, plant.ask(&ask), "{by:?}");
    }
}

#[test]
fn a_day_whose_line_shift_was_taken_away_is_no_row() {
    let plant = plant();
    let factory = plant.client("ACME", Basis::Labour);
    let id = plant.make(&factory, Made { entries: vec![(0, 400, 0, None)], ..Made::default() });
    plant.write(|w| {
        w.because(Some("typed on the wrong day".into()));
        w.remove::<LineShift>(factory.client, id)
    });
    let ask = question("efficiency", DAY, DAY, &["day"]);
    assert!(plant.ask(&ask).rows.is_empty());
    let repository = plant.store.repository(&plant.admin).unwrap();
    assert!(repository.read_cube(|r, cube| super::super::ask(r, Some(cube), &ask)).unwrap().rows.is_empty());
}

#[test]
fn days_weeks_and_months_are_named_as_people_name_them() {
    let plant = plant();
    let factory = plant.client("ACME", Basis::Labour);
    for day in ["2025-01-31", "2025-02-01", "2025-02-03"] {
        let day = day.parse().unwrap();
        plant.make(&factory, Made { day, entries: vec![(0, 400, 0, None)], ..Made::default() });
    }
    let words = |by| {
        let (from, to) = ("2025-01-01".parse().unwrap(), "2025-03-31".parse().unwrap());
        shown(&plant.ask(&question("efficiency", from, to, &[by])))
            .into_iter()
            .map(|(words, _)| words)
            .collect::<Vec<_>>()
    };
    assert_eq!(words("day"), ["2025-01-31", "2025-02-01", "2025-02-03"]);
    assert_eq!(words("week"), ["2025-W05", "2025-W06"]);
    assert_eq!(words("month"), ["2025-01", "2025-02"]);
}

#[test]
fn a_period_includes_its_first_and_last_day() {
    let plant = plant();
    let factory = plant.client("ACME", Basis::Labour);
    for day in 0..4 {
        plant.make(&factory, Made { day: DAY.plus(day), entries: vec![(0, 100, 0, None)], ..Made::default() });
    }
    let rows = plant.ask(&question("efficiency", DAY.plus(1), DAY.plus(2), &["day"])).rows;
    assert_eq!(
        rows.iter().map(|row| row.by["day"].clone()).collect::<Vec<_>>(),
        [DAY.plus(1).to_string(), DAY.plus(2).to_string()]
    );
    let backwards = plant.read(|r| super::super::ask(r, None, &question("oee", DAY, DAY.plus(-1), &[])));
    assert!(backwards.unwrap_err().is(Code::BadPeriod));
}

#[test]
fn a_grouping_a_kpi_does_not_have_is_refused() {
    let plant = plant();
    for (kpi, by) in
        [("teep", "product"), ("hours", "client"), ("mtbf", "product"), ("oee", "weather"), ("throughput", "client")]
    {
        let refused = plant.read(|r| super::super::ask(r, None, &question(kpi, DAY, DAY, &[by])));
        assert!(refused.unwrap_err().is(Code::Grouping), "{kpi} by {by}");
    }
    let twice = plant.read(|r| super::super::ask(r, None, &question("oee", DAY, DAY, &["day", "day"])));
    assert!(twice.unwrap_err().is(Code::Grouping));
    assert!(
        plant.read(|r| super::super::ask(r, None, &question("speed", DAY, DAY, &[]))).unwrap_err().is(Code::NoSuchKpi)
    );
}

#[test]
fn filters_narrow_an_answer_to_lines_and_products() {
    let plant = plant();
    let factory = plant.client("ACME", Basis::Labour);
    plant.make(&factory, two_orders([None, None]));
    plant.make(&factory, Made { line: 1, entries: vec![(0, 800, 0, None)], ..Made::default() });
    let lines = Ask { lines: Some(vec![factory.lines[1]]), ..question("efficiency", DAY, DAY, &[]) };
    assert_eq!(shown(&plant.ask(&lines)), pairs(&[("", "100.000")]));
    let products = Ask { products: Some(vec![factory.products[1]]), ..question("efficiency", DAY, DAY, &["line"]) };
    assert_eq!(shown(&plant.ask(&products)), pairs(&[("L1", "50.000")]));
    assert_eq!(plant.ask(&products).rows[0].denominator, 1200.0);
}

#[test]
fn what_has_no_product_stays_under_a_dash() {
    let plant = plant();
    let factory = plant.client("ACME", Basis::Labour);
    plant.make(&factory, Made { stops: vec![30.0], ..Made::default() });
    let answer = plant.ask(&question("availability", DAY, DAY, &["product"]));
    assert_eq!(shown(&answer), pairs(&[("—", "98.750")]));
    let none = Ask { products: Some(vec![Id::from_bytes(Key::default())]), ..question("availability", DAY, DAY, &[]) };
    assert_eq!(plant.ask(&none).rows[0].denominator, 2400.0);
}

#[test]
fn a_board_shows_what_single_answers_show() {
    let plant = plant();
    uneven(&plant);
    let (from, to) = (DAY.plus(10), DAY.plus(19));
    let kpis: Vec<String> = KPIS.iter().map(|kpi| kpi.code.to_owned()).collect();
    let ask =
        BoardAsk { kpis, clients: None, from, to, lines: None, shifts: None, products: None, known: None, as_of: None };
    let cards = plant.read(|r| board(r, None, &ask)).unwrap();
    assert_eq!(cards.len(), KPIS.len());
    for card in &cards {
        let single = plant.ask(&question(&card.kpi, from, to, &[]));
        let before = plant.ask(&question(&card.kpi, DAY, DAY.plus(9), &[]));
        let near = |a: Option<f64>, b: Option<f64>| match (a, b) {
            (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * b.abs().max(1.0),
            (a, b) => a == b,
        };
        assert!(near(card.answer.rows[0].value, single.rows[0].value), "{}", card.kpi);
        assert_eq!(card.answer.rows[0].line_shifts, single.rows[0].line_shifts, "{}", card.kpi);
        let previous = card.previous.as_ref().unwrap_or_else(|| panic!("{} has a period before", card.kpi));
        assert!(near(previous.value, before.rows[0].value), "{}", card.kpi);
        assert_eq!(card.spark.len(), if ["teep", "rty"].contains(&card.kpi.as_str()) { 0 } else { 10 }, "{}", card.kpi);
    }
}
