//! The value at every mixture of two periods, and what each factor adds.

use super::{
    Factor,
    cells::{Cells, mean_share},
    chain::NODES,
    levels::Levels,
    mix::{self, Shares},
    rates::{self, Rates},
    shapley::shapley,
};
use std::collections::BTreeMap;

/// What each factor adds to a change, and what had to be merged.
#[derive(Debug, Clone, Default)]
pub(super) struct Change {
    /// The rates' parts, in the order of the chain.
    pub rates: Vec<f64>,
    /// The part of calendar, line and product.
    pub mixes: [f64; 3],
    /// Steps of the chain merged into others, with the part of the time concerned.
    pub merged: BTreeMap<(usize, usize), f64>,
    /// The part of each period's time in cells that the other period has not.
    pub unmatched: [f64; 2],
}

/// Explains the change from the earlier to the later period; both must have time.
pub(super) fn change(cells: &Cells, steps: usize) -> Change {
    let levels = Levels::of(cells);
    let mut table = Table::new(steps);
    let mut change = Change { unmatched: unmatched(cells), ..Change::default() };
    for shares in mix::shares(&levels) {
        let rates = rates::rates(&levels, &shares.at, steps);
        table.add(&shares, &rates);
        let share = levels.own(&shares.at).map_or(0.0, |both| mean_share(both, &levels.all));
        for pair in &rates.merged {
            *change.merged.entry(*pair).or_default() += share;
        }
    }
    let parts = shapley(&table.values);
    change.rates = parts[..steps].to_vec();
    change.mixes.copy_from_slice(&parts[steps..]);
    change
}

/// The value of each coalition; the bits are the rates, then calendar, line and product.
///
/// A factor in the coalition is that of the later period, the others are those of
/// the earlier one.
struct Table {
    steps: usize,
    values: Vec<f64>,
}

impl Table {
    fn new(steps: usize) -> Table {
        Table { steps, values: vec![0.0; 1 << (steps + 3)] }
    }

    /// Adds a cell: its share of the time, times its rates.
    fn add(&mut self, shares: &Shares, rates: &Rates) {
        let mut products = [1.0; 1 << (NODES - 1)];
        for (step, rate) in rates.rates[..self.steps].iter().enumerate() {
            let (earlier, later) = products.split_at_mut(1 << step);
            later.iter_mut().zip(earlier.iter()).for_each(|(product, before)| *product = before * rate[1]);
            earlier.iter_mut().for_each(|product| *product *= rate[0]);
        }
        let products = &products[..1 << self.steps];
        for (mixes, values) in self.values.chunks_mut(products.len()).enumerate() {
            let of = |bit: usize| mixes >> bit & 1;
            let weight = shares.calendar[of(0)] * shares.line[of(1)] * shares.product[of(2)];
            if weight > 0.0 {
                values.iter_mut().zip(products).for_each(|(value, product)| *value += weight * product);
            }
        }
    }
}

fn unmatched(cells: &Cells) -> [f64; 2] {
    let whole = cells.total();
    [0, 1].map(|side| {
        let alone = cells.cells.values().filter(|both| both[1 - side][0] <= 0.0);
        alone.fold(0.0, |sum, both| sum + both[side][0] / whole[side][0])
    })
}

/// The factor of each mix, in the order of the table.
pub(super) const MIXES: [Factor; 3] = [Factor::Calendar, Factor::Line, Factor::Product];
