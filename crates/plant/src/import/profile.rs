//! What the columns of a file hold, seen over every row.
use super::{
    day::{Date, Order},
    number::{Numeral, Style},
    table::{Cell, ROWS_MAX, Row, Table},
    why::{Why, shorten},
};
use domain::Fault;

/// What one column holds.
#[derive(Clone, Default, Debug)]
pub struct Profile {
    /// Filled cells.
    pub filled: u32,
    /// Of these, readable as a number.
    pub numbers: u32,
    /// Of these, readable as a day.
    pub days: u32,
    /// The first values, each once.
    pub samples: Vec<String>,
    point: u32,
    comma: u32,
    day_first: Span,
    month_first: Span,
}

/// How many days a reading proves, and how far they lie apart.
#[derive(Clone, Copy, Default, Debug)]
struct Span {
    proved: u32,
    ends: Option<(i32, i32)>,
}

impl Span {
    fn widen(&mut self, day: Option<domain::Day>) {
        if let Some(day) = day {
            let (low, high) = self.ends.unwrap_or((day.0, day.0));
            self.ends = Some((low.min(day.0), high.max(day.0)));
        }
    }
    fn length(&self) -> i32 {
        self.ends.map_or(0, |(low, high)| high - low)
    }
}

impl Profile {
    fn see(&mut self, cell: Cell<'_>) {
        match cell {
            Cell::Empty => return,
            Cell::Text(text) => self.read(text),
            Cell::Number(_) | Cell::Minutes(_) => self.numbers += 1,
            Cell::Stamp(..) => self.days += 1,
            Cell::Truth(_) | Cell::Formula => {}
        }
        self.filled += 1;
        if self.samples.len() < 5 {
            let shown = shorten(&cell.show());
            if !self.samples.contains(&shown) {
                self.samples.push(shown);
            }
        }
    }
    fn read(&mut self, text: &str) {
        // Nothing longer can be a number or a day.
        if text.len() > 40 || !text.bytes().any(|b| b.is_ascii_digit()) {
            return;
        }
        if let Some(number) = Numeral::of(text) {
            self.numbers += 1;
            self.point += u32::from(number.proves() == Some(Style::Point));
            self.comma += u32::from(number.proves() == Some(Style::Comma));
        }
        if let Some(date) = Date::of(text).filter(Date::exists) {
            self.days += 1;
            self.day_first.proved += u32::from(date.proves() == Some(Order::DayFirst));
            self.month_first.proved += u32::from(date.proves() == Some(Order::MonthFirst));
            self.day_first.widen(date.day_first);
            self.month_first.widen(date.month_first);
        }
    }
    /// The style its numbers prove; none where they prove none or both.
    pub fn style(&self) -> Option<Style> {
        match (self.point > 0, self.comma > 0) {
            (true, false) => Some(Style::Point),
            (false, true) => Some(Style::Comma),
            _ => None,
        }
    }
    /// Whether its numbers prove both styles.
    pub fn contradicts(&self) -> bool {
        self.point > 0 && self.comma > 0
    }
    /// The order its days prove, or that keeps them five times closer together.
    pub fn order(&self) -> Option<Order> {
        let (d, m) = (self.day_first.length(), self.month_first.length());
        match (self.day_first.proved > 0, self.month_first.proved > 0) {
            (true, false) => Some(Order::DayFirst),
            (false, true) => Some(Order::MonthFirst),
            (true, true) => None,
            _ if m > 31 && m > 5 * d && d > 0 => Some(Order::DayFirst),
            _ if d > 31 && d > 5 * m && m > 0 => Some(Order::MonthFirst),
            _ => None,
        }
    }
    /// Whether most of its filled cells are numbers; an empty column may be anything.
    pub fn numeric(&self) -> bool {
        self.numbers * 2 >= self.filled
    }
    /// Whether most of its filled cells are days.
    pub fn dated(&self) -> bool {
        self.days * 2 >= self.filled
    }
}

/// What a whole file holds.
#[derive(Clone, Debug)]
pub struct Profiles {
    /// Column by column.
    pub columns: Vec<Profile>,
    /// Rows below the header.
    pub rows: u32,
    /// The first rows as they stand.
    pub sample: Vec<Vec<String>>,
}

