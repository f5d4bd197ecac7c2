//! Standards that a file brings, each valid from a day on.
use super::{
    super::why::{RowError, Why},
    known::Known,
    merge::close,
};
use domain::{Client, Day, Entity, Id, Operation, Product, ProductStandard};
use std::collections::{BTreeMap, HashMap};

type Of = (Id<Client>, Id<Product>, Option<Id<Operation>>);

/// The standards of a file, by product and day, with the row that said so first.
#[derive(Default)]
pub struct Standards(HashMap<Of, BTreeMap<Day, (f64, u32)>>);

/// What one row says about a standard.
pub struct Said {
    /// The row.
    pub row: u32,
    /// The product.
    pub product: Id<Product>,
    /// Only this operation.
    pub operation: Option<Id<Operation>>,
    /// The day.
    pub day: Day,
    /// Minutes per unit.
    pub minutes: f64,
}

impl Standards {
    /// Takes a row's word; another word for the same day, or the one in force here, contradicts it.
    pub fn take(&mut self, known: &Known, said: &Said, may_create: bool) -> Result<bool, RowError> {
        let error = |why| RowError::new(said.row, why).at("standard_minutes").value(said.minutes);
        if let Some(here) = in_force(known, said) {
            let same = close(here, said.minutes);
            return if same { Ok(false) } else { Err(error(Why::StandardDiffers).with("here", here)) };
        }
        if !may_create {
            return Err(error(Why::StandardDiffers).with("here", "–"));
        }
        let days = self.0.entry((known.client, said.product, said.operation)).or_default();
        let (first, row) = *days.entry(said.day).or_insert((said.minutes, said.row));
        if close(first, said.minutes) {
            return Ok(true);
        }
        Err(error(Why::DisagreesWithRow).with("other", first).with("row", row))
    }
    /// The standards as rows: one from the first day, one more from each day on which it changes.
    pub fn rows(&self) -> Vec<ProductStandard> {
        let mut rows = Vec::new();
        for ((client, product, operation), days) in &self.0 {
            let mut last = None;
            for (day, (minutes, _)) in days {
                if last.is_none_or(|l| !close(l, *minutes)) {
                    rows.push(row(*client, *product, *operation, *day, *minutes));
                }
                last = Some(*minutes);
            }
        }
        rows.sort_by_key(|s| s.id);
        rows
    }
}

fn in_force(known: &Known, said: &Said) -> Option<f64> {
    let days = known.standards.get(&(said.product, said.operation))?;
    days.range(..=said.day).next_back().map(|(_, minutes)| *minutes)
}

fn row(
    client_id: Id<Client>,
    product_id: Id<Product>,
    operation_id: Option<Id<Operation>>,
    valid_from: Day,
    minutes: f64,
) -> ProductStandard {
    let key = format!("{}/{}/{}", product_id.hex(), operation_id.map_or(String::new(), Id::hex), valid_from.0);
    let id = Id::fact(client_id, ProductStandard::TABLE, &key);
    ProductStandard { client_id, id, product_id, operation_id, valid_from, minutes }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(row: u32, day: i32, minutes: f64) -> Said {
        Said { row, product: Id::from_bytes([2; 16]), operation: None, day: Day(day), minutes }
    }
    fn shown(standards: &Standards) -> Vec<(i32, f64)> {
        let mut rows: Vec<_> = standards.rows().iter().map(|s| (s.valid_from.0, s.minutes)).collect();
        rows.sort_by_key(|r| r.0);
        rows
    }

    #[test]
    fn a_standard_holds_from_its_first_day_until_it_changes() {
        let (known, mut standards) = (Known::nothing(Id::from_bytes([1; 16])), Standards::default());
        for s in [said(2, 30, 5.0), said(3, 10, 4.0), said(4, 20, 4.0), said(5, 40, 4.0)] {
            assert_eq!(standards.take(&known, &s, true), Ok(true));
        }
        assert_eq!(shown(&standards), [(10, 4.0), (30, 5.0), (40, 4.0)]);
    }

    #[test]
    fn two_standards_on_one_day_are_reported_with_both_rows() {
        let (known, mut standards) = (Known::nothing(Id::from_bytes([1; 16])), Standards::default());
        standards.take(&known, &said(2, 10, 4.0), true).unwrap();
        let error = standards.take(&known, &said(3, 10, 4.5), true).unwrap_err();
        assert_eq!((error.row, error.code, error.params["row"].as_str()), (3, "disagrees_with_row", "2"));
    }

    #[test]
    fn a_standard_in_force_is_not_overwritten() {
        let mut known = Known::nothing(Id::from_bytes([1; 16]));
        known.standards.entry((Id::from_bytes([2; 16]), None)).or_default().insert(Day(5), 4.0);
        let mut standards = Standards::default();
        assert_eq!(standards.take(&known, &said(2, 10, 4.0), true), Ok(false));
        assert_eq!(standards.take(&known, &said(3, 10, 5.0), true).unwrap_err().code, "standard_differs");
        assert_eq!(standards.take(&known, &said(4, 1, 5.0), true), Ok(true));
        assert_eq!(standards.take(&known, &said(5, 1, 5.0), false).unwrap_err().code, "standard_differs");
    }
}
