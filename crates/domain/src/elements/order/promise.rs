//! The day on which an order was promised.

use super::{Dated, OrderFacts};
use crate::elements::Source;

/// A whole number of days that rounding has moved up a little stays what it is.
const ROUNDING: f64 = 1e-9;

impl OrderFacts {
    /// The day it was promised, from the best source there is; none where nothing tells it.
    pub fn promised(&self) -> Option<Dated> {
        let from = |source: Source| move |day| Dated { day, source };
        (self.planned_ship_date.map(from(Source::PromisedPlanned)))
            .or_else(|| self.required_date.map(from(Source::PromisedRequired)))
            .or_else(|| self.worked_promise().map(from(Source::PromisedWorked)))
    }

    /// Planned start and the working days that its units need after it.
    fn worked_promise(&self) -> Option<crate::Day> {
        self.calendar.after(self.planned_start?, self.days_needed(self.quantity?)?)
    }

    /// ⌈units × standard / (crew × net minutes × shifts a day)⌉; none where one of them is not known.
    pub fn days_needed(&self, units: f64) -> Option<u32> {
        let day = self.shifts.iter().map(|shift| shift.crew * shift.net_minutes).sum::<f64>();
        let days = (units * self.standard? / day - ROUNDING).ceil();
        (day > 0.0 && days < f64::from(u32::MAX)).then_some(days.max(0.0) as u32)
    }
}
