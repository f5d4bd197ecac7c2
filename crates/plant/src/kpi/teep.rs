//! TEEP: what good units earned of every minute of the calendar.

use super::{EARNED_GOOD, Grouping, Kpi, PERCENT, Quantity, Subject, Term};
use domain::elements::Element;

pub(super) const KPI: Kpi = Kpi {
    code: "teep",
    numerator: EARNED_GOOD,
    denominator: Term {
        quantity: Quantity::Capacity,
        per: 1.0,
        estimate: Some(Element::EstCrew),
        subjects: &[Subject::Crew],
    },
    formula: "{earned_good} / {calendar_minutes} × 100",
    undefined: "no_line_in_use",
    groupings: &[Grouping::Client, Grouping::Line],
    ..PERCENT
};