impl Profiles {
    /// Looks at every row once.
    pub fn of(table: &Table) -> Result<Self, Fault> {
        let mut all = Profiles { columns: vec![Profile::default(); table.columns.len()], rows: 0, sample: Vec::new() };
        table.each(|row| all.see(row))?;
        if all.rows == 0 { Err(Why::EmptyFile.fault()) } else { all.headed(table) }
    }
    fn see(&mut self, row: &Row<'_>) -> Result<(), Fault> {
        self.rows += 1;
        if self.rows as usize > ROWS_MAX {
            return Err(Why::TooManyRows.fault().with("limit", ROWS_MAX));
        }
        for (place, column) in self.columns.iter_mut().enumerate() {
            column.see(row.cell(place));
        }
        if self.sample.len() < 10 {
            self.sample.push((0..self.columns.len()).map(|c| shorten(&row.cell(c).show())).collect());
        }
        Ok(())
    }
    /// Refuses a file whose first row already holds values.
    fn headed(self, table: &Table) -> Result<Self, Fault> {
        let number = |n: &&String| Numeral::of(n).is_some();
        let day = |n: &String| Date::of(n).is_some_and(|d| d.exists()) && Numeral::of(n).is_none();
        let numbers = table.columns.iter().filter(number).count();
        if table.columns.iter().any(day) || numbers * 2 > table.columns.len() {
            return Err(Why::NoHeader.fault().with("value", shorten(&table.columns.join(", "))));
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(cells: &[&str]) -> Profile {
        let mut profile = Profile::default();
        cells.iter().for_each(|c| profile.see(Cell::text(c)));
        profile
    }

    #[test]
    fn one_telling_cell_decides_the_style_of_its_column() {
        assert_eq!(profile(&["1,234", "12,5", "x"]).style(), Some(Style::Comma));
        assert_eq!(profile(&["1,234", "12.5"]).style(), Some(Style::Point));
        assert_eq!(profile(&["1,234", "7"]).style(), None);
        let both = profile(&["1,5", "1.5"]);
        assert!(both.style().is_none() && both.contradicts());
    }

    #[test]
    fn one_telling_day_decides_the_order_of_its_column() {
        assert_eq!(profile(&["01/02/2026", "13/02/2026"]).order(), Some(Order::DayFirst));
        assert_eq!(profile(&["01/02/2026", "02/13/2026"]).order(), Some(Order::MonthFirst));
        assert_eq!(profile(&["13/02/2026", "02/13/2026"]).order(), None);
        assert_eq!(profile(&["01/02/2026"]).order(), None);
    }

    #[test]
    fn days_of_one_week_are_not_taken_for_one_of_each_month() {
        assert_eq!(profile(&["01/03/2026", "02/03/2026", "05/03/2026"]).order(), Some(Order::DayFirst));
        assert_eq!(profile(&["03/01/2026", "03/02/2026", "03/05/2026"]).order(), Some(Order::MonthFirst));
    }

    #[test]
    fn a_file_without_a_header_is_told() {
        for text in ["SEWING,2015-01-01,12\nSEWING,2015-01-02,13\n", "1,2,x\n3,4,y\n"] {
            let table = Table::open(text.into()).unwrap();
            assert_eq!(Profiles::of(&table).unwrap_err().code, "no_header", "{text}");
        }
    }

    #[test]
    fn one_row_more_than_a_sheet_has_is_refused() {
        let open = |rows: usize| Profiles::of(&Table::open(format!("a,b\n{}", "x,\n".repeat(rows)).into()).unwrap());
        assert_eq!(open(ROWS_MAX).unwrap().rows as usize, ROWS_MAX);
        assert_eq!(open(ROWS_MAX + 1).unwrap_err().code, "too_many_rows");
    }

    #[test]
    fn a_header_alone_is_an_empty_file() {
        let table = Table::open("line,day\n".into()).unwrap();
        assert_eq!(Profiles::of(&table).unwrap_err().code, "empty_file");
    }
}
