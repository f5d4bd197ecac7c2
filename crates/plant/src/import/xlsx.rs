//! The first filled sheet of a workbook.
use super::{
    table::{COLUMNS_MAX, Cell, ROWS_MAX},
    why::Why,
};
use calamine::{DataRef, ExcelDateTime, Reader, SheetVisible, Xlsx};
use domain::{Day, Fault};
use std::{
    collections::HashMap,
    io::{Cursor, Read},
    sync::Arc,
};

/// Bytes a workbook may unpack to.
const UNPACKED_MAX: u64 = 1024 * 1024 * 1024;
/// How many times its own size a workbook may unpack to, once it is over `RATIO_FROM`.
const RATIO_MAX: u64 = 200;
const RATIO_FROM: u64 = 16 * 1024 * 1024;
/// Cells of the fullest sheet.
const CELLS_MAX: usize = 24_000_000;

/// A filled cell.
enum Slot {
    Text(u32),
    Number(f64),
    Stamp(Day, u16),
    Minutes(f64),
    Truth(bool),
    Formula,
}

/// The filled cells of a sheet, row by row.
pub struct Grid {
    texts: Vec<Arc<str>>,
    cells: Vec<(u16, Slot)>,
    rows: Vec<(u32, usize)>,
    /// The day since 1970 that the sheet calls zero.
    pub day_zero: i32,
}

impl Grid {
    /// How many rows have cells.
    pub fn height(&self) -> usize {
        self.rows.len()
    }
    /// The number of a row, as the sheet counts it.
    pub fn number(&self, row: usize) -> u32 {
        self.rows[row].0
    }
    fn row(&self, row: usize) -> &[(u16, Slot)] {
        let end = self.rows.get(row + 1).map_or(self.cells.len(), |r| r.1);
        &self.cells[self.rows[row].1..end]
    }
    /// A cell of a row.
    pub fn cell(&self, row: usize, column: usize) -> Cell<'_> {
        let cells = self.row(row);
        let found = u16::try_from(column).ok().and_then(|c| cells.binary_search_by_key(&c, |s| s.0).ok());
        match found.map(|at| &cells[at].1) {
            None => Cell::Empty,
            Some(Slot::Text(t)) => Cell::text(&self.texts[*t as usize]),
            Some(Slot::Number(n)) => Cell::Number(*n),
            Some(Slot::Stamp(day, minute)) => Cell::Stamp(*day, *minute),
            Some(Slot::Minutes(m)) => Cell::Minutes(*m),
            Some(Slot::Truth(b)) => Cell::Truth(*b),
            Some(Slot::Formula) => Cell::Formula,
        }
    }
    /// The number of cells up to the last filled one.
    pub fn width(&self, row: usize) -> usize {
        self.row(row).last().map_or(0, |c| usize::from(c.0) + 1)
    }
}

/// Reads the first visible sheet that has rows.
pub fn open(bytes: Vec<u8>) -> Result<Grid, Fault> {
    unpacks(&bytes)?;
    // The reader panics at some broken cell references; to a person that is damage too.
    std::panic::catch_unwind(|| read(bytes)).unwrap_or_else(|_| Err(Why::DamagedFile.fault()))
}

fn read(bytes: Vec<u8>) -> Result<Grid, Fault> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|_| Why::DamagedFile.fault())?;
    let day_zero = if book.has_1904_epoch() { -24_107 } else { -25_569 };
    let seen = |s: &&calamine::Sheet| s.visible == SheetVisible::Visible;
    let names: Vec<String> = book.sheets_metadata().iter().filter(seen).map(|s| s.name.clone()).collect();
    for name in names {
        let grid = sheet(&mut book, &name, day_zero)?;
        if grid.height() > 0 {
            return Ok(grid);
        }
    }
    Err(Why::EmptyFile.fault())
}

/// Unpacks everything once, keeping nothing: sizes written in the file are not believed.
fn unpacks(bytes: &[u8]) -> Result<(), Fault> {
    let damaged = |_| Why::DamagedFile.fault();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.index_for_name("xl/workbook.xml").is_none() {
        return Err(Why::NotATable.fault());
    }
    let packed = bytes.len() as u64;
    let limit = UNPACKED_MAX.min(RATIO_FROM.max(packed.saturating_mul(RATIO_MAX)));
    let mut total = 0;
    for place in 0..archive.len() {
        let entry = archive.by_index(place).map_err(damaged)?;
        let mut entry = entry.take(limit + 1 - total);
        total += std::io::copy(&mut entry, &mut std::io::sink()).map_err(|_| Why::DamagedFile.fault())?;
        if total > limit {
            return Err(Why::ZipBomb.fault().with("limit", limit / 1024 / 1024));
        }
    }
    Ok(())
}

