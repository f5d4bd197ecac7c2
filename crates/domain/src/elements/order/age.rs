//! How long an order has been in work.

use super::{DAY_MINUTES, Moment, OrderFacts, Stretch, end_of, hold::first_minute, union};
use crate::{
    Day,
    elements::{Element, Source, Sums},
};

/// The age of an order, as of the end of a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Age {
    /// When it was begun.
    pub start: Moment,
    /// Minutes from there to the end of the day, or to when it was finished.
    pub minutes: i64,
    /// Of these, minutes on hold.
    pub held: i64,
    /// Whether it is still in work; a finished order keeps the age it had.
    pub open: bool,
}

impl OrderFacts {
    /// When it was begun, from the best source there is; none where nothing tells it.
    pub fn start(&self) -> Option<Moment> {
        let at = |day: Option<Day>, source| first_minute(day, None).map(|minute| Moment { minute, source });
        let entered = first_minute(self.actual_start, self.actual_start_minute);
        (entered.map(|minute| Moment { minute, source: Source::StartEntered }))
            .or_else(|| at(self.first_made, Source::StartProduced))
            .or_else(|| at(self.planned_start, Source::StartPlanned))
            .or_else(|| at(self.received, Source::StartReceived))
    }

    /// The minute at which it was finished, cancelled or rejected: its day covers the whole day.
    pub fn over_at(&self) -> Option<i64> {
        self.over_on().map(end_of)
    }

    /// The stretches on hold between its start and its end.
    pub fn held(&self) -> Vec<Stretch> {
        self.start().map_or_else(Vec::new, |start| union(&self.holds, start.minute, self.over_at()))
    }

    /// Its age as of the end of a day; none for an order not begun by then, and for one cancelled or rejected.
    pub fn age(&self, as_of: Day) -> Option<Age> {
        let start = self.start()?;
        let open = !self.is_over(Some(as_of));
        let until = if open { end_of(as_of) } else { self.over_at()? };
        if self.is_void(Some(as_of)) || start.minute >= until {
            return None;
        }
        let held = union(&self.holds, start.minute, Some(until));
        let held = held.iter().filter_map(|hold| Some(hold.to? - hold.from)).sum();
        Some(Age { start, minutes: until - start.minute, held, open })
    }
}

impl Age {
    /// Days in work, without the days on hold.
    pub fn days(&self) -> f64 {
        (self.minutes - self.held) as f64 / DAY_MINUTES as f64
    }

    /// The elements of the family `Wip`; all zero for an order that is finished.
    pub fn sums(&self) -> Sums {
        let mut sums = Sums::default();
        if self.open {
            let inferred = f64::from(u8::from(self.start.source.is_inferred()));
            (sums[Element::WipOrders], sums[Element::WipDays]) = (1.0, self.days());
            (sums[Element::EstWipOrders], sums[Element::EstWipDays]) = (inferred, inferred * self.days());
        }
        sums
    }
}

/// How many orders have an age of up to so many days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// The age it ends with, included; none for the last.
    pub to: Option<i64>,
    /// Its orders.
    pub orders: u32,
}

/// Ages in days, sorted into bands: up to the first end, up to the second, …, beyond the last.
pub fn bands(ages: &[f64], ends: &[i64]) -> Vec<Band> {
    let mut bands: Vec<Band> = ends.iter().map(|end| Band { to: Some(*end), orders: 0 }).collect();
    bands.push(Band { to: None, orders: 0 });
    for age in ages {
        let place = ends.iter().position(|end| *age <= *end as f64).unwrap_or(ends.len());
        bands[place].orders += 1;
    }
    bands
}
