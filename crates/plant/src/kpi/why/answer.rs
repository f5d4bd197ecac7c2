//! What is said of a change.

use super::{
    super::{
        Better, Direction, Kpi, Stamp,
        change::{self, direction},
    },
    Factor,
    chain::Chain,
    model::{Change, MIXES},
    read::{Grain, Read, Whole},
};
use domain::Day;
use serde::Serialize;
use ts_rs::TS;

/// Why a figure changed from one period to another.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Why {
    /// The KPI's code.
    pub kpi: String,
    /// The unit of its values, and of the parts.
    pub unit: String,
    /// Which way is better.
    pub better: Better,
    /// The period it is compared with.
    pub before: WhySide,
    /// The period asked about.
    pub after: WhySide,
    /// Its value after less its value before; none where one of them is undefined.
    pub difference: Option<f64>,
    /// Which way it went; none for a KPI without a direction.
    pub direction: Option<Direction>,
    /// What each factor added; the parts sum to the difference.
    pub factors: Vec<FactorPart>,
    /// Labour and machine minutes are added up.
    pub mixed_basis: bool,
    /// What the answer rests on.
    pub stamp: Stamp,
}

/// One of the two periods.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct WhySide {
    /// The first day.
    pub from: Day,
    /// The last day, included.
    pub to: Day,
    /// The value, unrounded; none where it is undefined.
    pub value: Option<f64>,
    /// Why the value is undefined: a key under "why.".
    pub why: Option<String>,
    /// Line shifts.
    #[ts(type = "number")]
    pub line_shifts: i64,
    /// The part of its time, from 0 to 1, whose counterpart the other period has not: its rates there are borrowed.
    pub unmatched: f64,
    /// Open line shifts will still move it.
    pub provisional: bool,
}

/// What one factor added to a change.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct FactorPart {
    /// The factor; its words are under "factor.".
    pub factor: Factor,
    /// What it added, in the KPI's unit.
    pub part: f64,
    /// Which way it pulled; none for a KPI without a direction.
    pub direction: Option<Direction>,
    /// The factors that could not be told from it, and how far.
    pub merged: Vec<MergedFactor>,
}

/// A factor that is inside another one.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct MergedFactor {
    /// The factor that has no part of its own there.
    pub factor: Factor,
    /// For which part of the time, from 0 to 1.
    pub share: f64,
}

/// A factor of a chain or of the mix, on its way into the answer.
type Told = Vec<FactorPart>;

/// The parts of a change, in the KPI's unit, merged factors named.
pub(super) fn factors(kpi: &Kpi, chain: &Chain, change: &Change, lost: &[MergedFactor], read: &Grain) -> Told {
    let mut told: Told = chain.factors.iter().zip(&change.rates).map(|(f, part)| one(*f, chain.scale * part)).collect();
    for ((step, into), share) in &change.merged {
        told[*into].merged.push(MergedFactor { factor: chain.factors[*step], share: *share });
    }
    for merged in lost.iter().filter(|merged| !chain.factors.contains(&merged.factor)) {
        told.iter_mut().for_each(|rate| rate.merged.push(merged.clone()));
    }
    let mixes = MIXES.iter().zip(change.mixes).rev();
    told.extend(mixes.map(|(factor, part)| one(of_grain(*factor, *read), chain.scale * part)));
    leave_out(&mut told, chain, lost);
    told.iter_mut().for_each(|part| part.direction = direction(kpi.better, part.part, change::WHOLE));
    told
}

/// A part; nothing is 0, never −0.
fn one(factor: Factor, part: f64) -> FactorPart {
    FactorPart { factor, part: part + 0.0, direction: None, merged: Vec::new() }
}

/// Several clients differ by client and line.
const fn of_grain(factor: Factor, grain: Grain) -> Factor {
    match (factor, grain) {
        (Factor::Line, Grain::Lines | Grain::Clients) => Factor::Client,
        (other, _) => other,
    }
}

/// Takes out the factors that have no data anywhere; what was theirs goes to the factor they are in.
///
/// A step of the chain goes into the next one. A mix lies in all rates, which
/// name it already; its part is nothing, and the last rate takes it.
fn leave_out(told: &mut Told, chain: &Chain, lost: &[MergedFactor]) {
    let place = |told: &Told, factor: Factor| told.iter().position(|part| part.factor == factor);
    for merged in lost.iter().filter(|merged| merged.share >= 1.0) {
        let step = chain.factors.iter().position(|factor| *factor == merged.factor);
        let into = step.map_or(chain.steps() - 1, |step| step + 1);
        let Some(gone) = place(told, merged.factor).map(|at| told.remove(at)) else { continue };
        let Some(into) = place(told, chain.factors[into]).map(|at| &mut told[at]) else { continue };
        into.part += gone.part;
        if step.is_some() {
            into.merged.retain(|known| known.factor != merged.factor);
            into.merged.push(merged.clone());
        }
    }
}

/// The factors without data in either period.
pub(super) fn lost(read: &Read<'_>, chain: &Chain) -> Vec<MergedFactor> {
    let mut lost = Vec::new();
    let followed = |factor: Factor| chain.factors.iter().position(|f| *f == factor).filter(|at| at + 1 < chain.steps());
    if let Some(step) = followed(Factor::Accounted).filter(|step| read.is_idle(*step)) {
        lost.push(chain.factors[step]);
    }
    if !read.names_products() {
        lost.push(Factor::Product);
    }
    if read.grain == Grain::Clients {
        lost.push(Factor::Line);
    }
    lost.into_iter().map(|factor| MergedFactor { factor, share: 1.0 }).collect()
}

/// What the mixes could not tell apart, as far as cells had to be joined.
pub(super) fn joined(joined: [f64; 3], grain: Grain, lost: &mut Vec<MergedFactor>) {
    let of_level = [
        [Factor::Product].as_slice(),
        &[Factor::Product, Factor::Line],
        &[Factor::Product, Factor::Line, Factor::Calendar],
    ];
    for factor in MIXES {
        let share: f64 = of_level.iter().zip(joined).filter(|(level, _)| level.contains(&factor)).map(|(_, s)| s).sum();
        let factor = of_grain(factor, grain);
        if share > 0.0 && !lost.iter().any(|known| known.factor == factor) {
            lost.push(MergedFactor { factor, share: share.min(1.0 - f64::EPSILON) });
        }
    }
}

/// One side of the answer.
pub(super) fn side(
    kpi: &Kpi,
    chain: &Chain,
    (from, to): (Day, Day),
    whole: &Whole,
    unmatched: f64,
    open: bool,
) -> WhySide {
    let value = chain.value(&whole.sums);
    let why = if whole.line_shifts > 0.0 { kpi.undefined } else { "no_rows" };
    WhySide {
        from,
        to,
        value,
        why: value.is_none().then(|| why.into()),
        line_shifts: whole.line_shifts.round() as i64,
        unmatched,
        provisional: open,
    }
}

/// Whether labour and machine lines are added up.
pub(super) fn mixes_bases(wholes: &[Whole; 2]) -> bool {
    let [machine, all] = [
        wholes.iter().map(|whole| whole.machine_shifts).sum::<f64>(),
        wholes.iter().map(|whole| whole.line_shifts).sum::<f64>(),
    ];
    machine > 1e-9 && machine < all - 1e-9
}
