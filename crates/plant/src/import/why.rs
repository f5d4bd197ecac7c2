//! Why a file or a row cannot be taken in.
use domain::{Code, Fault, fault::phrase, words};
use serde::Serialize;
use std::collections::BTreeMap;

words! {
    /// What is wrong with a file, a row or a cell.
    Why {
        /// The cell could be read in two ways and nothing in the file decides.
        AmbiguousDate = "ambiguous_date",
        /// The number could be read in two ways and nothing in the file decides.
        AmbiguousNumber = "ambiguous_number",
        /// Not a day that exists.
        BadDate = "bad_date",
        /// Not a number.
        BadNumber = "bad_number",
        /// Neither yes nor no.
        BadTruth = "bad_truth",
        /// None of the words allowed.
        BadWord = "bad_word",
        /// A clock time, but the shift has no times.
        ClockWithoutTimes = "clock_without_times",
        /// The file is cut off or damaged.
        DamagedFile = "damaged_file",
        /// More defective than produced.
        DefectiveOverProduced = "defective_over_produced",
        /// The row is here already, with another value.
        DiffersHere = "differs_here",
        /// Two rows of the file contradict each other.
        DisagreesWithRow = "disagrees_with_row",
        /// The field must not be empty.
        Empty = "empty",
        /// The file has no rows.
        EmptyFile = "empty_file",
        /// The row has more cells than the header.
        ExtraCells = "extra_cells",
        /// Two columns are mapped to one field.
        FieldTwice = "field_twice",
        /// The file is too large.
        FileTooLarge = "file_too_large",
        /// A formula without a value.
        Formula = "formula",
        /// Rows have errors, and nobody said to leave them out.
        ImportHasErrors = "import_has_errors",
        /// The file has not arrived whole.
        ImportIncomplete = "import_incomplete",
        /// Whether scrap is inside defective is not said.
        ImportUnanswered = "import_unanswered",
        /// The cell is too long.
        LongCell = "long_cell",
        /// More minutes than a day has.
        LongDay = "long_day",
        /// A needed column is in no mapping.
        MissingColumn = "missing_column",
        /// The count is below zero.
        Negative = "negative",
        /// The first row holds values, not names.
        NoHeader = "no_header",
        /// No such client, or none in scope.
        NoSuchClient = "no_such_client",
        /// No such column in the file.
        NoSuchColumn = "no_such_column",
        /// No such field of the file's kind or table.
        NoSuchField = "no_such_field",
        /// No such line.
        NoSuchLine = "no_such_line",
        /// No such operation.
        NoSuchOperation = "no_such_operation",
        /// No such work order.
        NoSuchOrder = "no_such_order",
        /// No such product.
        NoSuchProduct = "no_such_product",
        /// No such downtime reason.
        NoSuchReason = "no_such_reason",
        /// No row of that name.
        NoSuchRow = "no_such_row",
        /// No such shift.
        NoSuchShift = "no_such_shift",
        /// The file is no table.
        NotATable = "not_a_table",
        /// A count with a fraction.
        NotWhole = "not_whole",
        /// An old or a locked workbook.
        OldExcel = "old_excel",
        /// Rework, repair and scrap exceed the defective units.
        PartsOverDefective = "parts_over_defective",
        /// A standard that the product does not have here.
        StandardDiffers = "standard_differs",
        /// A day with a clock time.
        TimeInDay = "time_in_day",
        /// The number is beyond all sense.
        TooLarge = "too_large",
        /// The text is too long.
        TooLong = "too_long",
        /// The file has too many columns.
        TooManyColumns = "too_many_columns",
        /// The file has too many rows.
        TooManyRows = "too_many_rows",
        /// The file unpacks to far more than it is.
        ZipBomb = "zip_bomb",
    }
}

impl Why {
    /// The fault of a whole file.
    pub fn fault(self) -> Fault {
        let mut fault = Fault { code: self.word().into(), ..Fault::new(Code::BadInput) };
        fault.message = fault.say("en");
        fault
    }
}

/// What is wrong with one row of the file.
#[derive(Clone, PartialEq, Debug, Serialize, ts_rs::TS)]
pub struct RowError {
    /// The row, as a spreadsheet counts it.
    pub row: u32,
    /// The field concerned.
    pub field: Option<String>,
    /// What stands in the cell.
    pub value: Option<String>,
    /// Why.
    pub code: &'static str,
    /// In the reader's language.
    pub message: String,
    /// What the message names.
    pub params: BTreeMap<String, String>,
}

impl RowError {
    /// An error of a row.
    pub fn new(row: u32, why: Why) -> Self {
        let code = why.word();
        RowError { row, field: None, value: None, code, message: String::new(), params: BTreeMap::new() }
    }
    /// Names the field.
    #[must_use]
    pub fn at(mut self, field: &str) -> Self {
        self.field = Some(field.into());
        self
    }
    /// Shows what stands in the cell, shortened.
    #[must_use]
    pub fn value(mut self, value: impl ToString) -> Self {
        let value = shorten(&value.to_string());
        self.params.insert("value".into(), value.clone());
        self.value = Some(value);
        self
    }
    /// Adds what the message names.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.into(), shorten(&value.to_string()));
        self
    }
    /// The error with its message in a language.
    #[must_use]
    pub fn spoken(mut self, language: &str) -> Self {
        self.message = phrase(language, &format!("fault.{}", self.code), &self.params);
        self
    }
}

/// At most eighty characters of a text.
pub fn shorten(text: &str) -> String {
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_words_in_both_languages() {
        for why in Why::ALL {
            let key = format!("fault.{}", why.word());
            for language in ["en", "es"] {
                assert!(domain::fault::catalogue(language).contains_key(&key), "{language}: {key}");
            }
        }
    }

    #[test]
    fn an_error_names_its_value_in_both_languages() {
        let error = RowError::new(7, Why::BadNumber).at("produced").value("12x");
        assert!(error.clone().spoken("en").message.contains("12x"));
        assert!(error.spoken("es").message.contains("12x"));
    }

    #[test]
    fn endless_values_are_shortened() {
        assert_eq!(shorten(&"ñ".repeat(100)).chars().count(), 81);
    }
}
