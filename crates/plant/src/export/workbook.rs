//! A table as a workbook for spreadsheets.
use crate::import::{
    cells::unmarked,
    fields::{Field, Shape},
};
use domain::{Code, Fault};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use serde_json::Value as Json;
use std::borrow::Cow;

/// How wide a column is at least, in characters.
const WIDTH: f64 = 10.0;

/// The bytes of a workbook of one sheet: days are days, numbers numbers, and every text is text, never a formula.
///
/// # Errors
/// `sheet_full` where there are more rows or longer texts than a sheet has room for.
pub(super) fn workbook(fields: &[Field], rows: &[Vec<Json>]) -> Result<Vec<u8>, Fault> {
    let mut book = Workbook::new();
    filled(book.add_worksheet(), fields, rows)
        .and_then(|()| book.save_to_buffer())
        .map_err(|e| Fault::new(Code::SheetFull).at("format").with("why", e.to_string()))
}

fn filled(sheet: &mut Worksheet, fields: &[Field], rows: &[Vec<Json>]) -> Result<(), XlsxError> {
    let (head, day) = (Format::new().set_bold(), Format::new().set_num_format("yyyy-mm-dd"));
    for (column, field) in (0..).zip(fields) {
        sheet.write_string_with_format(0, column, field.name, &head)?;
        sheet.set_column_width(column, WIDTH.max(field.name.len() as f64 + 2.0))?;
    }
    sheet.set_freeze_panes(1, 0)?;
    for (at, row) in (1..).zip(rows) {
        for ((column, field), value) in (0..).zip(fields).zip(row) {
            match (value, dated(field, value)) {
                (_, Some(date)) => sheet.write_datetime_with_format(at, column, date, &day)?,
                (Json::Null, _) => continue,
                (Json::String(text), _) => sheet.write_string(at, column, quoted(text))?,
                (Json::Bool(yes), _) => sheet.write_boolean(at, column, *yes)?,
                (Json::Number(n), _) => sheet.write_number(at, column, n.as_f64().unwrap_or_default())?,
                (other, _) => sheet.write_string(at, column, other.to_string())?,
            };
        }
    }
    Ok(())
}

/// The day of a cell that holds one; spreadsheets know none before 1900.
fn dated(field: &Field, value: &Json) -> Option<ExcelDateTime> {
    let text = value.as_str().filter(|_| field.shape == Shape::Day)?;
    ExcelDateTime::parse_from_str(text).ok()
}

/// A text from which import takes nothing off: it takes one quote off what begins like a formula behind quotes.
fn quoted(text: &str) -> Cow<'_, str> {
    if unmarked(text) == text { text.into() } else { format!("'{text}").into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::fields::Kind;

    #[test]
    fn what_a_sheet_has_no_room_for_is_refused_and_not_cut_off() {
        let fields = Kind::Line.fields();
        let row = |text: String| vec![fields.iter().map(|_| Json::from(text.clone())).collect::<Vec<_>>()];
        assert!(workbook(fields, &row("x".repeat(32_767))).is_ok());
        assert_eq!(workbook(fields, &row("x".repeat(32_768))).unwrap_err().code, "sheet_full");
    }
}
