//! Scrap rate: inspected units that were thrown away.

use super::{Better, Kpi, OF_INSPECTED, Subject, Term};
use domain::elements::Element;

pub(super) const KPI: Kpi = Kpi {
    code: "scrap_rate",
    better: Better::Lower,
    numerator: Term::of(Element::Scrapped, Some(Element::EstScrapped), &[Subject::Inspected]),
    formula: "{scrapped} / {inspected} × 100",
    ..OF_INSPECTED
};
