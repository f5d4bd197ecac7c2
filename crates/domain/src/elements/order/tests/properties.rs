//! What holds of every order.

use super::*;
use crate::elements::Family;
use proptest::{collection::vec, option, prelude::*};

fn a_day() -> impl Strategy<Value = Day> {
    (20_000i32..20_060).prop_map(Day)
}

prop_compose! {
    fn a_shipment()(day in a_day(), quantity in option::weighted(0.8, 0u8..100)) -> ShipmentFacts {
        ShipmentFacts { id: [0; 16], day, quantity: quantity.map(f64::from) }
    }
}

prop_compose! {
    fn a_stretch()(from in 20_000i64 * 1440..20_060 * 1440, length in option::weighted(0.8, 1i64..9_000)) -> Stretch {
        Stretch { from, to: length.map(|length| from + length) }
    }
}

prop_compose! {
    fn dates()(dates in vec(option::of(a_day()), 9)) -> OrderFacts {
        OrderFacts {
            received: dates[0], planned_start: dates[1], actual_start: dates[2], required_date: dates[3],
            planned_ship_date: dates[4], completed: dates[5], ended: dates[6],
            first_made: dates[7].min(dates[8]).or(dates[7]), last_made: dates[7].max(dates[8]),
            ..OrderFacts::default()
        }
    }
}

prop_compose! {
    fn an_order()(
        status in prop::sample::select(OrderStatus::ALL), before_hold in option::of(prop::sample::select(OrderStatus::ALL)),
        quantity in option::of(0u8..200), tolerance in 0.0f64..0.5, delay in option::of(prop::sample::select(Delay::ALL)),
        dates in dates(), shipments in vec(a_shipment(), 0..4), holds in vec(a_stretch(), 0..4),
        standard in option::of(0.1f64..50.0), crew in 0.0f64..5.0,
    ) -> OrderFacts {
        OrderFacts {
            status, before_hold, quantity: quantity.map(f64::from), tolerance, delay, shipments, holds, standard,
            shifts: vec![ShiftCapacity { crew, net_minutes: 480.0 }], ..dates
        }
    }
}

/// Every minute of the time on hold, counted one by one.
fn held_by_counting(holds: &[Stretch], from: i64, to: i64) -> i64 {
    let holds_minute = |minute: &i64| holds.iter().any(|h| h.from <= *minute && h.to.is_none_or(|to| *minute < to));
    (from..to).filter(holds_minute).count() as i64
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(10_000) })]

    #[test]
    fn the_time_on_hold_is_every_minute_once(facts in an_order(), as_of in a_day()) {
        if let Some(age) = facts.age(as_of) {
            let until = age.start.minute + age.minutes;
            prop_assert_eq!(age.held, held_by_counting(&facts.holds, age.start.minute, until));
            prop_assert!(age.days() >= 0.0 && until <= end_of(as_of));
        }
    }

    #[test]
    fn an_order_is_shipped_or_not_and_never_both(facts in an_order(), as_of in option::of(a_day())) {
        let sums = facts.delivery(as_of).sums;
        let due = sums[Element::ShippedOrders] + sums[Element::UnshippedOrders];
        prop_assert!(due == 0.0 || due == 1.0);
        prop_assert!(sums[Element::OnTimeFirst] <= sums[Element::ShippedOrders]);
        prop_assert!(sums[Element::OnTimeComplete] <= sums[Element::ShippedComplete]);
        prop_assert!(sums[Element::OnTimeFirst] + sums[Element::JustifiedLate] + sums[Element::JustifiedUnshipped] <= due);
        prop_assert!(due == 0.0 || facts.promised().is_some());
    }

    #[test]
    fn from_the_day_it_is_settled_an_order_is_what_it_is_ever_after(facts in an_order(), later in 0i32..40) {
        let settled = Day(facts.settled().0.max(20_000));
        let ever = facts.delivery(None);
        let then = facts.delivery(Some(settled.plus(later)));
        prop_assert_eq!((then.first, then.complete), (ever.first, ever.complete));
        let unshipped = [Element::UnshippedOrders, Element::JustifiedUnshipped, Element::EstUnshippedOrders, Element::EstJustifiedUnshipped];
        for element in Family::Orders.elements().iter().filter(|element| !unshipped.contains(element)) {
            prop_assert_eq!(then.sums[*element], ever.sums[*element], "{}", element.name());
        }
        let late = ever.promised.is_some_and(|promised| promised.day < settled.plus(later));
        prop_assert_eq!(then.sums[Element::UnshippedOrders], if late { ever.sums[Element::UnshippedOrders] } else { 0.0 });
    }

    #[test]
    fn an_open_order_ages_a_day_a_day_but_for_its_holds(facts in an_order(), as_of in a_day()) {
        let (Some(before), Some(after)) = (facts.age(as_of), facts.age(as_of.plus(1))) else { return Ok(()) };
        if after.open {
            let held = held_by_counting(&facts.holds, end_of(as_of), end_of(as_of.plus(1)));
            prop_assert_eq!(after.minutes - after.held - (before.minutes - before.held), 1440 - held);
        }
    }

    #[test]
    fn the_changes_of_the_days_up_to_a_day_make_its_age(facts in an_order(), as_of in a_day()) {
        let changes = facts.in_work_changes();
        prop_assert!(changes.windows(2).all(|pair| pair[0].0 < pair[1].0), "each day once, in order");
        let so_far = changes.iter().filter(|(day, _)| *day <= as_of).fold(InWork::default(), |sum, (_, one)| sum + *one);
        let (sums, sources) = so_far.as_of(as_of);
        let age = facts.age(as_of).filter(|age| age.open);
        let want = age.map(|age| age.sums()).unwrap_or_default();
        for element in Family::Wip.elements() {
            prop_assert!((sums[*element] - want[*element]).abs() < 1e-9, "{}", element.name());
        }
        prop_assert_eq!(sources, age.into_iter().map(|age| age.start.source).collect());
    }
}
