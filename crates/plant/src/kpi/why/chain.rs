//! A KPI as a chain of rates from its denominator to its numerator.

use super::{
    super::{Kpi, Quantity},
    Factor,
};
use domain::elements::Element;

/// The most nodes a chain has.
pub(super) const NODES: usize = 5;

/// The sums at the nodes of a chain: the first is the denominator, the last the numerator.
pub(super) type Nodes = [f64; NODES];

/// The rates of a chain, each with the node it leads to.
type Rates = &'static [(Factor, Quantity)];

/// The time of a line: planned → less stops → run → earned → earned by good units.
const TIME: Rates = &[
    (Factor::Availability, Quantity::Uptime),
    (Factor::Accounted, Quantity::One(Element::Run)),
    (Factor::Performance, Quantity::One(Element::Earned)),
    (Factor::Quality, Quantity::One(Element::EarnedGood)),
];

/// The units of a line's clock: run → made → good.
const CLOCK: Rates =
    &[(Factor::Performance, Quantity::One(Element::Produced)), (Factor::Quality, Quantity::One(Element::Good))];

/// The chains there are, with what each can begin at.
const CHAINS: &[(&[Element], Rates)] =
    &[(&[Element::Planned, Element::Available], TIME), (&[Element::RunClock], CLOCK)];

/// The way from a KPI's denominator to its numerator, one rate a step.
#[derive(Debug, Clone)]
pub(super) struct Chain {
    nodes: Vec<Quantity>,
    /// The factor of each step.
    pub factors: Vec<Factor>,
    /// The value is this often numerator / denominator.
    pub scale: f64,
}

impl Chain {
    /// The chain of a KPI; none where it is no product of a line shift's rates.
    ///
    /// It follows from the KPI's own numerator and denominator, so that there is
    /// no second definition.
    pub(super) fn of(kpi: &Kpi) -> Option<Chain> {
        let (below, above) = (kpi.denominator.quantity, kpi.numerator.quantity);
        CHAINS.iter().find_map(|(starts, steps)| {
            let place = |quantity: Quantity| steps.iter().position(|(_, node)| *node == quantity);
            let is_start = starts.iter().any(|element| Quantity::One(*element) == below);
            let first = if is_start { 0 } else { place(below)? + 1 };
            let steps = steps.get(first..=place(above)?).filter(|steps| !steps.is_empty())?;
            Some(Chain {
                nodes: std::iter::once(below).chain(steps.iter().map(|(_, node)| *node)).collect(),
                factors: steps.iter().map(|(factor, _)| *factor).collect(),
                scale: kpi.scale * kpi.denominator.per / kpi.numerator.per,
            })
        })
    }

    /// The number of steps.
    pub(super) fn steps(&self) -> usize {
        self.factors.len()
    }

    /// The value of some sums; none where the denominator is not positive.
    pub(super) fn value(&self, sums: &Nodes) -> Option<f64> {
        (sums[0] > 0.0).then(|| self.scale * (sums[self.steps()] / sums[0]))
    }

    /// Its nodes, from the sums of elements.
    pub(super) fn nodes(&self, of: impl Fn(Element) -> f64) -> Nodes {
        let mut sums = Nodes::default();
        for (sum, node) in sums.iter_mut().zip(&self.nodes) {
            *sum = match node {
                Quantity::One(element) => of(*element),
                _ => of(Element::Planned) - of(Element::Stops),
            };
        }
        sums
    }
}
