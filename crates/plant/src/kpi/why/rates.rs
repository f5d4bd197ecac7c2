//! The rates of a cell in both periods, and what had to be merged for them.

use super::{
    cells::{At, Both},
    chain::{NODES, Nodes},
    levels::Levels,
};

/// The rates of a cell: by step of the chain, in the earlier and the later period.
pub(super) struct Rates {
    /// The rates; 1 at a step that is merged into the next.
    pub rates: [[f64; 2]; NODES - 1],
    /// Each merged step with the step it is merged into.
    pub merged: Vec<(usize, usize)>,
}

/// The rates of a cell along a chain of so many steps.
///
/// A node whose sum is not positive though something follows it (units of a line
/// that is said not to have run) can be no denominator: the step to it is merged
/// into the next, in both periods alike. A rate without a denominator is that of
/// the next coarser level which has one, in the same period, else in the other
/// period; it counts only where a mixture of the periods asks for it, or where the
/// rate before it is 0.
pub(super) fn rates(levels: &Levels<'_>, at: &At, steps: usize) -> Rates {
    let mut out = Rates { rates: [[1.0; 2]; NODES - 1], merged: Vec::new() };
    let own = levels.own(at);
    let mut from = 0;
    let mut waiting = Vec::new();
    for to in 1..=steps {
        if to < steps && !is_sound(own, to) {
            waiting.push(to - 1);
            continue;
        }
        out.rates[to - 1] = [0, 1].map(|side| match own.map(|both| &both[side]) {
            Some(sums) if sums[from] > 0.0 => sums[to] / sums[from],
            _ => borrowed(levels, at, side, from, to),
        });
        out.merged.extend(waiting.drain(..).map(|step| (step, to - 1)));
        from = to;
    }
    out
}

/// Whether a node can be a denominator in both periods: it is positive, or nothing follows it.
fn is_sound(own: Option<&Both>, node: usize) -> bool {
    let sound = |sums: &Nodes| sums[node] > 0.0 || sums[node..].iter().all(|sum| *sum == 0.0);
    own.is_none_or(|both| both.iter().all(sound))
}

/// The rate of the next coarser level that has one.
fn borrowed(levels: &Levels<'_>, at: &At, side: usize, from: usize, to: usize) -> f64 {
    let mut known = levels.ladder(at, side).chain(levels.ladder(at, 1 - side));
    known.find(|sums| sums[from] > 0.0).map_or(1.0, |sums| sums[to] / sums[from])
}