/// The filled cells of one sheet; none of a sheet that holds only a chart.
fn sheet(book: &mut Xlsx<Cursor<Vec<u8>>>, name: &str, day_zero: i32) -> Result<Grid, Fault> {
    let mut grid = Grid { texts: Vec::new(), cells: Vec::new(), rows: Vec::new(), day_zero };
    let mut known = HashMap::new();
    let mut reader = match book.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        Err(calamine::XlsxError::NotAWorksheet(_)) => return Ok(grid),
        Err(_) => return Err(Why::DamagedFile.fault()),
    };
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(|_| Why::DamagedFile.fault())? {
        if let Some(slot) = slot(cell.value, cell.formula.is_some(), &mut grid.texts, &mut known) {
            grid.push(cell.pos, slot)?;
        }
    }
    Ok(grid)
}

impl Grid {
    fn push(&mut self, (row, column): (u32, u32), slot: Slot) -> Result<(), Fault> {
        let column = u16::try_from(column).unwrap_or(u16::MAX);
        if usize::from(column) >= COLUMNS_MAX {
            let fault = Why::TooManyColumns.fault();
            return Err(fault.with("count", u32::from(column) + 1).with("limit", COLUMNS_MAX));
        }
        let number = row.saturating_add(1);
        let (last_row, last_column) = (self.rows.last().map_or(0, |r| r.0), self.cells.last().map(|c| c.0));
        if number < last_row || (number == last_row && Some(column) <= last_column) {
            return Err(Why::DamagedFile.fault());
        }
        if number > last_row {
            self.rows.push((number, self.cells.len()));
        }
        if self.rows.len() > ROWS_MAX || self.cells.len() >= CELLS_MAX {
            return Err(Why::TooManyRows.fault().with("limit", ROWS_MAX));
        }
        self.cells.push((column, slot));
        Ok(())
    }
}

/// The slot of a value; texts are kept once, so that a repeated one costs nothing.
fn slot(
    value: DataRef<'_>,
    formula: bool,
    texts: &mut Vec<Arc<str>>,
    known: &mut HashMap<Arc<str>, u32>,
) -> Option<Slot> {
    let mut text = |t: &str| (!t.trim().is_empty()).then(|| Slot::Text(keep(t, texts, known)));
    match value {
        DataRef::Empty => formula.then_some(Slot::Formula),
        DataRef::Error(_) => Some(Slot::Formula),
        DataRef::Int(n) => Some(Slot::Number(n as f64)),
        DataRef::Float(n) => Some(Slot::Number(n)),
        DataRef::Bool(b) => Some(Slot::Truth(b)),
        DataRef::DateTime(stamp) => Some(moment(stamp)),
        DataRef::String(t) | DataRef::DateTimeIso(t) | DataRef::DurationIso(t) => text(&t),
        DataRef::SharedString(t) => text(t),
    }
}

fn keep(text: &str, texts: &mut Vec<Arc<str>>, known: &mut HashMap<Arc<str>, u32>) -> u32 {
    if let Some(at) = known.get(text) {
        return *at;
    }
    let kept: Arc<str> = text.into();
    let at = u32::try_from(texts.len()).unwrap_or(u32::MAX);
    texts.push(kept.clone());
    known.insert(kept, at);
    at
}

