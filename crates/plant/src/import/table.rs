//! A file as columns and rows, whatever its form.
use super::{
    csv::Separated,
    text::{self, Charset},
    why::Why,
    xlsx::{self, Grid},
};
use ::csv::StringRecord;
use domain::{Day, Fault};

/// Bytes of the largest file.
pub const FILE_MAX: usize = 200 * 1024 * 1024;
/// Columns of the widest table.
pub const COLUMNS_MAX: usize = 500;
/// Rows of the longest table, as many as a sheet has.
pub const ROWS_MAX: usize = 1_048_576;
/// Bytes of the longest cell.
pub const CELL_MAX: usize = 32 * 1024;

/// One cell of a row.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// Characters, trimmed.
    Text(&'a str),
    /// A number of a sheet.
    Number(f64),
    /// A day and a minute of it.
    Stamp(Day, u16),
    /// Minutes, from a cell that shows hours.
    Minutes(f64),
    /// Yes or no.
    Truth(bool),
    /// A formula without a value.
    Formula,
}

impl<'a> Cell<'a> {
    /// The cell of a text.
    pub fn text(text: &'a str) -> Self {
        const BROKEN: [&str; 8] = ["#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#¡VALOR!"];
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}');
        match text {
            "" => Cell::Empty,
            t if t.starts_with('#') && BROKEN.contains(&t) => Cell::Formula,
            t => Cell::Text(t),
        }
    }
    /// What a person sees in the cell.
    pub fn show(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(t) => (*t).into(),
            Cell::Number(n) | Cell::Minutes(n) => n.to_string(),
            Cell::Stamp(day, 0) => day.to_string(),
            Cell::Stamp(day, m) => format!("{day} {:02}:{:02}", m / 60, m % 60),
            Cell::Truth(b) => b.to_string(),
            Cell::Formula => "#".into(),
        }
    }
}

/// One row below the header.
pub struct Row<'a> {
    /// Its number, as a spreadsheet counts it.
    pub number: u32,
    cells: Cells<'a>,
}

enum Cells<'a> {
    Record(&'a StringRecord),
    Sheet(&'a Grid, usize),
}

impl Row<'_> {
    /// The cell of a column.
    pub fn cell(&self, column: usize) -> Cell<'_> {
        match &self.cells {
            Cells::Record(record) => record.get(column).map_or(Cell::Empty, Cell::text),
            Cells::Sheet(grid, row) => grid.cell(*row, column),
        }
    }
    /// The number of cells up to the last filled one.
    pub fn width(&self) -> usize {
        match &self.cells {
            Cells::Record(r) => (0..r.len()).rev().find(|i| self.cell(*i) != Cell::Empty).map_or(0, |i| i + 1),
            Cells::Sheet(grid, row) => grid.width(*row),
        }
    }
    /// The first cell that is longer than any cell may be.
    pub fn endless(&self) -> Option<usize> {
        match &self.cells {
            Cells::Record(record) => record.iter().position(|c| c.len() > CELL_MAX),
            Cells::Sheet(..) => {
                (0..self.width()).find(|i| matches!(self.cell(*i), Cell::Text(t) if t.len() > CELL_MAX))
            }
        }
    }
}

/// A file that is a table.
pub struct Table {
    /// The names in the header, each once.
    pub columns: Vec<String>,
    /// The row the header stands on.
    pub header: u32,
    /// How a text file was written; none for a sheet.
    pub charset: Option<Charset>,
    body: Body,
}

enum Body {
    Text(Separated),
    Sheet(Grid),
}

