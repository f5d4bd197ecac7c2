//! Final yield: inspected units that were not thrown away.

use super::{Kpi, OF_INSPECTED, Quantity, Subject, Term};
use domain::elements::Element;

pub(super) const KPI: Kpi = Kpi {
    code: "final_yield",
    numerator: Term {
        quantity: Quantity::Less(&[Element::Inspected, Element::Scrapped]),
        per: 1.0,
        estimate: None,
        subjects: &[Subject::Inspected],
    },
    formula: "({inspected} − {scrapped}) / {inspected} × 100",
    ..OF_INSPECTED
};
