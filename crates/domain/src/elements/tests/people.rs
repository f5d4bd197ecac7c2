//! Attendance, covers and staffing: rules, worked examples and identities.

use super::*;
use crate::{Absence, Day};
use Element::*;
use proptest::{option, prelude::*};

/// Somebody who should work nine hours.
fn person(id: u8) -> AttendanceFacts {
    AttendanceFacts { id: key(id), scheduled: Some(9.0), ..AttendanceFacts::default() }
}

fn at_work(id: u8) -> AttendanceFacts {
    AttendanceFacts { actual: Some(9.0), ..person(id) }
}

fn missing(id: u8, absence: Absence) -> AttendanceFacts {
    AttendanceFacts { absence: Some(absence), ..person(id) }
}

fn list(attendance: Vec<AttendanceFacts>) -> PeopleFacts {
    PeopleFacts { attendance, counted: USUAL_ABSENCES, ..PeopleFacts::default() }
}

fn whole(facts: &PeopleFacts) -> Sums {
    people(facts).iter().map(|department| department.sums).sum()
}

/// Ten people scheduled for nine hours, the last of them absent.
fn one_of_ten(covers: Vec<CoverFacts>) -> Sums {
    let mut rows: Vec<_> = (0..9).map(at_work).collect();
    rows.push(AttendanceFacts { absent: Some(9.0), ..missing(9, Absence::Unscheduled) });
    whole(&PeopleFacts { covers, ..list(rows) })
}

#[test]
fn one_of_ten_absent_and_uncovered_is_ten_per_cent() {
    let sums = one_of_ten(vec![]);
    assert_eq!(percent(sums[UncoveredHours], sums[ScheduledHours]), "10.000");
}

#[test]
fn a_confirmed_cover_brings_net_to_nought_and_leaves_gross_at_ten_per_cent() {
    let cover = CoverFacts { absence: key(9), hours: Some(9.0), confirmed: true };
    let sums = one_of_ten(vec![cover.clone()]);
    let shown = [UncoveredHours, AbsentHours].map(|hours| percent(sums[hours], sums[ScheduledHours]));
    assert_eq!(shown, ["0.000", "10.000"]);
    let asked = one_of_ten(vec![CoverFacts { confirmed: false, ..cover }]);
    assert_eq!(percent(asked[UncoveredHours], asked[ScheduledHours]), "10.000", "only a confirmed cover covers");
}

#[test]
fn a_cover_covers_no_more_than_its_own_absence() {
    let rows = vec![
        AttendanceFacts { absent: Some(4.0), ..missing(1, Absence::Medical) },
        AttendanceFacts { absent: Some(4.0), ..missing(2, Absence::Medical) },
    ];
    let covers = vec![CoverFacts { absence: key(1), hours: Some(9.0), confirmed: true }];
    assert_eq!(whole(&PeopleFacts { covers, ..list(rows) })[UncoveredHours], 4.0);
}

#[test]
fn absent_hours_are_inferred_in_the_open_and_never_invented() {
    let of = |row: AttendanceFacts| {
        let told = people(&PeopleFacts { shift_hours: Some(8.0), ..list(vec![row]) });
        (told[0].sums[AbsentHours], told[0].sums[EstAbsentHours], told[0].sources.weakest(&[Subject::Hours]))
    };
    let difference = AttendanceFacts { actual: Some(5.0), ..person(1) };
    assert_eq!(of(difference.clone()), (4.0, 4.0, Some(Source::HoursDifference)));
    assert_eq!(of(AttendanceFacts { absent: Some(3.0), ..difference }), (3.0, 0.0, None), "entered hours win");
    assert_eq!(of(missing(1, Absence::Personal)), (9.0, 9.0, Some(Source::HoursWhole)));
    assert_eq!(of(person(1)), (0.0, 0.0, None), "nothing says that somebody was missing");
    assert_eq!(of(AttendanceFacts { actual: Some(11.0), ..person(1) }), (0.0, 0.0, None), "overtime is no absence");
    let unscheduled = AttendanceFacts { scheduled: None, actual: Some(5.0), ..person(1) };
    assert_eq!(of(unscheduled).0, 0.0, "the shift's hours are no one's own");
}

#[test]
fn vacation_and_holidays_are_not_scheduled_and_late_is_not_absent() {
    let off = whole(&list(vec![at_work(1), missing(2, Absence::Vacation), missing(3, Absence::Holiday)]));
    assert_eq!((off[ScheduledHours], off[AbsentHours], off[AttendanceRows]), (9.0, 0.0, 3.0));
    let half = AttendanceFacts { actual: Some(4.0), ..missing(1, Absence::Vacation) };
    assert_eq!(whole(&list(vec![half]))[ScheduledHours], 4.0);
    let late = AttendanceFacts { absent: Some(1.0), ..missing(1, Absence::Late) };
    let sums = whole(&PeopleFacts { counted: i64::MAX, ..list(vec![late]) });
    assert_eq!((sums[ScheduledHours], sums[AbsentHours]), (9.0, 0.0));
}

