//! Mean time between failures: clock hours run for each unplanned stop.

use super::{FAILURES, Grouping, Kpi, PERCENT, RUN_CLOCK};

pub(super) const KPI: Kpi = Kpi {
    code: "mtbf",
    unit: "h",
    scale: 1.0,
    numerator: RUN_CLOCK.in_hours(),
    denominator: FAILURES,
    formula: "({run_clock} / 60) / {failures}",
    undefined: "no_failure",
    groupings: &[Grouping::Line],
    ..PERCENT
};
