//! Mean time to repair: clock hours down for each unplanned stop.

use super::{Better, FAILURES, Grouping, Kpi, PERCENT, Term};
use domain::elements::Element;

pub(super) const KPI: Kpi = Kpi {
    code: "mttr",
    unit: "h",
    better: Better::Lower,
    scale: 1.0,
    numerator: Term::of(Element::DownClock, None, &[]).in_hours(),
    denominator: FAILURES,
    formula: "({down_clock} / 60) / {failures}",
    undefined: "no_failure",
    groupings: &[Grouping::Line],
    ..PERCENT
};
