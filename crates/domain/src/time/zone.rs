//! Wall clocks: what a local time means in UTC.

use super::{Day, Instant};
use chrono::{NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Timelike};

/// A time zone of the IANA database.
pub type Zone = chrono_tz::Tz;

/// The zone of an IANA name such as "Europe/Berlin".
pub fn zone_named(name: &str) -> Option<Zone> {
    name.parse().ok()
}

/// The first moment at which the wall clock shows `minute` of `day`, or more.
///
/// A time that exists twice is its first occurrence; one that a clock change
/// skips is the moment of the change. Later wall times never come earlier.
/// `minute` counts wall-clock minutes after midnight and may exceed 1 440.
pub fn instant_at(zone: Zone, day: Day, minute: i32) -> Instant {
    let local = day.date().and_time(NaiveTime::MIN) + TimeDelta::minutes(i64::from(minute));
    match zone.from_local_datetime(&local).earliest() {
        Some(moment) => Instant(moment.timestamp_millis()),
        None => clock_change_over(zone, local),
    }
}

/// The moment at which the wall clock jumps over `local`, found by halving.
fn clock_change_over(zone: Zone, local: NaiveDateTime) -> Instant {
    let middle = local.and_utc().timestamp();
    let (mut before, mut after) = (middle - 50 * 3600, middle + 50 * 3600);
    while after - before > 1 {
        let half = before + (after - before) / 2;
        if wall(zone, Instant(half * 1000)) < local { before = half } else { after = half }
    }
    Instant(after * 1000)
}

/// What the wall clock of the zone shows at a moment.
fn wall(zone: Zone, at: Instant) -> NaiveDateTime {
    zone.from_utc_datetime(&at.utc().naive_utc()).naive_local()
}

/// The date the wall clock shows at a moment, and the minute after its midnight.
pub fn local_minute(zone: Zone, at: Instant) -> (Day, i64) {
    let shown = wall(zone, at);
    (Day::from(shown.date()), i64::from(shown.hour()) * 60 + i64::from(shown.minute()))
}

/// The wall clock at a moment, as "22:00".
pub fn local_label(zone: Zone, at: Instant) -> String {
    wall(zone, at).format("%H:%M").to_string()
}

/// The production day now: the date changes `rollover_minute` minutes after midnight.
pub fn today(now: Instant, zone: Zone, rollover_minute: i32) -> Day {
    Day::from((wall(zone, now) - TimeDelta::minutes(i64::from(rollover_minute))).date())
}

/// Whether a production day has ended for a client.
pub fn is_over(day: Day, now: Instant, zone: Zone, rollover_minute: i32) -> bool {
    today(now, zone, rollover_minute) > day
}
