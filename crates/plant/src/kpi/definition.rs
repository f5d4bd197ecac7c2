//! What a KPI is: one ratio of sums, with its unit and meaning.

use super::{group::Group, grouping::Grouping};
use domain::elements::{Element, Family, Square, Subject};
use serde::Serialize;
use ts_rs::TS;

/// One KPI: everything its answers need besides the sums.
#[derive(Debug, Clone, Copy)]
pub struct Kpi {
    /// Its code, such as "oee".
    pub code: &'static str,
    /// The unit of its value.
    pub unit: &'static str,
    /// Which way is better.
    pub better: Better,
    /// The value is this often numerator / denominator.
    pub scale: f64,
    /// What is above the line.
    pub numerator: Term,
    /// What is below the line.
    pub denominator: Term,
    /// How its interval is made, where it has one.
    pub interval: Option<Interval>,
    /// The formula with {elements} to name or to fill in.
    pub formula: &'static str,
    /// The words' key for a denominator that is not positive.
    pub undefined: &'static str,
    /// By what it can be grouped.
    pub groupings: &'static [Grouping],
    /// A second number that stands beside the headline.
    pub beside: Option<Beside>,
    /// What the headline is made up of, where it is shown.
    pub parts: &'static [Beside],
    /// How its value is made of the sums.
    pub method: Method,
}

/// How a value is made of sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Numerator / denominator.
    Ratio,
    /// The ratios of the steps of one route, multiplied.
    Rolled,
}

/// The direction in which a KPI improves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither.
    None,
}

/// A numerator or denominator, in elements.
#[derive(Debug, Clone, Copy)]
pub struct Term {
    /// What is summed.
    pub quantity: Quantity,
    /// Divides the sum: 60 turns minutes into hours.
    pub per: f64,
    /// The part of the sum that rests on inference.
    pub estimate: Option<Element>,
    /// What that inference can be about.
    pub subjects: &'static [Subject],
}

/// A sum that a term is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    /// One element.
    One(Element),
    /// The first element less the second.
    Less(&'static [Element; 2]),
    /// Planned less stops.
    Uptime,
    /// Calendar minutes of the lines in use times their mean crew.
    Capacity,
    /// Orders that are due: shipped, or not shipped though promised before the as-of day.
    DueOrders,
    /// Orders on time, and late ones for a reason that is not ours.
    OnTimeNet,
    /// The unit itself: the KPI is a sum.
    Nothing,
}

/// How a KPI's 95 % interval is made.
#[derive(Debug, Clone, Copy)]
pub enum Interval {
    /// From how line shifts differ, of a ratio of two elements.
    Ratio(Ratio),
    /// Wilson's, of units or orders that are so of all.
    Wilson,
    /// The exact one of Poisson, of a count by its exposure.
    Poisson,
}

impl Interval {
    /// Its name in the catalogue.
    pub const fn word(self) -> &'static str {
        match self {
            Interval::Ratio(_) => "ratio",
            Interval::Wilson => "Wilson",
            Interval::Poisson => "exact Poisson",
        }
    }
}

/// The two elements between which a ratio's interval is taken.
#[derive(Debug, Clone, Copy)]
pub struct Ratio {
    /// The x of x / y.
    pub x: Element,
    /// The y of x / y.
    pub y: Element,
    /// The value is 1 − x / y.
    pub complement: bool,
}

/// A second number beside the headline.
#[derive(Debug, Clone, Copy)]
pub struct Beside {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub shows: Shows,
}

/// What stands beside a headline.
#[derive(Debug, Clone, Copy)]
pub enum Shows {
    /// A sum, as it is.
    Sum(Term),
    /// A sum as a part of another, in the KPI's unit.
    Part(Term, Term),
    /// The KPI's own value in other words.
    Value(fn(f64) -> Option<f64>),
}

impl Beside {
    /// The number that stands beside the value of a group; none where there is nothing to divide by.
    pub fn value(&self, kpi: &Kpi, group: &Group) -> Option<f64> {
        match self.shows {
            Shows::Sum(term) => Some(term.sum(group)),
            Shows::Part(part, whole) => {
                let (part, whole) = (part.sum(group), whole.sum(group));
                (whole > 0.0).then(|| kpi.scale * (part / whole))
            }
            Shows::Value(of) => kpi.value(group).and_then(of),
        }
    }

    /// The terms it is made of.
    pub fn terms(&self) -> impl Iterator<Item = Term> {
        let (term, whole) = match self.shows {
            Shows::Sum(term) => (Some(term), None),
            Shows::Part(part, whole) => (Some(part), Some(whole)),
            Shows::Value(_) => (None, None),
        };
        term.into_iter().chain(whole)
    }
}

impl Term {
    /// A term of one element.
    pub const fn of(element: Element, estimate: Option<Element>, subjects: &'static [Subject]) -> Term {
        Term { quantity: Quantity::One(element), per: 1.0, estimate, subjects }
    }

    /// The same term in hours.
    #[must_use]
    pub const fn in_hours(self) -> Term {
        Term { per: 60.0, ..self }
    }

