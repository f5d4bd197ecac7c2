//! The day as of whose end the orders of a client are looked at.

use super::{ask::Question, timeline::Timeline};
use domain::{
    Client, Day, Id,
    elements::{Element, Family, Key},
};
use std::collections::BTreeMap;
use store::{Reader, Result};

/// The as-of day of each client asked about.
///
/// Without one in the question it is the client's today: a day of the client's
/// own time zone, so that two clients may have different ones.
pub(super) struct AsOf {
    asked: Option<Day>,
    todays: BTreeMap<Id<Client>, Day>,
}

impl AsOf {
    /// The as-of days of a question; nothing is read where no order is asked about.
    pub(super) fn of(reader: &Reader<'_>, question: &Question, families: &[Family]) -> Result<AsOf> {
        let orders = families.iter().any(|family| matches!(family, Family::Orders | Family::Wip));
        let todays = if orders { reader.todays(&question.clients)? } else { BTreeMap::new() };
        Ok(AsOf { asked: question.as_of, todays })
    }

    /// The as-of day of a client.
    pub(super) fn day(&self, client: Id<Client>) -> Day {
        self.asked.or_else(|| self.todays.get(&client).copied()).unwrap_or(Day(i32::MAX))
    }

    /// Whether nothing kept has to be forgotten to look at orders as of it.
    pub(super) fn is_now(&self) -> bool {
        self.asked.is_none_or(|asked| self.todays.values().all(|today| *today <= asked))
    }

    /// The days as of which ages are asked, with the stretch of time each stands for.
    ///
    /// Over time each stretch is looked at as of its last day; else the period
    /// is, as of its last day or the as-of day where that is earlier. An as-of
    /// day that was asked for goes before the period.
    pub(super) fn of_ages(&self, question: &Question, client: Id<Client>) -> Vec<AgeDay> {
        let limit = self.day(client);
        if !question.by.iter().any(|by| by.is_time()) {
            let day = if question.ages_as_of { limit } else { question.to.min(limit) };
            return vec![AgeDay { stretch: question.from, day }];
        }
        let timeline = Timeline::of(question);
        let starts = timeline.starts();
        let ends = starts.iter().skip(1).map(|next| next.plus(-1)).chain([question.to]);
        let days = starts.iter().zip(ends).filter(|(start, _)| **start <= limit);
        days.map(|(start, end)| AgeDay { stretch: *start, day: end.min(limit) }).collect()
    }
}

/// A day as of which ages are asked.
#[derive(Clone, Copy)]
pub(super) struct AgeDay {
    /// The first day of the stretch of time it stands for.
    pub stretch: Day,
    /// The day.
    pub day: Day,
}

/// The elements that count an order only once its promised day is over.
pub(super) const UNSHIPPED: [Element; 4] = [
    Element::UnshippedOrders,
    Element::JustifiedUnshipped,
    Element::EstUnshippedOrders,
    Element::EstJustifiedUnshipped,
];

/// The key of a word that is in no table of codes.
pub(super) fn word_key(client: Key, word: &str) -> Key {
    Id::<Client>::fact(Id::from_bytes(client), "word", word).bytes()
}
