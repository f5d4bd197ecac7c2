//! The cells of one row become values, or errors that name them.
use super::{
    day::{self, Date},
    layout::{Bound, Layout},
    number::Numeral,
    table::{Cell, Row},
    why::{RowError, Why},
};
use domain::{Basis, Day};

/// The largest number any cell may mean.
const NUMBER_MAX: f64 = 1e9;
/// Characters of the longest code.
const CODE_MAX: usize = 200;

/// When a stop began.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Start {
    /// Minutes after the shift's start.
    After(f64),
    /// Minutes after midnight.
    Clock(u16),
}

/// One row on its way from cells to values; the errors gather in it.
pub struct Reading<'a> {
    layout: &'a Layout,
    row: &'a Row<'a>,
    /// What was wrong so far.
    pub errors: Vec<RowError>,
}

impl<'a> Reading<'a> {
    /// Begins with what is wrong about the row as a whole.
    pub fn of(layout: &'a Layout, row: &'a Row<'a>) -> Self {
        let mut reading = Reading { layout, row, errors: Vec::new() };
        if row.width() > layout.columns {
            let error = RowError::new(row.number, Why::ExtraCells);
            reading.errors.push(error.with("count", row.width()).with("limit", layout.columns));
        }
        if let Some(column) = row.endless() {
            let error = RowError::new(row.number, Why::LongCell).value(row.cell(column).show());
            reading.errors.push(error.with("limit", super::table::CELL_MAX / 1024));
        }
        reading
    }
    /// The row's number.
    pub fn number(&self) -> u32 {
        self.row.number
    }
    pub(super) fn cell(&self, name: &str) -> (Cell<'a>, Option<&'a Bound>) {
        let bound = self.layout.get(name);
        (bound.map_or(Cell::Empty, |b| self.row.cell(b.column)), bound)
    }
    pub(super) fn fail(&mut self, name: &str, why: Why) {
        let value = self.cell(name).0.show();
        self.errors.push(RowError::new(self.row.number, why).at(name).value(value));
    }
    /// Notes that a needed field is empty.
    pub fn need<T>(&mut self, name: &str, value: Option<T>) -> Option<T> {
        let told = self.errors.iter().any(|e| e.field.as_deref() == Some(name));
        if value.is_none() && !told {
            self.fail(name, Why::Empty);
        }
        value
    }
    /// Words; our own export's mark against formulas is taken off again.
    pub fn text(&mut self, name: &str) -> Option<String> {
        let (cell, _) = self.cell(name);
        match cell {
            Cell::Empty => None,
            Cell::Formula => {
                self.fail(name, Why::Formula);
                None
            }
            cell => Some(unmarked(&cell.show()).to_string()),
        }
    }
    /// A short name.
    pub fn code(&mut self, name: &str) -> Option<String> {
        let code = self.text(name)?;
        if code.chars().count() > CODE_MAX || code.chars().any(char::is_control) {
            self.errors.push(RowError::new(self.row.number, Why::TooLong).at(name).value(code.chars().count()));
            return None;
        }
        Some(code)
    }
    /// A number that is not below zero.
    pub fn real(&mut self, name: &str) -> Option<f64> {
        self.amount(name, false)
    }
    /// A whole number that is not below zero.
    pub fn count(&mut self, name: &str) -> Option<i64> {
        let number = self.amount(name, true)?;
        if (number - number.round()).abs() > 1e-6 {
            self.fail(name, Why::NotWhole);
            return None;
        }
        #[expect(clippy::cast_possible_truncation, reason = "between zero and a billion")]
        Some(number.round() as i64)
    }
    fn amount(&mut self, name: &str, whole: bool) -> Option<f64> {
        let why = match self.number_of(name, whole)? {
            n if n < 0.0 => Why::Negative,
            n if n > NUMBER_MAX => Why::TooLarge,
            n => return Some(n),
        };
        self.fail(name, why);
        None
    }
    /// The number of a cell, whatever it is.
    pub(super) fn number_of(&mut self, name: &str, whole: bool) -> Option<f64> {
        let (cell, bound) = self.cell(name);
        match self.layout.number(cell, bound?, whole) {
            Ok(number) => number,
            Err(Why::AmbiguousNumber) => self.ambiguous(name),
            Err(why) => {
                self.fail(name, why);
                None
            }
        }
    }
    fn ambiguous(&mut self, name: &str) -> Option<f64> {
        let shown = self.cell(name).0.show();
        let n = Numeral::of(&shown)?;
        let (point, comma) = (n.point.unwrap_or_default(), n.comma.unwrap_or_default());
        let error = RowError::new(self.row.number, Why::AmbiguousNumber).at(name).value(shown);
        self.errors.push(error.with("a", point.min(comma)).with("b", point.max(comma)));
        None
    }
    /// A day.
    pub fn day(&mut self, name: &str) -> Option<Day> {
        let (cell, bound) = self.cell(name);
        match self.layout.day(cell, bound?) {
            Ok(day) => day,
            Err(Why::AmbiguousDate) => {
                let shown = cell.show();
                let date = Date::of(&shown)?;
                let error = RowError::new(self.row.number, Why::AmbiguousDate).at(name).value(shown);
                let (a, b) = (date.day_first?, date.month_first?);
                self.errors.push(error.with("a", a.min(b)).with("b", a.max(b)));
                None
            }
            Err(why) => {
                self.fail(name, why);
                None
            }
        }
    }
    /// When a stop began.
    pub fn start(&mut self, name: &str) -> Option<Start> {
        match self.cell(name).0 {
            Cell::Minutes(m) | Cell::Number(m) if (0.0..1.0).contains(&m) && m > 0.0 => self.clock(name, m * 1440.0),
            Cell::Minutes(m) => self.clock(name, m),
            Cell::Text(text) if text.contains(':') => match day::clock(text) {
                Some(minute) => Some(Start::Clock(minute)),
                None => {
                    self.fail(name, Why::BadNumber);
                    None
                }
            },
            _ => self.real(name).map(Start::After),
        }
    }
    fn clock(&mut self, name: &str, minutes: f64) -> Option<Start> {
        if !(0.0..1440.0).contains(&minutes) {
            self.fail(name, Why::LongDay);
            return None;
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "less than a day")]
        Some(Start::Clock(minutes as u16))
    }
    /// What a line's time is counted in.
    pub fn basis(&mut self, name: &str) -> Option<Basis> {
        let text = self.text(name)?;
        let basis = match super::guess::normal(&text).as_str() {
            "labour" | "labor" | "mano obra" | "manual" | "people" | "personas" | "operators" | "operarios" => {
                Basis::Labour
            }
            "machine" | "maquina" | "machines" | "maquinas" => Basis::Machine,
            _ => {
                self.errors.push(
                    RowError::new(self.row.number, Why::BadWord)
                        .at(name)
                        .value(text)
                        .with("allowed", "labour, machine"),
                );
                return None;
            }
        };
        Some(basis)
    }
}

