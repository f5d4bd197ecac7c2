//! What an invented client is: its lines, shifts, products and troubles.
pub(super) use crate::templates::Industry;
use domain::{Affects, Basis};

/// One invented client.
pub(super) struct Blueprint {
    /// Whose usual steps, defects and reasons it has.
    pub(super) industry: Industry,
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) zone: &'static str,
    /// Minutes after midnight at which the production day changes.
    pub(super) rollover: i64,
    pub(super) shifts: &'static [ShiftPlan],
    pub(super) operations: &'static [OperationPlan],
    pub(super) lines: &'static [LinePlan],
    pub(super) products: &'static [ProductPlan],
    pub(super) reasons: &'static [ReasonPlan],
    pub(super) defects: &'static [Defect],
    pub(super) targets: &'static [TargetPlan],
    pub(super) trouble: Trouble,
    /// Share of line shifts in which run minutes are reported.
    pub(super) reports_run: f64,
    /// Share of line shifts in which somebody counts the crew.
    pub(super) counts_crew: f64,
    /// Weeks since a day without work.
    pub(super) holiday_weeks_ago: i32,
    /// Units of an order, least and most.
    pub(super) order: (i64, i64),
}

/// A shift with its clock and breaks, in minutes after midnight.
pub(super) struct ShiftPlan {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) start: i64,
    pub(super) end: i64,
    pub(super) breaks: &'static [(i64, f64)],
}

/// A step of making a product.
pub(super) struct OperationPlan {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) is_final: bool,
}

/// A line and how well it runs.
pub(super) struct LinePlan {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) basis: Basis,
    pub(super) crew: f64,
    pub(super) operation: Option<&'static str>,
    pub(super) shifts: &'static [&'static str],
    /// Weekdays as bits, Monday 1.
    pub(super) weekdays: i64,
    /// Pace against the standard at the start of the period.
    pub(super) pace: f64,
    /// What the pace gains over the period.
    pub(super) gain: f64,
    /// Share of units that fail the first time.
    pub(super) rejects: f64,
    pub(super) products: &'static [&'static str],
}

/// A product with its minutes per unit, by operation or as a whole.
pub(super) struct ProductPlan {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) standards: &'static [(Option<&'static str>, f64)],
}

/// A reason for stops, and how often it strikes.
pub(super) struct ReasonPlan {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) kind: StopKind,
    pub(super) affects: Affects,
    /// Stops a line shift, on average.
    pub(super) often: f64,
    /// Typical minutes.
    pub(super) minutes: f64,
}

/// What sort of stop a reason makes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum StopKind {
    /// It just happens.
    Unplanned,
    /// On one weekday, by plan.
    Planned,
    /// When an order ends and another begins.
    Setup,
}

/// A defect and its usual cause.
pub(super) struct Defect {
    pub(super) name: &'static str,
    pub(super) cause: &'static str,
}

/// What a KPI should reach.
pub(super) struct TargetPlan {
    pub(super) kpi: &'static str,
    pub(super) target: f64,
    pub(super) warning: f64,
    pub(super) critical: f64,
}

/// The bad week, and why it was bad.
pub(super) struct Trouble {
    pub(super) weeks_ago: i32,
    pub(super) lines: &'static [&'static str],
    pub(super) reason: &'static str,
    pub(super) often: f64,
    pub(super) minutes: f64,
    /// What becomes of the pace.
    pub(super) pace: f64,
    /// What becomes of the rejects.
    pub(super) rejects: f64,
    pub(super) defect: &'static str,
    pub(super) cause: &'static str,
    pub(super) note: &'static str,
}

const fn target(kpi: &'static str, target: f64, warning: f64, critical: f64) -> TargetPlan {
    TargetPlan { kpi, target, warning, critical }
}

/// What most plants aim at.
pub(super) const TARGETS: &[TargetPlan] = &[
    target("efficiency", 78.0, 72.0, 65.0),
    target("availability", 92.0, 88.0, 82.0),
    target("performance", 88.0, 82.0, 75.0),
    target("quality_rate", 98.0, 97.0, 95.0),
    target("oee", 75.0, 68.0, 60.0),
    target("attainment", 100.0, 95.0, 85.0),
];

pub(super) const fn unplanned(
    code: &'static str,
    name: &'static str,
    affects: Affects,
    often: f64,
    minutes: f64,
) -> ReasonPlan {
    ReasonPlan { code, name, kind: StopKind::Unplanned, affects, often, minutes }
}

pub(super) const fn setup(code: &'static str, name: &'static str, minutes: f64) -> ReasonPlan {
    ReasonPlan { code, name, kind: StopKind::Setup, affects: Affects::Line, often: 0.0, minutes }
}

pub(super) const fn planned(code: &'static str, name: &'static str, minutes: f64) -> ReasonPlan {
    ReasonPlan { code, name, kind: StopKind::Planned, affects: Affects::Line, often: 0.0, minutes }
}
