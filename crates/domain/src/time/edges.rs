//! Every minute round a clock change is in exactly one shift.

use super::*;
use chrono::{Offset, TimeZone, Timelike};
use proptest::prelude::*;

/// Zones that changed their clocks twice in 2025.
const CHANGING: [&str; 30] = [
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/Chicago",
    "America/Denver",
    "America/Halifax",
    "America/Havana",
    "America/Los_Angeles",
    "America/New_York",
    "America/Nuuk",
    "America/Santiago",
    "America/St_Johns",
    "America/Tijuana",
    "Antarctica/Troll",
    "Asia/Beirut",
    "Asia/Jerusalem",
    "Atlantic/Azores",
    "Australia/Adelaide",
    "Australia/Hobart",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Europe/Berlin",
    "Europe/Chisinau",
    "Europe/Dublin",
    "Europe/Helsinki",
    "Europe/Lisbon",
    "Europe/London",
    "Europe/Madrid",
    "Europe/Warsaw",
    "Pacific/Auckland",
    "Pacific/Chatham",
];

/// Zones that did not; for these any two dates do.
const STANDING: [&str; 10] = [
    "America/Bogota",
    "America/Mexico_City",
    "America/Sao_Paulo",
    "America/Tegucigalpa",
    "Asia/Dhaka",
    "Asia/Ho_Chi_Minh",
    "Asia/Kathmandu",
    "Asia/Shanghai",
    "Etc/UTC",
    "Pacific/Kiritimati",
];

/// A shift by the minutes of the wall clock at which it starts and ends.
type Clock = (i32, i32);

const PATTERNS: [(&str, &[Clock]); 3] = [
    ("three of 8 h", &[(360, 840), (840, 1320), (1320, 360)]),
    ("two of 12 h", &[(360, 1080), (1080, 360)]),
    ("a day and a night of 8 h", &[(360, 1320), (1320, 360)]),
];

/// Minutes by which the wall clock is before UTC at a moment.
fn ahead(zone: Zone, at: Instant) -> i32 {
    zone.offset_from_utc_datetime(&at.utc().naive_utc()).fix().local_minus_utc() / 60
}

/// The days of 2025 whose nights had another length, with the minutes by which the clock went on.
fn changes(zone: Zone) -> Vec<(Day, i32)> {
    let noon = |day: Day| Instant(i64::from(day.0) * 86_400_000 + 43_200_000);
    let year = Day::of(2025, 1, 1).unwrap().to(Day::of(2025, 12, 30).unwrap());
    let went_on = |day: Day| (day, ahead(zone, noon(day.plus(1))) - ahead(zone, noon(day)));
    year.map(went_on).filter(|(_, minutes)| *minutes != 0).collect()
}

/// A shift of a day, by its number in the pattern, as the wall clock alone tells it.
fn by_the_wall(zone: Zone, pattern: &[Clock], at: Instant) -> (Day, usize) {
    let wall = zone.from_utc_datetime(&at.utc().naive_utc()).naive_local();
    let (date, minute) = (Day::from(wall.date()), (wall.hour() * 60 + wall.minute()) as i32);
    let is_in =
        |(from, to): &Clock| if from < to { (*from..*to).contains(&minute) } else { minute >= *from || minute < *to };
    let number = pattern.iter().position(is_in).unwrap();
    // What is left of a night before its end began the day before.
    let began_before = minute < 360;
    (if began_before { date.plus(-1) } else { date }, number)
}

/// Holds the shifts of the days round one date to the wall clock; the minutes that were asked.
fn every_minute_is_in_one_shift(name: &str, on: Day) -> usize {
    let zone = zone_named(name).unwrap();
    let (first, last) = (instant_at(zone, on.plus(-1), 0), instant_at(zone, on.plus(3), 0));
    let mut asked = 0;
    for (what, pattern) in PATTERNS {
        let spans: Vec<((Day, usize), Span)> = on
            .plus(-3)
            .to(on.plus(4))
            .flat_map(|day| {
                pattern.iter().enumerate().map(move |(n, (from, to))| ((day, n), shift_span(zone, day, *from, *to)))
            })
            .collect();
        let mut at = first;
        while at < last {
            let within: Vec<_> =
                spans.iter().filter(|(_, span)| span.from <= at && at < span.to).map(|(shift, _)| *shift).collect();
            assert_eq!(within, [by_the_wall(zone, pattern, at)], "{what} in {name} at {at}");
            // Where the day changes with the first shift, the clock's day is the shift's.
            assert_eq!(today(at, zone, 360), within[0].0, "{what} in {name} at {at}");
            (at, asked) = (at.plus_minutes(1), asked + 1);
        }
    }
    asked
}

