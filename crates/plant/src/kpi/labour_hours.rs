//! Labour hours: hours worked, with how they are paid beside them.

use super::{Shows, Beside, Better, Kpi, PERCENT, Quantity, Term, grouping};
use domain::elements::Element;

pub(super) const KPI: Kpi = Kpi {
    code: "labour_hours",
    unit: "h",
    better: Better::None,
    scale: 1.0,
    numerator: hours(Element::ActualHours),
    denominator: Term { quantity: Quantity::Nothing, per: 1.0, estimate: None, subjects: &[] },
    formula: "{actual_hours}",
    undefined: "no_attendance",
    groupings: grouping::OF_PEOPLE,
    parts: &[
        Beside { name: "normal_hours", shows: Shows::Sum(hours(Element::NormalHours)) },
        Beside { name: "double_hours", shows: Shows::Sum(hours(Element::DoubleHours)) },
        Beside { name: "triple_hours", shows: Shows::Sum(hours(Element::TripleHours)) },
        Beside { name: "unsplit_hours", shows: Shows::Sum(hours(Element::UnsplitHours)) },
    ],
    ..PERCENT
};

const fn hours(element: Element) -> Term {
    Term::of(element, None, &[])
}
