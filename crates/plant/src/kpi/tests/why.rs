//! Why a figure changed, through the store.

use super::*;
use domain::{ProductStandard, Role};

fn versus(ask: Ask, from: Day, to: Day) -> WhyAsk {
    WhyAsk { ask, versus_from: from, versus_to: to }
}

fn told(plant: &Plant, asked: &WhyAsk) -> Why {
    plant.read(|r| why(r, None, asked)).unwrap()
}

fn parts(why: &Why) -> Vec<(&'static str, f64)> {
    why.factors.iter().map(|part| (part.factor.word(), part.part)).collect()
}

/// The parts that are something.
fn moved(why: &Why) -> Vec<&'static str> {
    parts(why).into_iter().filter(|(_, part)| part.abs() > 1e-9).map(|(word, _)| word).collect()
}

fn adds_up(why: &Why) {
    let sum: f64 = why.factors.iter().map(|part| part.part).sum();
    assert!((sum - why.difference.unwrap()).abs() < 1e-9, "{why:?}");
}

/// Two weeks of two lines with two products each; the second week differs.
fn two_weeks(plant: &Plant, factory: &Factory) -> WhyAsk {
    let monday = DAY.monday();
    for day in 0..14 {
        for line in 0..2 {
            let late = i64::from(day >= 7);
            let entries =
                vec![(0, 150 + 10 * i64::from(day % 3), 3 + late, Some(200.0)), (1, 60 - 9 * late, 2, Some(230.0))];
            let stops = vec![20.0 + 13.0 * f64::from(day)];
            let made = Made { day: monday.plus(day), line, entries, stops, ..Made::default() };
            if line == 0 || day != 9 {
                plant.make(factory, made);
            }
        }
    }
    versus(question("oee", monday.plus(7), monday.plus(13), &[]), monday, monday.plus(6))
}

#[test]
fn the_waterfall_is_told_from_the_rows_to_the_digit() {
    let plant = plant();
    let factory = plant.client("ACME", Basis::Labour);
    plant.write(|w| {
        let id = w.fresh();
        let (client_id, product_id) = (factory.client, factory.products[0]);
        w.put(&ProductStandard { client_id, id, product_id, operation_id: None, valid_from: Day(1), minutes: 0.3 })
    });
    let of = |day, entry, stops| Made { day, crew: Some(10.0), entries: vec![entry], stops, ..Made::default() };
    plant.make(&factory, of(DAY, (0, 16_000, 0, Some(480.0)), vec![]));
    plant.make(&factory, of(DAY.plus(7), (0, 12_900, 258, Some(430.0)), vec![300.0]));
    let why = told(&plant, &versus(question("oee", DAY.plus(7), DAY.plus(7), &[]), DAY, DAY));
    assert_eq!((why.before.value, why.after.value.map(|v| format!("{v:.4}"))), (Some(100.0), Some("79.0125".into())));
    adds_up(&why);
    // By hand: the mean over the 24 orders in which 93.75, 95.556, 90 and 98 % can come about.
    let rates = [0.9375, 4300.0 / 4500.0, 0.9, 0.98];
    for (step, (word, part)) in parts(&why).into_iter().take(4).enumerate() {
        let others: Vec<f64> = (0..4).filter(|other| *other != step).map(|other| rates[other]).collect();
        let [a, b, c] = [others[0], others[1], others[2]];
        let mean = (1.0 + a * b * c) / 4.0 + (a + b + c + a * b + b * c + a * c) / 12.0;
        assert!((part - 100.0 * (rates[step] - 1.0) * mean).abs() < 1e-9, "{word}: {part}");
    }
    assert_eq!(moved(&why), ["availability", "accounted", "performance", "quality"]);
    assert_eq!(why.factors.len(), 7);
}

