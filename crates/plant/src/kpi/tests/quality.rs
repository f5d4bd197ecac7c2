//! Inspections, from typed rows to the digit.

use super::*;
use domain::{Job, Operation, OrderStatus, PartOpportunities, QualityEntry, WorkOrder};

/// An inspection of a day, on the first line and shift.
fn inspection(f: &Factory, id: Id<QualityEntry>) -> QualityEntry {
    QualityEntry {
        day: DAY,
        line_id: f.lines[0],
        shift_id: Some(f.shift),
        product_id: Some(f.products[0]),
        ..QualityEntry::blank(f.client, id)
    }
}

/// Types in an inspection, as far as it differs from a blank one.
fn inspect(plant: &Plant, f: &Factory, fill: impl FnOnce(QualityEntry) -> QualityEntry) -> Id<QualityEntry> {
    plant.write(|w| {
        let row = fill(inspection(f, w.fresh()));
        w.put(&row)?;
        Ok(row.id)
    })
}

fn opportunities(plant: &Plant, f: &Factory, product: usize, count: i64) -> Id<PartOpportunities> {
    plant.write(|w| {
        let id = w.fresh();
        w.put(&PartOpportunities { client_id: f.client, id, product_id: f.products[product], opportunities: count })?;
        Ok(id)
    })
}

fn step(plant: &Plant, f: &Factory, code: &str, is_final: bool) -> Id<Operation> {
    plant.write(|w| {
        let id = w.fresh();
        let blank = Operation::blank(f.client, id);
        w.put(&Operation { code: code.into(), active: true, is_final, ..blank })?;
        Ok(id)
    })
}

fn order(plant: &Plant, f: &Factory, code: &str) -> Id<WorkOrder> {
    plant.write(|w| {
        let id = w.fresh();
        let blank = WorkOrder::blank(f.client, id);
        w.put(&WorkOrder { code: code.into(), status: OrderStatus::Released, ..blank })?;
        Ok(id)
    })
}

fn job(plant: &Plant, f: &Factory, of: Id<WorkOrder>, code: &str) -> Id<Job> {
    plant.write(|w| {
        let id = w.fresh();
        let product_id = Some(f.products[0]);
        w.put(&Job { work_order_id: of, code: code.into(), product_id, ..Job::blank(f.client, id) })?;
        Ok(id)
    })
}

fn row(plant: &Plant, kpi: &str) -> AnswerRow {
    plant.ask(&question(kpi, DAY, DAY.plus(6), &[])).rows[0].clone()
}

fn digits(value: Option<f64>, places: usize) -> String {
    value.map_or("—".into(), |value| format!("{value:.places$}"))
}

#[test]
fn ppm_of_5_in_500_is_10_000() {
    let plant = plant();
    let f = plant.client("ACME", Basis::Labour);
    inspect(&plant, &f, |q| QualityEntry { inspected: Some(500), defective: Some(5), ..q });
    let ppm = row(&plant, "ppm");
    assert_eq!((ppm.value, ppm.numerator, ppm.denominator, ppm.rows), (Some(10_000.0), 5.0, 500.0, 1));
    assert_eq!((ppm.estimated_share, ppm.weakest), (0.0, None));
    let [low, high] = ppm.interval.unwrap();
    assert_eq!((format!("{low:.0}"), format!("{high:.0}")), ("4279".into(), "23193".into()), "Wilson of 5 in 500");
}

#[test]
fn dpmo_of_products_with_10_and_20_opportunities_is_2_500_and_sigma_4_307() {
    let plant = plant();
    let f = plant.client("ACME", Basis::Labour);
    for (product, count, units, defects) in [(0, 10, 100, 2), (1, 20, 50, 3)] {
        opportunities(&plant, &f, product, count);
        inspect(&plant, &f, |q| QualityEntry {
            product_id: Some(f.products[product]),
            inspected: Some(units),
            total_defects: Some(defects),
            ..q
        });
    }
    let dpmo = row(&plant, "dpmo");
    assert_eq!((dpmo.value, dpmo.numerator, dpmo.denominator), (Some(2500.0), 5.0, 2000.0));
    let sigma = dpmo.beside.unwrap();
    assert_eq!((sigma.name.as_str(), format!("{:.3}", sigma.value)), ("sigma", "4.307".into()));
    assert_eq!(dpmo.estimated_share, 0.0);
    let [low, high] = dpmo.interval.unwrap();
    // 5 counted events lie between 1.6235 and 11.6683 (Garwood).
    assert_eq!((format!("{:.2}", low * 2e-3), format!("{:.2}", high * 2e-3)), ("1.62".into(), "11.67".into()));
    let by = plant.ask(&question("dpmo", DAY, DAY, &["product"]));
    assert_eq!(shown(&by), pairs(&[("A", "2000.000"), ("B", "3000.000")]));
}

