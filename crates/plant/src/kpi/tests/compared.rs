//! A figure beside other periods and its target.

use super::*;
use crate::commands::{Call, call};
use crate::import::desk::Desk;
use domain::{Fault, Role, Threshold};
use serde_json::{Value as Json, json};

/// One line shift a day, of so many units on each of three days.
fn three_days(plant: &Plant, factory: &Factory, units: [i64; 3]) -> Ask {
    let last_year = DAY.last_year();
    for (day, produced) in [(last_year, units[0]), (DAY.plus(-1), units[1]), (DAY, units[2])] {
        plant.make(factory, Made { day, entries: vec![(0, produced, 0, None)], ..Made::default() });
    }
    question("efficiency", DAY, DAY, &[])
}

fn compared(plant: &Plant, ask: &Ask) -> Compared {
    plant.read(|r| compare(r, None, ask)).unwrap()
}

fn run(plant: &Plant, who: &Session, name: &str, input: Json) -> std::result::Result<Json, Fault> {
    let (repo, desk) = (plant.store.repository(who).unwrap(), Desk::default());
    call(name, &Call { repo: &repo, desk: &desk, tell: &|_, _, _| {} }, input)
}

fn code(out: std::result::Result<Json, Fault>) -> String {
    out.map_or_else(|fault| fault.code, |_| "fine".into())
}

fn own_target(plant: &Plant, factory: &Factory, target: f64) {
    plant.write(|w| {
        let (client_id, id, kpi) = (factory.client, w.fresh(), "efficiency".into());
        w.put(&Threshold { client_id, id, kpi, target: Some(target), warning: None, critical: None })
    });
}

#[test]
fn a_period_stands_beside_the_one_before_and_the_year_before() {
    let plant = plant();
    let factory = plant.client("ACME", Basis::Labour);
    let asked = compared(&plant, &three_days(&plant, &factory, [480, 240, 400]));
    let rows: Vec<_> =
        asked.rows.iter().map(|row| (row.period, row.row.value, row.difference, row.direction)).collect();
    assert_eq!(
        rows,
        [
            (ComparedPeriod::Asked, Some(50.0), None, None),
            (ComparedPeriod::Previous, Some(30.0), Some(20.0), Some(Direction::Better)),
            (ComparedPeriod::LastYear, Some(60.0), Some(-10.0), Some(Direction::Worse)),
        ]
    );
    let days: Vec<_> = asked.rows.iter().map(|row| (row.from, row.to)).collect();
    let a_year_ago = DAY.last_year();
    assert_eq!(days, [(DAY, DAY), (DAY.plus(-1), DAY.plus(-1)), (a_year_ago, a_year_ago)]);
    let whole = plant.ask(&question("efficiency", DAY, DAY, &[]));
    assert_eq!((asked.rows[0].row.clone(), asked.stamp), (whole.rows[0].clone(), whole.stamp), "one definition");
}

#[test]
fn what_is_lower_is_better_for_repairs_and_nothing_is_for_accounted_time() {
    let plant = plant();
    let factory = plant.client("ACME", Basis::Labour);
    for (day, minutes) in [(-1, 60.0), (0, 30.0)] {
        let made =
            Made { day: DAY.plus(day), entries: vec![(0, 400, 0, None)], stops: vec![minutes], ..Made::default() };
        plant.make(&factory, made);
    }
    let of = |kpi: &str| compared(&plant, &question(kpi, DAY, DAY, &[])).rows[1].direction;
    assert_eq!(of("mttr"), Some(Direction::Better));
    assert_eq!(of("availability"), Some(Direction::Better));
    assert_eq!(of("accounted"), None);
    assert_eq!(of("quality_rate"), Some(Direction::Same));
}

#[test]
fn groups_are_compared_with_themselves_and_groups_of_time_are_refused() {
    let plant = plant();
    let factory = plant.client("ACME", Basis::Labour);
    for (day, line, produced) in [(-1, 0, 100), (-1, 1, 200), (0, 0, 300), (0, 1, 100)] {
        plant.make(
            &factory,
            Made { day: DAY.plus(day), line, entries: vec![(0, produced, 0, None)], ..Made::default() },
        );
    }
    let rows = compared(&plant, &question("efficiency", DAY, DAY, &["line"])).rows;
    let moved: Vec<_> = rows.iter().filter_map(|row| Some((row.row.by["line"].as_str(), row.direction?))).collect();
    assert_eq!(moved, [("L1", Direction::Better), ("L2", Direction::Worse)]);
    let by_day = question("efficiency", DAY, DAY, &["day"]);
    assert!(plant.read(|r| compare(r, None, &by_day)).unwrap_err().is(Code::Grouping));
}