/// Whether a spreadsheet would take a text for a formula.
pub fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A text without the quote that `export` puts before what looks like a formula.
pub fn unmarked(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_formula(rest.trim_start_matches('\'')) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            fields::Kind,
            guess::{Mapping, guess},
            profile::Profiles,
            table::Table,
        },
        *,
    };

    /// Reads one field of every row of a file.
    fn read<T>(text: &str, kind: Kind, take: impl Fn(&mut Reading<'_>) -> Option<T>) -> Vec<Result<Option<T>, String>> {
        let table = Table::open(text.into()).unwrap();
        let profiles = Profiles::of(&table).unwrap();
        let mapping: Mapping = guess(kind, &table, &profiles);
        let layout = Layout::of(kind, &table, &profiles, &mapping);
        let mut all = Vec::new();
        let each = |row: &Row<'_>| -> Result<(), ()> {
            let mut reading = Reading::of(&layout, row);
            let value = take(&mut reading);
            all.push(reading.errors.first().map_or(Ok(value), |e| Err(e.code.to_string())));
            Ok(())
        };
        table.each(each).unwrap();
        all
    }
    fn units(text: &str) -> Vec<Result<Option<i64>, String>> {
        read(text, Kind::Production, |r| r.count("produced"))
    }
    fn minutes(text: &str) -> Vec<Result<Option<f64>, String>> {
        read(text, Kind::Downtime, |r| r.real("minutes"))
    }
    fn days(text: &str) -> Vec<Result<Option<String>, String>> {
        read(text, Kind::Production, |r| r.day("day").map(|d| d.to_string()))
    }
    fn err<T>(code: &str) -> Result<T, String> {
        Err(code.into())
    }

    #[test]
    fn counts_are_whole_and_not_negative() {
        let read = units("line,units\nL,12\nL,-1\nL,1.5\nL,x\nL,\nL,NA\nL,9999999999\nL,12.0\n");
        let expected = [
            Ok(Some(12)),
            err("negative"),
            err("not_whole"),
            err("bad_number"),
            Ok(None),
            Ok(None),
            err("too_large"),
            Ok(Some(12)),
        ];
        assert_eq!(read, expected);
    }

    #[test]
    fn a_decimal_comma_is_read_by_its_column() {
        assert_eq!(minutes("line;minutes\nL;1,5\nL;1.234\nL;2\n"), [Ok(Some(1.5)), Ok(Some(1234.0)), Ok(Some(2.0))]);
        assert_eq!(minutes("line,minutes\nL,\"1,23\"\nL,\"1,234\"\n"), [Ok(Some(1.23)), Ok(Some(1.234))]);
        assert_eq!(minutes("line,minutes\nL,1.5\nL,\"1,234\"\n"), [Ok(Some(1.5)), Ok(Some(1234.0))]);
    }

    #[test]
    fn a_column_without_proof_takes_the_files_style() {
        assert_eq!(minutes("line\tminutes\taffected\nL\t1.234\t2,5\n"), [Ok(Some(1234.0))]);
        assert_eq!(minutes("line;minutes\nL;1,234\n"), [Ok(Some(1.234))]);
        assert_eq!(minutes("line,minutes\nL,1.234\n"), [Ok(Some(1.234))]);
    }

    #[test]
    fn what_nothing_decides_is_refused_and_counts_are_whole() {
        assert_eq!(minutes("line,minutes\nL,\"1,234\"\n"), [err("ambiguous_number")]);
        assert_eq!(minutes("line\tminutes\nL\t1.234\n"), [err("ambiguous_number")]);
        assert_eq!(
            minutes("line;minutes\nL;1,5\nL;1.5\nL;1.234\n"),
            [Ok(Some(1.5)), Ok(Some(1.5)), err("ambiguous_number")]
        );
        let both = minutes("line,minutes\nL,\"1,5\"\nL,1.5\nL,1.234\n");
        assert_eq!(both, [Ok(Some(1.5)), Ok(Some(1.5)), err("ambiguous_number")]);
        assert_eq!(units("line\tunits\nL\t1.234\nL\t1,234\n"), [Ok(Some(1234)), Ok(Some(1234))]);
    }

    #[test]
    fn an_unquoted_decimal_comma_does_not_shift_the_row() {
        assert_eq!(minutes("line,minutes\nL,1,23\nL,5\nL,6\n"), [err("extra_cells"), Ok(Some(5.0)), Ok(Some(6.0))]);
    }

    #[test]
    fn days_are_read_in_the_columns_order() {
        assert_eq!(
            days("line,day\nL,03/04/2026\nL,13/04/2026\n"),
            [Ok(Some("2026-04-03".into())), Ok(Some("2026-04-13".into()))]
        );
        assert_eq!(
            days("line,day\nL,03/04/2026\nL,04/13/2026\n"),
            [Ok(Some("2026-03-04".into())), Ok(Some("2026-04-13".into()))]
        );
        assert_eq!(days("line,day\nL,03/04/2026\n"), [err("ambiguous_date")]);
    }

    #[test]
    fn impossible_days_and_clock_times_are_refused() {
        let read = days("line,day\nL,2026-02-30\nL,30/02/2026\nL,2026-01-01 22:30\nL,soon\nL,42005\nL,\n");
        let expected =
            [err("bad_date"), err("bad_date"), err("time_in_day"), err("bad_date"), err("bad_date"), Ok(None)];
        assert_eq!(read, expected);
    }

    #[test]
    fn formulas_in_text_files_are_refused_where_a_number_belongs() {
        assert_eq!(units("line,units\nL,=1+1\nL,#REF!\nL,5\n"), [err("formula"), err("formula"), Ok(Some(5))]);
    }

    #[test]
    fn an_unclosed_quote_is_seen() {
        let text = format!("line,units\nL,1\nL,\"2\n{}", "L,3\n".repeat(20_000));
        assert_eq!(units(&text), [Ok(Some(1)), err("long_cell")]);
    }

    #[test]
    fn the_mark_against_formulas_comes_off_and_only_it() {
        for (marked, text) in [("'=1", "=1"), ("''=1", "'=1"), ("'abc", "'abc"), ("'", "'"), ("x", "x")] {
            assert_eq!(unmarked(marked), text);
        }
    }

    #[test]
    fn a_stop_starts_by_the_clock_or_after_the_shifts_start() {
        let read = read("line,start\nL,14:30\nL,30\nL,25:00\n", Kind::Downtime, |r| r.start("start"));
        assert_eq!(read, [Ok(Some(Start::Clock(870))), Ok(Some(Start::After(30.0))), err("bad_number")]);
    }

    #[test]
    fn a_lines_basis_is_one_of_two() {
        let read = read("line,type\nL,Máquina\nL,labor\nL,robot\n", Kind::Line, |r| r.basis("basis"));
        assert_eq!(read, [Ok(Some(Basis::Machine)), Ok(Some(Basis::Labour)), err("bad_word")]);
    }
}
