//! The rules of the elements, one by one.

use super::*;
use Element::*;

fn crew_of(facts: &Facts) -> (f64, &'static str, f64) {
    let crew = work(facts).crew;
    (crew.value, crew.source.key(), crew.confidence())
}

fn with_crews(crews: &[(Option<i64>, f64)]) -> Facts {
    let crewed = |(place, (hour, crew)): (usize, &(Option<i64>, f64))| EntryFacts {
        id: key(place as u8),
        hour: *hour,
        crew_assigned: Some(*crew),
        ..EntryFacts::default()
    };
    Facts { entries: crews.iter().enumerate().map(crewed).collect(), ..Facts::default() }
}

#[test]
fn the_crew_comes_from_the_best_source() {
    let mut facts = with_crews(&[(Some(0), 8.0)]);
    facts.entries[0].crew_present = Some(7.0);
    facts.crew = Some(30.5);
    facts.mean_crew = Some(6.0);
    facts.planned_crew = Some(5.0);
    facts.policy.default_crew = Some(4.0);
    assert_eq!(crew_of(&facts), (30.5, "entered", 1.0));
    facts.crew = None;
    assert_eq!(crew_of(&facts), (8.0, "crew_assigned", 1.0));
    facts.entries[0].crew_assigned = None;
    assert_eq!(crew_of(&facts), (7.0, "crew_present", 0.8));
    facts.entries[0].crew_present = None;
    assert_eq!(crew_of(&facts), (6.0, "mean_30_days", 0.5));
    facts.mean_crew = None;
    assert_eq!(crew_of(&facts), (5.0, "planned_crew", 0.4));
    facts.planned_crew = None;
    assert_eq!(crew_of(&facts), (4.0, "client_default", 0.3));
    facts.policy.default_crew = None;
    assert_eq!(crew_of(&facts), (0.0, "unknown", 0.0));
}

#[test]
fn crews_of_entries_are_never_added() {
    assert_eq!(crew_of(&with_crews(&[(None, 5.0), (None, 4.0)])).0, 5.0, "both held the whole shift");
    assert_eq!(crew_of(&with_crews(&[(Some(0), 6.0), (Some(1), 8.0)])).0, 7.0, "one after the other");
    assert_eq!(crew_of(&with_crews(&[(Some(0), 6.0), (Some(0), 8.0), (Some(1), 4.0)])).0, 6.0);
    assert_eq!(crew_of(&with_crews(&[(Some(0), 6.0), (None, 4.0), (Some(1), 8.0)])).0, 8.0);
}

#[test]
fn a_machine_line_counts_as_one_whatever_is_entered() {
    let stops = vec![StopFacts { affected: Some(4.0), ..stop(1, 30.0) }];
    let facts = Facts { basis: Basis::Machine, floating_idle: Some(3.0), stops, ..line_shift(9.0, 480.0) };
    let worked = work(&facts);
    assert_eq!((worked.sums[Available], worked.sums[Stops], worked.sums[Crew]), (480.0, 30.0, 1.0));
    assert_eq!(worked.sources.weakest(&[Subject::Crew, Subject::Stops]), None);
    assert_eq!(worked.sums[MachineShifts], 1.0);
}

#[test]
fn stations_do_not_multiply_the_minutes_of_a_machine_line() {
    let at = |station: &str, stop: StopFacts| StopFacts { station: Some(station.into()), ..stop };
    let stops = vec![at("A", stop_at(1, 0.0, 30.0)), at("B", stop_at(2, 10.0, 30.0)), stop_at(3, 20.0, 30.0)];
    let standing = |basis| work(&Facts { basis, stops: stops.clone(), ..line_shift(1.0, 480.0) }).sums;
    assert_eq!((standing(Basis::Machine)[Stops], standing(Basis::Machine)[Failures]), (50.0, 3.0));
    assert_eq!(standing(Basis::Labour)[Stops], 90.0, "people of each station stand still");
}

#[test]
fn units_that_something_was_done_with_failed_where_nobody_counted_the_failed_ones() {
    let good = |defective, parts| {
        let entries = vec![EntryFacts { defective, parts, ..entry(1, 100.0, 6.0) }];
        work(&Facts { entries, ..line_shift(1.0, 480.0) }).sums[Good]
    };
    assert_eq!(good(None, [None, Some(1.0), Some(5.0)]), 94.0);
    assert_eq!(good(Some(10.0), [None, Some(1.0), Some(5.0)]), 90.0, "what was counted counts");
    assert_eq!(good(None, [None; 3]), 100.0);
}

