//! DPMO: defects of a million chances for one, with the sigma beside.

use super::{Shows, Beside, Better, Interval, Kpi, OF_INSPECTED, Subject, Term, sigma_level};
use domain::elements::Element;

const DEFECTS: Term = Term::of(Element::Defects, Some(Element::EstDefects), &[Subject::Defects]);

pub(super) const KPI: Kpi = Kpi {
    code: "dpmo",
    unit: "dpmo",
    better: Better::Lower,
    scale: 1e6,
    numerator: DEFECTS,
    denominator: Term::of(
        Element::Opportunities,
        Some(Element::EstOpportunities),
        &[Subject::Inspected, Subject::Opportunities],
    ),
    interval: Some(Interval::Poisson),
    formula: "{defects} / {opportunities} × 1000000",
    beside: Some(Beside { name: "sigma", shows: Shows::Value(sigma_level) }),
    ..OF_INSPECTED
};
