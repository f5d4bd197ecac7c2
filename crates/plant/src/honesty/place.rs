//! Where a row was made, and when that shift was over.
use super::Over;
use domain::{
    Day, Id, Shift, ShiftTime,
    time::{Instant, instant_at, shift_span, valid_on},
};
use store::{Result, values};

/// Words on a row's place.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) day: Day,
    pub(super) line: String,
    pub(super) shift: String,
    pub(super) shift_id: Option<Id<Shift>>,
}

/// The columns of a place, of `line_shift l` joined with `line_all n` and `shift_all h`.
pub(super) const COLUMNS: &str = "l.day, n.code, h.code, l.shift_id";
/// What `COLUMNS` are read from, with the period.
pub(super) const FROM: &str = "line_shift l JOIN line_all n ON n.client_id = ?1 AND n.id = l.line_id
    JOIN shift_all h ON h.client_id = ?1 AND h.id = l.shift_id";
/// The period.
pub(super) const WITHIN: &str = "l.client_id = ?1 AND l.day BETWEEN ?2 AND ?3";

impl Place {
    /// The place whose columns begin at a column.
    pub(super) fn of(row: &store::Row<'_>, at: usize) -> Result<Place> {
        Ok(Place { day: row.get(at)?, line: row.get(at + 1)?, shift: row.get(at + 2)?, shift_id: row.get(at + 3)? })
    }
    /// A finding that happened here.
    pub(super) fn finding(&self, finding: super::Finding) -> super::Finding {
        let (line, shift) = (Some(self.line.clone()), Some(self.shift.clone()));
        super::Finding { day: Some(self.day), line, shift, ..finding }
    }
}

/// When shifts of a client were over.
pub(super) struct Ends<'a, 'c> {
    over: Over<'a, 'c>,
    times: Vec<ShiftTime>,
    zone: domain::time::Zone,
}

impl<'a, 'c> Ends<'a, 'c> {
    pub(super) fn of(over: Over<'a, 'c>) -> Result<Self> {
        let times = over.r.list_where(over.client, "1 = 1", &[])?;
        Ok(Ends { over, times, zone: over.r.zone(over.client)? })
    }
    /// The end of a shift that has times, else the end of its day.
    pub(super) fn end(&self, place: &Place) -> Instant {
        let own: Vec<&ShiftTime> = self.times.iter().filter(|t| Some(t.shift_id) == place.shift_id).collect();
        let minutes = valid_on(&own, place.day, |t| t.valid_from).and_then(|t| t.start_minute.zip(t.end_minute));
        let minute = |m: i64| i32::try_from(m).unwrap_or(0);
        match minutes {
            Some((start, end)) => shift_span(self.zone, place.day, minute(start), minute(end)).to,
            None => instant_at(self.zone, place.day.plus(1), 0),
        }
    }
    /// Hours from the end of a shift to a moment.
    pub(super) fn hours_after(&self, place: &Place, at: i64) -> f64 {
        Instant(at).minutes_since(self.end(place)) / 60.0
    }
    /// The name of who wrote a change.
    pub(super) fn author(&self, user: Id<domain::Author>) -> Result<Option<String>> {
        let sql = "SELECT name FROM author WHERE client_id = ?1 AND id = ?2";
        self.over.r.first(sql, values![self.over.client, user], |row| row.get(0))
    }
}
