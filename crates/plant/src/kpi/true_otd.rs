//! True on-time delivery: complete orders that were complete on time.

use super::{DELIVERED, Interval, Kpi, OF_ORDERS, ON_TIME_COMPLETE, PERCENT, Term};
use domain::elements::Element;

pub(super) const KPI: Kpi = Kpi {
    code: "true_otd",
    numerator: ON_TIME_COMPLETE,
    denominator: Term::of(Element::ShippedComplete, Some(Element::EstShippedComplete), DELIVERED),
    interval: Some(Interval::Wilson),
    formula: "{on_time_complete} / {shipped_complete} × 100",
    undefined: "no_complete_order",
    groupings: OF_ORDERS,
    ..PERCENT
};
