//! Which inspections count, and with what.

use super::*;

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
