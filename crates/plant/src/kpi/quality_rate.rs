//! Quality rate: what good units earned of all that was earned.

use super::{EARNED, EARNED_GOOD, Interval, Kpi, PERCENT, Ratio};
use domain::elements::Element;

pub(super) const KPI: Kpi = Kpi {
    code: "quality_rate",
    numerator: EARNED_GOOD,
    denominator: EARNED,
    interval: Some(Interval::Ratio(Ratio { x: Element::EarnedGood, y: Element::Earned, complement: false })),
    formula: "{earned_good} / {earned} × 100",
    undefined: "nothing_earned",
    ..PERCENT
};
