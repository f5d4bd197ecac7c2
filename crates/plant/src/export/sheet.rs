//! A table on its way out.
use super::workbook;
use crate::import::{
    cells::is_formula,
    fields::{Field, What},
};
use domain::Fault;
use serde_json::{Map, Value as Json};
use std::borrow::Cow;

/// Rows of the fields of a file.
pub struct Sheet {
    fields: &'static [Field],
    rows: Vec<Vec<Json>>,
}

impl Sheet {
    /// Without rows yet.
    pub fn of(what: impl Into<What>) -> Self {
        Sheet { fields: what.into().fields(), rows: Vec::new() }
    }
    /// Adds a row by the names of its fields; others stay empty.
    pub fn push(&mut self, fields: Vec<(&'static str, Json)>) {
        let mut row = vec![Json::Null; self.fields.len()];
        for (name, value) in fields {
            if let Some(at) = self.fields.iter().position(|field| field.name == name) {
                row[at] = value;
            }
        }
        self.rows.push(row);
    }
    /// As CSV; what a spreadsheet would take for a formula is marked as text.
    pub fn csv(&self) -> String {
        let columns = self.fields.iter().map(|field| Cow::Borrowed(field.name));
        let rows = self.rows.iter().map(|row| row.iter().map(plain).collect());
        csv(columns.collect(), rows)
    }
    /// As a workbook.
    ///
    /// # Errors
    /// `sheet_full` where a sheet has no room for it.
    pub fn xlsx(&self) -> Result<Vec<u8>, Fault> {
        workbook::workbook(self.fields, &self.rows)
    }
    /// As a JSON list of objects.
    pub fn json(&self) -> String {
        let name = |field: &Field| field.name.to_string();
        let object = |row: &Vec<Json>| {
            Json::Object(self.fields.iter().map(name).zip(row.iter().cloned()).collect::<Map<_, _>>())
        };
        Json::Array(self.rows.iter().map(object).collect()).to_string()
    }
}

/// Any table as CSV, with formulas neutralised.
pub fn csv<'a>(header: Vec<Cow<'a, str>>, rows: impl Iterator<Item = Vec<Cow<'a, str>>>) -> String {
    let mut out = ::csv::Writer::from_writer(Vec::new());
    for row in std::iter::once(header).chain(rows) {
        let cells = row.iter().map(|c| marked(c));
        // Writing to memory, rows of one length, cannot fail.
        let _ = out.write_record(cells.map(|c| c.into_owned()));
    }
    String::from_utf8(out.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// A text that no spreadsheet takes for a formula; import takes the mark off again.
pub fn marked(text: &str) -> Cow<'_, str> {
    if is_formula(text.trim_start_matches('\'')) { format!("'{text}").into() } else { text.into() }
}

fn plain(value: &Json) -> Cow<'_, str> {
    match value {
        Json::Null => Cow::Borrowed(""),
        Json::String(text) => Cow::Borrowed(text),
        // A whole number of minutes needs no fraction.
        Json::Number(n) => match n.as_f64() {
            Some(x) if x.fract() == 0.0 && x.abs() < 1e15 => Cow::Owned(format!("{x:.0}")),
            _ => Cow::Owned(n.to_string()),
        },
        other => Cow::Owned(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{cells::unmarked, fields::Kind};
    use proptest::prelude::*;

    #[test]
    fn formulas_leave_as_text() {
        for text in ["=1+1", "+1", "-1", "@x", "\tx", "'=1"] {
            assert_eq!(marked(text), format!("'{text}"));
        }
        for text in ["x=1", "TEAM-08", "'x", ""] {
            assert_eq!(marked(text), text);
        }
    }

    #[test]
    fn numbers_leave_as_they_are_and_gaps_empty() {
        let mut sheet = Sheet::of(Kind::Line);
        sheet.push(vec![("code", "=A".into()), ("name", 30.5.into()), ("basis", 8.0.into())]);
        assert_eq!(sheet.csv(), "client,code,name,basis\n,'=A,30.5,8\n");
        assert_eq!(sheet.json(), r#"[{"basis":8.0,"client":null,"code":"=A","name":30.5}]"#);
    }

    proptest! {
        #[test]
        fn the_mark_comes_off_again(text in "['=+@a-]{0,6}") {
            let marked = marked(&text);
            prop_assert!(!is_formula(&marked));
            prop_assert_eq!(unmarked(&marked), text.as_str());
        }
    }
}
