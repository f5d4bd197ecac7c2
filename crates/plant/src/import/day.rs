//! Days as people write them, in either order.
use domain::Day;

/// Which comes first in 3/4/2026.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    /// 3 April.
    DayFirst,
    /// 4 March.
    MonthFirst,
}

/// What a text says in each order; none where there is no such day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Date {
    /// Read with the day first.
    pub day_first: Option<Day>,
    /// Read with the month first.
    pub month_first: Option<Day>,
    /// Whether a clock time other than midnight follows.
    pub timed: bool,
}

impl Date {
    /// Reads a text; none where it has not the form of a day at all.
    pub fn of(text: &str) -> Option<Date> {
        let (day, timed) = split(text.trim())?;
        let parts: Vec<&str> = day.split(['/', '-', '.', ' ']).filter(|p| !p.is_empty()).collect();
        let numbers: Vec<Option<u32>> = parts.iter().map(|p| number(p)).collect();
        let both = |day| Some(Date { day_first: day, month_first: day, timed });
        match (parts.as_slice(), numbers.as_slice()) {
            ([p], [Some(n)]) if p.len() == 8 => both(of(n / 10_000, n / 100 % 100, n % 100)),
            ([p, ..], [Some(y), Some(m), Some(d)]) if p.len() == 4 => both(of(*y, *m, *d)),
            ([p, ..], [Some(y), None, Some(d)]) if p.len() == 4 => both(of(*y, month(parts[1])?, *d)),
            ([.., y], [Some(d), None, Some(_)]) => both(of(year(y)?, month(parts[1])?, *d)),
            ([.., y], [None, Some(d), Some(_)]) => both(of(year(y)?, month(parts[0])?, *d)),
            ([.., y], [Some(a), Some(b), Some(_)]) => {
                let dotted = day.contains('.');
                let month_first = if dotted { None } else { of(year(y)?, *a, *b) };
                Some(Date { day_first: of(year(y)?, *b, *a), month_first, timed })
            }
            _ => None,
        }
    }
    /// The order that the text itself proves.
    pub fn proves(&self) -> Option<Order> {
        match (self.day_first, self.month_first) {
            (Some(_), None) => Some(Order::DayFirst),
            (None, Some(_)) => Some(Order::MonthFirst),
            _ => None,
        }
    }
    /// The day where both readings agree or only one exists.
    pub fn sure(&self) -> Option<Day> {
        match (self.day_first, self.month_first) {
            (Some(d), Some(m)) if d != m => None,
            (d, m) => d.or(m),
        }
    }
    /// Whether there is a day at all.
    pub fn exists(&self) -> bool {
        self.day_first.is_some() || self.month_first.is_some()
    }
    /// The day in a column of a known order; a text that proves the other is read as it says.
    pub fn under(&self, order: Order) -> Option<Day> {
        match order {
            Order::DayFirst => self.day_first.or(self.month_first),
            Order::MonthFirst => self.month_first.or(self.day_first),
        }
    }
}

/// The minutes after midnight of a clock time (14:30, 2:30 pm, 14:30:00).
pub fn clock(text: &str) -> Option<u16> {
    u16::try_from(seconds(text)? / 60).ok()
}

/// The seconds after midnight of a clock time.
fn seconds(text: &str) -> Option<u32> {
    let lower = text.trim().to_ascii_lowercase().replace('.', "");
    let (body, late) = match (lower.strip_suffix("am"), lower.strip_suffix("pm")) {
        (Some(t), _) => (t.trim(), Some(false)),
        (_, Some(t)) => (t.trim(), Some(true)),
        _ => (lower.trim_end_matches('z'), None),
    };
    let parts: Vec<u32> = body.split(':').map(number).collect::<Option<_>>()?;
    let (hour, minute, second) = match parts[..] {
        [h, m] => (h, m, 0),
        [h, m, s] if s < 60 => (h, m, s),
        _ => return None,
    };
    let hour = match late {
        Some(late) if (1..=12).contains(&hour) => hour % 12 + if late { 12 } else { 0 },
        Some(_) => return None,
        None => hour,
    };
    (hour < 24 && minute < 60).then_some((hour * 60 + minute) * 60 + second)
}

