//! Net on-time delivery: late orders for a reason not ours count as on time.

use super::{DELIVERED, DUE_ORDERS, Interval, Kpi, OF_ORDERS, PERCENT, Quantity, Term};

/// Orders on time, and late ones for a reason that is not ours.
pub(super) const NET: Term =
    Term { quantity: Quantity::OnTimeNet, per: 1.0, estimate: None, subjects: DELIVERED };

pub(super) const KPI: Kpi = Kpi {
    code: "otd_net",
    numerator: NET,
    denominator: DUE_ORDERS,
    interval: Some(Interval::Wilson),
    formula: "({on_time_first} + {justified_late} + {justified_unshipped}) / ({shipped_orders} + {unshipped_orders}) × 100",
    undefined: "no_due_order",
    groupings: OF_ORDERS,
    ..PERCENT
};
