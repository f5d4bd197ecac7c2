//! Whether an order will miss the day it was promised.

use super::OrderFacts;
use crate::{Day, words};

words! {
    /// What is to be feared of an order.
    Risk {
        /// Its promised day is over and it has not left.
        Late = "late",
        /// At the pace of the last seven days it will miss its promised day.
        AtRisk = "at_risk",
    }
}

/// Units made of an order.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Output {
    /// Units made by the end of the as-of day.
    pub made: f64,
    /// Of these, units made in the seven days that end with it.
    pub lately: f64,
}

/// The days whose output tells the pace.
const LATELY: i32 = 7;

impl OrderFacts {
    /// The day on which its last unit will be made at the pace of the last seven days.
    ///
    /// The pace is their output divided by the working days among them; what is
    /// still to be made takes that many working days more. None without output
    /// in these days or without a quantity.
    pub fn projected(&self, output: Output, as_of: Day) -> Option<Day> {
        let left = self.quantity? - output.made;
        if left <= 0.0 {
            return Some(as_of);
        }
        let worked = self.calendar.count(as_of.plus(1 - LATELY), as_of).max(1);
        let days = (left * f64::from(worked) / output.lately - 1e-9).ceil();
        if output.lately <= 0.0 || days >= f64::from(u32::MAX) {
            return None;
        }
        self.calendar.after(as_of, days as u32)
    }

    /// What is to be feared of it as of a day; `complete` tells whether all of it must leave on time, or the first of it.
    ///
    /// Late: the promised day is over and it has not left. At risk: its
    /// projected day lies after the promised one, or it has been in work for
    /// more than seven days and nothing was made in the last seven.
    pub fn risk(&self, output: Output, as_of: Day, complete: bool) -> Option<Risk> {
        let delivery = self.delivery(Some(as_of));
        let promised = delivery.promised?.day;
        let left = if complete { delivery.complete } else { delivery.first };
        if left.is_some() || self.is_void(Some(as_of)) {
            return None;
        }
        if promised < as_of {
            return Some(Risk::Late);
        }
        if self.is_over(Some(as_of)) {
            return None;
        }
        let stands = self.start().is_some_and(|start| start.minute < super::begin_of(as_of.plus(1 - LATELY)));
        let misses = match self.projected(output, as_of) {
            Some(day) => day > promised,
            None => self.quantity.is_some() && stands && output.lately <= 0.0,
        };
        misses.then_some(Risk::AtRisk)
    }
}
