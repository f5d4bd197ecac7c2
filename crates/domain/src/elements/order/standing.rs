//! Whether an order was open, finished or void at the end of a day.

use super::OrderFacts;
use crate::{Day, OrderStatus};

impl OrderFacts {
    /// Whether it is made, as it stands now.
    pub fn is_finished(&self) -> bool {
        let made = |status| matches!(status, OrderStatus::Completed | OrderStatus::Shipped | OrderStatus::Closed);
        made(self.status) || (self.status == OrderStatus::OnHold && self.before_hold.is_some_and(made))
    }

    /// The day on which it was finished, cancelled or rejected, as far as it is known.
    ///
    /// A finished order without that day was so on the last day on which
    /// something was made of it, or left, or when it was settled.
    pub fn over_on(&self) -> Option<Day> {
        if self.status.is_void() {
            return self.ended;
        }
        let left = || self.shipments.iter().map(|shipment| shipment.day).max();
        self.is_finished().then(|| self.completed.or(self.last_made).or_else(left).or(self.ended)).flatten()
    }

    /// Whether there is nothing more to do on it at the end of a day; none asks as it stands now.
    pub fn is_over(&self, as_of: Option<Day>) -> bool {
        let over = self.status.is_void() || self.is_finished();
        over && as_of.is_none_or(|as_of| self.over_on().is_none_or(|day| day <= as_of))
    }

    /// Whether it was cancelled or rejected by the end of a day, and so counts nowhere.
    pub fn is_void(&self, as_of: Option<Day>) -> bool {
        self.status.is_void() && self.is_over(as_of)
    }

    /// The day from which on nothing known of it lies ahead any more.
    ///
    /// As of that day and later, it is what it is as of ever after, but for
    /// an order that is not shipped by the day it was promised.
    pub fn settled(&self) -> Day {
        let left = self.shipments.iter().map(|shipment| shipment.day);
        let last_minutes = self.held().into_iter().filter_map(|hold| hold.to);
        let holds = last_minutes.map(|minute| Day((minute - 1).div_euclid(super::DAY_MINUTES) as i32));
        let inferred = self.left_after_production().map(|left| left.day);
        left.chain(holds).chain(inferred).chain(self.over_on()).max().unwrap_or(Day(i32::MIN))
    }
}
