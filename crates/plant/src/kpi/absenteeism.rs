//! Absenteeism: hours missing and not covered, of those scheduled.

use super::{ABSENT, Beside, Better, Interval, Kpi, PERCENT, Ratio, SCHEDULED, Shows, UNCOVERED, grouping};
use domain::elements::Element;

pub(super) const KPI: Kpi = Kpi {
    code: "absenteeism",
    better: Better::Lower,
    numerator: UNCOVERED,
    denominator: SCHEDULED,
    interval: Some(Interval::Ratio(Ratio {
        x: Element::UncoveredHours,
        y: Element::ScheduledHours,
        complement: false,
    })),
    formula: "{uncovered_hours} / {scheduled_hours} × 100",
    undefined: "no_scheduled_hours",
    groupings: grouping::OF_PEOPLE,
    beside: Some(Beside { name: "gross", shows: Shows::Part(ABSENT, SCHEDULED) }),
    ..PERCENT
};
