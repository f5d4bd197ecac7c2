//! How the time of a period divides among classes, lines and products.

use super::{cells::At, levels::Levels};

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
        let [before, after] = [0, 1].map(|side| lines(levels, *class, side));
        for (line, part) in beside(&before, &after) {
            for (product, of_line) in products(levels, *class, line) {
                let at = At { class: *class, line, product };
                all.push(Shares { at, calendar, line: part, product: of_line });
            }
        }
    }
    all
}

/// Shares by line or product, in order.
type Split = Vec<(u32, f64)>;

/// The shares of both periods beside each other, in order; 0 where a period has none.
fn beside(before: &Split, after: &Split) -> Vec<(u32, [f64; 2])> {
    let (mut before, mut after) = (before.iter().peekable(), after.iter().peekable());
    let mut both = Vec::new();
    while let Some(id) = before.peek().into_iter().chain(after.peek()).map(|(id, _)| *id).min() {
        let [one, other] = [&mut before, &mut after].map(|side| side.next_if(|(own, _)| *own == id));
        both.push((id, [one, other].map(|share| share.map_or(0.0, |(_, share)| *share))));
    }
    both
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
fn products(levels: &Levels<'_>, class: u32, line: u32) -> Vec<(u32, [f64; 2])> {
    let [mut before, mut after] = [0, 1].map(|side| products_of(levels, class, line, side));
    if before.is_empty() {
        before.clone_from(&after);
    } else if after.is_empty() {
        after.clone_from(&before);
    }
    beside(&before, &after)
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
