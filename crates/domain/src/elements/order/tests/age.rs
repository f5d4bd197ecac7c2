//! How long an order has been in work.

use super::*;
use crate::{Client, HoldEntry, HoldState, Id, time::zone_named};

fn hold(from: (&str, Option<i64>), to: Option<(&str, Option<i64>)>) -> HoldEntry {
    HoldEntry {
        state: if to.is_some() { HoldState::Resumed } else { HoldState::Held },
        held_from: some(from.0),
        held_from_minute: from.1,
        held_to: to.map(|to| day(to.0)),
        held_to_minute: to.and_then(|to| to.1),
        ..HoldEntry::blank(Id::<Client>::from_bytes([1; 16]), Id::from_bytes([2; 16]))
    }
}

fn utc(holds: &[HoldEntry]) -> Vec<Stretch> {
    holds.iter().filter_map(|hold| stretch(hold, zone_named("UTC").unwrap())).collect()
}

fn begun(on: &str, holds: &[HoldEntry]) -> OrderFacts {
    OrderFacts { status: OrderStatus::InProgress, actual_start: some(on), holds: utc(holds), ..OrderFacts::default() }
}

fn days(facts: &OrderFacts, as_of: &str) -> Option<f64> {
    facts.age(day(as_of)).map(|age| age.days())
}

#[test]
fn an_order_of_1_december_held_on_the_3rd_and_4th_is_5_days_old_on_the_7th() {
    let held = hold(("2025-12-03", None), Some(("2025-12-04", None)));
    assert_eq!(days(&begun("2025-12-01", &[held]), "2025-12-07"), Some(5.0));
}

#[test]
fn holds_that_overlap_count_once_and_to_the_minute() {
    let holds = [
        hold(("2025-05-01", Some(18 * 60)), Some(("2025-05-02", Some(6 * 60)))),
        hold(("2025-05-02", Some(0)), Some(("2025-05-02", Some(12 * 60)))),
    ];
    let facts = OrderFacts { actual_start_minute: Some(0), ..begun("2025-05-01", &holds) };
    let age = facts.age(day("2025-05-03")).unwrap();
    assert_eq!((age.minutes, age.held, age.days()), (3 * 1440, 18 * 60, 2.25));
}

#[test]
fn a_start_with_a_time_is_exact_and_one_without_covers_its_day() {
    let whole = begun("2025-12-01", &[]);
    assert_eq!(days(&whole, "2025-12-01"), Some(1.0));
    let noon = OrderFacts { actual_start_minute: Some(720), ..whole };
    assert_eq!(days(&noon, "2025-12-01"), Some(0.5));
}

#[test]
fn only_an_approved_hold_of_the_whole_order_pauses_it() {
    let held = hold(("2025-12-03", None), Some(("2025-12-04", None)));
    for (what, paused) in [
        (held.clone(), 2.0),
        (HoldEntry { quantity: Some(50), ..held.clone() }, 0.0),
        (HoldEntry { job_id: Some(Id::from_bytes([9; 16])), ..held.clone() }, 0.0),
        (HoldEntry { state: HoldState::Requested, ..held.clone() }, 0.0),
        (HoldEntry { state: HoldState::Rejected, ..held.clone() }, 0.0),
        (HoldEntry { state: HoldState::Cancelled, ..held.clone() }, 0.0),
        (HoldEntry { state: HoldState::Scrapped, ..held.clone() }, 2.0),
        (HoldEntry { state: HoldState::ResumeRequested, ..held }, 5.0),
    ] {
        let state = what.state;
        assert_eq!(days(&begun("2025-12-01", &[what]), "2025-12-07"), Some(7.0 - paused), "{state:?}");
    }
}

