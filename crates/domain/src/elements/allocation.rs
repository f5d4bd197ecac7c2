//! The division of a line shift's time among its entries.

use super::{
    Source, WorkedEntry,
    facts::{EntryFacts, Key},
    run::Report,
};
use std::collections::BTreeSet;

/// The line shift makes more than one product, and their time is inferred.
pub(super) const PRODUCTS: u8 = 1;
/// It does more than one operation, and their time is inferred.
pub(super) const OPERATIONS: u8 = 2;
/// It serves more than one order, and their time is inferred.
pub(super) const ORDERS: u8 = 4;

/// Gives every entry its share of the time and names the rule that did.
pub(super) fn divide(facts: &[EntryFacts], entries: &mut [WorkedEntry]) -> Source {
    let run: Vec<f64> = facts.iter().map(|entry| entry.run_minutes.unwrap_or(0.0)).collect();
    let earned: Vec<f64> = entries.iter().map(|entry| entry.earned).collect();
    let by_run = if Report::of(facts).is_whole() { shares(&run) } else { None };
    let (rule, given) = match (by_run, shares(&earned)) {
        (Some(given), _) => (Source::ByRun, given),
        (None, Some(given)) => (Source::ByEarned, given),
        (None, None) => (Source::Equal, vec![1.0 / facts.len().max(1) as f64; facts.len()]),
    };
    entries.iter_mut().zip(given).for_each(|(entry, share)| entry.share = share);
    if axes(facts) == 0 { Source::Whole } else { rule }
}

/// Weights as shares of their sum; none where there is nothing to share by.
fn shares(weights: &[f64]) -> Option<Vec<f64>> {
    let sum: f64 = weights.iter().sum();
    (sum > 0.0).then(|| weights.iter().map(|weight| weight / sum).collect())
}

/// The shares in which the entries of one order carry its stop.
pub(super) fn shares_of_order(facts: &[EntryFacts], entries: &[WorkedEntry], order: Key) -> Option<Vec<f64>> {
    let is_its = |entry: &EntryFacts| entry.order == Some(order);
    let count = facts.iter().filter(|entry| is_its(entry)).count();
    let of = |value: &dyn Fn(&WorkedEntry) -> f64| -> Vec<f64> {
        facts.iter().zip(entries).map(|(fact, entry)| if is_its(fact) { value(entry) } else { 0.0 }).collect()
    };
    (count > 0).then(|| shares(&of(&|entry| entry.share)).unwrap_or_else(|| of(&|_| 1.0 / count as f64)))
}

/// The keys in which the entries of a line shift differ.
pub(super) fn axes(facts: &[EntryFacts]) -> u8 {
    let differ = |key: &dyn Fn(&EntryFacts) -> Option<Key>| facts.iter().map(key).collect::<BTreeSet<_>>().len() > 1;
    let mark = |differs: bool, axis: u8| if differs { axis } else { 0 };
    mark(differ(&|entry| entry.product), PRODUCTS)
        | mark(differ(&|entry| entry.operation), OPERATIONS)
        | mark(differ(&|entry| entry.order), ORDERS)
}