#[test]
fn dpmo_of_15_defects_in_500_units_of_47_opportunities_is_638_298() {
    let plant = plant();
    let f = plant.client("ACME", Basis::Labour);
    opportunities(&plant, &f, 0, 47);
    inspect(&plant, &f, |q| QualityEntry { inspected: Some(500), total_defects: Some(15), ..q });
    assert_eq!(digits(row(&plant, "dpmo").value, 3), "638.298");
}

#[test]
fn sigma_is_3_4_and_6_at_the_rates_of_the_books() {
    for (units, chances, defects, rate, sigma) in [
        (1_000_000, 10, 668_072, "66807.20", "3.000"),
        (100_000_000, 1, 620_967, "6209.67", "4.000"),
        (10_000_000, 1, 34, "3.40", "6.000"),
    ] {
        let plant = plant();
        let f = plant.client("ACME", Basis::Labour);
        opportunities(&plant, &f, 0, chances);
        inspect(&plant, &f, |q| QualityEntry { inspected: Some(units), total_defects: Some(defects), ..q });
        let dpmo = row(&plant, "dpmo");
        assert_eq!((digits(dpmo.value, 2), digits(dpmo.beside.map(|b| b.value), 3)), (rate.into(), sigma.into()));
    }
}

/// One product, three steps: 95, 90 and 98 of 100 pass the first time.
fn three_steps(plant: &Plant) -> (Factory, [Id<Operation>; 3]) {
    let f = plant.client("ACME", Basis::Labour);
    let steps = [("CUT", false), ("SEW", false), ("PACK", true)].map(|(code, last)| step(plant, &f, code, last));
    for (step, passed) in steps.iter().zip([95, 90, 98]) {
        let operation_id = Some(*step);
        inspect(plant, &f, |q| QualityEntry { operation_id, inspected: Some(100), passed: Some(passed), ..q });
    }
    (f, steps)
}

#[test]
fn fpy_of_three_steps_is_95_90_98_and_rty_83_79() {
    let plant = plant();
    let (_, _) = three_steps(&plant);
    let fpy = plant.ask(&question("fpy", DAY, DAY, &["step"]));
    assert_eq!(shown(&fpy), pairs(&[("CUT", "95.000"), ("PACK", "98.000"), ("SEW", "90.000")]));
    let rty = row(&plant, "rty");
    assert_eq!((digits(rty.value, 2), rty.numerator, rty.denominator), ("83.79".into(), 283.0, 300.0));
    assert_eq!((rty.interval, rty.left_out), (None, vec![]));
    assert_eq!(row(&plant, "ppm").value, Some(20_000.0), "only the final step");
    let explained = explained(&plant, "rty");
    assert!(explained.formula.contains(" = 95 / 100 × 98 / 100 × 90 / 100 × 100 = 83.7899"), "{}", explained.formula);
    assert_eq!(explained.steps.iter().map(|s| s.step.as_str()).collect::<Vec<_>>(), ["CUT", "PACK", "SEW"]);
}

fn explained(plant: &Plant, kpi: &str) -> Explained {
    let ask = question(kpi, DAY, DAY.plus(6), &[]);
    plant.read(|r| explain(r, None, &Explain { ask, offset: 0, limit: 100 })).unwrap()
}

