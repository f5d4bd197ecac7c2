//! Days, shifts and clock changes.

use super::*;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn zone(name: &str) -> Zone {
    zone_named(name).unwrap()
}

fn night(zone_name: &str, on: &str) -> Span {
    shift_span(zone(zone_name), day(on), 22 * 60, 6 * 60)
}

#[test]
fn a_day_is_text_of_one_form_only() {
    assert_eq!(day("1970-01-01"), Day(0));
    assert_eq!(day("2015-02-14").to_string(), "2015-02-14");
    for bad in ["2015-2-14", "2015-02-30", "14.02.2015", "2015-02-14 ", "+015-02-14", "2015/02/14", "", "2015-13-01"] {
        assert!(bad.parse::<Day>().is_err(), "{bad} passed");
    }
    assert_eq!(serde_json::to_string(&Day(16480)).unwrap(), "\"2015-02-14\"");
    assert_eq!(serde_json::from_str::<Day>("\"2015-02-14\"").unwrap(), Day(16480));
    assert!(serde_json::from_str::<Day>("16480").is_err());
}

#[test]
fn weeks_are_iso_weeks() {
    assert_eq!(day("2015-02-14").week(), "2015-W07");
    assert_eq!(day("2016-01-03").week(), "2015-W53");
    assert_eq!(day("2019-12-30").week(), "2020-W01");
    assert_eq!(day("2015-02-14").month(), "2015-02");
    assert_eq!(day("2015-02-14").first_of_month(), day("2015-02-01"));
    assert_eq!(day("2015-02-14").weekday(), 6);
    assert_eq!(day("2015-02-14").monday(), day("2015-02-09"));
    assert!(day("2015-02-14").is_in(0b0100000) && !day("2015-02-14").is_in(0b0011111));
    assert_eq!(day("2015-02-14").days_to(day("2015-02-20")), 7);
}

#[test]
fn a_night_shift_has_seven_or_nine_hours_when_the_clock_changes() {
    for (name, spring, autumn) in [
        ("Europe/Berlin", "2025-03-29", "2025-10-25"),
        ("America/Chicago", "2025-03-08", "2025-11-01"),
        ("America/Tijuana", "2025-03-08", "2025-11-01"),
        ("Australia/Sydney", "2025-10-04", "2025-04-05"),
        ("America/Santiago", "2025-09-06", "2025-04-05"),
    ] {
        assert_eq!(night(name, spring).minutes(), 420.0, "{name} spring");
        assert_eq!(night(name, autumn).minutes(), 540.0, "{name} autumn");
        assert_eq!(night(name, "2025-06-10").minutes(), 480.0, "{name}");
    }
    assert_eq!(night("Asia/Dhaka", "2025-03-29").minutes(), 480.0);
}

#[test]
fn a_half_hour_change_is_half_an_hour() {
    assert_eq!(night("Australia/Lord_Howe", "2025-10-04").minutes(), 450.0);
    assert_eq!(night("Australia/Lord_Howe", "2025-04-05").minutes(), 510.0);
}

#[test]
fn a_time_that_does_not_exist_is_the_moment_of_the_change() {
    let berlin = zone("Europe/Berlin");
    let change = instant_at(berlin, day("2025-03-30"), 180);
    assert_eq!(instant_at(berlin, day("2025-03-30"), 150), change);
    assert_eq!(instant_at(berlin, day("2025-03-30"), 120), change);
    assert_eq!(change.minutes_since(instant_at(berlin, day("2025-03-30"), 119)), 1.0);
    let samoa = zone("Pacific/Apia");
    let skipped = shift_span(samoa, day("2011-12-30"), 6 * 60, 14 * 60);
    assert_eq!(skipped.minutes(), 0.0, "the day did not exist");
    assert_eq!(skipped.from, instant_at(samoa, day("2011-12-31"), 0));
}

#[test]
fn a_time_that_exists_twice_is_the_first() {
    let berlin = zone("Europe/Berlin");
    let half_past_two = instant_at(berlin, day("2025-10-26"), 150);
    assert_eq!(instant_at(berlin, day("2025-10-26"), 180).minutes_since(half_past_two), 90.0);
    assert_eq!(half_past_two.minutes_since(instant_at(berlin, day("2025-10-26"), 119)), 31.0);
}

#[test]
fn later_wall_times_never_come_earlier() {
    for (name, on) in
        [("Europe/Berlin", "2025-03-30"), ("Europe/Berlin", "2025-10-26"), ("America/Chicago", "2025-03-09")]
    {
        let moments: Vec<_> = (0..2880).map(|minute| instant_at(zone(name), day(on), minute)).collect();
        assert!(moments.is_sorted(), "{name} {on}");
    }
}

