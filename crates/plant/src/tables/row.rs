//! A row of a file beside a row that is here.
use super::keys;
use crate::import::{plan::merge::close, why::shorten};
use domain::{Value, entities::Shape as Rows};

/// A column in which the two contradict each other.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Differs {
    /// Which column.
    pub(super) at: usize,
    /// What stands here.
    pub(super) here: Value,
}

/// The row here with its gaps filled from the file; none where the file adds nothing.
pub(super) fn merge(rows: &Rows, here: &[Value], says: &[Value]) -> Result<Option<Vec<Value>>, Differs> {
    let (mut values, mut filled) = (here.to_vec(), false);
    for (at, (slot, says)) in values.iter_mut().zip(says).enumerate() {
        let column = &rows.columns[at];
        if *says == Value::Null || keys::left_out(column) || keys::key(rows).contains(&column.name) || same(slot, says)
        {
            continue;
        }
        if !is_gap(slot) {
            return Err(Differs { at, here: slot.clone() });
        }
        if !keys::is_signature(rows, column) {
            *slot = says.clone();
            filled = true;
        }
    }
    Ok(filled.then_some(values))
}

/// Whether the file says of a row just what it says here, gaps and all.
pub(super) fn is_same(rows: &Rows, here: &[Value], says: &[Value]) -> bool {
    let told = rows.columns.iter().zip(here.iter().zip(says));
    let mut told = told.filter(|(c, _)| !keys::left_out(c) && !keys::is_signature(rows, c));
    told.all(|(_, (here, says))| same(here, says) || (is_gap(here) && is_gap(says)))
        && matches!(merge(rows, here, says), Ok(None))
}

fn is_gap(value: &Value) -> bool {
    matches!(value, Value::Null) || matches!(value, Value::Text(text) if text.is_empty())
}

fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Real(a), Value::Real(b)) => close(*a, *b),
        // Cells lose their outer blanks.
        (Value::Text(a), Value::Text(b)) => a.trim() == b.trim(),
        (a, b) => a == b,
    }
}

/// A value in short.
pub(super) fn show(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Int(n) => n.to_string(),
        Value::Real(x) => x.to_string(),
        Value::Text(t) => shorten(t),
        Value::Id(_) => "…".into(),
    }
}
