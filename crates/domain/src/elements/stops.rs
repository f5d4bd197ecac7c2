//! What the stops of a line shift cost.

use super::{
    Source, Sourced,
    facts::{Affects, Basis, Facts, Key, Policy, StopFacts},
    net::clock_limit,
};

/// A stop with what it counts for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WorkedStop {
    /// The stop's id.
    pub id: Key,
    /// Clock minutes that count: within the shift, an overlap once.
    pub clock: f64,
    /// People or stations it held up.
    pub affected: Sourced,
    /// Clock minutes × affected, in the line's unit.
    pub amount: f64,
    /// The client's policy takes it out of planned time.
    pub excluded: bool,
    /// Its reason is neither planned nor a set-up.
    pub unplanned: bool,
    /// It is a failure of its own, not the rest of one before.
    pub failure: bool,
    /// The work order it belongs to.
    pub order: Option<Key>,
}

/// The stops of a line shift, an overlap at one station counted once.
pub(super) fn worked(facts: &Facts, crew: f64) -> Vec<WorkedStop> {
    let mut stops: Vec<WorkedStop> = facts.stops.iter().map(|stop| one(stop, facts, crew)).collect();
    unite(facts, &mut stops);
    for (place, stop) in facts.stops.iter().enumerate() {
        let worked = &mut stops[place];
        worked.amount = worked.clock * worked.affected.value;
        worked.failure = worked.unplanned && !facts.stops.iter().any(|other| continues(stop, other));
    }
    stops
}

fn one(stop: &StopFacts, facts: &Facts, crew: f64) -> WorkedStop {
    WorkedStop {
        id: stop.id,
        clock: stop.minutes.unwrap_or(0.0),
        affected: affected(stop, facts.basis, crew),
        amount: 0.0,
        excluded: is_excluded(stop, &facts.policy),
        unplanned: is_unplanned(stop),
        failure: false,
        order: stop.order,
    }
}

fn is_excluded(stop: &StopFacts, policy: &Policy) -> bool {
    (stop.planned && policy.exclude_planned) || (stop.setup && policy.exclude_setup)
}

fn is_unplanned(stop: &StopFacts) -> bool {
    !stop.planned && !stop.setup
}

fn affected(stop: &StopFacts, basis: Basis, crew: f64) -> Sourced {
    match (stop.minutes, basis, stop.affected, stop.affects) {
        (None, ..) => Source::StopUnknown.gives(0.0),
        (_, Basis::Machine, ..) => Source::StopMachine.gives(1.0),
        (_, _, Some(affected), _) => Source::StopEntered.gives(affected),
        (_, _, None, Affects::Line) => Source::StopLine.gives(crew),
        (_, _, None, Affects::Station) => Source::StopStation.gives(1.0),
    }
}

/// Start and end of a stop with clock times, from the start of the shift.
fn interval(stop: &StopFacts) -> Option<(f64, f64)> {
    let start = stop.start_minute?;
    Some((start, start + stop.minutes?))
}

/// Stops of one group hold up the same people: the station's or the line's.
fn group(stop: &StopFacts) -> (Option<&str>, bool) {
    let station = stop.station.as_deref();
    (station, station.is_none() && stop.affects == Affects::Station)
}

/// Clips stops with clock times to the shift and gives every minute to one.
fn unite(facts: &Facts, stops: &mut [WorkedStop]) {
    let limit = clock_limit(facts);
    let timed: Vec<(usize, f64, f64)> = (facts.stops.iter().enumerate())
        .filter_map(|(place, stop)| {
            interval(stop).map(|(from, to)| (place, from.clamp(0.0, limit), to.clamp(0.0, limit)))
        })
        .collect();
    let mut edges: Vec<f64> = timed.iter().flat_map(|(_, from, to)| [*from, *to]).collect();
    edges.sort_by(f64::total_cmp);
    timed.iter().for_each(|(place, ..)| stops[*place].clock = 0.0);
    for edge in edges.windows(2).filter(|edge| edge[0] < edge[1]) {
        let here: Vec<usize> =
            timed.iter().filter(|(_, from, to)| *from <= edge[0] && edge[1] <= *to).map(|(place, ..)| *place).collect();
        for place in winners(facts, stops, &here) {
            stops[place].clock += edge[1] - edge[0];
        }
    }
}

/// Of the stops at one moment, the one of each group that held up most.
///
/// The minutes of a machine line are the line's, whichever of its stations stand.
fn winners(facts: &Facts, stops: &[WorkedStop], here: &[usize]) -> Vec<usize> {
    let fact = |place: usize| &facts.stops[place];
    let same = |a, b| facts.basis == Basis::Machine || group(fact(a)) == group(fact(b));
    let beats = |a: usize, b: usize| {
        let (more, less) = (stops[a].affected.value, stops[b].affected.value);
        more > less || (more == less && (fact(a).start_minute, stops[a].id, a) < (fact(b).start_minute, stops[b].id, b))
    };
    let loses = |place: usize| here.iter().any(|other| *other != place && same(*other, place) && beats(*other, place));
    here.iter().copied().filter(|place| !loses(*place)).collect()
}

/// Whether `stop` goes on where `earlier` stood: the same failure in its next row.
fn continues(stop: &StopFacts, earlier: &StopFacts) -> bool {
    let (Some((start, _)), Some((from, to))) = (interval(stop), interval(earlier)) else {
        return false;
    };
    let same = group(stop) == group(earlier) && stop.reason == earlier.reason && is_unplanned(earlier);
    let before = (from, earlier.id) < (start, stop.id);
    same && before && start <= to
}
