//! What the list of KPIs says can be asked is what is answered.

use super::*;
use domain::{Code, Role};

fn listed(plant: &Plant, who: &Session) -> Vec<KpiView> {
    plant.store.repository(who).unwrap().read(|r| Ok(list(r))).unwrap()
}

#[test]
fn every_kpi_is_listed_under_one_heading_after_the_other() {
    let plant = plant();
    plant.client("ACME", Basis::Labour);
    let listed = listed(&plant, &plant.admin);
    let codes: Vec<_> = listed.iter().map(|kpi| kpi.code.as_str()).collect();
    assert_eq!(codes, KPIS.iter().map(|kpi| kpi.code).collect::<Vec<_>>());
    assert!(listed.is_sorted_by_key(|kpi| kpi.family), "a heading stands once");
    let of = |family| listed.iter().find(|kpi| kpi.family == family).map(|kpi| kpi.code.as_str());
    let first = [KpiFamily::Output, KpiFamily::Quality, KpiFamily::Delivery, KpiFamily::People].map(of);
    assert_eq!(first, ["efficiency", "ppm", "otd", "absenteeism"].map(Some));
}

#[test]
fn a_kpi_is_grouped_by_what_the_list_says_and_by_nothing_else() {
    let plant = plant();
    plant.client("ACME", Basis::Labour);
    let asked = |kpi: &KpiView, by: &Grouping| {
        plant
            .read(|r| ask(r, None, &question(&kpi.code, DAY, DAY, &[by.word()])))
            .map_err(|fault| fault.is(Code::Grouping))
    };
    for kpi in listed(&plant, &plant.admin) {
        for by in Grouping::ALL {
            let is_listed =
                if by.is_time() { kpi.over_time } else { kpi.groupings.iter().any(|word| word == by.word()) };
            let answered = asked(&kpi, by);
            assert!(answered.is_ok() == is_listed && !matches!(answered, Err(false)), "{} by {}", kpi.code, by.word());
        }
    }
}

#[test]
fn a_kpi_is_followed_and_taken_apart_where_the_list_says_so() {
    let plant = plant();
    plant.client("ACME", Basis::Labour);
    for kpi in listed(&plant, &plant.admin) {
        let whole = question(&kpi.code, DAY, DAY.plus(1), &[]);
        let followed = plant.read(|r| course(r, None, &CourseAsk { ask: whole.clone(), base_to: None, ahead: 14 }));
        assert_eq!(followed.is_ok(), kpi.followed, "the course of {}", kpi.code);
        let versus = WhyAsk { ask: whole, versus_from: DAY.plus(-2), versus_to: DAY.plus(-1) };
        assert_eq!(plant.read(|r| why(r, None, &versus)).is_ok(), kpi.taken_apart, "why {} changed", kpi.code);
    }
}

#[test]
fn an_operator_is_offered_every_kpi_of_one_day_and_no_course() {
    let plant = plant();
    let acme = plant.client("ACME", Basis::Labour);
    let operator = scope::account(&plant, Role::Operator, &[acme.client], &[(acme.client, acme.lines[0])]);
    let listed = listed(&plant, &operator);
    assert_eq!(listed.len(), KPIS.len());
    assert!(listed.iter().all(|kpi| !kpi.over_time && !kpi.followed));
}
