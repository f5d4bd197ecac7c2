//! Rework rate: inspected units that were done again.

use super::{Better, Kpi, OF_INSPECTED, Subject, Term};
use domain::elements::Element;

pub(super) const KPI: Kpi = Kpi {
    code: "rework_rate",
    better: Better::Lower,
    numerator: Term::of(Element::Reworked, Some(Element::EstReworked), &[Subject::Inspected]),
    formula: "{reworked} / {inspected} × 100",
    ..OF_INSPECTED
};