    /// Its sum over a group.
    pub fn sum(&self, group: &Group) -> f64 {
        let sum = match self.quantity {
            Quantity::One(element) => group.sums[element],
            Quantity::Less([whole, part]) => group.sums[*whole] - group.sums[*part],
            Quantity::Uptime => group.sums.uptime(),
            Quantity::Capacity => group.capacity,
            Quantity::DueOrders | Quantity::OnTimeNet => add(group, self.elements()),
            Quantity::Nothing => 1.0,
        };
        sum / self.per
    }

    /// The part of its sum that rests on inference, from 0 to 1.
    pub fn estimated_share(&self, group: &Group) -> f64 {
        let (whole, part) = match (self.quantity, self.estimate) {
            (Quantity::Capacity, _) => (group.sums[Element::Crew], group.sums[Element::EstCrew]),
            (Quantity::One(Element::PlannedUnits), _) => (group.sums[Element::PlannedUnits], group.est_units),
            (Quantity::Less(of), _) => {
                let [whole, part] = of.map(|element| element.estimate().map_or(0.0, |estimate| group.sums[estimate]));
                (self.sum(group), whole - part)
            }
            (Quantity::DueOrders | Quantity::OnTimeNet, _) => (self.sum(group), add(group, &self.estimates())),
            (_, Some(estimate)) => (self.sum(group) * self.per, group.sums[estimate]),
            (_, None) => (1.0, 0.0),
        };
        if part == 0.0 { 0.0 } else { (part / whole).clamp(0.0, 1.0) }
    }

    /// The elements it is made of.
    pub fn elements(&self) -> &'static [Element] {
        match self.quantity {
            Quantity::One(element) => std::slice::from_ref(&Element::ALL[element as usize]),
            Quantity::Less(of) => of,
            Quantity::Uptime => &[Element::Planned, Element::Stops],
            Quantity::Capacity => &[Element::Crew],
            Quantity::DueOrders => &[Element::ShippedOrders, Element::UnshippedOrders],
            Quantity::OnTimeNet => &[Element::OnTimeFirst, Element::JustifiedLate, Element::JustifiedUnshipped],
            Quantity::Nothing => &[],
        }
    }

    /// The elements that tell which part of it is inferred.
    pub fn estimates(&self) -> Vec<Element> {
        match self.quantity {
            Quantity::Less(_) | Quantity::DueOrders | Quantity::OnTimeNet => {
                self.elements().iter().filter_map(|element| element.estimate()).collect()
            }
            _ => self.estimate.into_iter().collect(),
        }
    }
}

fn add(group: &Group, elements: &[Element]) -> f64 {
    elements.iter().map(|element| group.sums[*element]).sum()
}

impl Ratio {
    /// Σx², Σxy and Σy² between the line shifts of a group.
    pub fn squares(&self, group: &Group) -> Option<(f64, f64, f64)> {
        let of = |a, b| Square::of(a, b).map(|square| group.squares[square]);
        Some((of(self.x, self.x)?, of(self.x, self.y)?, of(self.y, self.y)?))
    }
}

impl Kpi {
    /// Its value over a group; none where the denominator is not positive.
    ///
    /// A rolled one has a value for one route only.
    pub fn value(&self, group: &Group) -> Option<f64> {
        if self.method == Method::Rolled {
            return (group.routes == 1.0).then_some(self.scale * group.rolled);
        }
        let (above, below) = (self.numerator.sum(group), self.denominator.sum(group));
        (below > 0.0).then(|| self.scale * (above / below))
    }

    /// Whether the groups of its parts can simply be added up: ages of one day are not those of another.
    pub fn adds_up(&self) -> bool {
        self.method == Method::Ratio && self.is_followed()
    }

    /// Whether it can be asked over time: calendar time is that of a whole period.
    pub fn is_over_time(&self) -> bool {
        self.denominator.quantity != Quantity::Capacity
    }

    /// Whether each day stands by itself: ages of one day are mostly those of the day before.
    pub fn is_followed(&self) -> bool {
        self.is_over_time() && self.family() != Family::Wip
    }

    /// What its sums are kept with.
    pub fn family(&self) -> Family {
        let of = |term: &Term| term.elements().first().map(|element| element.family());
        of(&self.denominator).or_else(|| of(&self.numerator)).unwrap_or(Family::LineShift)
    }

    /// What its inferences can be about.
    pub fn subjects(&self) -> Vec<Subject> {
        self.numerator.subjects.iter().chain(self.denominator.subjects).copied().collect()
    }

    /// Its formula, the names replaced by what `fill` says.
    pub fn write(&self, fill: impl Fn(&str) -> String) -> String {
        let mut parts = self.formula.split(['{', '}']);
        let mut text = parts.next().unwrap_or_default().to_owned();
        while let Some(name) = parts.next() {
            text.push_str(&fill(name));
            text.push_str(parts.next().unwrap_or_default());
        }
        text
    }

    /// Every element its formula names, in their order.
    pub fn elements(&self) -> Vec<Element> {
        let mut elements: Vec<Element> =
            self.numerator.elements().iter().chain(self.denominator.elements()).copied().collect();
        elements.sort_unstable();
        elements.dedup();
        elements
    }
}

/// A named element or derived sum of a group, as a formula shows it.
pub(super) fn number(name: &str, group: &Group) -> f64 {
    match Element::named(name) {
        Some(element) => group.sums[element],
        None => group.capacity,
    }
}
