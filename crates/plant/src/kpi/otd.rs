//! On-time delivery: due orders whose first shipment was on time.

use super::{Beside, DELIVERED, DUE_ORDERS, Interval, Kpi, OF_ORDERS, PERCENT, Shows, Term, otd_net::NET};
use domain::elements::Element;

pub(super) const KPI: Kpi = Kpi {
    code: "otd",
    numerator: Term::of(Element::OnTimeFirst, Some(Element::EstOnTimeFirst), DELIVERED),
    denominator: DUE_ORDERS,
    interval: Some(Interval::Wilson),
    formula: "{on_time_first} / ({shipped_orders} + {unshipped_orders}) × 100",
    undefined: "no_due_order",
    groupings: OF_ORDERS,
    beside: Some(Beside { name: "otd_net", shows: Shows::Part(NET, DUE_ORDERS) }),
    ..PERCENT
};