#[test]
fn shifts_that_meet_leave_no_gap_on_any_night() {
    for start in ["2025-03-28", "2025-03-29", "2025-03-30", "2025-10-24", "2025-10-25", "2025-10-26"] {
        let berlin = zone("Europe/Berlin");
        let late = shift_span(berlin, day(start), 14 * 60, 22 * 60);
        let early = shift_span(berlin, day(start).plus(1), 6 * 60, 14 * 60);
        let night = night("Europe/Berlin", start);
        assert_eq!((late.to, night.to), (night.from, early.from), "{start}");
    }
}

#[test]
fn the_day_is_over_at_the_rollover() {
    let berlin = zone("Europe/Berlin");
    let five = instant_at(berlin, day("2025-06-11"), 5 * 60);
    assert_eq!(today(five, berlin, 6 * 60), day("2025-06-10"));
    assert_eq!(today(five, berlin, 0), day("2025-06-11"));
    assert!(!is_over(day("2025-06-10"), five, berlin, 6 * 60));
    assert!(is_over(day("2025-06-10"), five.plus_minutes(60), berlin, 6 * 60));
}

#[test]
fn the_hours_of_a_shift_follow_its_clock() {
    let berlin = zone("Europe/Berlin");
    let labels = |span| slots(berlin, span).iter().map(|s| s.from.clone().unwrap()).collect::<Vec<_>>();
    let spring = night("Europe/Berlin", "2025-03-29");
    assert_eq!(labels(spring), ["22:00", "23:00", "00:00", "01:00", "03:00", "04:00", "05:00"]);
    let autumn = labels(night("Europe/Berlin", "2025-10-25"));
    assert_eq!(autumn, ["22:00", "23:00", "00:00", "01:00", "02:00", "02:00", "03:00", "04:00", "05:00"]);
    let last = slots(berlin, shift_span(berlin, day("2025-06-10"), 360, 870)).pop().unwrap();
    assert_eq!((last.hour, last.to.as_deref(), last.minutes), (8, Some("14:30"), 30.0));
    assert_eq!(slots_without_clock(480.0).len(), 8);
    assert_eq!(slots_without_clock(480.0)[7], Slot { hour: 7, from: None, to: None, minutes: 60.0 });
    assert!(slots_without_clock(-5.0).is_empty());
}

#[test]
fn breaks_shorten_a_shift_and_pass_with_it() {
    let (berlin, on) = (zone("Europe/Berlin"), day("2025-06-10"));
    let span = night("Europe/Berlin", "2025-06-10");
    let breaks = [Break { start_minute: 120, minutes: 30.0 }, Break { start_minute: 23 * 60, minutes: 10.0 }];
    assert_eq!(net_minutes(span, &breaks), 440.0);
    let elapsed = |minutes| elapsed_net(berlin, on, span, &breaks, span.from.plus_minutes(minutes));
    assert_eq!((elapsed(-5), elapsed(60), elapsed(65), elapsed(120)), (0.0, 60.0, 60.0, 110.0));
    assert_eq!((elapsed(255), elapsed(300), elapsed(9000)), (230.0, 260.0, 440.0));
}

#[test]
fn the_latest_row_on_or_before_the_day_is_in_force() {
    let rows = [(Day(10), "a"), (Day(20), "b"), (Day(20), "c"), (Day(30), "d")];
    assert_eq!(valid_on(&rows, Day(9), |row| row.0), None);
    assert_eq!(valid_on(&rows, Day(19), |row| row.0), Some(&rows[0]));
    assert_eq!(all_valid_on(&rows, Day(29), |row| row.0), [&rows[1], &rows[2]]);
    assert!(all_valid_on(&rows, Day(9), |row| row.0).is_empty());
}

#[test]
fn the_same_days_a_year_ago_end_where_the_month_ends() {
    let day = |text: &str| text.parse::<Day>().unwrap();
    let before = |from, to| {
        let (from, to) = Day::a_year_before(day(from), day(to));
        (from.to_string(), to.to_string())
    };
    let pair = |from: &str, to: &str| (from.to_string(), to.to_string());
    assert_eq!(before("2025-11-03", "2025-11-20"), pair("2024-11-03", "2024-11-20"));
    assert_eq!(before("2025-02-01", "2025-02-28"), pair("2024-02-01", "2024-02-29"));
    assert_eq!(before("2024-02-01", "2024-02-29"), pair("2023-02-01", "2023-02-28"));
    assert_eq!(before("2024-02-29", "2024-03-10"), pair("2023-02-28", "2023-03-10"));
    assert_eq!(before("2025-01-01", "2025-12-31"), pair("2024-01-01", "2024-12-31"));
}
