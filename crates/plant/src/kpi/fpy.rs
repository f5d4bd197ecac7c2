//! First pass yield: units without a defect the first time.

use super::{Kpi, OF_INSPECTED, Subject, Term};
use domain::elements::Element;

pub(super) const KPI: Kpi = Kpi {
    code: "fpy",
    numerator: Term::of(Element::FirstPassed, Some(Element::EstFirstPassed), &[Subject::Inspected]),
    denominator: Term::of(Element::FirstInspected, Some(Element::EstFirstInspected), &[Subject::Inspected]),
    formula: "{first_passed} / {first_inspected} × 100",
    ..OF_INSPECTED
};
