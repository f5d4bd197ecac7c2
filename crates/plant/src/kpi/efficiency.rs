//! Efficiency: what was earned of the time available.

use super::{EARNED, Interval, Kpi, PERCENT, Ratio, Subject, Term};
use domain::elements::Element;

pub(super) const KPI: Kpi = Kpi {
    code: "efficiency",
    numerator: EARNED,
    denominator: Term::of(Element::Available, Some(Element::EstAvailable), &[Subject::Crew, Subject::NetMinutes]),
    interval: Some(Interval::Ratio(Ratio { x: Element::Earned, y: Element::Available, complement: false })),
    formula: "{earned} / {available} × 100",
    undefined: "no_available_time",
    ..PERCENT
};
