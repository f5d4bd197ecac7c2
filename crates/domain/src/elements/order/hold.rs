//! When all of an order stood still.

use super::{begin_of, end_of};
use crate::{
    Day, HoldEntry,
    time::{Instant, Zone, local_minute},
};

/// A stretch of time on hold, in minutes since 1970 by the client's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stretch {
    /// Its first minute.
    pub from: i64,
    /// The minute after its last; none while it lasts.
    pub to: Option<i64>,
}

/// The time a hold stops the whole order; none for one that does not.
///
/// A hold that was never approved, and one of a job or of some units, stop
/// nothing. It lasts from `held_from` (else from when it was asked for) until
/// the work went on; a day without a minute is held as a whole.
pub fn stretch(hold: &HoldEntry, zone: Zone) -> Option<Stretch> {
    if !hold.state.was_held() || hold.job_id.is_some() || hold.quantity.is_some() {
        return None;
    }
    let shown = |at: i64| local_minute(zone, Instant(at));
    let at = |moment: Option<i64>| moment.map(shown).map(|(day, minute)| begin_of(day) + minute);
    let from = first_minute(hold.held_from, hold.held_from_minute)
        .or_else(|| at(hold.requested_at))
        .or_else(|| at(hold.approved_at))?;
    if hold.state.is_held() {
        return Some(Stretch { from, to: None });
    }
    // One that went on nobody knows when says nothing about how long it lasted.
    let to = last_minute(hold.held_to, hold.held_to_minute).or_else(|| at(hold.resumed_at))?;
    Some(Stretch { from, to: Some(to.max(from)) })
}

/// The minute from which a date counts: its first, unless it names one.
pub(super) fn first_minute(day: Option<Day>, minute: Option<i64>) -> Option<i64> {
    day.map(|day| begin_of(day) + minute.unwrap_or(0))
}

/// The minute to which a date counts: the end of the day, unless it names one.
fn last_minute(day: Option<Day>, minute: Option<i64>) -> Option<i64> {
    day.map(|day| minute.map_or(end_of(day), |minute| begin_of(day) + minute))
}

/// The union of stretches, in order, clipped to what lies from `start` on and, where given, before `end`.
pub fn union(holds: &[Stretch], start: i64, end: Option<i64>) -> Vec<Stretch> {
    let mut clipped: Vec<Stretch> = holds.iter().filter_map(|hold| clip(*hold, start, end)).collect();
    clipped.sort_unstable_by_key(|hold| hold.from);
    let mut union: Vec<Stretch> = Vec::new();
    for hold in clipped {
        match union.last_mut() {
            Some(last) if last.to.is_none_or(|to| hold.from <= to) => last.to = later(last.to, hold.to),
            _ => union.push(hold),
        }
    }
    union
}

fn clip(hold: Stretch, start: i64, end: Option<i64>) -> Option<Stretch> {
    let from = hold.from.max(start);
    let to = match (hold.to, end) {
        (Some(to), Some(end)) => Some(to.min(end)),
        (to, end) => to.or(end),
    };
    to.is_none_or(|to| from < to).then_some(Stretch { from, to })
}

fn later(a: Option<i64>, b: Option<i64>) -> Option<i64> {
    a.zip(b).map(|(a, b)| a.max(b))
}