/// A day with its minute; a length of time where the cell has no day.
fn moment(stamp: ExcelDateTime) -> Slot {
    if stamp.is_duration() || stamp.as_f64() < 1.0 {
        return Slot::Minutes((stamp.as_f64() * 1440.0 * 1000.0).round() / 1000.0);
    }
    let (year, month, day, hour, minute, ..) = stamp.to_ymd_hms_milli();
    match Day::of(i32::from(year), u32::from(month), u32::from(day)) {
        Some(day) => Slot::Stamp(day, u16::from(hour) * 60 + u16::from(minute)),
        None => Slot::Number(stamp.as_f64()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::{Row, Table};
    use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
    use std::io::{Cursor, Write};

    fn book(fill: impl Fn(&mut Workbook)) -> Vec<u8> {
        let mut book = Workbook::new();
        fill(&mut book);
        book.save_to_buffer().unwrap()
    }
    fn shown(table: &Table) -> Vec<(u32, Vec<String>)> {
        let mut rows = Vec::new();
        let take = |r: &Row<'_>| -> Result<(), ()> {
            rows.push((r.number, (0..table.columns.len()).map(|i| r.cell(i).show()).collect()));
            Ok(())
        };
        table.each(take).unwrap();
        rows
    }
    fn fault(bytes: Vec<u8>) -> String {
        Table::open(bytes).err().unwrap().code
    }
    /// A workbook by hand, for what no writer writes.
    fn bare(sheet: &str) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let parts = [
            (
                "_rels/.rels",
                r#"<Relationships><Relationship Id="r0" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
            ),
            (
                "xl/workbook.xml",
                r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>"#,
            ),
            (
                "xl/_rels/workbook.xml.rels",
                r#"<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
            ),
            ("xl/worksheets/sheet1.xml", sheet),
        ];
        for (name, text) in parts {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn numbers_texts_days_and_gaps_are_read() {
        let bytes = book(|b| {
            b.add_worksheet();
            let sheet = b.add_worksheet();
            sheet.write_row(2, 0, ["line", "day", "units", "note"]).unwrap();
            sheet.write(4, 0, 8).unwrap();
            let day = ExcelDateTime::from_ymd(2015, 1, 1).unwrap();
            sheet.write_with_format(4, 1, &day, &Format::new().set_num_format("dd/mm/yyyy")).unwrap();
            sheet.write(4, 3, " ñ ").unwrap();
        });
        let table = Table::open(bytes).unwrap();
        assert_eq!((table.header, table.day_zero()), (3, Some(-25_569)));
        assert_eq!(shown(&table), [(5, vec!["8".into(), "2015-01-01".into(), String::new(), "ñ".into()])]);
    }

    #[test]
    fn a_formula_gives_its_last_value_or_says_that_it_has_none() {
        let table = Table::open(book(|b| {
            let sheet = b.add_worksheet();
            sheet.write_row(0, 0, ["a", "b"]).unwrap();
            sheet.write(1, 0, Formula::new("=1+1").set_result("2")).unwrap();
            sheet.write(1, 1, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
        }));
        assert_eq!(shown(&table.unwrap())[0].1, ["2", "#"]);
        let sheet = r#"<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><t>b</t></is></c></row><row r="2"><c r="A2"><f>B1</f></c><c r="B2"><v>3</v></c></row></sheetData></worksheet>"#;
        assert_eq!(shown(&Table::open(bare(sheet)).unwrap())[0].1, ["#", "3"]);
    }

    #[test]
    fn a_workbook_cut_anywhere_is_damaged() {
        let bytes = book(|b| {
            let sheet = b.add_worksheet();
            (0..200).for_each(|r| {
                sheet.write_row(r, 0, ["a", "b"]).unwrap();
            });
        });
        for part in 1..10 {
            assert_eq!(fault(bytes[..bytes.len() * part / 10].to_vec()), "damaged_file", "{part}/10");
        }
        let mut flipped = bytes.clone();
        let middle = flipped.len() / 3;
        flipped[middle..middle + 40].iter_mut().for_each(|b| *b = !*b);
        assert_eq!(fault(flipped), "damaged_file");
    }

    #[test]
    fn a_bomb_is_refused_before_it_goes_off() {
        let blown = " ".repeat(80 * 1024 * 1024);
        assert_eq!(fault(bare(&blown)), "zip_bomb");
    }

    #[test]
    fn an_archive_that_is_no_workbook_is_no_table() {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("readme.txt", zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(b"hello").unwrap();
        assert_eq!(fault(zip.finish().unwrap().into_inner()), "not_a_table");
    }

    #[test]
    fn a_sheet_too_wide_or_empty_is_refused() {
        let wide = |b: &mut Workbook| {
            b.add_worksheet().write(0, 9_999, "x").unwrap();
        };
        assert_eq!(fault(book(wide)), "too_many_columns");
        let empty = |b: &mut Workbook| {
            b.add_worksheet();
        };
        assert_eq!(fault(book(empty)), "empty_file");
    }

    const SHEET: &str = r#"<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>line</t></is></c><c r="B1" t="str"><v>day</v></c></row><row r="2"><c r="A2"><f t="shared" si="0" ref="A2:A3">B1</f><v>1.5</v></c><c r="B2" t="b"><v>1</v></c></row></sheetData></worksheet>"#;

    #[test]
    fn a_cell_at_a_place_that_is_none_is_damage() {
        let named = |place: &str| bare(&SHEET.replace(r#"r="A1""#, &format!(r#"r="{place}""#)));
        for place in ["inlineStr", "A0", "1", "", "ZZZZZZZZZ1", "A99999999999"] {
            let code = Table::open(named(place)).err().map(|f| f.code);
            assert!(matches!(code.as_deref(), Some("damaged_file" | "too_many_columns")), "{place}: {code:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_broken_sheet_is_read_or_refused_without_harm(at in 0..SHEET.len(), cut in 0usize..12, put in "[<>/\"=A-Z0-9a-z ]{0,6}") {
            let end = (at + cut).min(SHEET.len());
            let broken = format!("{}{put}{}", &SHEET[..at], &SHEET[end..]);
            if let Err(fault) = Table::open(bare(&broken)) {
                let codes = ["damaged_file", "empty_file", "too_many_columns"];
                proptest::prop_assert!(codes.contains(&fault.code.as_str()), "{}", fault.code);
            }
        }
    }
}
