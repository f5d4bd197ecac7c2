//! Which part of an element rests on inference.

use super::*;
use Element::*;

#[test]
fn what_rests_on_an_inferred_crew_is_estimated() {
    let facts = Facts {
        crew: None,
        mean_crew: Some(10.0),
        entries: vec![EntryFacts { run_minutes: Some(400.0), ..entry(1, 10.0, 6.0) }],
        stops: vec![StopFacts { affected: Some(2.0), ..stop(1, 30.0) }],
        ..line_shift(0.0, 480.0)
    };
    let worked = work(&facts);
    let sums = worked.sums;
    assert_eq!((sums[EstAvailable], sums[EstPlanned], sums[EstUptime]), (4800.0, 4800.0, 4740.0));
    assert_eq!((sums[EstStops], sums[EstEarned], sums[EstCrew]), (0.0, 0.0, 10.0));
    assert_eq!((sums[EstRun], sums[EstRunClock]), (4000.0, 0.0), "the clock was reported, the crew was not");
    assert_eq!(worked.sources.weakest(&[Subject::Crew, Subject::NetMinutes]), Some(Source::CrewMean));
    assert_eq!(worked.sources.weakest(&[Subject::Standard]), None);
}

#[test]
fn what_rests_on_inferred_stops_is_estimated() {
    let planned = StopFacts { planned: true, affects: Affects::Station, ..stop(2, 60.0) };
    let policy = Policy { exclude_planned: true, ..Policy::default() };
    let sums = work(&Facts { stops: vec![stop(1, 30.0), planned], policy, ..line_shift(10.0, 480.0) }).sums;
    assert_eq!((sums[Planned], sums[EstPlanned]), (4740.0, 60.0));
    assert_eq!((sums[Stops], sums[EstStops], sums[EstUptime]), (300.0, 300.0, 360.0));
    assert_eq!(sums[EstAvailable], 0.0);
}

#[test]
fn idle_floating_people_are_time_but_do_not_run_the_line_faster() {
    let mut facts = Facts { floating_idle: Some(2.0), entries: vec![entry(1, 10.0, 6.0)], ..line_shift(10.0, 540.0) };
    let sums = work(&facts).sums;
    assert_eq!((sums[Run], sums[RunClock]), (6480.0, 540.0));
    facts.entries[0].run_minutes = Some(500.0);
    let sums = work(&facts).sums;
    assert_eq!((sums[Run], sums[RunClock]), (5000.0, 500.0));
}