#[test]
fn several_routes_are_listed_and_never_merged() {
    let plant = plant();
    let (f, steps) = three_steps(&plant);
    let product_id = Some(f.products[1]);
    inspect(&plant, &f, |q| QualityEntry {
        product_id,
        operation_id: Some(steps[0]),
        inspected: Some(10),
        passed: Some(5),
        ..q
    });
    let whole = row(&plant, "rty");
    assert_eq!((whole.value, whole.why.as_deref()), (None, Some("several_routes")));
    let by = plant.ask(&question("rty", DAY, DAY, &["product"]));
    assert_eq!(shown(&by), pairs(&[("A", "83.790"), ("B", "50.000")]));
    let only = Ask { products: Some(vec![f.products[1]]), ..question("rty", DAY, DAY, &[]) };
    assert_eq!(plant.ask(&only).rows[0].value, Some(50.0));
    let daily = plant.ask(&question("rty", DAY, DAY, &["product", "day"]));
    assert_eq!(daily.rows.iter().map(|row| digits(row.value, 2)).collect::<Vec<_>>(), ["83.79", "50.00"]);
    assert!(plant.read(|r| super::super::ask(r, None, &question("rty", DAY, DAY, &["line"]))).is_err());
}

#[test]
fn a_step_of_the_route_that_nobody_inspected_is_named() {
    let plant = plant();
    let (f, _) = three_steps(&plant);
    let wash = step(&plant, &f, "WASH", false);
    plant.write(|w| {
        let id = w.fresh();
        let (product_id, operation_id) = (f.products[0], Some(wash));
        let minutes = 1.0;
        w.put(&ProductStandard { client_id: f.client, id, product_id, operation_id, valid_from: Day(0), minutes })
    });
    let rty = row(&plant, "rty");
    assert_eq!((digits(rty.value, 2), rty.left_out), ("83.79".into(), vec!["WASH".to_owned()]));
    assert_eq!(explained(&plant, "rty").row.left_out, ["WASH"]);
    assert_eq!(plant.ask(&question("rty", DAY, DAY, &["product"])).rows[0].left_out, ["WASH"]);
}

#[test]
fn rty_of_a_job_multiplies_the_steps_of_that_job_alone() {
    let plant = plant();
    let f = plant.client("ACME", Basis::Labour);
    let steps = [("CUT", false), ("SEW", true)].map(|(code, last)| step(&plant, &f, code, last));
    let of = order(&plant, &f, "W1");
    let jobs = ["J1", "J2"].map(|code| job(&plant, &f, of, code));
    for (job, step, passed) in [(0, 0, 90), (0, 1, 80), (1, 0, 50)] {
        let (job_id, operation_id) = (Some(jobs[job]), Some(steps[step]));
        inspect(&plant, &f, |q| QualityEntry { job_id, operation_id, inspected: Some(100), passed: Some(passed), ..q });
    }
    let by = plant.ask(&question("rty", DAY, DAY, &["job"]));
    assert_eq!(shown(&by), pairs(&[("J1", "72.000"), ("J2", "50.000")]));
    let one = Ask { jobs: Some(vec![jobs[0]]), ..question("rty", DAY, DAY, &[]) };
    assert_eq!(digits(plant.ask(&one).rows[0].value, 3), "72.000");
    // As one product it is one route: CUT 140 of 200, SEW 80 of 100.
    assert_eq!(digits(row(&plant, "rty").value, 3), "56.000");
}

#[test]
fn units_inspected_again_are_in_neither_ppm_nor_fpy() {
    let plant = plant();
    let f = plant.client("ACME", Basis::Labour);
    inspect(&plant, &f, |q| QualityEntry { inspected: Some(100), defective: Some(10), rework: Some(10), ..q });
    inspect(&plant, &f, |q| QualityEntry {
        inspected: Some(10),
        defective: Some(4),
        scrap: Some(4),
        again: Some(true),
        ..q
    });
    assert_eq!((row(&plant, "ppm").denominator, row(&plant, "fpy").value), (100.0, Some(90.0)));
    assert_eq!(digits(row(&plant, "scrap_rate").value, 4), digits(Some(400.0 / 110.0), 4));
    assert_eq!(digits(row(&plant, "rework_rate").value, 4), digits(Some(1000.0 / 110.0), 4));
    assert_eq!(digits(row(&plant, "final_yield").value, 4), digits(Some(10_600.0 / 110.0), 4));
    assert_eq!(row(&plant, "repair_rate").value, Some(0.0));
}

