//! What is kept about a person: told, or erased, by an admin.
use domain::{Client, Employee, Id, PoolEmployee, Value};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};
use store::{About, Gone, Result, Told, Writer};
use ts_rs::TS;

/// A person of a client's roster.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PersonRef {
    client_id: Id<Client>,
    employee_id: Id<Employee>,
}

/// A person of the plant's pool.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PooledRef {
    pool_employee_id: Id<PoolEmployee>,
}

/// How much gave way.
#[derive(Serialize, TS)]
pub struct Erased {
    /// Rows about the person.
    rows: usize,
    /// Changes of theirs in the log.
    changes: usize,
    /// Whether it waits for the hub, on whose order all PCs do the same.
    waits: bool,
}

impl From<Gone> for Erased {
    fn from(Gone { rows, changes, waits }: Gone) -> Self {
        Erased { rows, changes, waits }
    }
}

/// Everything stored about a person, as JSON: the rows and every change of them.
pub(in crate::commands) fn export(w: &mut Writer<'_>, input: PersonRef) -> Result<String> {
    Ok(told(&w.tell_person(input.client_id, input.employee_id)?))
}

/// The same of a person of the pool, with his bookings and the covers that carry them.
pub(in crate::commands) fn export_pooled(w: &mut Writer<'_>, input: PooledRef) -> Result<String> {
    Ok(told(&w.tell_pooled(input.pool_employee_id)?))
}

fn told((rows, changes): &(Vec<About>, Vec<Told>)) -> String {
    let rows: Vec<Json> = rows.iter().map(row).collect();
    let changes: Vec<Json> = changes.iter().map(change).collect();
    json!({ "rows": rows, "changes": changes }).to_string()
}

/// Takes a person out of rows, log and undo.
pub(in crate::commands) fn erase(w: &mut Writer<'_>, input: PersonRef) -> Result<Erased> {
    Ok(w.erase_person(input.client_id, input.employee_id)?.into())
}

/// Takes a person of the pool out of rows, log and undo; his bookings stand, without his name.
pub(in crate::commands) fn erase_pooled(w: &mut Writer<'_>, input: PooledRef) -> Result<Erased> {
    Ok(w.erase_pooled(input.pool_employee_id)?.into())
}

fn row(about: &About) -> Json {
    let filled = about.values.iter().filter(|(_, _, value)| *value != Value::Null);
    let values: Map<String, Json> = filled.map(|(name, kind, value)| ((*name).into(), shown(*kind, value))).collect();
    json!({ "table": about.table, "id": id(about.id), "gone": about.gone, "values": values })
}

/// A value as people read it: days and ids in words.
fn shown(kind: domain::Kind, value: &Value) -> Json {
    match (kind, value) {
        (domain::Kind::Day, Value::Int(day)) => {
            Json::from(i32::try_from(*day).map_or_else(|_| day.to_string(), |day| domain::Day(day).to_string()))
        }
        (domain::Kind::Bool, Value::Int(yes)) => Json::from(*yes != 0),
        (_, Value::Id(bytes)) => Json::from(id(*bytes)),
        (_, other) => other.to_json(),
    }
}

fn change(told: &Told) -> Json {
    let read = |text: &str| serde_json::from_str::<Json>(text).unwrap_or_else(|_| text.into());
    json!({
        "table": told.table,
        "id": id(told.id),
        "act": told.act.word(),
        "wrote": read(&told.patch),
        "replaced": told.was.as_deref().map(read),
        "author": told.author,
        "device": told.device,
        "at": told.at.0,
        "reason": told.reason,
    })
}

fn id(bytes: [u8; 16]) -> String {
    Id::<Employee>::from_bytes(bytes).to_string()
}
