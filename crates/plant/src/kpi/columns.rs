//! Which sums a question needs.

use super::{
    Interval, Kpi, Quantity, Term,
    group::{Group, counts},
};
use domain::elements::{Element, Family, Sources, Square, Squares, Sums};
use store::{Result, Row};

/// The elements and squares that some KPIs are made of.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Columns {
    elements: Vec<Element>,
    squares: Vec<Square>,
    families: Vec<Family>,
}

/// What every answer says of itself.
const ALWAYS: [Element; 4] = [Element::Entries, Element::WithEntries, Element::MachineShifts, Element::LineShifts];

impl Columns {
    /// What the answers of some KPIs need.
    pub(super) fn of(kpis: &[&Kpi]) -> Columns {
        let mut families: Vec<Family> = kpis.iter().map(|kpi| kpi.family()).collect();
        families.sort_unstable();
        families.dedup();
        let counted = families.iter().flat_map(|family| counts(*family)).copied();
        let mut elements: Vec<Element> =
            kpis.iter().flat_map(|kpi| elements(kpi)).chain(ALWAYS).chain(counted).collect();
        elements.sort_unstable();
        elements.dedup();
        let mut squares: Vec<Square> = kpis.iter().flat_map(|kpi| squares(kpi)).collect();
        squares.sort_unstable();
        squares.dedup();
        Columns { elements, squares, families }
    }

    /// Every element of a family.
    pub(super) fn every(family: Family) -> Columns {
        Columns { elements: family.elements().to_vec(), squares: Vec::new(), families: vec![family] }
    }

    /// The families of the KPIs.
    pub(super) fn families(&self) -> &[Family] {
        &self.families
    }

    /// The same for one of the families: what its own table holds.
    pub(super) fn of_family(&self, family: Family) -> Columns {
        let elements = self.elements.iter().copied().filter(|element| element.family() == family).collect();
        let squares = if family == Family::LineShift { self.squares.clone() } else { Vec::new() };
        Columns { elements, squares, families: vec![family] }
    }

    /// The same without some of the families.
    pub(super) fn without(&self, left: &[Family]) -> Columns {
        let mut kept = self.clone();
        kept.elements.retain(|element| !left.contains(&element.family()));
        kept.families.retain(|family| !left.contains(family));
        kept
    }

    /// Whether a group has anything of the families asked about.
    pub(super) fn fills(&self, group: &Group) -> bool {
        self.families.iter().any(|family| match family {
            Family::LineShift => group.line_shifts > 0.0,
            other => group.has(*other),
        })
    }

    /// The element columns as SQL, after the sources.
    pub(super) fn elements_sql(&self) -> String {
        self.elements.iter().fold("sources".to_owned(), |sql, element| sql + ", " + element.name())
    }

    /// The element and square columns as SQL, after the sources.
    pub(super) fn all_sql(&self) -> String {
        self.squares.iter().fold(self.elements_sql(), |sql, square| sql + ", " + square.name())
    }

    /// The elements that are needed.
    pub(super) fn needed(&self) -> &[Element] {
        &self.elements
    }

    /// The squares that are needed.
    pub(super) fn needed_squares(&self) -> &[Square] {
        &self.squares
    }

    /// The sources and elements of a row, from column `first`.
    pub(super) fn elements(&self, row: &Row<'_>, first: usize) -> Result<(Sources, Sums)> {
        let mut sums = Sums::default();
        for (place, element) in self.elements.iter().enumerate() {
            sums[*element] = row.get(first + 1 + place)?;
        }
        Ok((Sources(row.get::<i64>(first)? as u64), sums))
    }

    /// The squares of a row, whose sources are in column `first`.
    pub(super) fn squares(&self, row: &Row<'_>, first: usize) -> Result<Squares> {
        let mut squares = Squares::default();
        for (place, square) in self.squares.iter().enumerate() {
            squares[*square] = row.get(first + 1 + self.elements.len() + place)?;
        }
        Ok(squares)
    }
}

fn elements(kpi: &Kpi) -> Vec<Element> {
    let beside = kpi.beside.iter().chain(kpi.parts).flat_map(|beside| beside.terms());
    let terms = [kpi.numerator, kpi.denominator].into_iter().chain(beside);
    let of = |term: Term| {
        let capacity = (term.quantity == Quantity::Capacity).then_some(Element::LineShifts);
        term.elements().iter().copied().chain(term.estimates()).chain(capacity)
    };
    let ratio = ratio(kpi).into_iter().flat_map(|ratio| [ratio.x, ratio.y]);
    let observed = if kpi.family() == Family::People { Some(Element::PeopleCells) } else { None };
    terms.flat_map(of).chain(ratio).chain(observed).collect()
}

fn ratio(kpi: &Kpi) -> Option<super::Ratio> {
    kpi.interval.and_then(|interval| if let Interval::Ratio(ratio) = interval { Some(ratio) } else { None })
}

fn squares(kpi: &Kpi) -> Vec<Square> {
    let pairs = ratio(kpi).map(|ratio| [(ratio.x, ratio.x), (ratio.x, ratio.y), (ratio.y, ratio.y)]);
    pairs.into_iter().flatten().filter_map(|(x, y)| Square::of(x, y)).collect()
}