#[test]
fn net_minutes_come_from_the_best_source() {
    let mut facts = Facts {
        calendar_net: Some(300.0),
        clock_net: Some(450.0),
        clock_minutes: Some(480.0),
        ..line_shift(1.0, 510.0)
    };
    let net = |facts: &Facts| {
        let net = work(facts).net_minutes;
        (net.value, net.source.key(), net.confidence())
    };
    assert_eq!(net(&facts), (510.0, "entered", 1.0));
    facts.net_minutes = None;
    assert_eq!(net(&facts), (300.0, "calendar_day", 1.0));
    facts.calendar_net = None;
    assert_eq!(net(&facts), (450.0, "shift_clock", 1.0));
    facts.clock_net = None;
    assert_eq!(net(&facts), (480.0, "client_default", 0.3));
}

#[test]
fn a_running_shift_is_measured_against_what_has_passed() {
    let entries = vec![entry(1, 10.0, 6.0)];
    let facts = Facts { elapsed_net: Some(120.0), planned_units: Some(80.0), entries, ..line_shift(2.0, 480.0) };
    let sums = work(&facts).sums;
    assert_eq!((sums[Available], sums[PlannedUnits]), (240.0, 20.0));
    assert_eq!(sums.to_explain(), 180.0);
    let over = work(&Facts { elapsed_net: Some(900.0), ..facts });
    assert_eq!(over.sums[Available], 960.0);
}

#[test]
fn overtime_is_in_the_line_s_unit() {
    let sums = work(&Facts { overtime: Some(7080.0), ..line_shift(59.0, 480.0) }).sums;
    assert_eq!(sums[Available], 35400.0);
}

#[test]
fn excluded_stops_are_neither_planned_time_nor_stops() {
    let planned = StopFacts { planned: true, ..stop(1, 60.0) };
    let setup = StopFacts { setup: true, ..stop(2, 20.0) };
    let mut facts = Facts { stops: vec![planned, setup, stop(3, 10.0)], ..line_shift(2.0, 480.0) };
    let of = |facts: &Facts| {
        let sums = work(facts).sums;
        (sums[Available], sums[Planned], sums[Stops], sums[Failures], sums[DownClock])
    };
    assert_eq!(of(&facts), (960.0, 960.0, 180.0, 1.0, 10.0));
    facts.policy.exclude_planned = true;
    assert_eq!(of(&facts), (960.0, 840.0, 60.0, 1.0, 10.0));
    facts.policy.exclude_setup = true;
    assert_eq!(of(&facts), (960.0, 800.0, 20.0, 1.0, 10.0));
}

#[test]
fn stops_are_clipped_to_the_shift() {
    let stops = vec![stop_at(1, -30.0, 60.0), stop_at(2, 450.0, 90.0)];
    let sums = work(&Facts { stops, clock_minutes: Some(480.0), ..line_shift(1.0, 450.0) }).sums;
    assert_eq!(sums[Stops], 60.0);
    let unclocked = work(&Facts { stops: vec![stop(1, 600.0)], ..line_shift(1.0, 480.0) }).sums;
    assert_eq!(unclocked[Stops], 600.0, "without clock times nothing is clipped");
}

#[test]
fn an_overlap_at_one_station_counts_once() {
    let at = |id, start, minutes, station: &str, affected| StopFacts {
        station: Some(station.into()),
        affected: Some(affected),
        ..stop_at(id, start, minutes)
    };
    let facts = |stops| Facts { stops, ..line_shift(10.0, 480.0) };
    let one = work(&facts(vec![at(1, 0.0, 60.0, "A", 1.0), at(2, 30.0, 60.0, "A", 3.0)]));
    assert_eq!((one.stops[0].clock, one.stops[1].clock), (30.0, 60.0), "the larger stop has the overlap");
    assert_eq!((one.sums[Stops], one.sums[DownClock]), (210.0, 90.0));
    let two = work(&facts(vec![at(1, 0.0, 60.0, "A", 1.0), at(2, 30.0, 60.0, "B", 3.0)]));
    assert_eq!(two.sums[Stops], 240.0, "two stations stand side by side");
    let same = work(&facts(vec![stop_at(1, 0.0, 60.0), stop_at(2, 0.0, 60.0)]));
    assert_eq!(same.sums[Stops], 600.0);
}

#[test]
fn a_stop_continued_in_the_next_row_is_one_failure() {
    let because = |reason, stop: StopFacts| StopFacts { reason: Some(key(reason)), ..stop };
    let failures = |stops| work(&Facts { stops, ..line_shift(1.0, 480.0) }).sums[Failures];
    let rows =
        [because(1, stop_at(1, 0.0, 60.0)), because(1, stop_at(2, 60.0, 60.0)), because(1, stop_at(3, 120.0, 5.0))];
    assert_eq!(failures(rows.to_vec()), 1.0);
    assert_eq!(failures(vec![rows[0].clone(), rows[2].clone()]), 2.0, "it ran in between");
    assert_eq!(failures(vec![rows[0].clone(), because(2, rows[1].clone())]), 2.0, "another reason");
    assert_eq!(failures(vec![stop(1, 60.0), stop(2, 60.0)]), 2.0, "no clock times tell");
}