#[test]
fn two_of_three_counts_tell_the_third_and_one_tells_nothing() {
    let plant = plant();
    let f = plant.client("ACME", Basis::Labour);
    inspect(&plant, &f, |q| QualityEntry { inspected: Some(100), passed: Some(97), ..q });
    inspect(&plant, &f, |q| QualityEntry { passed: Some(50), defective: Some(2), ..q });
    inspect(&plant, &f, |q| QualityEntry { inspected: Some(1000), ..q });
    let (ppm, fpy) = (row(&plant, "ppm"), row(&plant, "fpy"));
    assert_eq!((ppm.numerator, ppm.denominator, ppm.rows), (5.0, 152.0, 3));
    assert_eq!((fpy.numerator, fpy.denominator), (147.0, 152.0));
    let dpmo = row(&plant, "dpmo");
    assert_eq!((dpmo.numerator, dpmo.denominator), (5.0, 152.0));
    assert_eq!((dpmo.estimated_numerator, dpmo.estimated_share, dpmo.weakest.as_deref()), (1.0, 1.0, Some("one")));
}

#[test]
fn opportunities_come_from_the_part_then_from_the_client() {
    let plant = plant();
    let f = plant.client("ACME", Basis::Labour);
    inspect(&plant, &f, |q| QualityEntry { inspected: Some(100), total_defects: Some(2), ..q });
    assert_eq!((row(&plant, "dpmo").denominator, row(&plant, "dpmo").weakest.as_deref()), (100.0, Some("one")));
    plant.write(|w| {
        let old = w.setting(f.client)?;
        w.put(&domain::ClientSetting { default_opportunities: Some(5), ..old })
    });
    let dpmo = row(&plant, "dpmo");
    assert_eq!((dpmo.denominator, dpmo.weakest.as_deref()), (500.0, Some("client_default")));
    let id = opportunities(&plant, &f, 0, 20);
    assert_eq!((row(&plant, "dpmo").denominator, row(&plant, "dpmo").weakest.clone()), (2000.0, None));
    plant.write(|w| {
        let old: PartOpportunities = w.get(f.client, id)?;
        w.put(&PartOpportunities { opportunities: 30, ..old })
    });
    assert_eq!(row(&plant, "dpmo").denominator, 3000.0);
    plant.write(|w| w.remove::<PartOpportunities>(f.client, id));
    assert_eq!(row(&plant, "dpmo").denominator, 500.0);
}

#[test]
fn the_client_s_final_step_goes_before_the_mark_and_a_change_of_either_counts_at_once() {
    let plant = plant();
    let (f, steps) = three_steps(&plant);
    let ppm = || row(&plant, "ppm").value;
    assert_eq!(ppm(), Some(20_000.0));
    let choose = |step| {
        plant.write(|w| {
            let old = w.setting(f.client)?;
            w.put(&domain::ClientSetting { final_operation_id: step, ..old })
        });
    };
    choose(Some(steps[1]));
    assert_eq!(ppm(), Some(100_000.0));
    choose(None);
    assert_eq!(ppm(), Some(20_000.0));
    let mark = |step, is_final| {
        plant.write(|w| {
            let old: Operation = w.get(f.client, step)?;
            w.put(&Operation { is_final, ..old })
        });
    };
    mark(steps[2], false);
    assert_eq!((ppm(), row(&plant, "ppm").why.as_deref()), (None, Some("no_final_inspection")));
    mark(steps[0], true);
    assert_eq!(ppm(), Some(50_000.0));
    inspect(&plant, &f, |q| QualityEntry { inspected: Some(100), defective: Some(15), ..q });
    assert_eq!(ppm(), Some(100_000.0), "what names no step is of the finished unit");
}

#[test]
fn where_nobody_inspected_an_order_its_production_stands_in_on_every_line() {
    let plant = plant();
    let f = plant.client("ACME", Basis::Labour);
    for line in 0..2 {
        plant.make(&f, Made { line, entries: vec![(0, 100, 2, None)], ..Made::default() });
    }
    plant.make(&f, Made { day: DAY.plus(1), entries: vec![(0, 50, 1, None)], ..Made::default() });
    let told = || {
        let ppm = row(&plant, "ppm");
        (ppm.numerator, ppm.denominator, ppm.estimated_share, ppm.weakest)
    };
    let all = (5.0, 250.0, 1.0, Some("stands_in".to_owned()));
    assert_eq!(told(), all);
    // The first inspection of the day speaks for the whole day, on whatever line it is made.
    let id = inspect(&plant, &f, |q| QualityEntry { inspected: Some(40), defective: Some(0), ..q });
    let with = (1.0, 90.0, 50.0 / 90.0, Some("stands_in".to_owned()));
    assert_eq!(told(), with);
    plant.write(|w| w.remove::<QualityEntry>(f.client, id));
    assert_eq!(told(), all);
    plant.write(|w| w.undo());
    assert_eq!(told(), with);
    // It moves to the other day, and the stand-ins with it.
    plant.write(|w| {
        let old: QualityEntry = w.get(f.client, id)?;
        w.put(&QualityEntry { day: DAY.plus(1), ..old })
    });
    assert_eq!(told(), (4.0, 240.0, 200.0 / 240.0, Some("stands_in".to_owned())));
}

