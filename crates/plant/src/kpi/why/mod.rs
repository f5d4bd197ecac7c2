//! Why a figure changed: what each factor added, from one period to another.
//!
//! The model. A *cell* is a calendar class (weekday and shift) × a line × a product.
//! A KPI is the sum over its cells of *share × rates*: the share of the cell in
//! all time is calendar share × line's share in the class × product's share on the
//! line, and the rates lead step by step from the denominator to the numerator
//! (planned → less stops → run → earned → earned by good units). Each factor is
//! taken from the earlier or the later period: 2⁷ values, from sums alone. What a
//! factor adds is its Shapley value, the mean of what it adds over all orders in
//! which the factors can change one after the other. The parts sum to the
//! difference, swapping the periods negates them, and a factor that did not change
//! adds nothing.
//!
//! Where a period has no such cell its shares and rates are *borrowed*: the shares
//! of a class it did not work in are those of the whole period, those of a line
//! that did not work at all are the other period's; a rate is that of the same
//! product on the same line on any day, else on any line, else of the line, of the
//! client, of everything in that period, and last of the other period. Every value
//! of a period that is all of one piece uses its own shares and rates alone, so the
//! two ends are the two values as they are asked anywhere else.

mod answer;
mod cells;
mod chain;
mod factor;
mod levels;
mod mix;
mod model;
mod pieces;
mod rates;
mod read;
mod shapley;

#[cfg(test)]
mod tests;

pub use answer::{FactorPart, MergedFactor, Why, WhySide};
pub use factor::Factor;

use super::{
    Ask, Kpi,
    ask::Question,
    change::{self, direction},
    named,
    open::Open,
    read::Sums,
    stamp::stamp,
};
use chain::Chain;
use domain::{Code, Day, Fault};
use model::Change;
use read::Whole;
use serde::{Deserialize, Serialize};
use store::{Cube, Kept, Reader, Result};
use ts_rs::TS;

/// Which change is to be taken apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct WhyAsk {
    /// The figure and the later period; without groups.
    pub ask: Ask,
    /// The first day of the period it is compared with.
    pub versus_from: Day,
    /// The last day of that period, included.
    pub versus_to: Day,
}

impl WhyAsk {
    /// The days both periods lie in.
    pub fn days(&self) -> (Day, Day) {
        (self.ask.from.min(self.versus_from), self.ask.to.max(self.versus_to))
    }
}

/// Whether a KPI's change can be taken apart at all.
pub(super) fn takes_apart(kpi: &Kpi) -> bool {
    Chain::of(kpi).is_some()
}

/// Takes the change of a figure between two periods of the same scope apart.
///
/// # Errors
/// `no_why` for a KPI that is no product of a line shift's rates; else what refuses
/// the question itself, of either period.
pub fn why(reader: &Reader<'_>, cube: Option<&Cube>, asked: &WhyAsk) -> Result<Why> {
    why_at(Sums::of(reader, cube), asked, read::MANY)
}

/// The same, where days that were worked out before are taken from memory.
///
/// # Errors
/// As above.
pub fn why_kept(reader: &Reader<'_>, cube: Option<&Cube>, kept: &Kept, asked: &WhyAsk) -> Result<Why> {
    why_at(Sums { reader, cube, kept: Some(kept) }, asked, read::MANY)
}

/// The same, where so many line shifts are many.
pub(super) fn why_at(sums: Sums<'_, '_>, asked: &WhyAsk, many: f64) -> Result<Why> {
    let reader = sums.reader;
    let kpi = named(&asked.ask.kpi)?;
    let sides = sides(reader, asked)?;
    let chain = Chain::of(kpi).ok_or_else(|| Fault::new(Code::NoWhy).at("kpi").with("value", kpi.code))?;
    let read = read::read(sums, &sides, &chain, many)?;
    told(reader, kpi, &chain, &sides, read)
}

/// The question of each period, checked like any other.
fn sides(reader: &Reader<'_>, asked: &WhyAsk) -> Result<[(Question, Open); 2]> {
    let after = Question::of(reader, &asked.ask, &[])?;
    if asked.versus_to < asked.versus_from {
        return Err(Fault::new(Code::BadPeriod).at("versus_to").into());
    }
    let versus = Ask { from: asked.versus_from, to: asked.versus_to, ..asked.ask.clone() };
    let before = Question::of(reader, &versus, &[])?;
    Ok([read::side(reader, before)?, read::side(reader, after)?])
}

fn told(
    reader: &Reader<'_>,
    kpi: &Kpi,
    chain: &Chain,
    sides: &[(Question, Open); 2],
    read: read::Read<'_>,
) -> Result<Why> {
    let (wholes, grain, mut lost) = (read.wholes, read.grain, answer::lost(&read, chain));
    let values = wholes.map(|whole| chain.value(&whole.sums));
    let difference = values[1].zip(values[0]).map(|(after, before)| after - before);
    let mut moved = Change::default();
    let mut factors = Vec::new();
    if difference.is_some() {
        let cells = read.cells();
        answer::joined(cells.joined, grain, &mut lost);
        moved = model::change(&cells, chain.steps());
        factors = answer::factors(kpi, chain, &moved, &lost, &grain);
    }
    let side = |which: usize| one_side(kpi, chain, &sides[which], &wholes[which], moved.unmatched[which]);
    Ok(Why {
        kpi: kpi.code.into(),
        unit: kpi.unit.into(),
        better: kpi.better,
        before: side(0),
        after: side(1),
        difference,
        direction: difference.and_then(|by| direction(kpi.better, by, change::WHOLE)),
        factors,
        mixed_basis: answer::mixes_bases(&wholes),
        stamp: stamp(reader, &sides[1].0)?,
    })
}

fn one_side(kpi: &Kpi, chain: &Chain, side: &(Question, Open), whole: &Whole, unmatched: f64) -> WhySide {
    let (question, open) = side;
    let period = (question.from, question.to);
    answer::side(kpi, chain, period, whole, unmatched, open.moves())
}
