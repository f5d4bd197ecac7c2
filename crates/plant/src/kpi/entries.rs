//! The rows of a line shift as an explanation lists them.

use super::{ExplainedEntry, ask::Question, group::Place, label::Labels};
use domain::{
    DowntimeEntry, Id, LineShift, ProductionEntry,
    elements::{Key, Worked, WorkedEntry, WorkedStop},
};
use std::collections::BTreeMap;
use store::{Reader, Result, values};

/// The line shift's own row, its production and its stops.
pub(super) fn of(
    reader: &Reader<'_>,
    question: &Question,
    row: &LineShift,
    worked: &Worked,
    labels: &mut Labels<'_, '_>,
) -> Result<Vec<ExplainedEntry>> {
    let client = row.client_id.bytes();
    let mut told = vec![ExplainedEntry {
        what: labels.code("shift", client, Some(row.shift_id.bytes()))?,
        ..signed(reader, client, row.id.bytes(), "line_shift", entered(row))?
    }];
    let first = told.len();
    let produced = worked.entries.iter().map(|entry| (entry.id, entry)).collect::<BTreeMap<_, _>>();
    for entry in reader.list_where::<ProductionEntry>(row.client_id, "line_shift_id = ?2", values![row.id])? {
        let product = product(reader, &entry)?;
        let place = Place::of_line_shift(client, row.day, row.shift_id.bytes(), row.line_id.bytes()).part(
            product,
            entry.operation_id.map(|id| id.bytes()),
            entry.work_order_id.map(|id| id.bytes()),
        );
        if question.holds(&place) {
            let values = production(&entry, produced.get(&entry.id.bytes()).copied());
            let what = labels.code("product", client, product)?;
            told.push(ExplainedEntry { what, ..signed(reader, client, entry.id.bytes(), "production_entry", values)? });
        }
    }
    // Hour by hour, as the entry sheet shows them; ids of one moment have no order.
    told[first..].sort_by_cached_key(|entry| (hour(entry), entry.what.clone(), entry.id.clone()));
    let stopped = worked.stops.iter().map(|stop| (stop.id, stop)).collect::<BTreeMap<_, _>>();
    for entry in reader.list_where::<DowntimeEntry>(row.client_id, "line_shift_id = ?2", values![row.id])? {
        let values = downtime(&entry, stopped.get(&entry.id.bytes()).copied());
        let what = labels.code("downtime_reason", client, entry.reason_id.map(|id| id.bytes()))?;
        told.push(ExplainedEntry { what, ..signed(reader, client, entry.id.bytes(), "downtime_entry", values)? });
    }
    Ok(told)
}

fn hour(entry: &ExplainedEntry) -> Option<i64> {
    entry.values.get("hour").and_then(|hour| hour.parse().ok())
}

/// The product of an entry, or the one its order makes.
fn product(reader: &Reader<'_>, entry: &ProductionEntry) -> Result<Option<Key>> {
    let (None, Some(order)) = (entry.product_id, entry.work_order_id) else {
        return Ok(entry.product_id.map(|id| id.bytes()));
    };
    let sql = "SELECT product_id FROM work_order_all WHERE client_id = ?1 AND id = ?2";
    Ok(reader.first(sql, values![entry.client_id, order], |row| row.get::<Option<Key>>(0))?.flatten())
}

pub(super) type Values = BTreeMap<String, String>;

/// The values that are there, as text.
pub(super) fn texts<const N: usize>(values: [(&str, Option<String>); N]) -> Values {
    values.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

pub(super) fn number<T: ToString>(value: Option<T>) -> Option<String> {
    value.map(|value| value.to_string())
}

fn entered(row: &LineShift) -> Values {
    texts([
        ("crew", number(row.crew)),
        ("floating_idle", number(row.floating_idle)),
        ("net_minutes", number(row.net_minutes)),
        ("overtime", number(row.overtime)),
        ("planned_units", number(row.planned_units)),
    ])
}

fn production(entry: &ProductionEntry, worked: Option<&WorkedEntry>) -> Values {
    texts([
        ("hour", number(entry.hour)),
        ("produced", number(entry.produced)),
        ("defective", number(entry.defective)),
        ("rework", number(entry.rework)),
        ("repair", number(entry.repair)),
        ("scrap", number(entry.scrap)),
        ("run_minutes", number(entry.run_minutes)),
        ("crew_assigned", number(entry.crew_assigned)),
        ("crew_present", number(entry.crew_present)),
        ("standard", number(worked.map(|entry| entry.standard.value))),
        ("standard_source", worked.map(|entry| entry.standard.source.key().to_owned())),
        ("earned", number(worked.map(|entry| entry.earned))),
        ("earned_good", number(worked.map(|entry| entry.earned_good))),
        ("share", number(worked.map(|entry| entry.share))),
    ])
}

fn downtime(entry: &DowntimeEntry, worked: Option<&WorkedStop>) -> Values {
    texts([
        ("minutes", number(entry.minutes)),
        ("start_minute", number(entry.start_minute)),
        ("affected", number(worked.map(|stop| stop.affected.value))),
        ("affected_source", worked.map(|stop| stop.affected.source.key().to_owned())),
        ("station", entry.station.clone()),
        ("counted", number(worked.map(|stop| stop.clock))),
        ("stops", number(worked.filter(|stop| !stop.excluded).map(|stop| stop.amount))),
        ("excluded", number(worked.filter(|stop| stop.excluded).map(|stop| stop.amount))),
    ])
}

/// A row with who wrote it last, when and where.
pub(super) fn signed(reader: &Reader<'_>, client: Key, id: Key, table: &str, values: Values) -> Result<ExplainedEntry> {
    let latest = reader.latest(Id::from_bytes(client), id)?;
    let (author, device) = latest.as_ref().map_or((None, None), |l| (l.author.clone(), l.device.clone()));
    let (id, at) = (Id::<LineShift>::from_bytes(id).to_string(), latest.map(|l| l.at.0));
    Ok(ExplainedEntry { id, table: table.into(), what: String::new(), values, author, device, at })
}
