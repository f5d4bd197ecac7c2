//! How many people the line had.

use super::{
    Source, Sourced,
    facts::{Basis, EntryFacts, Facts},
};

/// The crew of a line shift, from the best source there is.
pub(super) fn crew(facts: &Facts) -> Sourced {
    if facts.basis == Basis::Machine {
        return Source::CrewMachine.gives(1.0);
    }
    let known = |source: Source| move |value: f64| source.gives(value);
    (facts.crew.map(known(Source::CrewEntered)))
        .or_else(|| in_entries(&facts.entries, |entry| entry.crew_assigned).map(known(Source::CrewAssigned)))
        .or_else(|| in_entries(&facts.entries, |entry| entry.crew_present).map(known(Source::CrewPresent)))
        .or_else(|| facts.listed.map(known(Source::CrewAttendance)))
        .or_else(|| facts.mean_crew.map(known(Source::CrewMean)))
        .or_else(|| facts.planned_crew.map(known(Source::CrewPlanned)))
        .or_else(|| facts.policy.default_crew.map(known(Source::CrewDefault)))
        .unwrap_or(Source::CrewUnknown.gives(0.0))
}

/// Idle floating people: as entered, else their minutes as a part of the shift.
///
/// They do not multiply on a machine line.
pub(super) fn floating_idle(facts: &Facts, net_minutes: f64) -> f64 {
    let covers = || facts.idle_minutes.filter(|_| net_minutes > 0.0).map(|minutes| minutes / net_minutes);
    match facts.basis {
        Basis::Machine => 0.0,
        Basis::Labour => facts.floating_idle.or_else(covers).unwrap_or(0.0),
    }
}

/// One crew from several entries: never their sum.
///
/// Entries at the same time share their people, so the largest counts; between
/// different times the mean counts. An entry of the whole shift overlaps all.
fn in_entries(entries: &[EntryFacts], people: impl Fn(&EntryFacts) -> Option<f64>) -> Option<f64> {
    let mut told: Vec<(Option<i64>, f64)> = entries.iter().filter_map(|e| Some((e.hour, people(e)?))).collect();
    told.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    if told.first()?.0.is_none() {
        return told.iter().map(|(_, people)| *people).reduce(f64::max);
    }
    let largest: Vec<f64> = told.chunk_by(|a, b| a.0 == b.0).filter_map(|hour| Some(hour.last()?.1)).collect();
    Some(largest.iter().sum::<f64>() / largest.len() as f64)
}
