//! Where the fields of a file stand, and how their columns are read.
use super::{
    cells::unmarked,
    day::{Date, Order},
    fields::{Field, Shape, What},
    guess::Mapping,
    number::{Numeral, Style},
    profile::Profiles,
    table::{Cell, Table},
    why::Why,
};
use domain::Day;

/// Where a field stands and how its column is read.
pub struct Bound {
    /// The field.
    pub field: &'static Field,
    /// The column.
    pub column: usize,
    /// The style its numbers prove, or the file's.
    pub style: Option<Style>,
    /// Whether its own numbers prove both.
    pub contradicts: bool,
    /// The order its days prove.
    pub order: Option<Order>,
}

/// Where the fields of a file stand.
pub struct Layout {
    /// Field by field.
    pub bound: Vec<Bound>,
    delimiter: Option<u8>,
    day_zero: Option<i32>,
    /// How many columns the file has.
    pub columns: usize,
}

impl Layout {
    /// The places of the mapped fields; a column without proof takes the style of the others.
    pub fn of(what: impl Into<What>, table: &Table, profiles: &Profiles, mapping: &Mapping) -> Self {
        let place = |f: &'static Field| {
            let held = |c: &String| mapping.get(c).and_then(Option::as_deref) == Some(f.name);
            let column = table.columns.iter().position(held)?;
            let seen = &profiles.columns[column];
            Some(Bound { field: f, column, style: seen.style(), contradicts: seen.contradicts(), order: seen.order() })
        };
        let mut bound: Vec<Bound> = what.into().fields().iter().filter_map(place).collect();
        let styles: Vec<Style> = bound.iter().filter(|b| b.counts()).filter_map(|b| b.style).collect();
        let whole = styles.first().copied().filter(|s| styles.iter().all(|o| o == s));
        for b in bound.iter_mut().filter(|b| b.counts() && b.style.is_none() && !b.contradicts) {
            b.style = whole.or(if table.delimiter() == Some(b';') { Some(Style::Comma) } else { None });
        }
        Layout { bound, delimiter: table.delimiter(), day_zero: table.day_zero(), columns: table.columns.len() }
    }
    /// Where a field stands.
    pub fn get(&self, name: &str) -> Option<&Bound> {
        self.bound.iter().find(|b| b.field.name == name)
    }
}

impl Bound {
    fn counts(&self) -> bool {
        matches!(self.field.shape, Shape::Count | Shape::Real)
    }
}

impl Layout {
    /// The number of a cell; none where it is empty.
    pub fn number(&self, cell: Cell<'_>, bound: &Bound, whole: bool) -> Result<Option<f64>, Why> {
        let text = match cell {
            Cell::Empty => return Ok(None),
            Cell::Number(n) | Cell::Minutes(n) => return Ok(Some(n)),
            Cell::Formula => return Err(Why::Formula),
            Cell::Text(t) if is_nothing(t) => return Ok(None),
            Cell::Text(t) if t.starts_with('=') => return Err(Why::Formula),
            Cell::Text(t) => unmarked(t),
            Cell::Stamp(..) | Cell::Truth(_) => return Err(Why::BadNumber),
        };
        let numeral = Numeral::of(text).ok_or(Why::BadNumber)?;
        if let Some(n) = numeral.sure().or_else(|| numeral.under(bound.style?)) {
            return Ok(Some(n));
        }
        self.undecided(numeral, text, bound, whole).map(Some)
    }
    /// Nothing in the file decides: a count has only one whole reading, and files with commas between cells use the point.
    fn undecided(&self, numeral: Numeral, text: &str, bound: &Bound, whole: bool) -> Result<f64, Why> {
        let (Some(point), Some(comma)) = (numeral.point, numeral.comma) else { return Err(Why::BadNumber) };
        match (point.fract() == 0.0, comma.fract() == 0.0) {
            _ if bound.contradicts => Err(Why::AmbiguousNumber),
            (true, false) if whole => Ok(point),
            (false, true) if whole => Ok(comma),
            _ if self.delimiter == Some(b',') && text.contains('.') => Ok(point),
            _ => Err(Why::AmbiguousNumber),
        }
    }
    /// The day of a cell; none where it is empty.
    pub fn day(&self, cell: Cell<'_>, bound: &Bound) -> Result<Option<Day>, Why> {
        let date = match cell {
            Cell::Empty => return Ok(None),
            Cell::Stamp(day, 0) => return sensible(day).map(Some),
            Cell::Stamp(..) => return Err(Why::TimeInDay),
            Cell::Formula => return Err(Why::Formula),
            Cell::Number(n) => return self.serial(n).map(Some),
            Cell::Text(t) => Date::of(unmarked(t)).filter(Date::exists).ok_or(Why::BadDate)?,
            Cell::Truth(_) | Cell::Minutes(_) => return Err(Why::BadDate),
        };
        if date.timed {
            return Err(Why::TimeInDay);
        }
        date.sure().or_else(|| date.under(bound.order?)).map(Some).ok_or(Why::AmbiguousDate)
    }
    /// The day of a sheet's serial number.
    fn serial(&self, number: f64) -> Result<Day, Why> {
        let zero = self.day_zero.ok_or(Why::BadDate)?;
        if number.fract() != 0.0 || !(1.0..200_000.0).contains(&number) {
            // An eight-digit number is a day written without signs.
            return Date::of(&number.to_string()).and_then(|d| d.sure()).ok_or(Why::BadDate);
        }
        #[expect(clippy::cast_possible_truncation, reason = "below two hundred thousand")]
        sensible(Day(number as i32 + zero))
    }
}

/// A day of a century a plant may have worked in.
fn sensible(day: Day) -> Result<Day, Why> {
    if (Day(0)..Day(84_000)).contains(&day) { Ok(day) } else { Err(Why::BadDate) }
}

/// What people write where there is nothing.
fn is_nothing(text: &str) -> bool {
    matches!(text, "-" | "–" | "—") || ["na", "n/a", "null", "none", "s/d"].iter().any(|n| text.eq_ignore_ascii_case(n))
}