#[test]
fn two_orders_whose_shares_move_are_a_mix_of_products() {
    let plant = plant();
    let factory = plant.client("ACME", Basis::Labour);
    // By reported run: product A at 100 % of 600 minutes, B at 33.333 % of 1 800; a week later it is the other way round.
    let of = |day, runs: [f64; 2], made: [i64; 2]| Made {
        day,
        entries: vec![(0, made[0], 0, Some(runs[0])), (1, made[1], 0, Some(runs[1]))],
        ..Made::default()
    };
    plant.make(&factory, of(DAY, [120.0, 360.0], [200, 100]));
    plant.make(&factory, of(DAY.plus(7), [360.0, 120.0], [600, 33]));
    let why = told(&plant, &versus(question("efficiency", DAY.plus(7), DAY.plus(7), &[]), DAY, DAY));
    assert_eq!(why.before.value, Some(50.0));
    adds_up(&why);
    let mix = parts(&why).into_iter().find(|(word, _)| *word == "product").unwrap().1;
    // The share of A goes from 1/4 to 3/4, at 100 % and a third (33 units: 33 %) on average.
    let expected = 0.5 * (100.0 - (100.0 / 3.0 + 33.0) / 2.0);
    assert!((mix - expected).abs() < 1e-9, "{:?}", parts(&why));
    assert_eq!(
        why.factors.iter().find(|part| part.factor == Factor::Product).unwrap().direction,
        Some(Direction::Better)
    );
}

#[test]
fn the_ends_are_the_values_asked_anywhere_else_for_every_kpi_and_filter() {
    let plant = plant();
    let factory = plant.client("ACME", Basis::Labour);
    let asked = two_weeks(&plant, &factory);
    for code in ["oee", "efficiency", "availability", "accounted", "performance", "quality_rate", "throughput"] {
        let filters = [
            Ask { kpi: code.into(), ..asked.ask.clone() },
            Ask { kpi: code.into(), lines: Some(vec![factory.lines[1]]), ..asked.ask.clone() },
            Ask { kpi: code.into(), products: Some(vec![factory.products[1]]), ..asked.ask.clone() },
        ];
        for ask in filters {
            let why = told(&plant, &WhyAsk { ask: ask.clone(), ..asked.clone() });
            let before = Ask { from: asked.versus_from, to: asked.versus_to, ..ask.clone() };
            for (side, ask) in [(&why.before, before), (&why.after, ask)] {
                let value = plant.ask(&ask).rows[0].value.unwrap();
                assert!((side.value.unwrap() - value).abs() < 1e-9, "{code}");
            }
            adds_up(&why);
        }
    }
}

#[test]
fn a_kpi_that_is_no_product_of_rates_is_refused() {
    let plant = plant();
    plant.client("ACME", Basis::Labour);
    for code in ["hours", "attainment", "mtbf", "mttr", "teep"] {
        let asked = versus(question(code, DAY, DAY, &[]), DAY.plus(-1), DAY.plus(-1));
        assert!(plant.read(|r| why(r, None, &asked)).unwrap_err().is(Code::NoWhy), "{code}");
    }
    let by_line = versus(question("oee", DAY, DAY, &["line"]), DAY, DAY);
    assert!(plant.read(|r| why(r, None, &by_line)).unwrap_err().is(Code::Grouping));
    let backwards = versus(question("oee", DAY, DAY, &[]), DAY, DAY.plus(-1));
    assert!(plant.read(|r| why(r, None, &backwards)).unwrap_err().is(Code::BadPeriod));
}

#[test]
fn an_undefined_period_has_a_reason_and_no_parts() {
    let plant = plant();
    let factory = plant.client("ACME", Basis::Labour);
    plant.make(&factory, Made { entries: vec![(0, 100, 0, None)], ..Made::default() });
    let why = told(&plant, &versus(question("oee", DAY, DAY, &[]), DAY.plus(-7), DAY.plus(-1)));
    assert_eq!((why.before.value, why.before.why.as_deref()), (None, Some("no_rows")));
    assert!(why.after.value.is_some());
    assert_eq!((why.difference, why.direction, why.factors), (None, None, vec![]));
}

