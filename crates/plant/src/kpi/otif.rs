//! On time in full: due orders that were complete on time.

use super::{DUE_ORDERS, Interval, Kpi, OF_ORDERS, ON_TIME_COMPLETE, PERCENT};

pub(super) const KPI: Kpi = Kpi {
    code: "otif",
    numerator: ON_TIME_COMPLETE,
    denominator: DUE_ORDERS,
    interval: Some(Interval::Wilson),
    formula: "{on_time_complete} / ({shipped_orders} + {unshipped_orders}) × 100",
    undefined: "no_due_order",
    groupings: OF_ORDERS,
    ..PERCENT
};
