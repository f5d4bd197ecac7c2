//! What the plant wants its KPIs to reach.
use crate::kpi::{self, Target};
use domain::{Code, Fault};
use serde::{Deserialize, Serialize};
use store::{Repository, Result};
use ts_rs::TS;

/// The plant's threshold of a KPI, for the clients that have none of their own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PlantThreshold {
    /// The KPI's code.
    kpi: String,
    /// What it should reach, in its unit.
    target: Option<f64>,
    /// Where a warning starts.
    warning: Option<f64>,
    /// Where it becomes critical.
    critical: Option<f64>,
}

impl PlantThreshold {
    fn of(kpi: String, value: Target) -> PlantThreshold {
        PlantThreshold { kpi, target: value.target, warning: value.warning, critical: value.critical }
    }
    const fn value(&self) -> Target {
        Target { target: self.target, warning: self.warning, critical: self.critical }
    }
    /// Refuses what no client's threshold may be either.
    fn check(&self) -> std::result::Result<(), Fault> {
        kpi::named(&self.kpi)?;
        for (field, value) in [("target", self.target), ("warning", self.warning), ("critical", self.critical)] {
            match value {
                Some(value) if !value.is_finite() => return Err(Fault::new(Code::BadNumber).with("value", value).at(field)),
                Some(value) if value < 0.0 => return Err(Fault::new(Code::Negative).with("value", value).at(field)),
                _ => {}
            }
        }
        Ok(())
    }
}

/// The plant's thresholds, by KPI.
pub(super) fn list(repo: &Repository<'_>, _: super::Nothing) -> Result<Vec<PlantThreshold>> {
    let all = repo.store().plant_thresholds(repo.session())?;
    let read = |(kpi, json): (String, String)| {
        serde_json::from_str(&json).ok().map(|value| PlantThreshold::of(kpi, value))
    };
    Ok(all.into_iter().filter_map(read).collect())
}

/// Writes one; without a value it is taken away.
pub(super) fn put(repo: &Repository<'_>, input: PlantThreshold) -> Result<PlantThreshold> {
    input.check()?;
    let value = input.value();
    let json = serde_json::to_string(&value).map_err(|e| Fault::new(Code::Internal).with("value", e))?;
    let kept = (value != Target::default()).then_some(json.as_str());
    repo.store().plant_threshold_put(repo.session(), &input.kpi, kept)?;
    Ok(input)
}
