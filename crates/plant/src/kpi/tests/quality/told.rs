//! What answers about inspections say of themselves.

use super::*;

#[test]
fn inspections_of_today_stand_beside_until_the_day_is_over() {
    let plant = plant();
    let f = plant.client("ACME", Basis::Labour);
    inspect(&plant, &f, |q| QualityEntry { day: TODAY, inspected: Some(100), defective: Some(4), ..q });
    let ask = |by: &[&str]| plant.ask(&question("fpy", TODAY, TODAY, by));
    let running = ask(&[]);
    assert_eq!((running.rows[0].value, running.rows[0].provisional), (None, true));
    assert_eq!(running.so_far.unwrap().value, Some(96.0));
    let rty = plant.ask(&question("rty", TODAY, TODAY, &[])).so_far.unwrap();
    assert_eq!(rty.value, Some(96.0));
    plant.clock.advance(86_400_000);
    for by in [&[][..], &["client"], &["line"], &["shift"], &["product"], &["step"], &["day"]] {
        let over = ask(by);
        assert_eq!((over.rows[0].value, over.rows[0].rows, over.so_far), (Some(96.0), 1, None), "{by:?}");
    }
    assert_eq!(explained_on(&plant, "fpy", TODAY).line_shifts[0].elements["first_passed"], 96.0);
}

fn explained_on(plant: &Plant, kpi: &str, day: Day) -> Explained {
    let ask = question(kpi, day, day, &[]);
    plant.read(|r| explain(r, None, &Explain { ask, offset: 0, limit: 100, rows: true })).unwrap()
}

/// Inspections and production of two lines and three days; some orders were not inspected.
fn mixed(plant: &Plant) -> Factory {
    let (f, steps) = three_steps(plant);
    opportunities(plant, &f, 0, 12);
    let orders = ["W1", "W2"].map(|code| order(plant, &f, code));
    for day in 0..3 {
        let id = plant.make(
            &f,
            Made { day: DAY.plus(day), line: day as usize % 2, entries: vec![(1, 80, 3, None)], ..Made::default() },
        );
        plant.write(|w| {
            w.because(Some("late".into()));
            let row = produced(&f, w.fresh(), id, (0, 60 + i64::from(day), 2, None));
            let (scrap, rework) = (Some(1), Some(1));
            w.put(&ProductionEntry { work_order_id: Some(orders[1]), scrap, rework, ..row })?;
            Ok(())
        });
        inspect(plant, &f, |q| QualityEntry {
            day: DAY.plus(day),
            line_id: f.lines[1],
            shift_id: None,
            work_order_id: Some(orders[0]),
            operation_id: Some(steps[day as usize % 3]),
            inspected: Some(30),
            defective: Some(3),
            repair: Some(i64::from(day)),
            ..q
        });
    }
    f
}

#[test]
fn recomputing_from_the_listed_rows_gives_the_shown_value() {
    let plant = plant();
    let f = mixed(&plant);
    for kpi in KPIS.iter().filter(|kpi| kpi.family() == elements::Family::Quality) {
        for products in [None, Some(vec![f.products[0]]), Some(vec![f.products[1]])] {
            let ask = Ask { products, ..question(kpi.code, DAY, DAY.plus(6), &[]) };
            let shown = plant.ask(&ask).rows[0].clone();
            let all = plant.read(|r| explain(r, None, &Explain { ask, offset: 0, limit: 100, rows: true })).unwrap();
            assert_eq!((&all.row, all.total), (&shown, all.line_shifts.len()), "{}", kpi.code);
            for term in &all.terms {
                let entries = all.line_shifts.iter().flat_map(|shift| &shift.entries);
                let of = |entry: &ExplainedEntry| entry.values[&term.element].parse::<f64>().unwrap();
                let sum: f64 = entries.map(of).sum();
                assert_eq!(sum, term.value, "{} {}", kpi.code, term.element);
                let shifts: f64 = all.line_shifts.iter().map(|shift| shift.elements[&term.element]).sum();
                assert_eq!(shifts, term.value, "{} {}", kpi.code, term.element);
            }
        }
    }
    let all = explained(&plant, "ppm");
    let tables: std::collections::BTreeSet<_> =
        all.line_shifts.iter().flat_map(|s| &s.entries).map(|e| (e.table.as_str(), e.author.as_deref())).collect();
    assert_eq!(
        tables.into_iter().collect::<Vec<_>>(),
        [("production_entry", Some("Ada")), ("quality_entry", Some("Ada"))]
    );
    let source = all.sources.iter().find(|source| source.source == "stands_in").unwrap();
    assert!((source.confidence, source.line_shifts) == (0.8, 3) && source.share > 0.0);
}

#[test]
fn every_grouping_of_inspections_adds_up_with_days_from_the_cube_too() {
    let plant = plant();
    mixed(&plant);
    for kpi in KPIS.iter().filter(|kpi| kpi.family() == elements::Family::Quality) {
        let whole = row(&plant, kpi.code);
        let times = [Grouping::Day, Grouping::Week, Grouping::Month];
        for by in kpi.groupings.iter().chain(&times) {
            let ask = question(kpi.code, DAY, DAY.plus(6), &[by.word()]);
            let answer = plant.ask(&ask);
            let sum = |of: fn(&AnswerRow) -> f64| answer.rows.iter().map(of).sum::<f64>();
            assert_eq!(sum(|row| row.numerator), whole.numerator, "{} by {}", kpi.code, by.word());
            assert_eq!(sum(|row| row.denominator), whole.denominator, "{} by {}", kpi.code, by.word());
            assert_eq!(sum(|row| row.rows as f64), whole.rows as f64);
            let repository = plant.store.repository(&plant.admin).unwrap();
            let cubed = repository.read_cube(|r, cube| super::super::ask(r, Some(cube), &ask)).unwrap();
            assert_eq!(cubed, answer, "{} by {}", kpi.code, by.word());
        }
    }
}

#[test]
fn completeness_of_inspections_counts_line_shifts_as_the_others_do() {
    let plant = plant();
    let f = mixed(&plant);
    plant.write(|w| {
        for line_id in f.lines {
            let id = w.fresh();
            let blank = domain::LineCalendar::blank(f.client, id);
            w.put(&domain::LineCalendar { line_id, shift_id: f.shift, weekdays: 127, valid_from: Day(0), ..blank })?;
        }
        Ok(())
    });
    for by in [&[][..], &["line"], &["day"], &["client"]] {
        let of = |kpi: &str| {
            let rows = plant.ask(&question(kpi, DAY, DAY.plus(2), by)).rows;
            rows.into_iter().map(|row| (row.by, row.completeness)).collect::<Vec<_>>()
        };
        assert_eq!(of("ppm"), of("oee"), "{by:?}");
    }
}

#[test]
fn a_client_s_inspections_never_move_with_another_client_s() {
    let plant = plant();
    let acme = mixed(&plant);
    let bolt = plant.client("BOLT", Basis::Labour);
    for kpi in KPIS.iter().filter(|kpi| kpi.family() == elements::Family::Quality) {
        let ask = Ask { clients: Some(vec![acme.client]), ..question(kpi.code, DAY, DAY.plus(6), &[]) };
        let before = plant.ask(&ask);
        inspect(&plant, &bolt, |q| QualityEntry { inspected: Some(9), defective: Some(9), ..q });
        opportunities(&plant, &bolt, 0, 99);
        assert_eq!(plant.ask(&ask), before, "{}", kpi.code);
    }
}
