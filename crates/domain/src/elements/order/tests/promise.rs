//! The day an order was promised.

use super::*;

fn planned(units: f64, standard: f64, crew: f64, net_minutes: f64) -> OrderFacts {
    let plan = Plan { line: [1; 16], shift: [2; 16], from: Day(0), weekdays: 0b001_1111 };
    OrderFacts {
        planned_start: some("2025-12-01"),
        quantity: Some(units),
        standard: Some(standard),
        shifts: vec![ShiftCapacity { crew, net_minutes }],
        calendar: Arc::new(WorkingDays::of([plan], [])),
        ..OrderFacts::default()
    }
}

fn promised(facts: &OrderFacts) -> Option<(String, Source)> {
    text(facts.promised())
}

#[test]
fn a_hundred_units_of_a_quarter_hour_by_one_person_of_9_h_take_3_days_to_thursday() {
    let facts = planned(100.0, 15.0, 1.0, 540.0);
    assert_eq!(facts.days_needed(100.0), Some(3));
    assert_eq!(promised(&facts), Some(("2025-12-04".into(), Source::PromisedWorked)));
}

#[test]
fn twelve_hundred_and_73_units_by_59_people_take_2_days_to_wednesday() {
    let facts = planned(1273.0, 26.16, 59.0, 480.0);
    assert_eq!(facts.days_needed(1273.0), Some(2));
    assert_eq!(promised(&facts), Some(("2025-12-03".into(), Source::PromisedWorked)));
}

#[test]
fn two_shifts_a_day_halve_the_days() {
    let one = ShiftCapacity { crew: 1.0, net_minutes: 540.0 };
    let facts = OrderFacts { shifts: vec![one, one], ..planned(200.0, 15.0, 1.0, 540.0) };
    assert_eq!(facts.days_needed(200.0), Some(3));
}

#[test]
fn a_whole_number_of_days_is_not_rounded_up_by_its_last_bits() {
    let facts = planned(3.0, 0.1 + 0.2, 1.0, 0.9);
    let minutes: f64 = 0.1 + 0.2;
    assert!(3.0 * minutes / 0.9 > 1.0, "the last bits say more than one day");
    assert_eq!(facts.days_needed(3.0), Some(1));
}

#[test]
fn the_planned_ship_date_goes_before_the_required_date_before_what_is_worked_out() {
    let facts = OrderFacts {
        planned_ship_date: some("2026-01-10"),
        required_date: some("2026-01-08"),
        ..planned(100.0, 15.0, 1.0, 540.0)
    };
    assert_eq!(promised(&facts), Some(("2026-01-10".into(), Source::PromisedPlanned)));
    let facts = OrderFacts { planned_ship_date: None, ..facts };
    assert_eq!(promised(&facts), Some(("2026-01-08".into(), Source::PromisedRequired)));
}

#[test]
fn without_quantity_standard_crew_or_planned_start_nothing_is_promised() {
    let whole = planned(100.0, 15.0, 1.0, 540.0);
    for facts in [
        OrderFacts { quantity: None, ..whole.clone() },
        OrderFacts { standard: None, ..whole.clone() },
        OrderFacts { shifts: vec![], ..whole.clone() },
        OrderFacts { planned_start: None, ..whole },
    ] {
        assert_eq!(facts.promised(), None);
    }
}

#[test]
fn weekends_and_holidays_are_no_working_days_and_an_exception_is_one() {
    let plan = Plan { line: [1; 16], shift: [2; 16], from: Day(0), weekdays: 0b001_1111 };
    let exception = |on: &str, working| DayException { day: day(on), line: None, shift: None, working };
    let holiday = exception("2025-12-12", false);
    let days = WorkingDays::of([plan], [holiday]);
    assert_eq!(days.after(day("2025-12-11"), 1), some("2025-12-15"), "Friday is a holiday, then the weekend");
    let days = WorkingDays::of([plan], [holiday, exception("2025-12-13", true)]);
    assert_eq!(days.after(day("2025-12-11"), 1), some("2025-12-13"));
    assert_eq!(days.after(day("2025-12-11"), 0), some("2025-12-11"));
}

#[test]
fn a_client_without_a_plan_works_from_monday_to_friday() {
    let days = WorkingDays::default();
    assert_eq!(days.after(day("2025-12-05"), 1), some("2025-12-08"));
    let later = Plan { line: [1; 16], shift: [2; 16], from: day("2026-06-01"), weekdays: 0b100_0000 };
    let days = WorkingDays::of([later], []);
    assert_eq!(days.after(day("2025-12-05"), 1), some("2025-12-08"), "before the first plan");
    assert_eq!(days.after(day("2026-06-01"), 1), some("2026-06-07"), "Sundays only, then");
}

#[test]
fn a_day_is_worked_when_one_of_the_lines_works() {
    let of = |line: u8, weekdays| Plan { line: [line; 16], shift: [2; 16], from: Day(0), weekdays };
    let off = DayException { day: day("2025-12-08"), line: Some([1; 16]), shift: None, working: false };
    assert_eq!(WorkingDays::of([of(1, 0b1)], [off]).after(day("2025-12-07"), 1), some("2025-12-15"));
    assert_eq!(WorkingDays::of([of(1, 0b1), of(3, 0b1)], [off]).after(day("2025-12-07"), 1), some("2025-12-08"));
}

#[test]
fn a_calendar_without_working_days_promises_nothing() {
    let never = Plan { line: [1; 16], shift: [2; 16], from: Day(0), weekdays: 0 };
    let calendar = Arc::new(WorkingDays::of([never], []));
    assert_eq!(OrderFacts { calendar, ..planned(100.0, 15.0, 1.0, 540.0) }.promised(), None);
}
