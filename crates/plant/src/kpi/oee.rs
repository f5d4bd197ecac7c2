//! OEE: what good units earned of the planned time.

use super::{EARNED_GOOD, Interval, Kpi, PERCENT, PLANNED, Ratio};
use domain::elements::Element;

pub(super) const KPI: Kpi = Kpi {
    code: "oee",
    numerator: EARNED_GOOD,
    denominator: PLANNED,
    interval: Some(Interval::Ratio(Ratio { x: Element::EarnedGood, y: Element::Planned, complement: false })),
    formula: "{earned_good} / {planned} × 100",
    undefined: "no_planned_time",
    ..PERCENT
};
