//! A row of a file beside the row that is here already.
use domain::{Entity, Value};

/// A field in which the two contradict each other.
#[derive(Clone, PartialEq, Debug)]
pub struct Differs {
    /// The column.
    pub field: &'static str,
    /// What stands here.
    pub here: String,
}

/// Columns that say how a row came, not what it says.
const ORIGIN: [&str; 5] = ["import_batch_id", "entry_method", "state", "closed_how", "resolved"];

/// The row here with its gaps filled from the file; none where the file adds nothing.
pub fn merge<E: Entity>(here: &E, file: &E) -> Result<Option<E>, Differs> {
    let (mut values, mut filled) = (here.values(), false);
    for ((slot, says), column) in values.iter_mut().zip(file.values()).zip(E::COLUMNS) {
        if ORIGIN.contains(&column.name) || says == Value::Null || same(slot, &says) {
            continue;
        }
        if *slot != Value::Null {
            return Err(Differs { field: column.name, here: show(slot) });
        }
        *slot = says;
        filled = true;
    }
    Ok(E::of(here.client(), here.id(), values).filter(|_| filled))
}

/// Whether the row here already says all that the file says.
pub fn covers<E: Entity>(here: &E, file: &E) -> bool {
    matches!(merge(here, file), Ok(None))
}

/// Whether two numbers are the same but for the last bits.
pub fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs())
}

fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Real(a), Value::Real(b)) => close(*a, *b),
        // Cells lose their outer blanks.
        (Value::Text(a), Value::Text(b)) => a.trim() == b.trim(),
        (a, b) => a == b,
    }
}

fn show(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Int(n) => n.to_string(),
        Value::Real(x) => x.to_string(),
        Value::Text(t) => super::super::why::shorten(t),
        Value::Id(_) => "…".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Day, Id, LineShift};

    fn shift(crew: Option<f64>, net: Option<f64>) -> LineShift {
        let id = |n| Id::from_bytes([n; 16]);
        let empty = LineShift::empty(id(1), Day(1), Id::from_bytes([2; 16]), Id::from_bytes([3; 16]));
        LineShift { crew, net_minutes: net, ..empty }
    }

    #[test]
    fn gaps_are_filled_and_nothing_is_overwritten() {
        let here = shift(Some(10.0), None);
        assert_eq!(merge(&here, &shift(Some(10.0), None)), Ok(None));
        assert_eq!(merge(&here, &shift(None, Some(480.0))), Ok(Some(shift(Some(10.0), Some(480.0)))));
        let differs = Differs { field: "crew", here: "10".into() };
        assert_eq!(merge(&here, &shift(Some(11.0), Some(480.0))), Err(differs));
        assert!(covers(&here, &shift(None, None)) && !covers(&here, &shift(None, Some(1.0))));
    }

    #[test]
    fn last_bits_do_not_make_a_difference() {
        assert!(close(0.1 + 0.2, 0.3) && !close(0.3, 0.3001));
    }
}
