//! PPM: defective units of a million that left the final step.

use super::{Better, Kpi, OF_INSPECTED, Subject, Term};
use domain::elements::Element;

pub(super) const KPI: Kpi = Kpi {
    code: "ppm",
    unit: "ppm",
    better: Better::Lower,
    scale: 1e6,
    numerator: Term::of(Element::FinalDefective, Some(Element::EstFinalDefective), &[Subject::Inspected]),
    denominator: Term::of(Element::FinalInspected, Some(Element::EstFinalInspected), &[Subject::Inspected]),
    formula: "{final_defective} / {final_inspected} × 1000000",
    undefined: "no_final_inspection",
    ..OF_INSPECTED
};