#[test]
fn a_client_says_which_absences_count() {
    let rows = [Absence::Unscheduled, Absence::Medical, Absence::Personal, Absence::Suspended];
    let rows: Vec<_> = rows.into_iter().enumerate().map(|(id, absence)| missing(id as u8, absence)).collect();
    assert_eq!(whole(&list(rows.clone()))[AbsentHours], 36.0);
    let sums = whole(&PeopleFacts { counted: 0b0001, ..list(rows) });
    assert_eq!((sums[AbsentHours], sums[ScheduledHours]), (9.0, 36.0));
}

#[test]
fn scheduled_hours_nobody_entered_are_the_shifts() {
    let rows = vec![AttendanceFacts { scheduled: None, ..person(1) }];
    let told = people(&PeopleFacts { shift_hours: Some(8.5), ..list(rows.clone()) });
    assert_eq!((told[0].sums[ScheduledHours], told[0].sums[EstScheduledHours]), (8.5, 8.5));
    assert_eq!(whole(&list(rows))[ScheduledHours], 0.0);
}

#[test]
fn each_department_has_its_own_people_and_the_line_its_staffing() {
    let of = |id, department: &str| AttendanceFacts { department: Some(department.into()), ..at_work(id) };
    let rows = vec![of(1, "Sewing"), of(2, "Cutting"), of(3, "Sewing")];
    let told = people(&PeopleFacts { required: Some(4.0), ..list(rows) });
    let shown: Vec<_> =
        told.iter().map(|d| (d.name.as_deref(), d.sums[AttendanceRows], d.sums[StaffedPeople])).collect();
    assert_eq!(shown, [(None, 0.0, 3.0), (Some("Cutting"), 1.0, 0.0), (Some("Sewing"), 2.0, 0.0)]);
    assert_eq!(told.iter().map(|d| d.sums[PeopleCells]).sum::<f64>(), 1.0);
}

#[test]
fn people_there_are_entered_or_present_and_never_guessed() {
    let staffed = |facts: &PeopleFacts| {
        let sums = whole(facts);
        (sums[RequiredPeople], sums[StaffedPeople], sums[EstStaffedPeople])
    };
    let asked = PeopleFacts { required: Some(10.0), ..list(vec![at_work(1), missing(2, Absence::Medical)]) };
    assert_eq!(staffed(&asked), (10.0, 1.0, 1.0));
    assert_eq!(staffed(&PeopleFacts { staffed: Some(8.0), ..asked.clone() }), (10.0, 8.0, 0.0));
    assert_eq!(staffed(&PeopleFacts { attendance: vec![], ..asked }), (0.0, 0.0, 0.0), "nobody told who was there");
}

#[test]
fn the_crew_is_who_was_present_before_any_mean() {
    let facts = Facts { listed: Some(11.0), mean_crew: Some(6.0), net_minutes: Some(480.0), ..Facts::default() };
    let worked = work(&facts);
    assert_eq!((worked.crew.value, worked.crew.source, worked.crew.confidence()), (11.0, Source::CrewAttendance, 0.8));
    assert_eq!(present(&[at_work(1), missing(2, Absence::Medical), missing(3, Absence::Late)]), Some(2.0));
    assert_eq!(present(&[missing(2, Absence::Medical)]), None);
}

#[test]
fn idle_minutes_of_covers_are_available_time_unless_the_line_shift_says_otherwise() {
    let facts = Facts { idle_minutes: Some(240.0), ..line_shift(5.0, 480.0) };
    assert_eq!(work(&facts).sums[Available], 5.0 * 480.0 + 240.0);
    let told = Facts { floating_idle: Some(2.0), ..facts.clone() };
    assert_eq!(work(&told).sums[Available], 7.0 * 480.0);
    assert_eq!(work(&Facts { basis: Basis::Machine, ..facts }).sums[Available], 480.0);
}

/// Monday is day 4 of 1970, as day 0 was a Thursday.
const MONDAY: i32 = 4;

fn factor(days: &[(i32, AttendanceFacts)]) -> (u32, f64, f64) {
    let told = bradford(days.iter().map(|(day, row)| (Day(MONDAY + day), row)), USUAL_ABSENCES);
    (told.spells, told.days, told.factor())
}

