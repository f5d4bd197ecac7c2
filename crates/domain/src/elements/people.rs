//! Who was there on a line shift, from its attendance, covers and staffing.

use super::{Element, Source, Sourced, Sources, Sums, facts::Key};
use crate::Absence;
use std::collections::BTreeMap;

/// Absences that count where the client has not said: unscheduled, medical, personal, suspended.
pub const USUAL_ABSENCES: i64 = 0b1111;

/// Everything known about the people of one line, shift and day.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PeopleFacts {
    /// The people on the list.
    pub attendance: Vec<AttendanceFacts>,
    /// Who covers the absences of this list.
    pub covers: Vec<CoverFacts>,
    /// People needed, as entered.
    pub required: Option<f64>,
    /// People there, as entered.
    pub staffed: Option<f64>,
    /// Hours of the shift, where its clock or its client says.
    pub shift_hours: Option<f64>,
    /// The absences that count, as bits in the order of their list.
    pub counted: i64,
}

/// One person on the list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AttendanceFacts {
    /// The row's id.
    pub id: Key,
    /// Where the person belongs.
    pub department: Option<String>,
    /// Hours to work.
    pub scheduled: Option<f64>,
    /// Hours worked.
    pub actual: Option<f64>,
    /// Hours missing.
    pub absent: Option<f64>,
    /// Why.
    pub absence: Option<Absence>,
    /// Hours paid once, double and three times.
    pub split: [Option<f64>; 3],
}

/// Hours somebody covers of one absence.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CoverFacts {
    /// The absence.
    pub absence: Key,
    /// Hours covered; none for all of it.
    pub hours: Option<f64>,
    /// Whether a supervisor has confirmed it.
    pub confirmed: bool,
}

/// The people of one department on one line shift.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Department {
    /// Its name; none where people belong to none, or where it is about the line as a whole.
    pub name: Option<String>,
    /// Its elements.
    pub sums: Sums,
    /// What they rest on.
    pub sources: Sources,
}

/// Whether this kind of absence counts; late, vacation and holidays never do.
pub fn counts(absence: Option<Absence>, counted: i64) -> bool {
    // Hours missing without a reason are hours nobody knew of.
    let bit = absence.unwrap_or(Absence::Unscheduled) as u8;
    1_i64 << bit & counted & USUAL_ABSENCES != 0
}

/// Works out the people of a line shift, by department; nothing where nothing was entered.
pub fn people(facts: &PeopleFacts) -> Vec<Department> {
    let mut told = BTreeMap::<Option<String>, Department>::new();
    for row in &facts.attendance {
        let one = person(facts, row);
        let department = told.entry(row.department.clone()).or_default();
        department.name.clone_from(&row.department);
        department.sums += &one.sums;
        department.sources |= one.sources;
    }
    if let Some(list) = told.values_mut().next() {
        list.sums[Element::PeopleCells] = 1.0;
    }
    staffing(facts, &mut told);
    told.into_values().collect()
}

/// People present on a list; none where there is no list or nobody on it came.
pub fn present(attendance: &[AttendanceFacts]) -> Option<f64> {
    let here = attendance.iter().filter(|row| row.is_present()).count();
    (here > 0).then_some(here as f64)
}

impl AttendanceFacts {
    /// Whether the person came, be it late or for a part of the shift.
    pub fn is_present(&self) -> bool {
        match (self.worked(), self.scheduled, self.absent) {
            (Some(actual), _, _) => actual > 0.0,
            (None, Some(scheduled), Some(absent)) => absent < scheduled,
            (None, _, _) => matches!(self.absence, None | Some(Absence::Late)),
        }
    }

    /// Hours worked: as entered, else as they are paid.
    fn worked(&self) -> Option<f64> {
        let split = self.split.iter().flatten().copied().reduce(|a, b| a + b);
        self.actual.or(split)
    }

    /// Hours to work, of which vacation and holidays are not taken off yet.
    fn scheduled(&self, shift_hours: Option<f64>) -> Option<Sourced> {
        let entered = self.scheduled.map(|hours| Source::HoursEntered.gives(hours));
        entered.or_else(|| shift_hours.map(|hours| Source::HoursInferred.gives(hours)))
    }

