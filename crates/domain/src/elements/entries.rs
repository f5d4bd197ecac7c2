//! What each production entry earned.

use super::{
    Source, Sourced,
    facts::{EntryFacts, Key, Policy},
};

/// A production entry with its standard and what it earned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WorkedEntry {
    /// The entry's id.
    pub id: Key,
    /// Minutes per unit in the line's unit.
    pub standard: Sourced,
    /// Units made.
    pub produced: f64,
    /// Units made less units that failed first time.
    pub good: f64,
    /// Produced × standard.
    pub earned: f64,
    /// Good × standard.
    pub earned_good: f64,
    /// Its share of the line shift's time, from 0 to 1.
    pub share: f64,
}

/// The entries of a line shift with their standards; shares follow later.
pub(super) fn worked(entries: &[EntryFacts], policy: &Policy) -> Vec<WorkedEntry> {
    entries.iter().map(|entry| one(entry, policy)).collect()
}

fn one(entry: &EntryFacts, policy: &Policy) -> WorkedEntry {
    let standard = standard(entry, policy);
    let produced = entry.produced.unwrap_or(0.0);
    let good = produced - defective(entry.defective, entry.parts).unwrap_or(0.0);
    WorkedEntry {
        id: entry.id,
        standard,
        produced,
        good,
        earned: produced * standard.value,
        earned_good: good * standard.value,
        share: 0.0,
    }
}

/// Units that failed the first time: as entered, else as many as something was done with.
pub(super) fn defective(entered: Option<f64>, parts: [Option<f64>; 3]) -> Option<f64> {
    entered.or_else(|| parts.into_iter().flatten().reduce(|a, b| a + b))
}

/// Minutes per unit, from the best source there is.
fn standard(entry: &EntryFacts, policy: &Policy) -> Sourced {
    (entry.order_standard.map(|minutes| Source::StandardOrder.gives(minutes)))
        .or_else(|| entry.product_standard.map(|minutes| Source::StandardProduct.gives(minutes)))
        .or_else(|| entry.demonstrated.map(|minutes| Source::StandardShown.gives(minutes)))
        .or_else(|| policy.default_standard.map(|minutes| Source::StandardDefault.gives(minutes)))
        .unwrap_or(Source::StandardUnknown.gives(0.0))
}
