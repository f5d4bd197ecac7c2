//! Staffing coverage: people there, of those needed.

use super::{Grouping, Kpi, PERCENT, Term};
use domain::elements::{Element, Subject};

pub(super) const KPI: Kpi = Kpi {
    code: "coverage",
    numerator: Term::of(Element::StaffedPeople, Some(Element::EstStaffedPeople), &[Subject::Staffed]),
    denominator: Term::of(Element::RequiredPeople, None, &[]),
    formula: "{staffed_people} / {required_people} × 100",
    undefined: "no_staffing",
    // What a line needs is not told by department.
    groupings: &[Grouping::Client, Grouping::Line, Grouping::Shift],
    ..PERCENT
};