#[test]
fn three_spells_of_four_days_are_thirty_six() {
    let gone = || missing(1, Absence::Unscheduled);
    let days = [(0, gone()), (1, gone()), (2, at_work(1)), (3, gone()), (4, at_work(1)), (7, gone())];
    assert_eq!(factor(&days), (3, 4.0, 36.0));
}

#[test]
fn friday_and_monday_around_a_weekend_are_one_spell() {
    let gone = || missing(1, Absence::Medical);
    assert_eq!(factor(&[(4, gone()), (7, gone())]), (1, 2.0, 2.0));
    let vacation = [(4, gone()), (7, missing(1, Absence::Vacation)), (8, gone())];
    assert_eq!(factor(&vacation), (1, 2.0, 2.0), "a day of vacation is not attended");
}

#[test]
fn a_part_of_a_day_is_half_a_day_and_late_is_no_absence() {
    let half = AttendanceFacts { actual: Some(5.0), ..missing(1, Absence::Medical) };
    assert_eq!(factor(&[(0, half)]), (1, 0.5, 0.5));
    let late = AttendanceFacts { absent: Some(1.0), ..missing(1, Absence::Late) };
    let gone = || missing(1, Absence::Unscheduled);
    assert_eq!(factor(&[(0, gone()), (1, late), (2, gone())]), (2, 2.0, 8.0), "who came late came");
    assert_eq!(factor(&[]), (0, 0.0, 0.0));
}

prop_compose! {
    fn an_attendance()(
        id in 0u8..20, department in option::of(0u8..3), scheduled in option::of(0.0f64..12.0),
        worked in option::of(0.0f64..1.0), parts in [option::of(0.0f64..4.0), option::of(0.0f64..2.0), option::of(0.0f64..1.0)],
        more in 0.0f64..3.0, absent in option::of(0.0f64..1.0), absence in option::of(0usize..7),
    ) -> AttendanceFacts {
        let split: f64 = parts.iter().flatten().sum();
        AttendanceFacts {
            id: key(id), department: department.map(|n| n.to_string()), scheduled, split: parts,
            actual: worked.map(|_| split + more), absent: absent.map(|part| part * scheduled.unwrap_or(9.0)),
            absence: absence.map(|n| Absence::ALL[n]),
        }
    }
}

prop_compose! {
    fn a_list()(
        attendance in prop::collection::vec(an_attendance(), 0..12),
        covers in prop::collection::vec((0u8..20, option::of(0.0f64..12.0), any::<bool>()), 0..6),
        required in option::of(0.0f64..30.0), staffed in option::of(0.0f64..30.0), shift_hours in option::of(4.0f64..12.0),
        counted in 0i64..128,
    ) -> PeopleFacts {
        let covers = covers.into_iter().map(|(id, hours, confirmed)| CoverFacts { absence: key(id), hours, confirmed });
        PeopleFacts { attendance, covers: covers.collect(), required, staffed, shift_hours, counted }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(10_000) })]

    #[test]
    fn normal_double_triple_and_unsplit_hours_are_the_hours_worked(facts in a_list()) {
        for department in people(&facts) {
            let sums = department.sums;
            let split = sums[NormalHours] + sums[DoubleHours] + sums[TripleHours] + sums[UnsplitHours];
            prop_assert!((split - sums[ActualHours]).abs() <= 1e-9, "{split} is not {}", sums[ActualHours]);
        }
    }

    #[test]
    fn net_lies_between_nought_and_gross_and_no_estimate_exceeds_its_whole(facts in a_list()) {
        let sums = whole(&facts);
        prop_assert!(sums[UncoveredHours] >= -1e-9 && sums[UncoveredHours] <= sums[AbsentHours] + 1e-9);
        for (part, all) in [
            (EstScheduledHours, ScheduledHours), (EstAbsentHours, AbsentHours), (EstUncoveredHours, UncoveredHours),
            (EstStaffedPeople, StaffedPeople),
        ] {
            prop_assert!(sums[part] <= sums[all] + 1e-9, "{}", part.name());
        }
    }

    #[test]
    fn departments_sum_to_the_list_in_any_order(facts in a_list()) {
        let together = whole(&facts);
        let alone: Sums = facts.attendance.iter().map(|row| {
            let mut sums = whole(&PeopleFacts { attendance: vec![row.clone()], required: None, ..facts.clone() });
            sums[PeopleCells] = 0.0;
            sums
        }).sum();
        for element in [AttendanceRows, ScheduledHours, AbsentHours, UncoveredHours, ActualHours, UnsplitHours] {
            prop_assert!((together[element] - alone[element]).abs() <= 1e-9, "{}", element.name());
        }
        let mut turned = facts.clone();
        turned.attendance.reverse();
        for (a, b) in together.0.into_iter().zip(whole(&turned).0) {
            prop_assert!((a - b).abs() <= 1e-9);
        }
    }
}
