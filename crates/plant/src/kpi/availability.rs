//! Availability: what stops left of the planned time.

use super::{Interval, Kpi, PERCENT, PLANNED, Ratio, UPTIME};
use domain::elements::Element;

pub(super) const KPI: Kpi = Kpi {
    code: "availability",
    numerator: UPTIME,
    denominator: PLANNED,
    interval: Some(Interval::Ratio(Ratio { x: Element::Stops, y: Element::Planned, complement: true })),
    formula: "({planned} − {stops}) / {planned} × 100",
    undefined: "no_planned_time",
    ..PERCENT
};
