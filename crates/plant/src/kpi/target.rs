//! What a KPI should reach, client by client.

use super::{AnswerRow, Better, Kpi, Verdict, ask::Question, group::KeyPart};
use domain::elements::Key;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use store::{Reader, Result, values};
use ts_rs::TS;

/// The thresholds of a KPI, in its unit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Target {
    /// What it should reach.
    pub target: Option<f64>,
    /// Where a warning starts.
    pub warning: Option<f64>,
    /// Where it becomes critical.
    pub critical: Option<f64>,
}

/// The thresholds of the clients asked about: a client's own, else the plant's.
pub(super) struct Targets {
    own: HashMap<Key, Target>,
    plant: Option<Target>,
    clients: Vec<Key>,
}

impl Targets {
    /// Reads the thresholds of one KPI.
    pub(super) fn of(reader: &Reader<'_>, question: &Question, kpi: &Kpi) -> Result<Targets> {
        let sql = "SELECT client_id, target, warning, critical FROM threshold WHERE kpi = ?1";
        let own = reader.select(sql, values![kpi.code.to_owned()], |row| {
            Ok((row.get(0)?, Target { target: row.get(1)?, warning: row.get(2)?, critical: row.get(3)? }))
        })?;
        let clients = question.clients.iter().map(|client| client.bytes()).collect();
        Ok(Targets { own: own.into_iter().collect(), plant: plant(reader, kpi), clients })
    }

    /// The target all clients share; none where they differ.
    pub(super) fn common(&self) -> Option<Target> {
        let first = self.of_one(self.clients.first()?)?;
        self.clients.iter().all(|client| self.of_one(client) == Some(first)).then_some(first)
    }

    /// The target of one row: its client's, else the common one.
    pub(super) fn of_row(&self, key: &[KeyPart]) -> Option<Target> {
        let client = key.iter().find_map(|part| match part {
            KeyPart::Row(client, _) => Some(*client),
            KeyPart::Time(_) => None,
        });
        self.of_client(client)
    }

    /// The target of a client; the common one where none is named.
    pub(super) fn of_client(&self, client: Option<Key>) -> Option<Target> {
        client.map_or_else(|| self.common(), |client| self.of_one(&client))
    }

    fn of_one(&self, client: &Key) -> Option<Target> {
        self.own.get(client).copied().or(self.plant)
    }
}

/// The plant's threshold of a KPI, for the clients that have none of their own.
fn plant(reader: &Reader<'_>, kpi: &Kpi) -> Option<Target> {
    reader.session().plant_threshold(kpi.code).and_then(|text| serde_json::from_str(text).ok())
}

/// Met or missed only when the whole interval says so; a KPI that has none counts all there is, and says so itself.
pub(crate) fn clears(kpi: &Kpi, target: f64, row: &AnswerRow) -> Option<bool> {
    let counted = || kpi.interval.is_none().then_some(row.value).flatten().map(|value| [value, value]);
    let [low, high] = row.interval.or_else(counted)?;
    match kpi.better {
        Better::Higher if low >= target => Some(true),
        Better::Higher if high < target => Some(false),
        Better::Lower if high <= target => Some(true),
        Better::Lower if low > target => Some(false),
        _ => None,
    }
}

/// What a row is called against its target.
pub(super) fn verdict(kpi: &Kpi, target: f64, row: &AnswerRow) -> Verdict {
    match clears(kpi, target, row) {
        Some(true) => Verdict::Met,
        Some(false) => Verdict::Missed,
        None => Verdict::Unclear,
    }
}