#[test]
fn a_target_is_the_client_s_else_the_plant_s() {
    let plant = plant();
    let factories = [plant.client("ACME", Basis::Labour), plant.client("BOLT", Basis::Labour)];
    for factory in &factories {
        three_days(&plant, factory, [480, 240, 400]);
    }
    own_target(&plant, &factories[0], 55.0);
    let put = json!({ "kpi": "efficiency", "target": 45.0, "warning": 40.0, "critical": null });
    assert_eq!(run(&plant, &plant.admin, "plant_threshold_put", put.clone()).unwrap(), put);
    let by_client = question("efficiency", DAY, DAY, &["client"]);
    let rows = compared(&plant, &by_client).rows;
    let seen: Vec<_> = rows.iter().take(2).map(|row| (row.target, row.to_target, row.target_direction)).collect();
    let [worse, better] = [Some(Direction::Worse), Some(Direction::Better)];
    assert_eq!(seen, [(Some(55.0), Some(-5.0), worse), (Some(45.0), Some(5.0), better)]);
    assert_eq!(plant.ask(&by_client).target, None, "they do not agree");
    let of = |factory: &Factory| {
        let ask = Ask { clients: Some(vec![factory.client]), ..question("efficiency", DAY, DAY, &[]) };
        plant.ask(&ask).target.map(|target| (target.target, target.warning))
    };
    assert_eq!(of(&factories[0]), Some((Some(55.0), None)), "a client's threshold stands as a whole");
    assert_eq!(of(&factories[1]), Some((Some(45.0), Some(40.0))));
}

#[test]
fn a_plant_threshold_is_an_admin_s_to_write_is_checked_and_can_be_taken_away() {
    let plant = plant();
    let factory = plant.client("ACME", Basis::Labour);
    let put = |kpi: &str, target: Json| json!({ "kpi": kpi, "target": target, "warning": null, "critical": null });
    for role in [Role::Viewer, Role::Operator, Role::Supervisor, Role::Leader, Role::Poweruser] {
        let who = super::scope::account(&plant, role, &[factory.client], &[]);
        assert_eq!(code(run(&plant, &who, "plant_threshold_put", put("oee", json!(85.0)))), "forbidden");
        assert_eq!(run(&plant, &who, "plant_threshold_list", json!({})).unwrap(), json!([]), "{}", role.word());
    }
    assert_eq!(code(run(&plant, &plant.admin, "plant_threshold_put", put("none", json!(1.0)))), "no_such_kpi");
    let negative = run(&plant, &plant.admin, "plant_threshold_put", put("oee", json!(-1.0))).unwrap_err();
    assert_eq!((negative.code.as_str(), negative.field.as_deref()), ("negative", Some("target")));
    run(&plant, &plant.admin, "plant_threshold_put", put("oee", json!(85.0))).unwrap();
    let viewer = plant.store.login("viewer", "another long phrase 9").unwrap();
    assert_eq!(run(&plant, &viewer, "plant_threshold_list", json!({})).unwrap(), json!([put("oee", json!(85.0))]));
    run(&plant, &plant.admin, "plant_threshold_put", put("oee", Json::Null)).unwrap();
    assert_eq!(run(&plant, &viewer, "plant_threshold_list", json!({})).unwrap(), json!([]));
}

#[test]
fn an_operator_hears_of_the_own_day_alone_and_a_foreign_client_is_missing() {
    let plant = plant();
    let factories = [plant.client("ACME", Basis::Labour), plant.client("BOLT", Basis::Labour)];
    let ask = three_days(&plant, &factories[0], [480, 240, 400]);
    let operator = super::scope::account(&plant, Role::Operator, &[factories[0].client], &[]);
    let as_operator = |ask: &Ask| plant.store.repository(&operator).unwrap().read(|r| compare(r, None, ask));
    let periods: Vec<_> = as_operator(&ask).unwrap().rows.iter().map(|row| row.period).collect();
    assert_eq!(periods, [ComparedPeriod::Asked]);
    let foreign = Ask { clients: Some(vec![factories[1].client]), ..ask };
    assert!(as_operator(&foreign).unwrap_err().is(Code::Missing));
}
