//! One row and its values as people call them, without reading its table.
use super::{called, keys::key, out::plain, shape_of};
use domain::{Client, Column, Id, Kind, Value, entities::Shape as Rows};
use serde::Serialize;
use serde_json::Value as Json;
use store::{Reader, Result};
use ts_rs::TS;

/// A value with its column's name.
#[derive(Serialize, TS, Clone, Debug)]
pub(crate) struct Said {
    /// The column.
    pub column: String,
    /// The column as files and screens call it.
    pub name: String,
    /// The value as commands take it.
    #[ts(type = "string | number | null")]
    pub value: Json,
    /// The value as people read it; none where it is empty.
    pub text: Option<String>,
    /// Whether people type it, and what: `number` or `text`; none where it is chosen.
    #[ts(type = "\"number\" | \"text\" | null")]
    pub typed: Option<&'static str>,
}

/// What makes up a row: the line shift and the hour of an entry.
pub(crate) fn row(r: &Reader<'_>, client: Id<Client>, rows: &Rows, values: &[Value]) -> Result<Vec<Said>> {
    let parts = key(rows).iter().filter_map(|name| rows.columns.iter().position(|c| c.name == *name));
    let said = parts.map(|at| said(r, client, &rows.columns[at], &values[at]));
    Ok(said.collect::<Result<Vec<_>>>()?.into_iter().filter(|s| s.text.is_some()).collect())
}

/// A value as people read it.
pub(crate) fn said(r: &Reader<'_>, client: Id<Client>, column: &'static Column, value: &Value) -> Result<Said> {
    let text = match (column.refers, value) {
        (Some(table), Value::Id(id)) => Some(named(r, client, table, *id)?),
        _ => match plain(column, value, Some(r.session().language())) {
            Json::Null => None,
            Json::String(text) => Some(text),
            other => Some(other.to_string()),
        },
    };
    let typed = match column.kind {
        Kind::Int | Kind::Real => Some("number"),
        Kind::Text => Some("text"),
        Kind::Bool | Kind::Day | Kind::Id => None,
    };
    Ok(Said { column: column.name.into(), name: called(column).into(), value: value.to_json(), text, typed })
}

/// What a row is called: its code, or what makes it up.
fn named(r: &Reader<'_>, client: Id<Client>, table: &str, id: [u8; 16]) -> Result<String> {
    let nameless = || Id::<()>::from_bytes(id).hex()[..8].to_string();
    let Some(rows) = shape_of(table) else { return Ok(nameless()) };
    let Some(found) = read(r, client, rows, id)? else { return Ok(nameless()) };
    let parts: Vec<String> = row(r, client, rows, &found)?.into_iter().filter_map(|s| s.text).collect();
    Ok(if parts.is_empty() { nameless() } else { parts.join(" · ") })
}

/// The values of a row, also where it was taken away.
pub(crate) fn read(r: &Reader<'_>, client: Id<Client>, rows: &Rows, id: [u8; 16]) -> Result<Option<Vec<Value>>> {
    let columns: Vec<&str> = rows.columns.iter().map(|c| c.name).collect();
    let sql = format!("SELECT {} FROM {}_all WHERE client_id = ?1 AND id = ?2", columns.join(", "), rows.table);
    let key = [Value::Id(client.bytes()), Value::Id(id)];
    r.first(&sql, &key, |row| (0..columns.len()).map(|i| row.get(i)).collect())
}
