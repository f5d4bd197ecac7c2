//! KPIs: one definition each, from sums to answers that say how sure they are.
//!
//! A KPI is a ratio of sums: the sums are read first, the ratio is taken last.
//! Nothing is capped or rounded; an undefined value is none, with its reason.

mod ages;
mod answer;
mod as_of;
mod ask;
mod board;
mod calendar;
mod catalogue;
mod change;
mod columns;
mod compare;
mod course;
mod days;
mod definition;
mod delivery;
mod entries;
mod explain;
mod explain_orders;
mod explain_shifts;
mod forecast;
mod found_orders;
mod group;
mod grouping;
mod inspected;
mod inspections;
mod interval;
mod kept;
mod label;
mod list;
mod open;
mod orders;
mod people;
mod people_rows;
mod read;
mod routes;
mod rows;
mod series;
mod sources;
mod spc;
mod stamp;
mod statistics;
mod target;
mod timeline;
mod why;

#[cfg(test)]
mod tests;

pub use ages::{AgeBand, ClientAges};
pub use answer::{Answer, AnswerRow, BesideValue, Verdict, ask, ask_kept};
pub use ask::Ask;
pub use board::{BoardAsk, Card, SparkPoint, board};
pub use catalogue::catalogue;
pub use change::Direction;
pub use compare::{Compared, ComparedPeriod, ComparedRow, compare, compared_days};
pub use course::{Course, CourseAsk, course};
pub use definition::{Beside, Better, Interval, Kpi, Method, Quantity, Ratio, Shows, Term};
pub use explain::{
    Explain, Explained, ExplainedEntry, ExplainedShift, ExplainedSource, ExplainedStep, ExplainedTerm, ShiftSource,
    explain, explain_kept,
};
pub use explain_orders::{ExplainedAge, ExplainedDate, ExplainedOrder};
pub use forecast::{
    BackTest, Forecast, ForecastPoint, NoForecast, Smoothing, SmoothingMethod, back_test, forecast, forecast_days,
};
pub use group::Group;
pub use grouping::Grouping;
pub use list::{KpiFamily, KpiView, list};
pub use series::{Bounds, Counted, NotEnough};
pub use spc::{
    ChartKind, ChartPoint, ChartRule, ChartSide, ChartSignal, ControlChart, MovingRanges, RangePoint, p_chart, u_chart,
    xmr_chart,
};
pub use stamp::{ClientSeq, Known, Stamp};
pub use statistics::{percentiles, poisson_95, sigma_level, wilson_95};
pub use target::Target;
pub(crate) use target::clears;
pub use why::{Factor, FactorPart, MergedFactor, Why, WhyAsk, WhySide, why, why_kept};

use domain::{
    Code, Fault,
    elements::{Element, Subject},
};

/// The version of every formula; it moves when one of them does.
pub const FORMULA: &str = "2";

macro_rules! kpis {
    ($($name:ident)*) => {
        $(mod $name;)*

        /// Every KPI, in the order in which a board shows them.
        pub const KPIS: &[Kpi] = &[$($name::KPI),*];
    };
}

kpis! {
    efficiency oee availability performance quality_rate accounted
    attainment throughput hours mtbf mttr teep
    ppm dpmo fpy rty scrap_rate rework_rate repair_rate final_yield
    otd otif true_otd otd_net wip_age
    absenteeism coverage labour_hours
}

/// The KPI of a code.
pub fn named(code: &str) -> Result<&'static Kpi, Fault> {
    let found = KPIS.iter().find(|kpi| kpi.code == code);
    found.ok_or_else(|| Fault::new(Code::NoSuchKpi).at("kpi").with("value", code))
}

/// What a percentage is by default: higher is better, grouped by everything.
const PERCENT: Kpi = Kpi {
    code: "",
    unit: "%",
    better: Better::Higher,
    scale: 100.0,
    numerator: EARNED,
    denominator: PLANNED,
    interval: None,
    formula: "",
    undefined: "",
    groupings: grouping::OF_LINE_SHIFTS,
    beside: None,
    parts: &[],
    method: Method::Ratio,
};

/// What a share of inspected units is by default.
const OF_INSPECTED: Kpi = Kpi {
    denominator: INSPECTED,
    interval: Some(Interval::Wilson),
    undefined: "no_inspection",
    groupings: grouping::OF_INSPECTIONS,
    ..PERCENT
};

const TIME: &[Subject] = &[Subject::Crew, Subject::NetMinutes, Subject::Stops];
const RUNNING: &[Subject] = &[Subject::Crew, Subject::NetMinutes, Subject::Stops, Subject::Run];

const EARNED: Term = Term::of(Element::Earned, Some(Element::EstEarned), &[Subject::Standard]);
const EARNED_GOOD: Term = Term::of(Element::EarnedGood, Some(Element::EstEarnedGood), &[Subject::Standard]);
const PLANNED: Term = Term::of(Element::Planned, Some(Element::EstPlanned), TIME);
const UPTIME: Term = Term { quantity: Quantity::Uptime, per: 1.0, estimate: Some(Element::EstUptime), subjects: TIME };
const RUN: Term = Term::of(Element::Run, Some(Element::EstRun), RUNNING);
const RUN_CLOCK: Term = Term::of(Element::RunClock, Some(Element::EstRunClock), RUNNING);
const INSPECTED: Term = Term::of(Element::Inspected, Some(Element::EstInspected), &[Subject::Inspected]);
const HOURS: &[Subject] = &[Subject::Hours];
const SCHEDULED: Term = Term::of(Element::ScheduledHours, Some(Element::EstScheduledHours), HOURS);
const ABSENT: Term = Term::of(Element::AbsentHours, Some(Element::EstAbsentHours), HOURS);
const UNCOVERED: Term = Term::of(Element::UncoveredHours, Some(Element::EstUncoveredHours), HOURS);
const DUE_ORDERS: Term = Term { quantity: Quantity::DueOrders, per: 1.0, estimate: None, subjects: DELIVERED };
const ON_TIME_COMPLETE: Term = Term::of(Element::OnTimeComplete, Some(Element::EstOnTimeComplete), DELIVERED);
const DELIVERED: &[Subject] = &[Subject::Promised, Subject::Shipped];
const OF_ORDERS: &[Grouping] = &[Grouping::Client, Grouping::Product, Grouping::Order, Grouping::CustomerPo];
const FAILURES: Term = Term::of(Element::Failures, None, &[]);
