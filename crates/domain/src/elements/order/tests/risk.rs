//! Whether an order will miss its promised day.

use super::*;

/// 400 of 1 000 units made, as of Friday 12 December 2025; promised on the 22nd.
fn order() -> OrderFacts {
    OrderFacts {
        status: OrderStatus::InProgress,
        actual_start: some("2025-12-01"),
        quantity: Some(1_000.0),
        planned_ship_date: some("2025-12-22"),
        ..OrderFacts::default()
    }
}

fn risk(facts: &OrderFacts, lately: f64, as_of: &str) -> Option<Risk> {
    facts.risk(Output { made: 400.0, lately }, day(as_of), false)
}

#[test]
fn six_hundred_units_at_a_hundred_a_working_day_take_six_working_days_more() {
    let made = |lately| Output { made: 400.0, lately };
    // Monday to Friday are the working days of the seven that end on the 12th.
    assert_eq!(order().projected(made(500.0), day("2025-12-12")), some("2025-12-22"));
    assert_eq!(order().projected(made(499.0), day("2025-12-12")), some("2025-12-23"));
    assert_eq!(order().projected(made(0.0), day("2025-12-12")), None);
    assert_eq!(order().projected(Output { made: 1_000.0, lately: 0.0 }, day("2025-12-12")), some("2025-12-12"));
}

#[test]
fn an_order_is_at_risk_when_its_pace_misses_the_promised_day() {
    assert_eq!(risk(&order(), 500.0, "2025-12-12"), None);
    assert_eq!(risk(&order(), 499.0, "2025-12-12"), Some(Risk::AtRisk));
}

#[test]
fn an_order_that_stands_for_seven_days_is_at_risk_and_one_just_begun_is_not() {
    assert_eq!(risk(&order(), 0.0, "2025-12-12"), Some(Risk::AtRisk));
    assert_eq!(risk(&OrderFacts { actual_start: some("2025-12-08"), ..order() }, 0.0, "2025-12-12"), None);
}

#[test]
fn an_order_is_late_from_the_day_after_its_promise_until_it_has_left() {
    assert_eq!(risk(&order(), 9_999.0, "2025-12-22"), Some(Risk::AtRisk), "what is left will be made tomorrow");
    assert_eq!(risk(&order(), 9_999.0, "2025-12-23"), Some(Risk::Late));
    let first = OrderFacts { shipments: vec![shipment("2025-12-22", Some(10.0))], ..order() };
    assert_eq!(risk(&first, 0.0, "2025-12-23"), None);
    let whole = |facts: &OrderFacts| facts.risk(Output::default(), day("2025-12-23"), true);
    assert_eq!(whole(&first), Some(Risk::Late), "where all of it must leave on time");
    let gone = OrderFacts { status: OrderStatus::Cancelled, ..order() };
    assert_eq!(risk(&gone, 0.0, "2025-12-23"), None);
}
