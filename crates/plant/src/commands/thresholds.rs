//! What the plant wants its KPIs to reach.
use crate::kpi::{self, Target};
use domain::{Client, Code, Entity, Fault, Id, Problems, Threshold};
use serde::{Deserialize, Serialize};
use store::{Error, Repository, Result};
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
    /// Refuses what a client's threshold may not be either.
    fn check(&self) -> Result<()> {
        if !crate::alerts::is_limited(&self.kpi) {
            kpi::named(&self.kpi)?;
        }
        let Target { target, warning, critical } = self.value();
        let nobody: Id<Client> = Id::from_bytes([0; 16]);
        let row = Threshold { client_id: nobody, id: nobody.cast(), kpi: self.kpi.clone(), target, warning, critical };
        let mut problems = Problems::default();
        row.check(&mut problems);
        if problems.0.is_empty() { Ok(()) } else { Err(Error::Invalid(problems.0)) }
    }
}

/// The plant's thresholds, by KPI.
pub(super) fn list(repo: &Repository<'_>, _: super::Nothing) -> Result<Vec<PlantThreshold>> {
    let all = repo.store().plant_thresholds(repo.session())?;
    let read =
        |(kpi, json): (String, String)| serde_json::from_str(&json).ok().map(|value| PlantThreshold::of(kpi, value));
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
