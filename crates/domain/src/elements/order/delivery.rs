//! Whether an order left on time, and whole.

use super::{Dated, OrderFacts};
use crate::{
    Day,
    elements::{Element, Source, Sources, Sums},
};

/// An order's delivery, as of a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Delivery {
    /// The day it was promised; none where nothing tells it.
    pub promised: Option<Dated>,
    /// The day the first of it left.
    pub first: Option<Dated>,
    /// The day on which enough of it had left to be complete.
    pub complete: Option<Dated>,
    /// The elements of the family `Orders`; all zero for an order that counts nowhere.
    pub sums: Sums,
    /// Every source they rest on.
    pub sources: Sources,
}

impl OrderFacts {
    /// Its delivery as of the end of a day; none asks what is known at all.
    ///
    /// An order that has not left counts from the day after it was promised on,
    /// or at once where no day is asked about.
    pub fn delivery(&self, as_of: Option<Day>) -> Delivery {
        let known = |dated: &Dated| as_of.is_none_or(|as_of| dated.day <= as_of);
        let mut delivery = Delivery {
            promised: self.promised(),
            first: self.first_left().filter(known),
            complete: self.complete(as_of).filter(known),
            sums: Sums::default(),
            sources: Sources::default(),
        };
        let dates = [delivery.promised, delivery.first, delivery.complete];
        delivery.sources = dates.into_iter().flatten().map(|dated| dated.source).collect();
        if let Some(promised) = delivery.promised.filter(|_| !self.is_void(as_of)) {
            let justified = self.delay.is_some_and(crate::Delay::is_justified);
            delivery.sums = delivery.count(promised, justified, as_of);
        }
        delivery
    }

    /// The day the first of it left.
    fn first_left(&self) -> Option<Dated> {
        let first = self.shipments.iter().map(|shipment| shipment.day).min();
        let entered = |day| Dated { day, source: Source::ShippedEntered };
        first.map(entered).or_else(|| self.left_after_production())
    }

    /// A finished order nobody shipped left on the working day after its last production.
    ///
    /// Where nothing tells the last production, it is the day of completion.
    pub(super) fn left_after_production(&self) -> Option<Dated> {
        let last = self.last_made.or(self.completed).filter(|_| self.is_finished() && self.shipments.is_empty())?;
        Some(Dated { day: self.calendar.after(last, 1)?, source: Source::ShippedAfter })
    }

    /// The day from which on enough of it had left.
    fn complete(&self, as_of: Option<Day>) -> Option<Dated> {
        self.counted_complete().or_else(|| self.left_after_production()).or_else(|| self.finished_complete(as_of))
    }

    /// The day on which the units that left reached the units ordered, less the tolerance.
    fn counted_complete(&self) -> Option<Dated> {
        // The last bits of the product must not ask for one unit more.
        let enough = self.quantity? * (1.0 - self.tolerance - 1e-12);
        let mut shipments = self.shipments.clone();
        shipments.sort_by_key(|shipment| shipment.day);
        let mut left = 0.0;
        shipments.into_iter().find_map(|shipment| {
            left += shipment.quantity.unwrap_or(0.0);
            (left >= enough).then_some(Dated { day: shipment.day, source: Source::ShippedEntered })
        })
    }

    /// Where units are missing, a finished order was whole with its last shipment.
    fn finished_complete(&self, as_of: Option<Day>) -> Option<Dated> {
        let is_known = |day: Day| as_of.is_none_or(|as_of| day <= as_of);
        let uncounted = self.quantity.is_none() || self.shipments.iter().any(|shipment| shipment.quantity.is_none());
        if !uncounted || !self.is_finished() || !self.is_over(as_of) {
            return None;
        }
        let last = self.shipments.iter().map(|shipment| shipment.day).filter(|day| is_known(*day)).max()?;
        Some(Dated { day: last, source: Source::ShippedRest })
    }
}

impl Delivery {
    /// Whether the first of it left by the promised day; none where nothing left or was promised.
    pub fn on_time(&self) -> Option<bool> {
        Some(self.first?.day <= self.promised?.day)
    }

    /// Whether all of it had left by the promised day; none where it is not complete or nothing was promised.
    pub fn complete_on_time(&self) -> Option<bool> {
        Some(self.complete?.day <= self.promised?.day)
    }

    fn count(&self, promised: Dated, justified: bool, as_of: Option<Day>) -> Sums {
        use Element::{
            EstJustifiedLate, EstJustifiedUnshipped, EstOnTimeComplete, EstOnTimeFirst, EstShippedComplete,
            EstShippedOrders, EstUnshippedOrders, JustifiedLate, JustifiedUnshipped, OnTimeComplete, OnTimeFirst,
            ShippedComplete, ShippedOrders, UnshippedOrders,
        };
        let mut sums = Sums::default();
        let mut add = |holds: bool, inferred: bool, element: Element, estimate: Element| {
            sums[element] = f64::from(u8::from(holds));
            sums[estimate] = f64::from(u8::from(holds && inferred));
        };
        let inferred = |dated: Option<Dated>| {
            promised.source.is_inferred() || dated.is_some_and(|dated| dated.source.is_inferred())
        };
        let (shipped, on_time) = (self.first.is_some(), self.on_time() == Some(true));
        let due = !shipped && as_of.is_none_or(|as_of| promised.day < as_of);
        let (first, complete) = (inferred(self.first), inferred(self.complete));
        add(shipped, first, ShippedOrders, EstShippedOrders);
        add(due, first, UnshippedOrders, EstUnshippedOrders);
        add(on_time, first, OnTimeFirst, EstOnTimeFirst);
        add(self.complete.is_some(), complete, ShippedComplete, EstShippedComplete);
        add(self.complete_on_time() == Some(true), complete, OnTimeComplete, EstOnTimeComplete);
        add(shipped && !on_time && justified, first, JustifiedLate, EstJustifiedLate);
        add(due && justified, first, JustifiedUnshipped, EstJustifiedUnshipped);
        sums
    }
}
