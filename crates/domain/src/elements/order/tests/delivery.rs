//! Whether an order left on time, and whole.

use super::*;
use Element::{
    EstOnTimeFirst, EstShippedComplete, EstShippedOrders, EstUnshippedOrders, JustifiedLate, JustifiedUnshipped,
    OnTimeComplete, OnTimeFirst, ShippedComplete, ShippedOrders, UnshippedOrders,
};

fn promised(shipments: &[ShipmentFacts]) -> OrderFacts {
    OrderFacts {
        status: OrderStatus::InProgress,
        quantity: Some(100.0),
        planned_ship_date: some("2025-12-10"),
        shipments: shipments.to_vec(),
        ..OrderFacts::default()
    }
}

/// Shipped, unshipped, first on time, complete, complete on time.
fn counts(facts: &OrderFacts, as_of: Option<&str>) -> [f64; 5] {
    let sums = facts.delivery(as_of.map(day)).sums;
    [ShippedOrders, UnshippedOrders, OnTimeFirst, ShippedComplete, OnTimeComplete].map(|element| sums[element])
}

#[test]
fn the_first_shipment_decides_on_time_and_the_last_one_whole() {
    let facts = promised(&[shipment("2025-12-12", Some(60.0)), shipment("2025-12-10", Some(40.0))]);
    assert_eq!(counts(&facts, None), [1.0, 0.0, 1.0, 1.0, 0.0]);
    assert_eq!(text(facts.delivery(None).complete), Some(("2025-12-12".into(), Source::ShippedEntered)));
}

#[test]
fn within_the_tolerance_an_order_is_complete() {
    let facts = promised(&[shipment("2025-12-10", Some(95.0))]);
    assert_eq!(counts(&facts, None)[3], 0.0);
    for tolerance in [0.05, 0.1] {
        assert_eq!(counts(&OrderFacts { tolerance, ..facts.clone() }, None)[3], 1.0, "{tolerance}");
    }
}

#[test]
fn an_order_nobody_shipped_is_late_from_the_day_after_its_promise_on() {
    let facts = promised(&[]);
    assert_eq!(counts(&facts, Some("2025-12-10")), [0.0; 5]);
    assert_eq!(counts(&facts, Some("2025-12-11")), [0.0, 1.0, 0.0, 0.0, 0.0]);
    assert_eq!(counts(&facts, None), [0.0, 1.0, 0.0, 0.0, 0.0]);
}

#[test]
fn what_left_after_the_as_of_day_had_not_left_by_then() {
    let facts = promised(&[shipment("2025-12-12", Some(100.0))]);
    assert_eq!(counts(&facts, Some("2025-12-11")), [0.0, 1.0, 0.0, 0.0, 0.0]);
    assert_eq!(counts(&facts, Some("2025-12-12")), [1.0, 0.0, 0.0, 1.0, 0.0]);
}

#[test]
fn cancelled_and_rejected_orders_are_due_nowhere() {
    for status in [OrderStatus::Cancelled, OrderStatus::Rejected] {
        let gone = OrderFacts { status, ended: some("2025-12-20"), ..promised(&[shipment("2025-12-09", Some(1.0))]) };
        assert_eq!(counts(&gone, None), [0.0; 5]);
        assert_eq!(counts(&gone, Some("2025-12-19"))[0], 1.0, "it was not cancelled yet");
    }
}

#[test]
fn a_completed_order_without_a_shipment_left_on_the_working_day_after_its_last_production() {
    // Friday the 5th, then a weekend.
    let facts = OrderFacts { status: OrderStatus::Completed, last_made: some("2025-12-05"), ..promised(&[]) };
    let delivery = facts.delivery(None);
    assert_eq!(text(delivery.first), Some(("2025-12-08".into(), Source::ShippedAfter)));
    assert_eq!(delivery.first, delivery.complete);
    assert_eq!([EstShippedOrders, EstOnTimeFirst, EstShippedComplete].map(|e| delivery.sums[e]), [1.0; 3]);
    assert_eq!(counts(&facts, Some("2025-12-07")), [0.0; 5], "not yet");
    let unknown = OrderFacts { last_made: None, completed: None, ..facts.clone() };
    assert_eq!(counts(&unknown, None), [0.0, 1.0, 0.0, 0.0, 0.0]);
    let open = OrderFacts { status: OrderStatus::InProgress, ..facts };
    assert_eq!(open.delivery(None).first, None, "an open order has not left");
}

#[test]
fn where_units_are_missing_the_last_shipment_makes_a_finished_order_whole() {
    let facts = promised(&[shipment("2025-12-08", Some(10.0)), shipment("2025-12-11", None)]);
    assert_eq!(facts.delivery(None).complete, None);
    let done = OrderFacts { status: OrderStatus::Shipped, completed: some("2025-12-07"), ..facts };
    assert_eq!(text(done.delivery(None).complete), Some(("2025-12-11".into(), Source::ShippedRest)));
    let counted = OrderFacts { shipments: vec![shipment("2025-12-08", Some(10.0))], ..done };
    assert_eq!(counted.delivery(None).complete, None, "ten of a hundred are not all");
}

#[test]
fn a_delay_that_is_not_ours_is_counted_beside() {
    let late = promised(&[shipment("2025-12-12", Some(100.0))]);
    let of = |facts: &OrderFacts| {
        let sums = facts.delivery(None).sums;
        [sums[JustifiedLate], sums[JustifiedUnshipped], sums[OnTimeFirst]]
    };
    for delay in Delay::ALL.iter().copied() {
        let justified = f64::from(u8::from(delay.is_justified()));
        let delay = Some(delay);
        assert_eq!(of(&OrderFacts { delay, ..late.clone() }), [justified, 0.0, 0.0]);
        assert_eq!(of(&OrderFacts { delay, ..promised(&[]) }), [0.0, justified, 0.0]);
        let on_time = promised(&[shipment("2025-12-09", Some(100.0))]);
        assert_eq!(of(&OrderFacts { delay, ..on_time }), [0.0, 0.0, 1.0], "it was on time");
    }
}

#[test]
fn a_promise_that_is_inferred_makes_its_order_an_estimate() {
    let facts = OrderFacts { planned_ship_date: None, required_date: some("2025-12-10"), ..promised(&[]) };
    assert_eq!(facts.delivery(None).sums[EstUnshippedOrders], 1.0);
    assert_eq!(promised(&[]).delivery(None).sums[EstUnshippedOrders], 0.0);
}
