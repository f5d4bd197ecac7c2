//! A line shift divided among what it made.

use super::{
    Source, Sources, Sums, WorkedEntry, WorkedStop, allocation,
    facts::{EntryFacts, Facts, Key},
    slice::{Ground, Slice},
};
use std::collections::BTreeMap;

/// What a part of a line shift is about; all none is "—".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct PartKey {
    /// The product made.
    pub product: Option<Key>,
    /// The operation done.
    pub operation: Option<Key>,
    /// The work order served.
    pub order: Option<Key>,
    /// The hour from the start of the shift.
    pub hour: Option<i64>,
}

/// A part of a line shift.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What it is about.
    pub key: PartKey,
    /// Its elements; `line_shifts` and `crew` are its share of the whole.
    pub sums: Sums,
    /// The sources they rest on.
    pub sources: Sources,
    /// Keys whose time is inferred by division: 1 product, 2 operation, 4 order.
    pub shared: u8,
}

type Slices = BTreeMap<PartKey, (Slice, Sources)>;

/// A line shift about to be divided.
pub(super) struct Division<'a> {
    pub facts: &'a Facts,
    pub entries: &'a [WorkedEntry],
    pub stops: &'a [WorkedStop],
    pub own: &'a Slice,
    pub ground: &'a Ground,
}

impl Division<'_> {
    /// The parts of a line shift by what their entries are about.
    pub(super) fn parts(&self, sources: Sources, allocation: Source) -> Vec<Part> {
        let mut slices = self.entries();
        self.stops.iter().for_each(|stop| self.give(&mut slices, stop));
        let shared = if allocation.is_inferred() { allocation::axes(&self.facts.entries) } else { 0 };
        let part = |(key, (slice, standards)): (PartKey, (Slice, Sources))| Part {
            key,
            sums: slice.elements(self.ground),
            sources: sources | standards | Sources::from_iter([allocation]),
            shared,
        };
        slices.into_iter().map(part).collect()
    }

    /// The entries with their shares of the time; without entries it stays under "—".
    fn entries(&self) -> Slices {
        let mut slices = Slices::new();
        for (fact, entry) in self.facts.entries.iter().zip(self.entries) {
            let (slice, standards) = slices.entry(key_of(fact)).or_default();
            slice.add_entry(entry, fact.run_minutes, self.ground.has_plan);
            slice.add_share(self.own, entry.share);
            standards.add(entry.standard.source);
        }
        if self.entries.is_empty() {
            slices.entry(PartKey::default()).or_default().0.add_share(self.own, 1.0);
        }
        slices
    }

    /// Gives a stop to the entries of its order, or to all in their shares.
    fn give(&self, slices: &mut Slices, stop: &WorkedStop) {
        let of_order = |order| allocation::shares_of_order(&self.facts.entries, self.entries, order);
        let shares = match stop.order {
            Some(order) => match of_order(order) {
                Some(shares) => shares,
                // Nothing was made of the order: its stop stands alone under it.
                None => return alone(slices, Some(order), stop),
            },
            None if self.entries.is_empty() => return alone(slices, None, stop),
            None => self.entries.iter().map(|entry| entry.share).collect(),
        };
        for (fact, share) in self.facts.entries.iter().zip(shares) {
            slices.entry(key_of(fact)).or_default().0.add_stop(stop, share);
        }
    }
}

fn alone(slices: &mut Slices, order: Option<Key>, stop: &WorkedStop) {
    let key = PartKey { order, ..PartKey::default() };
    slices.entry(key).or_default().0.add_stop(stop, 1.0);
}

fn key_of(entry: &EntryFacts) -> PartKey {
    PartKey { product: entry.product, operation: entry.operation, order: entry.order, hour: entry.hour }
}