#[test]
fn a_partial_run_report_is_named_and_not_used() {
    let reports = |minutes: Option<f64>, id| EntryFacts { run_minutes: minutes, ..entry(id, 10.0, 5.0) };
    let mut facts = Facts { entries: vec![reports(Some(60.0), 1), reports(None, 2)], ..line_shift(2.0, 480.0) };
    let worked = work(&facts);
    assert_eq!((worked.run_report, worked.run), (Some((1, 2)), Source::RunInferred));
    assert_eq!((worked.sums[Run], worked.sums[EstRun]), (960.0, 960.0));
    facts.entries[1].run_minutes = Some(0.0);
    let worked = work(&facts);
    assert_eq!((worked.run_report, worked.run, worked.sums[Run]), (None, Source::RunReported, 120.0));
    assert_eq!((worked.sums[EstRun], worked.sums.unaccounted()), (0.0, 840.0));
    assert_eq!(work(&line_shift(2.0, 480.0)).run, Source::RunInferred, "no entry, no report");
}

#[test]
fn the_standard_comes_from_the_best_source() {
    let mut facts = Facts { entries: vec![entry(1, 1.0, 3.0)], ..line_shift(1.0, 480.0) };
    facts.entries[0].order_standard = Some(2.0);
    facts.entries[0].demonstrated = Some(4.0);
    facts.policy.default_standard = Some(5.0);
    let standard = |facts: &Facts| {
        let worked = work(facts);
        let standard = worked.entries[0].standard;
        (standard.value, standard.source.key(), worked.sums[EstEarned])
    };
    assert_eq!(standard(&facts), (2.0, "work_order", 0.0));
    facts.entries[0].order_standard = None;
    assert_eq!(standard(&facts), (3.0, "product_standard", 0.0));
    facts.entries[0].product_standard = None;
    assert_eq!(standard(&facts), (4.0, "demonstrated", 4.0));
    facts.entries[0].demonstrated = None;
    assert_eq!(standard(&facts), (5.0, "client_default", 5.0));
    facts.policy.default_standard = None;
    assert_eq!(standard(&facts), (0.0, "unknown", 0.0));
}

#[test]
fn a_stop_that_names_an_order_goes_wholly_to_it() {
    let of = |order: u8, produced| EntryFacts { order: Some(key(order)), ..entry(order, produced, 1.0) };
    let named = |order: u8| StopFacts { order: Some(key(order)), ..stop(order, 30.0) };
    let facts =
        Facts { entries: vec![of(1, 100.0), of(2, 300.0)], stops: vec![named(1), named(9)], ..line_shift(1.0, 480.0) };
    let worked = work(&facts);
    let stops: Vec<_> =
        worked.parts.iter().map(|part| (part.key.order, part.sums[Stops], part.sums[Planned])).collect();
    assert_eq!(stops, [(Some(key(9)), 30.0, 0.0), (Some(key(1)), 30.0, 120.0), (Some(key(2)), 0.0, 360.0),]);
}

#[test]
fn a_line_shift_without_entries_stays_under_no_product() {
    let worked = work(&Facts { stops: vec![stop(1, 30.0)], ..line_shift(1.0, 480.0) });
    assert_eq!(worked.parts.len(), 1);
    assert_eq!((worked.parts[0].key, worked.parts[0].sums), (PartKey::default(), worked.sums));
    assert_eq!((worked.sums[LineShifts], worked.sums[WithEntries]), (1.0, 0.0));
}

#[test]
fn one_product_in_eight_hours_leaves_nothing_to_divide() {
    let hour = |hour| EntryFacts { hour: Some(hour), id: key(hour as u8), ..entry(1, 10.0 + hour as f64, 1.0) };
    let worked = work(&Facts { entries: (0..8).map(hour).collect(), ..line_shift(1.0, 480.0) });
    assert_eq!((worked.allocation, worked.parts.len(), worked.parts[0].shared), (Source::Whole, 8, 0));
}

#[test]
fn every_source_has_its_own_bit() {
    assert!(Source::ALL.len() <= 63);
    let all: Sources = Source::ALL.iter().copied().collect();
    assert_eq!(all.iter().count(), Source::ALL.len());
    assert_eq!(Sources(all.0), all | Sources::default());
}

#[test]
fn every_square_is_found_by_its_elements() {
    for square in Square::ALL {
        let (x, y) = square.elements();
        assert_eq!((Square::of(x, y), Square::of(y, x)), (Some(*square), Some(*square)));
    }
    assert_eq!(Square::of(Crew, Entries), None);
}
