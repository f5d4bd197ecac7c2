//! Yields of several steps, one route at a time.

use super::*;

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
