//! Production hours: run hours, with the earned hours beside them.

use super::{Beside, Better, EARNED, Grouping, Kpi, PERCENT, Quantity, RUN, Term};

pub(super) const KPI: Kpi = Kpi {
    code: "hours",
    unit: "h",
    better: Better::None,
    scale: 1.0,
    numerator: RUN.in_hours(),
    denominator: Term { quantity: Quantity::Nothing, per: 1.0, estimate: None, subjects: &[] },
    formula: "{run} / 60",
    undefined: "no_run",
    groupings: &[Grouping::Operation, Grouping::Line, Grouping::Product, Grouping::Order],
    beside: Some(Beside { name: "earned_hours", term: EARNED.in_hours(), over: None }),
    ..PERCENT
};