#[test]
fn a_factor_without_data_is_named_inside_the_one_it_is_merged_into() {
    let plant = plant();
    let factory = plant.client("ACME", Basis::Labour);
    for (day, produced) in [(0, 400), (7, 300)] {
        plant.make(&factory, Made { day: DAY.plus(day), entries: vec![(0, produced, 9, None)], ..Made::default() });
    }
    let why = told(&plant, &versus(question("oee", DAY.plus(7), DAY.plus(7), &[]), DAY, DAY));
    adds_up(&why);
    let words: Vec<_> = parts(&why).into_iter().map(|(word, _)| word).collect();
    assert_eq!(words, ["availability", "performance", "quality", "product", "line", "calendar"]);
    let performance = why.factors.iter().find(|part| part.factor == Factor::Performance).unwrap();
    assert_eq!(performance.merged, [MergedFactor { factor: Factor::Accounted, share: 1.0 }]);
    assert_eq!(moved(&why), ["performance", "quality"]);
}

#[test]
fn where_no_product_is_named_its_mix_is_inside_the_rates() {
    let plant = plant();
    let factory = plant.client("ACME", Basis::Labour);
    for (day, minutes) in [(0, 60.0), (7, 120.0)] {
        plant.make(&factory, Made { day: DAY.plus(day), stops: vec![minutes], ..Made::default() });
    }
    let of = |kpi: &str| told(&plant, &versus(question(kpi, DAY.plus(7), DAY.plus(7), &[]), DAY, DAY));
    let inside = |why: &Why| -> Vec<_> {
        let merged = |part: &FactorPart| part.merged.iter().map(|merged| merged.factor.word()).collect::<Vec<_>>();
        why.factors.iter().map(|part| (part.factor.word(), merged(part))).collect()
    };
    let availability = of("availability");
    assert_eq!(inside(&availability), [("availability", vec!["product"]), ("line", vec![]), ("calendar", vec![])]);
    assert!((availability.factors[0].part + 2.5).abs() < 1e-9);
    let oee = of("oee");
    let rates = [
        ("availability", vec!["product"]),
        ("performance", vec!["product", "accounted"]),
        ("quality", vec!["product"]),
    ];
    assert_eq!(inside(&oee)[..3], rates);
    assert_eq!((oee.factors.len(), oee.difference), (5, Some(0.0)));
}

#[test]
fn several_clients_are_told_apart_with_their_lines() {
    let plant = plant();
    let factories = [plant.client("ACME", Basis::Labour), plant.client("BOLT", Basis::Labour)];
    // Each client stays at its rate; the second makes more of the week after.
    for (factory, produced, late) in [(&factories[0], 640, 1), (&factories[1], 320, 3)] {
        for (week, times) in [(0, 1), (1, late)] {
            for line in 0..times.min(2) {
                let crew = Some(if times > 1 { 15.0 } else { 5.0 });
                let produced = produced * if times > 1 { 3 } else { 1 };
                let made = Made {
                    day: DAY.plus(7 * week),
                    line,
                    crew,
                    entries: vec![(0, produced, 0, None)],
                    ..Made::default()
                };
                plant.make(factory, made);
            }
        }
    }
    let why = told(&plant, &versus(question("oee", DAY.plus(7), DAY.plus(7), &[]), DAY, DAY));
    adds_up(&why);
    assert_eq!(moved(&why), ["client"]);
    assert_eq!(why.direction, Some(Direction::Worse));
}

