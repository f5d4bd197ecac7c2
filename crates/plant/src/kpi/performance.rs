//! Performance: what was earned of the time run; over 100 the standard is soft.

use super::{EARNED, Interval, Kpi, PERCENT, RUN, Ratio};
use domain::elements::Element;

pub(super) const KPI: Kpi = Kpi {
    code: "performance",
    numerator: EARNED,
    denominator: RUN,
    interval: Some(Interval::Ratio(Ratio { x: Element::Earned, y: Element::Run, complement: false })),
    formula: "{earned} / {run} × 100",
    undefined: "no_run",
    ..PERCENT
};
