//! How far back a row of the set-up reaches, said before it is saved.
use super::parse;
use domain::{Code, Day, Entity, Fault};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use store::{Reader, Result};
use ts_rs::TS;

/// A row that is about to be saved, or was.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Touching {
    /// Its table.
    table: String,
    /// The row, as `put` takes it.
    #[ts(type = "Record<string, unknown>")]
    row: serde_json::Map<String, Json>,
}

/// The line shifts whose figures the row renews.
#[derive(Serialize, TS)]
pub struct Touched {
    /// How many.
    line_shifts: usize,
    /// The day of the first.
    from: Option<Day>,
    /// The day of the last.
    to: Option<Day>,
}

pub(super) fn touches(r: &Reader<'_>, input: Touching) -> Result<Touched> {
    macro_rules! tables {
        ($($name:ident),* $(,)?) => { $(
            if input.table == domain::$name::TABLE {
                return touched::<domain::$name>(r, input.row);
            }
        )* };
    }
    domain::entities!(tables);
    Err(Fault::new(Code::BadInput).at("table").with("value", input.table).into())
}

fn touched<E: Entity>(r: &Reader<'_>, mut row: serde_json::Map<String, Json>) -> Result<Touched> {
    if row.get("id").is_none_or(Json::is_null) {
        // A new row stands nowhere yet.
        row.insert("id".into(), domain::Id::<E>::from_bytes([0; 16]).to_string().into());
    }
    let cells = r.touched(&parse::<E>(Json::Object(row))?)?;
    let days = || cells.iter().map(|c| c.day);
    Ok(Touched { line_shifts: cells.len(), from: days().min(), to: days().max() })
}