#[test]
fn many_clients_from_the_cube_have_their_values_and_name_what_is_merged() {
    let plant = plant();
    let factories = [plant.client("ACME", Basis::Labour), plant.client("BOLT", Basis::Labour)];
    let mut asked = two_weeks(&plant, &factories[0]);
    two_weeks(&plant, &factories[1]);
    asked.ask.kpi = "efficiency".into();
    let repo = plant.store.repository(&plant.admin).unwrap();
    let coarse = repo
        .read_cube(|r, cube| super::super::why::why_at(crate::kpi::read::Sums::of(r, Some(cube)), &asked, 0.0))
        .unwrap();
    let fine = repo.read_cube(|r, cube| why(r, Some(cube), &asked)).unwrap();
    let ends = |why: &Why| [why.before.value.unwrap(), why.after.value.unwrap()];
    let apart = ends(&coarse).into_iter().zip(ends(&fine)).map(|(one, other)| (one - other).abs());
    assert!(apart.fold(0.0, f64::max) < 1e-9);
    assert_eq!(coarse.after.line_shifts, fine.after.line_shifts);
    for why in [&coarse, &fine] {
        adds_up(why);
    }
    let words: Vec<_> = parts(&coarse).into_iter().map(|(word, _)| word).collect();
    assert_eq!(words, ["availability", "accounted", "performance", "client", "calendar"]);
    let named: Vec<_> = coarse.factors[2].merged.iter().map(|merged| merged.factor).collect();
    assert_eq!(named, [Factor::Product, Factor::Line]);
    assert_eq!(fine.factors.len(), 6);
}

#[test]
fn a_shift_that_is_over_but_not_stored_counts_and_an_open_one_is_provisional() {
    let plant = plant();
    let factory = plant.client("ACME", Basis::Labour);
    let open = |day| Made { day, state: ShiftState::Open, entries: vec![(0, 400, 0, None)], ..Made::default() };
    plant.make(&factory, open(TODAY));
    plant.make(&factory, Made { entries: vec![(0, 300, 0, None)], ..Made::default() });
    let asked = versus(question("oee", TODAY, TODAY, &[]), DAY, DAY);
    let running = told(&plant, &asked);
    assert_eq!((running.after.value, running.after.provisional), (None, true));
    plant.clock.advance(24 * 3_600_000);
    let over = told(&plant, &asked);
    assert_eq!((over.after.value, over.after.provisional, over.difference), (Some(50.0), false, Some(12.5)));
    adds_up(&over);
}

#[test]
fn a_foreign_client_is_missing_and_an_operator_compares_single_days_of_the_own_lines() {
    let plant = plant();
    let factories = [plant.client("ACME", Basis::Labour), plant.client("BOLT", Basis::Labour)];
    for factory in &factories {
        for line in 0..2 {
            for day in 0..2 {
                let entries = vec![(0, 300 + 100 * i64::from(day) + line as i64, 0, None)];
                plant.make(factory, Made { day: DAY.plus(day), line, entries, ..Made::default() });
            }
        }
    }
    let acme = &factories[0];
    let as_who = |who: &Session, asked: &WhyAsk| plant.store.repository(who).unwrap().read(|r| why(r, None, asked));
    let asked = versus(question("oee", DAY.plus(1), DAY.plus(1), &[]), DAY, DAY);
    let leader = super::scope::account(&plant, Role::Leader, &[acme.client], &[]);
    let own = Ask { clients: Some(vec![acme.client]), ..asked.ask.clone() };
    assert_eq!(as_who(&leader, &asked).unwrap(), told(&plant, &WhyAsk { ask: own, ..asked.clone() }));
    let foreign = [
        Ask { clients: Some(vec![acme.client, factories[1].client]), ..asked.ask.clone() },
        Ask { lines: Some(vec![factories[1].lines[0]]), ..asked.ask.clone() },
        Ask { products: Some(vec![factories[1].products[0]]), ..asked.ask.clone() },
    ];
    for ask in foreign {
        assert!(as_who(&leader, &WhyAsk { ask, ..asked.clone() }).unwrap_err().is(Code::Missing));
    }
    let operator = super::scope::account(&plant, Role::Operator, &[acme.client], &[(acme.client, acme.lines[0])]);
    let seen = as_who(&operator, &asked).unwrap();
    assert_eq!((seen.before.value, seen.after.value), (Some(37.5), Some(50.0)));
    let long = WhyAsk { versus_from: DAY.plus(-6), ..asked.clone() };
    assert!(as_who(&operator, &long).unwrap_err().is(Code::OneDay));
}
