//! The coarser levels from which a missing cell borrows.

use super::{
    cells::{At, Both, Cells},
    chain::Nodes,
};
use std::collections::{BTreeMap, HashMap};

/// The sums of both periods at every level that is coarser than a cell.
pub(super) struct Levels<'a> {
    cells: &'a Cells,
    /// All of it.
    pub all: Both,
    /// By calendar class.
    pub class: BTreeMap<u32, Both>,
    /// By calendar class and line.
    pub pair: BTreeMap<(u32, u32), Both>,
    /// By line and product, whatever the class.
    pub made: BTreeMap<(u32, u32), Both>,
    /// By line.
    pub line: BTreeMap<u32, Both>,
    product: HashMap<u32, Both>,
    client: HashMap<u32, Both>,
}

impl<'a> Levels<'a> {
    /// Adds the cells up.
    pub(super) fn of(cells: &'a Cells) -> Levels<'a> {
        let (class, pair, made) = Default::default();
        let (line, product, client) = Default::default();
        let mut levels = Levels { cells, all: Both::default(), class, pair, made, line, product, client };
        for (at, both) in &cells.cells {
            add(&mut levels.all, both);
            add(levels.class.entry(at.class).or_default(), both);
            add(levels.pair.entry((at.class, at.line)).or_default(), both);
            add(levels.made.entry((at.line, at.product)).or_default(), both);
            add(levels.line.entry(at.line).or_default(), both);
            add(levels.product.entry(at.product).or_default(), both);
            add(levels.client.entry(levels.client_of(at.line)).or_default(), both);
        }
        levels
    }

    fn client_of(&self, line: u32) -> u32 {
        self.cells.client_of.get(&line).copied().unwrap_or(line)
    }

    /// A cell's own sums, where it has any.
    pub(super) fn own(&self, at: &At) -> Option<&Both> {
        self.cells.cells.get(at)
    }

    /// The products of a line in a class, with their sums.
    pub(super) fn of_pair(&self, class: u32, line: u32) -> impl Iterator<Item = (u32, &Both)> {
        let at = |product| At { class, line, product };
        self.cells.cells.range(at(0)..=at(u32::MAX)).map(|(at, both)| (at.product, both))
    }

    /// The sums of a cell in one period, then of ever coarser levels.
    ///
    /// The same product on the same line on any day and shift, the same product
    /// on any line, the same line, the same client, everything.
    pub(super) fn ladder(&self, at: &At, side: usize) -> impl Iterator<Item = &Nodes> {
        let levels = [
            self.own(at),
            self.made.get(&(at.line, at.product)),
            self.product.get(&at.product),
            self.line.get(&at.line),
            self.client.get(&self.client_of(at.line)),
            Some(&self.all),
        ];
        levels.into_iter().flatten().map(move |both| &both[side])
    }
}

fn add(sum: &mut Both, more: &Both) {
    sum.iter_mut().flatten().zip(more.iter().flatten()).for_each(|(sum, value)| *sum += value);
}
