//! Throughput: good units an hour of the line's clock.

use super::{Grouping, Kpi, PERCENT, RUN_CLOCK, Term};
use domain::elements::Element;

pub(super) const KPI: Kpi = Kpi {
    code: "throughput",
    unit: "units/h",
    scale: 1.0,
    numerator: Term::of(Element::Good, None, &[]),
    denominator: RUN_CLOCK.in_hours(),
    formula: "{good} / ({run_clock} / 60)",
    undefined: "no_run",
    groupings: &[Grouping::Line, Grouping::Product, Grouping::Shift],
    ..PERCENT
};