#[test]
fn every_minute_of_40_zones_round_both_clock_changes_is_in_exactly_one_shift() {
    let arbitrary = ["2025-02-11", "2025-08-05"].map(|day| day.parse::<Day>().unwrap());
    for name in CHANGING {
        let days = changes(zone_named(name).unwrap());
        assert_eq!(days.len(), 2, "{name} changed its clocks twice");
        for (day, went_on) in days {
            // Four days by three patterns, longer or shorter by the change.
            assert_eq!(every_minute_is_in_one_shift(name, day), (3 * (4 * 1440 - went_on)) as usize, "{name} on {day}");
        }
    }
    for name in STANDING {
        assert!(changes(zone_named(name).unwrap()).is_empty(), "{name} left its clocks alone");
        arbitrary.iter().for_each(|day| assert_eq!(every_minute_is_in_one_shift(name, *day), 3 * 4 * 1440));
    }
}

#[test]
fn a_shift_is_as_long_as_its_two_moments_are_apart_and_belongs_to_the_day_it_starts() {
    for name in CHANGING {
        let zone = zone_named(name).unwrap();
        for (day, went_on) in changes(zone) {
            for (from, to) in PATTERNS.iter().flat_map(|pattern| pattern.1) {
                let span = shift_span(zone, day, *from, *to);
                let length = (to - from).rem_euclid(1440);
                let holds_the_change = from > to;
                let expected = if holds_the_change { length - went_on } else { length };
                assert_eq!(span.minutes(), f64::from(expected), "{name} on {day}, {from} to {to}");
                assert_eq!(today(span.from, zone, 0), day, "{name}");
                let slots: f64 = slots(zone, span).iter().map(|slot| slot.minutes).sum();
                assert_eq!(slots, span.minutes(), "{name} on {day}: its hours are all of it");
            }
        }
    }
}

#[test]
fn a_night_of_8_h_has_7_or_9_and_half_an_hour_less_or_more_on_lord_howe() {
    let nights = |name: &str| {
        let zone = zone_named(name).unwrap();
        let mut minutes: Vec<_> =
            changes(zone).iter().map(|(day, _)| shift_span(zone, *day, 1320, 360).minutes()).collect();
        minutes.sort_by(f64::total_cmp);
        minutes
    };
    assert_eq!(nights("Australia/Lord_Howe"), [450.0, 510.0]);
    assert_eq!(nights("Antarctica/Troll"), [360.0, 600.0], "two hours");
    let others = CHANGING.iter().filter(|name| !["Australia/Lord_Howe", "Antarctica/Troll"].contains(name));
    others.for_each(|name| assert_eq!(nights(name), [420.0, 540.0], "{name}"));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(10_000) })]

    #[test]
    fn shifts_that_meet_by_the_wall_clock_meet_in_time(
        zone in prop::sample::select(&CHANGING[..]), change in 0usize..2, off in -2i32..3, cuts in prop::collection::btree_set(0i32..1440, 1..5),
    ) {
        // Also where a shift starts in an hour that is there twice, or never.
        let zone = zone_named(zone).unwrap();
        let day = changes(zone)[change].0.plus(off);
        let cuts: Vec<i32> = cuts.into_iter().collect();
        let ends = cuts[1..].iter().chain(&cuts[..1]);
        let spans: Vec<Span> = cuts.iter().zip(ends).map(|(from, to)| shift_span(zone, day, *from, *to)).collect();
        let after = shift_span(zone, day.plus(1), cuts[0], cuts[0] + 1);
        for (span, next) in spans.iter().zip(spans[1..].iter().chain([&after])) {
            prop_assert!(span.from <= span.to);
            prop_assert_eq!(span.to, next.from);
        }
    }
}