    /// Hours missing for whatever reason: as entered, else what the rest of the row says.
    fn missing(&self, shift_hours: Option<f64>) -> Option<Sourced> {
        if let Some(absent) = self.absent {
            return Some(Source::HoursEntered.gives(absent));
        }
        match (self.scheduled, self.worked()) {
            (Some(scheduled), Some(actual)) => {
                // Whoever stayed longer was not missing.
                (scheduled > actual).then(|| Source::HoursDifference.gives(scheduled - actual))
            }
            (_, None) if !matches!(self.absence, None | Some(Absence::Late)) => {
                self.scheduled(shift_hours).map(|hours| Source::HoursWhole.gives(hours.value))
            }
            _ => None,
        }
    }

    /// Whether hours were missing that count.
    pub(super) fn is_absent(&self, counted: i64) -> bool {
        let hours = self.missing(None).map_or(0.0, |hours| hours.value);
        // Of a person with no hours at all, only the reason tells.
        let told = self.scheduled.is_none() && self.absent.is_none() && !self.is_present();
        counts(self.absence, counted) && (hours > 0.0 || told)
    }

    /// Whether the person need not come.
    fn is_off(&self) -> bool {
        matches!(self.absence, Some(Absence::Vacation | Absence::Holiday))
    }
}

/// One person's elements.
fn person(facts: &PeopleFacts, row: &AttendanceFacts) -> Department {
    let (mut sums, mut sources) = (Sums::default(), Sources::default());
    sums[Element::AttendanceRows] = 1.0;
    let missing = row.missing(facts.shift_hours);
    if let Some(hours) = row.scheduled(facts.shift_hours) {
        let off = missing.filter(|_| row.is_off());
        let due = hours.value - off.map_or(0.0, |off| off.value);
        let inferred = hours.source.is_inferred() || off.is_some_and(|off| off.source.is_inferred());
        put(&mut sums, Element::ScheduledHours, Element::EstScheduledHours, due, inferred);
        sources |= [hours.source].into_iter().chain(off.map(|off| off.source)).collect();
    }
    if let Some(absent) = missing.filter(|_| counts(row.absence, facts.counted)) {
        let open = absent.value - covered(facts, row.id, absent.value);
        let inferred = absent.source.is_inferred();
        put(&mut sums, Element::AbsentHours, Element::EstAbsentHours, absent.value, inferred);
        put(&mut sums, Element::UncoveredHours, Element::EstUncoveredHours, open, inferred);
        sources.add(absent.source);
    }
    labour(row, &mut sums);
    Department { name: None, sums, sources }
}

fn put(sums: &mut Sums, element: Element, estimate: Element, value: f64, inferred: bool) {
    sums[element] = value;
    sums[estimate] = if inferred { value } else { 0.0 };
}

/// Hours of an absence that confirmed covers fill: never more than it has.
fn covered(facts: &PeopleFacts, absence: Key, hours: f64) -> f64 {
    let own = facts.covers.iter().filter(|cover| cover.confirmed && cover.absence == absence);
    own.map(|cover| cover.hours.unwrap_or(hours)).sum::<f64>().min(hours)
}

/// Hours worked, by how they are paid; what nobody split is a part of its own.
fn labour(row: &AttendanceFacts, sums: &mut Sums) {
    let Some(actual) = row.worked() else { return };
    let split = row.split.map(|hours| hours.unwrap_or(0.0));
    sums[Element::ActualHours] = actual;
    for (element, hours) in [Element::NormalHours, Element::DoubleHours, Element::TripleHours].into_iter().zip(split) {
        sums[element] = hours;
    }
    sums[Element::UnsplitHours] = actual - split.iter().sum::<f64>();
}

/// People needed and there, which belong to the line and to no department.
fn staffing(facts: &PeopleFacts, told: &mut BTreeMap<Option<String>, Department>) {
    let entered = facts.staffed.map(|people| Source::StaffedEntered.gives(people));
    // A list on which nobody came still says how many were there.
    let listed = || {
        let listed = !facts.attendance.is_empty();
        listed.then(|| Source::StaffedAttendance.gives(present(&facts.attendance).unwrap_or(0.0)))
    };
    let (Some(required), Some(there)) = (facts.required, entered.or_else(listed)) else { return };
    let line = told.entry(None).or_default();
    line.sums[Element::RequiredPeople] = required;
    put(&mut line.sums, Element::StaffedPeople, Element::EstStaffedPeople, there.value, there.source.is_inferred());
    line.sources.add(there.source);
}