#[test]
fn a_hold_lasts_from_its_request_where_nobody_said_from_when() {
    // 2025-12-03 20:30 in Mexico City is 02:30 of the 4th in UTC.
    let asked = crate::time::instant_at(zone_named("America/Mexico_City").unwrap(), day("2025-12-03"), 20 * 60 + 30);
    let held = HoldEntry { held_from: None, requested_at: Some(asked.0), ..hold(("2025-12-03", None), None) };
    let from = |zone: &str| stretch(&held, zone_named(zone).unwrap()).unwrap().from;
    assert_eq!(from("America/Mexico_City"), begin_of(day("2025-12-03")) + 20 * 60 + 30);
    assert_eq!(from("UTC"), begin_of(day("2025-12-04")) + 2 * 60 + 30);
}

#[test]
fn a_hold_counts_only_between_start_and_as_of_day() {
    let early = hold(("2025-11-01", None), Some(("2025-12-02", None)));
    let lasting = hold(("2025-12-06", None), None);
    let facts = begun("2025-12-01", &[early, lasting]);
    assert_eq!(days(&facts, "2025-12-05"), Some(3.0));
    assert_eq!(days(&facts, "2025-12-07"), Some(3.0), "it does not age while it is held");
    assert_eq!(days(&facts, "2025-11-30"), None, "not begun");
}

#[test]
fn the_start_is_the_best_known() {
    let all = OrderFacts {
        received: some("2025-11-01"),
        planned_start: some("2025-11-10"),
        first_made: some("2025-11-12"),
        ..begun("2025-11-11", &[])
    };
    let source = |facts: &OrderFacts| facts.start().map(|start| start.source);
    assert_eq!(source(&all), Some(Source::StartEntered));
    let all = OrderFacts { actual_start: None, ..all };
    assert_eq!(source(&all), Some(Source::StartProduced));
    let all = OrderFacts { first_made: None, ..all };
    assert_eq!(source(&all), Some(Source::StartPlanned));
    let all = OrderFacts { planned_start: None, ..all };
    assert_eq!(source(&all), Some(Source::StartReceived));
    assert_eq!(source(&OrderFacts { received: None, ..all }), None);
}

#[test]
fn a_completed_order_keeps_its_age_and_is_no_wip_from_its_day_on() {
    let done = OrderFacts { status: OrderStatus::Shipped, completed: some("2025-12-05"), ..begun("2025-12-01", &[]) };
    let at = |as_of: &str| done.age(day(as_of)).map(|age| (age.days(), age.sums()[Element::WipOrders]));
    assert_eq!(at("2025-12-04"), Some((4.0, 1.0)), "it was in work on the day before");
    assert_eq!(at("2025-12-05"), Some((5.0, 0.0)));
    assert_eq!(at("2026-03-01"), Some((5.0, 0.0)));
}

#[test]
fn a_cancelled_order_is_wip_only_before_it_was_cancelled() {
    for status in [OrderStatus::Cancelled, OrderStatus::Rejected] {
        let gone = OrderFacts { status, ended: some("2025-12-05"), ..begun("2025-12-01", &[]) };
        assert_eq!((days(&gone, "2025-12-04"), days(&gone, "2025-12-05")), (Some(4.0), None));
        assert_eq!(days(&OrderFacts { ended: None, ..gone }, "2025-12-04"), None, "nobody knows when");
    }
}

#[test]
fn a_completed_order_that_is_set_aside_stays_completed() {
    let aside = OrderFacts {
        status: OrderStatus::OnHold,
        before_hold: Some(OrderStatus::Completed),
        completed: some("2025-12-05"),
        ..begun("2025-12-01", &[])
    };
    assert_eq!(aside.age(day("2025-12-09")).map(|age| age.open), Some(false));
    let making = OrderFacts { before_hold: Some(OrderStatus::InProgress), ..aside };
    assert_eq!(making.age(day("2025-12-09")).map(|age| age.open), Some(true));
}

#[test]
fn ages_fall_into_bands_whose_ends_are_included() {
    let counts: Vec<u32> = bands(&[0.5, 7.0, 7.1, 14.0, 30.0, 31.0], &[7, 14, 30]).iter().map(|b| b.orders).collect();
    assert_eq!(counts, [2, 2, 1, 1]);
}