impl Table {
    /// Reads a file by what is in it, not by its name.
    pub fn open(bytes: Vec<u8>) -> Result<Self, Fault> {
        match bytes.as_slice() {
            b if b.len() > FILE_MAX => Err(Why::FileTooLarge.fault().with("limit", FILE_MAX / 1024 / 1024)),
            b if b.iter().all(u8::is_ascii_whitespace) => Err(Why::EmptyFile.fault()),
            [0xD0, 0xCF, 0x11, 0xE0, ..] => Err(Why::OldExcel.fault()),
            [b'P', b'K', 3 | 5 | 7, ..] => Self::headed(Body::Sheet(xlsx::open(bytes)?), None),
            _ => {
                let (text, charset) = text::decode(bytes)?;
                Self::headed(Body::Text(Separated::of(text)), Some(charset))
            }
        }
    }
    /// Finds the header: the first row with two names, or the first row at all.
    fn headed(body: Body, charset: Option<Charset>) -> Result<Self, Fault> {
        let mut first: Option<(u32, Vec<String>)> = None;
        let mut seen = 0;
        // Stopping early is no failure, so the answer of `each` says nothing.
        let _ = body.each(|row| {
            let names: Vec<String> = (0..row.width()).map(|i| row.cell(i).show()).collect();
            let filled = names.iter().filter(|n| !n.is_empty()).count();
            seen += 1;
            if filled >= 2 || (filled == 1 && first.is_none()) {
                first = Some((row.number, names));
            }
            if filled >= 2 || seen >= 20 { Err(()) } else { Ok(()) }
        });
        let (header, names) = first.ok_or_else(|| Why::EmptyFile.fault())?;
        if names.len() > COLUMNS_MAX {
            let fault = Why::TooManyColumns.fault();
            return Err(fault.with("count", names.len()).with("limit", COLUMNS_MAX));
        }
        Ok(Table { columns: distinct(names), header, charset, body })
    }
    /// Hands every filled row below the header to `take` until that refuses.
    pub fn each<E>(&self, mut take: impl FnMut(&Row<'_>) -> Result<(), E>) -> Result<(), E> {
        self.body.each(|row| if row.number > self.header && row.width() > 0 { take(row) } else { Ok(()) })
    }
    /// What separates the cells of a text file.
    pub fn delimiter(&self) -> Option<u8> {
        if let Body::Text(text) = &self.body { Some(text.delimiter) } else { None }
    }
    /// The day since 1970 that a sheet calls zero; none for a text file.
    pub fn day_zero(&self) -> Option<i32> {
        if let Body::Sheet(grid) = &self.body { Some(grid.day_zero) } else { None }
    }
}

impl Body {
    fn each<E>(&self, mut take: impl FnMut(&Row<'_>) -> Result<(), E>) -> Result<(), E> {
        match self {
            Body::Text(text) => text.each(|number, record| take(&Row { number, cells: Cells::Record(record) })),
            Body::Sheet(grid) => (0..grid.height())
                .try_for_each(|row| take(&Row { number: grid.number(row), cells: Cells::Sheet(grid, row) })),
        }
    }
}

/// Names empty columns by their letter and repeated ones by their turn.
fn distinct(names: Vec<String>) -> Vec<String> {
    let mut taken: Vec<String> = Vec::with_capacity(names.len());
    for (place, name) in names.into_iter().enumerate() {
        let name = if name.is_empty() { format!("({})", letters(place)) } else { super::why::shorten(&name) };
        let mut tried = name.clone();
        for turn in 2.. {
            if !taken.contains(&tried) {
                break;
            }
            tried = format!("{name} ({turn})");
        }
        taken.push(tried);
    }
    taken
}

/// The letters a spreadsheet gives a column.
fn letters(place: usize) -> String {
    let letter = |n: usize| char::from(b'A' + u8::try_from(n % 26).unwrap_or(0));
    if place < 26 { letter(place).into() } else { format!("{}{}", letters(place / 26 - 1), letter(place)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(text: &str) -> Result<Table, Fault> {
        Table::open(text.as_bytes().to_vec())
    }
    fn cells(table: &Table) -> Vec<(u32, Vec<String>)> {
        let mut rows = Vec::new();
        let take = |r: &Row<'_>| -> Result<(), ()> {
            rows.push((r.number, (0..table.columns.len()).map(|i| r.cell(i).show()).collect()));
            Ok(())
        };
        table.each(take).unwrap();
        rows
    }

    #[test]
    fn trailing_blanks_and_blank_rows_vanish() {
        let table = open("client ,day\t,\nSEWING , 2015-01-01 ,\n , ,\nA\u{a0},B\n").unwrap();
        assert_eq!(table.columns, ["client", "day"]);
        let expected = [(2, vec!["SEWING".to_string(), "2015-01-01".into()]), (4, vec!["A".into(), "B".into()])];
        assert_eq!(cells(&table), expected);
    }

    #[test]
    fn a_title_above_the_header_is_skipped() {
        let table = open("Report of March\n\nline,day\nA,2015-01-01\n").unwrap();
        assert_eq!((table.header, table.columns.len(), cells(&table).len()), (3, 2, 1));
    }

    #[test]
    fn columns_without_a_name_or_with_the_same_are_told_apart() {
        assert_eq!(open("a,,a,b\n1,2,3,4\n").unwrap().columns, ["a", "(B)", "a (2)", "b"]);
        assert_eq!(letters(26) + &letters(701), "AAZZ");
    }

    #[test]
    fn empty_files_are_refused() {
        for text in ["", "\n\n", ",,\n,,\n"] {
            assert_eq!(open(text).err().unwrap().code, "empty_file", "{text:?}");
        }
    }

    #[test]
    fn ten_thousand_columns_are_refused() {
        let names: Vec<String> = (0..10_000).map(|n| format!("c{n}")).collect();
        let fault = open(&(names.join(",") + "\n1\n")).err().unwrap();
        assert_eq!((fault.code.as_str(), fault.params["count"].as_str()), ("too_many_columns", "10000"));
    }

    #[test]
    fn a_file_over_the_limit_is_refused() {
        assert_eq!(Table::open(vec![b'a'; FILE_MAX + 1]).err().unwrap().code, "file_too_large");
    }

    #[test]
    fn old_and_locked_workbooks_are_named() {
        let bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
        assert_eq!(Table::open(bytes).err().unwrap().code, "old_excel");
    }

    #[test]
    fn broken_formulas_of_a_text_file_are_seen() {
        assert_eq!(Cell::text("#DIV/0!"), Cell::Formula);
        assert_eq!(Cell::text("#1"), Cell::Text("#1"));
    }
}
