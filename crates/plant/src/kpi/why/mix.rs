//! How the time of a period divides among classes, lines and products.

use super::{cells::At, levels::Levels};
use std::collections::{BTreeMap, BTreeSet};

/// A cell's shares in the earlier and the later period.
pub(super) struct Shares {
    /// Where it lies.
    pub at: At,
    /// Of its calendar class in all time.
    pub calendar: [f64; 2],
    /// Of its line in the time of the class.
    pub line: [f64; 2],
    /// Of its product in the time of the line in that class.
    pub product: [f64; 2],
}

/// The shares of every cell that any mixture of the two periods can reach.
pub(super) fn shares(levels: &Levels<'_>) -> Vec<Shares> {
    let mut all = Vec::new();
    for class in levels.class.keys() {
        let calendar = [0, 1].map(|side| levels.class[class][side][0] / levels.all[side][0]);
        let lines = [0, 1].map(|side| lines(levels, *class, side));
        for line in union(&lines) {
            let part = [0, 1].map(|side| lines[side].get(&line).copied().unwrap_or(0.0));
            for (product, of_line) in products(levels, *class, line) {
                let at = At { class: *class, line, product };
                all.push(Shares { at, calendar, line: part, product: of_line });
            }
        }
    }
    all
}

type Split = BTreeMap<u32, f64>;

fn union(split: &[Split; 2]) -> BTreeSet<u32> {
    split.iter().flat_map(|side| side.keys().copied()).collect()
}

/// The shares of the lines in a class; where a period has no such class, in the whole period.
fn lines(levels: &Levels<'_>, class: u32, side: usize) -> Split {
    let whole = levels.class[&class][side][0];
    if whole > 0.0 {
        let of_class = levels.pair.range((class, 0)..=(class, u32::MAX));
        return of_class.map(|((_, line), both)| (*line, both[side][0] / whole)).filter(|(_, s)| *s > 0.0).collect();
    }
    let whole = levels.all[side][0];
    levels.line.iter().map(|(line, both)| (*line, both[side][0] / whole)).filter(|(_, share)| *share > 0.0).collect()
}

/// The shares of the products of a line in a class, by period.
///
/// A period in which the line did not work in that class has those of the line in
/// the whole period. One in which it did not work at all shows no change: it has
/// those of the other period.
fn products(levels: &Levels<'_>, class: u32, line: u32) -> BTreeMap<u32, [f64; 2]> {
    let [mut before, mut after] = [0, 1].map(|side| products_of(levels, class, line, side));
    if before.is_empty() {
        before.clone_from(&after);
    } else if after.is_empty() {
        after.clone_from(&before);
    }
    let split = [before, after];
    let of = |product: u32| [0, 1].map(|side| split[side].get(&product).copied().unwrap_or(0.0));
    union(&split).into_iter().map(|product| (product, of(product))).collect()
}

fn products_of(levels: &Levels<'_>, class: u32, line: u32, side: usize) -> Split {
    let positive = |(_, share): &(u32, f64)| *share > 0.0;
    let whole = levels.pair.get(&(class, line)).map_or(0.0, |both| both[side][0]);
    if whole > 0.0 {
        return levels.of_pair(class, line).map(|(p, both)| (p, both[side][0] / whole)).filter(positive).collect();
    }
    let whole = levels.line.get(&line).map_or(0.0, |both| both[side][0]);
    if whole > 0.0 {
        let made = levels.made.range((line, 0)..=(line, u32::MAX));
        return made.map(|((_, product), both)| (*product, both[side][0] / whole)).filter(positive).collect();
    }
    Split::new()
}
