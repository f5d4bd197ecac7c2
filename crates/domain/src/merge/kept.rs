//! A row as text, by the names of its columns, for whoever keeps it beside its table.
//!
//! A column that the reading program knows and the writing one did not
//! becomes a column; one that it does not know stays what it is.
use super::{Conflict, Folded, Place, Versions, name, place};
use crate::{Column, Id, Value, change::Op};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeMap;

#[derive(Serialize, Deserialize)]
struct Kept {
    maker: Id<Op>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    gone: bool,
    cells: BTreeMap<String, (Json, Id<Op>)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    waits: Vec<(Id<Op>, BTreeMap<String, Json>)>,
}

impl Folded {
    /// The row as text.
    pub fn text(&self, columns: &[Column]) -> String {
        let named = |p: &Place| name(columns, p).to_string();
        let cell = |p: Place| Some((named(&p), (self.value(&p).to_json(), self.version(&p)?)));
        let waits = |c: &Conflict| (c.op, c.values.iter().map(|(p, v)| (named(p), v.to_json())).collect());
        let kept = Kept {
            maker: self.versions.maker(),
            gone: self.gone,
            cells: self.places().filter_map(cell).collect(),
            waits: self.conflicts.iter().map(waits).collect(),
        };
        serde_json::to_string(&kept).unwrap_or_default()
    }
    /// The row of its text; none where it is no such text.
    pub fn of_text(columns: &[Column], text: &str) -> Option<Folded> {
        let kept: Kept = serde_json::from_str(text).ok()?;
        let mut row = Folded::of(vec![Value::Null; columns.len()], Versions::created(kept.maker), kept.gone);
        for (name, (json, op)) in &kept.cells {
            let at = place(columns, name);
            row.set(&at, value(columns, &at, json)?, *op);
        }
        for (op, values) in &kept.waits {
            let waits = values
                .iter()
                .map(|(n, j)| (place(columns, n), j))
                .map(|(p, j)| Some((p.clone(), value(columns, &p, j)?)));
            row.conflicts.push(Conflict { op: *op, values: waits.collect::<Option<_>>()? });
        }
        Some(row)
    }
}

/// The value of a place as a log or a text writes it; none where it does not fit.
pub(super) fn value(columns: &[Column], at: &Place, json: &Json) -> Option<Value> {
    match at {
        Place::Column(i) => Value::from_json(columns[*i].kind, json),
        Place::Other(_) => Value::of_json(json),
    }
}
