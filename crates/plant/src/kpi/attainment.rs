//! Plan attainment: units made of the units planned.

use super::{Kpi, PERCENT, Subject, Term};
use domain::elements::Element;

pub(super) const KPI: Kpi = Kpi {
    code: "attainment",
    numerator: Term::of(Element::ProducedPlanned, None, &[]),
    denominator: Term::of(Element::PlannedUnits, None, &[Subject::PlannedUnits]),
    formula: "{produced_planned} / {planned_units} × 100",
    undefined: "no_plan",
    ..PERCENT
};
