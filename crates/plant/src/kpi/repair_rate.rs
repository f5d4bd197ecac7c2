//! Repair rate: inspected units that were mended.

use super::{Better, Kpi, OF_INSPECTED, Subject, Term};
use domain::elements::Element;

pub(super) const KPI: Kpi = Kpi {
    code: "repair_rate",
    better: Better::Lower,
    numerator: Term::of(Element::Repaired, Some(Element::EstRepaired), &[Subject::Inspected]),
    formula: "{repaired} / {inspected} × 100",
    ..OF_INSPECTED
};
