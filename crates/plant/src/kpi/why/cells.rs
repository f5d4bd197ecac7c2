//! The sums of both periods, once for each cell.

use super::chain::Nodes;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Stands for all that had to be joined because a part of it has no time.
pub(super) const JOINED: u32 = u32::MAX;

/// Where a cell lies: calendar class, line, product; small numbers for ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct At {
    /// Weekday and shift.
    pub class: u32,
    /// The line, or the client where lines are not told apart.
    pub line: u32,
    /// The product.
    pub product: u32,
}

/// The sums of the earlier and the later period.
pub(super) type Both = [Nodes; 2];

/// Every cell in which either period has anything, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Cells {
    /// The sums of each cell.
    pub cells: BTreeMap<At, Both>,
    /// The client of each line.
    pub client_of: HashMap<u32, u32>,
    /// The part of the time that was joined: products of a line, lines of a class, all classes.
    pub joined: [f64; 3],
}

impl Cells {
    /// Takes cells in, and joins those without time that have other sums.
    ///
    /// Such a cell has no share of the time, so no share can carry what was made
    /// in it. The products of its line are then one cell; if the line has no time
    /// either, the lines of its calendar class are one; if the class has none, all.
    pub(super) fn of(sums: impl IntoIterator<Item = (At, Both)>, client_of: HashMap<u32, u32>) -> Cells {
        let mut cells = Cells { client_of, ..Cells::default() };
        sums.into_iter().for_each(|(at, both)| cells.add(at, &both));
        cells.cells.retain(|_, both| both.iter().flatten().any(|sum| *sum != 0.0));
        cells.join(0, |at| At { product: JOINED, ..at }, |at| (at.class, at.line));
        cells.join(1, |at| At { product: JOINED, line: JOINED, ..at }, |at| (at.class, 0));
        cells.join(2, |_| At { class: JOINED, line: JOINED, product: JOINED }, |_| (0, 0));
        cells
    }

    fn add(&mut self, at: At, more: &Both) {
        let both = self.cells.entry(at).or_default();
        both.iter_mut().flatten().zip(more.iter().flatten()).for_each(|(sum, value)| *sum += value);
    }

    /// Joins the cells of every family in which one has sums but no time.
    fn join(&mut self, level: usize, joined: impl Fn(At) -> At, family: impl Fn(&At) -> (u32, u32)) {
        let broken: BTreeSet<_> =
            self.cells.iter().filter(|(_, both)| both.iter().any(is_timeless)).map(|(at, _)| family(at)).collect();
        if broken.is_empty() {
            return;
        }
        let whole = self.total();
        for (at, both) in std::mem::take(&mut self.cells) {
            let is_broken = broken.contains(&family(&at));
            self.joined[level] += if is_broken { mean_share(&both, &whole) } else { 0.0 };
            self.add(if is_broken { joined(at) } else { at }, &both);
        }
    }

    /// The sums of everything.
    pub(super) fn total(&self) -> Both {
        let mut total = Both::default();
        for both in self.cells.values() {
            total.iter_mut().flatten().zip(both.iter().flatten()).for_each(|(sum, value)| *sum += value);
        }
        total
    }
}

/// Sums without the time that would carry them.
fn is_timeless(sums: &Nodes) -> bool {
    sums[0] <= 0.0 && sums.iter().any(|sum| *sum != 0.0)
}

/// A cell's share of the time, the mean of both periods.
pub(super) fn mean_share(both: &Both, whole: &Both) -> f64 {
    let share = |side: usize| if whole[side][0] > 0.0 { both[side][0].max(0.0) / whole[side][0] } else { 0.0 };
    (share(0) + share(1)) / 2.0
}