#[test]
fn an_inspection_speaks_for_its_own_order_only_also_by_its_job() {
    let plant = plant();
    let f = plant.client("ACME", Basis::Labour);
    let orders = ["W1", "W2"].map(|code| order(&plant, &f, code));
    let job = job(&plant, &f, orders[0], "J1");
    let line_shift = plant.make(&f, Made::default());
    plant.write(|w| {
        w.because(Some("late".into()));
        for order in orders {
            let row = produced(&f, w.fresh(), line_shift, (0, 100, 1, None));
            w.put(&ProductionEntry { work_order_id: Some(order), ..row })?;
        }
        Ok(())
    });
    let denominator = || row(&plant, "ppm").denominator;
    assert_eq!(denominator(), 200.0);
    inspect(&plant, &f, |q| QualityEntry { job_id: Some(job), inspected: Some(10), defective: Some(0), ..q });
    assert_eq!(denominator(), 110.0);
    plant.write(|w| {
        let old: Job = w.get(f.client, job)?;
        w.put(&Job { work_order_id: orders[1], code: "J1 of W2".into(), ..old })
    });
    assert_eq!(denominator(), 110.0);
    let other = plant.ask(&Ask { orders: Some(vec![orders[0]]), ..question("ppm", DAY, DAY, &[]) });
    assert_eq!((other.rows[0].denominator, other.rows[0].estimated_share), (100.0, 1.0), "W1 has no inspection now");
    inspect(&plant, &f, |q| QualityEntry { inspected: Some(10), defective: Some(0), ..q });
    assert_eq!(denominator(), 120.0, "none is an order too");
}

#[test]
fn the_order_s_product_is_that_of_its_inspections() {
    let plant = plant();
    let f = plant.client("ACME", Basis::Labour);
    let of = order(&plant, &f, "W1");
    let work_order_id = Some(of);
    inspect(&plant, &f, |q| QualityEntry {
        product_id: None,
        work_order_id,
        inspected: Some(10),
        defective: Some(1),
        ..q
    });
    let by = || shown(&plant.ask(&question("fpy", DAY, DAY, &["product"])));
    assert_eq!(by(), pairs(&[("—", "90.000")]));
    plant.write(|w| {
        let old: WorkOrder = w.get(f.client, of)?;
        w.put(&WorkOrder { product_id: Some(f.products[1]), ..old })
    });
    assert_eq!(by(), pairs(&[("B", "90.000")]));
}

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
    plant.read(|r| explain(r, None, &Explain { ask, offset: 0, limit: 100 })).unwrap()
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
            let all = plant.read(|r| explain(r, None, &Explain { ask, offset: 0, limit: 100 })).unwrap();
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

#[test]
fn counts_that_do_not_agree_are_refused_with_both_shown() {
    let plant = plant();
    let f = plant.client("ACME", Basis::Labour);
    let refuse = |fill: fn(QualityEntry) -> QualityEntry| {
        let repository = plant.store.repository(&plant.admin).unwrap();
        let refused = repository.write(|w| w.put(&fill(inspection(&f, w.fresh())))).unwrap_err();
        let fault = domain::Fault::from(refused);
        (fault.code.clone(), fault.params.get("value").cloned().unwrap_or_default())
    };
    let sum = refuse(|q| QualityEntry { inspected: Some(10), passed: Some(8), defective: Some(1), ..q });
    assert_eq!(sum, ("passed_plus_defective".into(), "8 + 1 ≠ 10".into()));
    let parts = refuse(|q| QualityEntry { inspected: Some(10), passed: Some(9), scrap: Some(2), ..q });
    assert_eq!(parts.0, "parts_over_defective");
}