/// Splits a clock time off; none where what follows the day is no time.
fn split(text: &str) -> Option<(&str, bool)> {
    let Some(colon) = text.find(':') else { return Some((text, false)) };
    let at = text[..colon].rfind([' ', 'T'])?;
    let time = text[at + 1..].split('.').next()?;
    Some((text[..at].trim_end_matches(','), seconds(time)? != 0))
}

fn number(text: &str) -> Option<u32> {
    (text.len() <= 8 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

/// A year of four digits, or of two in this century.
fn year(text: &str) -> Option<u32> {
    match text.len() {
        2 => Some(2000 + number(text)?),
        4 => number(text),
        _ => None,
    }
}

/// A day of a century a plant may have worked in.
fn of(year: u32, month: u32, day: u32) -> Option<Day> {
    if (1970..2200).contains(&year) { Day::of(i32::try_from(year).ok()?, month, day) } else { None }
}

/// A month by its first three letters, English or Spanish.
fn month(text: &str) -> Option<u32> {
    const NAMES: [&[&str]; 12] = [
        &["jan", "ene"],
        &["feb"],
        &["mar"],
        &["apr", "abr"],
        &["may"],
        &["jun"],
        &["jul"],
        &["aug", "ago"],
        &["sep", "set"],
        &["oct"],
        &["nov"],
        &["dec", "dic"],
    ];
    let start = text.get(..3)?.to_ascii_lowercase();
    let place = NAMES.iter().position(|names| names.contains(&start.as_str()))?;
    u32::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> (String, String) {
        let show = |d: Option<Day>| d.map_or("-".into(), |d| d.to_string());
        Date::of(text).map_or(("?".into(), "?".into()), |d| (show(d.day_first), show(d.month_first)))
    }

    #[test]
    fn days_that_need_no_order_are_read() {
        for text in [
            "2015-01-31",
            "2015/1/31",
            "20150131",
            "31-Jan-2015",
            "31 ene 2015",
            "Jan 31 2015",
            "31/01/15",
            "31.01.2015",
            "2015-01-31 00:00:00",
            "2015-01-31T00:00",
            "1/31/2015 12:00:00 AM",
        ] {
            let date = Date::of(text).unwrap();
            assert_eq!((date.sure().unwrap().to_string().as_str(), date.timed), ("2015-01-31", false), "{text}");
        }
    }

    #[test]
    fn a_low_day_can_be_read_two_ways() {
        assert_eq!(read("3/4/2026"), ("2026-04-03".into(), "2026-03-04".into()));
        assert_eq!(read("3.4.2026"), ("2026-04-03".into(), "-".into()));
        assert_eq!(Date::of("3/4/2026").unwrap().proves(), None);
        assert_eq!(Date::of("13/4/2026").unwrap().proves(), Some(Order::DayFirst));
        assert_eq!(Date::of("4/13/2026").unwrap().proves(), Some(Order::MonthFirst));
    }

    #[test]
    fn days_that_never_were_are_seen() {
        for text in ["2015-02-29", "30/02/2015", "2015-13-01", "0000-00-00", "1899-12-31", "31/31/2015"] {
            assert!(!Date::of(text).unwrap().exists(), "{text}");
        }
        for text in ["", "tomorrow", "2015", "1-2", "2015-01-01 25:00", "1,5", "12:30"] {
            assert_eq!(Date::of(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_clock_time_is_noticed() {
        assert!(Date::of("2015-01-01 23:30").unwrap().timed);
        assert!(Date::of("2015-01-01 00:00:05").unwrap().timed);
        assert_eq!(
            [clock("14:30"), clock("2:30 pm"), clock("12:05 a.m."), clock("24:00")],
            [Some(870), Some(870), Some(5), None]
        );
    }

    proptest! {
        #[test]
        fn every_day_is_read_back(n in 0i32..84_000) {
            let day = Day(n);
            let text = day.to_string();
            prop_assert_eq!(Date::of(&text).unwrap().sure(), Some(day));
            let (y, m, d) = (&text[..4], &text[5..7], &text[8..]);
            prop_assert_eq!(Date::of(&format!("{d}/{m}/{y}")).unwrap().under(Order::DayFirst), Some(day));
            prop_assert_eq!(Date::of(&format!("{m}/{d}/{y}")).unwrap().under(Order::MonthFirst), Some(day));
        }
        #[test]
        fn any_text_is_read_or_refused_without_harm(text in "\\PC{0,20}|[0-9/. :T-]{0,20}") {
            let _ = (Date::of(&text), clock(&text));
        }
    }
}
