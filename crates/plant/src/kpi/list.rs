//! Which KPIs there are and what can be asked of each, for a screen that shows them all.

use super::{Better, KPIS, Kpi, grouping::Grouping, why};
use domain::{Role, elements::Family};
use serde::Serialize;
use store::Reader;
use ts_rs::TS;

/// One KPI as a board offers it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct KpiView {
    /// Its code.
    pub code: String,
    /// The unit of its values.
    pub unit: String,
    /// Which way is better.
    pub better: Better,
    /// Under which heading it stands.
    pub family: KpiFamily,
    /// By what it can be grouped, beside time.
    pub groupings: Vec<String>,
    /// Whether who asks may see it by day, week and month.
    pub over_time: bool,
    /// Whether its days can be judged and forecast.
    pub followed: bool,
    /// Whether its change can be taken apart.
    pub taken_apart: bool,
}

/// The headings of a board, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum KpiFamily {
    /// What was made, and in which time.
    Output,
    /// What of it was good.
    Quality,
    /// What left in time, and what is still in work.
    Delivery,
    /// Who was there.
    People,
}

impl From<Family> for KpiFamily {
    fn from(family: Family) -> KpiFamily {
        match family {
            Family::LineShift => KpiFamily::Output,
            Family::Quality => KpiFamily::Quality,
            Family::Orders | Family::Wip => KpiFamily::Delivery,
            Family::People => KpiFamily::People,
        }
    }
}

/// Every KPI in the order of a board, with what the session may ask of it.
pub fn list(reader: &Reader<'_>) -> Vec<KpiView> {
    // An operator sees one day: there is no course to follow.
    let sees_periods = reader.session().role() != Role::Operator;
    KPIS.iter().map(|kpi| view(kpi, sees_periods)).collect()
}

fn view(kpi: &Kpi, sees_periods: bool) -> KpiView {
    let mut groupings = kpi.groupings.to_vec();
    groupings.sort_unstable();
    KpiView {
        code: kpi.code.into(),
        unit: kpi.unit.into(),
        better: kpi.better,
        family: kpi.family().into(),
        groupings: groupings.into_iter().map(Grouping::word).map(Into::into).collect(),
        over_time: sees_periods && kpi.is_over_time(),
        followed: sees_periods && kpi.is_followed(),
        taken_apart: why::takes_apart(kpi),
    }
}
