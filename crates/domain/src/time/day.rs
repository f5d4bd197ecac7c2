//! A calendar date, counted in days since 1970-01-01.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, str::FromStr};

/// A calendar date as days since 1970-01-01; text is always "YYYY-MM-DD".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

/// The text is not a date of the form "YYYY-MM-DD".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadDay(pub String);

impl Day {
    /// The date of a civil year, month and day; none if it does not exist.
    pub fn of(year: i32, month: u32, day: u32) -> Option<Day> {
        NaiveDate::from_ymd_opt(year, month, day).map(Day::from)
    }

    /// The same date in chrono's form; days beyond its range stop at its ends.
    pub fn date(self) -> NaiveDate {
        let end = if self.0 < 0 { NaiveDate::MIN } else { NaiveDate::MAX };
        NaiveDate::from_epoch_days(self.0).unwrap_or(end)
    }

    /// The day `days` later (earlier when negative).
    pub fn plus(self, days: i32) -> Day {
        Day(self.0.saturating_add(days))
    }

    /// The days from this one to `last`, both included.
    pub fn to(self, last: Day) -> impl DoubleEndedIterator<Item = Day> + Clone {
        (self.0..=last.0).map(Day)
    }

    /// The number of days from this one to `last`, both included; never negative.
    pub fn days_to(self, last: Day) -> u32 {
        u32::try_from(i64::from(last.0) - i64::from(self.0) + 1).unwrap_or(0)
    }

    /// The ISO week, as "2015-W07".
    pub fn week(self) -> String {
        let week = self.date().iso_week();
        format!("{:04}-W{:02}", week.year(), week.week())
    }

    /// The Monday of the ISO week.
    pub fn monday(self) -> Day {
        Day(self.0 - (self.weekday() as i32 - 1))
    }

    /// The month, as "2015-02".
    pub fn month(self) -> String {
        let date = self.date();
        format!("{:04}-{:02}", date.year(), date.month())
    }

    /// The first day of the month.
    pub fn first_of_month(self) -> Day {
        Day(self.0 - self.date().day0() as i32)
    }

    /// The same date of the year before; 28 February for the 29th.
    pub fn last_year(self) -> Day {
        let date = self.date();
        let same = |day| Day::of(date.year() - 1, date.month(), day);
        same(date.day()).or_else(|| same(date.day() - 1)).unwrap_or(self)
    }

    /// The same days of the year before, for a period that may end with a month.
    ///
    /// What ends with February ends with February, however long it was.
    pub fn a_year_before(from: Day, to: Day) -> (Day, Day) {
        let next = to.plus(1);
        let ends_month = next.first_of_month() == next;
        (from.last_year(), if ends_month { next.last_year().plus(-1) } else { to.last_year() })
    }

    /// The day of the week: Monday is 1, Sunday is 7.
    pub fn weekday(self) -> u32 {
        self.date().weekday().number_from_monday()
    }

    /// Whether a mask of weekdays (Monday = bit 0) holds this day.
    pub fn is_in(self, weekdays: i64) -> bool {
        weekdays & (1 << (self.weekday() - 1)) != 0
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Day {
        Day(date.to_epoch_days())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.date();
        write!(f, "{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
    }
}

impl fmt::Display for BadDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\" is not a date of the form YYYY-MM-DD", self.0)
    }
}

impl std::error::Error for BadDay {}

impl FromStr for Day {
    type Err = BadDay;

    fn from_str(text: &str) -> Result<Day, BadDay> {
        parse(text.as_bytes()).ok_or_else(|| BadDay(text.into()))
    }
}

/// Only ten ASCII bytes "dddd-dd-dd" that name an existing date pass.
fn parse(text: &[u8]) -> Option<Day> {
    if text.len() != 10 || text[4] != b'-' || text[7] != b'-' {
        return None;
    }
    let number = |part: &[u8]| {
        part.iter().try_fold(0u32, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0')))
    };
    Day::of(number(&text[..4])? as i32, number(&text[5..7])?, number(&text[8..])?)
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

impl ts_rs::TS for Day {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;

    fn name(_: &ts_rs::Config) -> String {
        "string".into()
    }

    fn inline(config: &ts_rs::Config) -> String {
        Self::name(config)
    }
}
