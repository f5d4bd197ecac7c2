//! Accounted time: what the reported run explains of the time left by stops.

use super::{Better, Kpi, PERCENT, RUN, UPTIME};

pub(super) const KPI: Kpi = Kpi {
    code: "accounted",
    better: Better::None,
    numerator: RUN,
    denominator: UPTIME,
    formula: "{run} / ({planned} − {stops}) × 100",
    undefined: "no_time_left",
    ..PERCENT
};
