//! From the inspections of one line shift to their element sums.
//!
//! Of inspected, passed and defective units two tell the third; nothing else is
//! ever made up. An inspection that does not tell a number adds to none of the
//! sums that need it, above or below the line. Dispositions nobody told are none.

use super::{Element, Source, Sourced, Sources, Sums, entries::defective, facts::Key};
use std::collections::BTreeMap;

/// What was inspected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct QualityKey {
    /// The product.
    pub product: Option<Key>,
    /// The operation after which it was inspected.
    pub operation: Option<Key>,
    /// The order.
    pub order: Option<Key>,
    /// The job.
    pub job: Option<Key>,
}

/// One inspection, or a production entry that stands in for one.
///
/// Of a production entry produced is inspected, and a missing count of
/// defective units is 0, as everywhere else.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct QualityFacts {
    /// The row's id.
    pub id: Key,
    /// It is a production entry that stands in for an inspection.
    pub stands_in: bool,
    /// What was inspected.
    pub key: QualityKey,
    /// Units inspected.
    pub inspected: Option<f64>,
    /// Units without a defect.
    pub passed: Option<f64>,
    /// Units with one.
    pub defective: Option<f64>,
    /// Of these, done again.
    pub rework: Option<f64>,
    /// Of these, mended.
    pub repair: Option<f64>,
    /// Of these, thrown away.
    pub scrap: Option<f64>,
    /// Defects found.
    pub total_defects: Option<f64>,
    /// The units were inspected before.
    pub again: bool,
    /// It is of the final step, or of no step at all.
    pub is_final: bool,
    /// Defect opportunities of a unit of the product.
    pub part_opportunities: Option<f64>,
    /// The client's default of them.
    pub default_opportunities: Option<f64>,
}

/// A row of counts with what it adds to the sums.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkedQuality {
    /// The row's id.
    pub id: Key,
    /// It is a production entry that stands in for an inspection.
    pub stands_in: bool,
    /// What was inspected.
    pub key: QualityKey,
    /// What it adds.
    pub sums: Sums,
    /// What that rests on.
    pub sources: Sources,
    /// Defect opportunities of a unit, and where they come from.
    pub opportunities: Sourced,
}

/// The inspections of one line shift, worked out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Inspected {
    /// Every row, in the order given.
    pub rows: Vec<WorkedQuality>,
}

/// Works out inspections, and the production entries that stand in for some.
pub fn inspect(facts: &[QualityFacts]) -> Inspected {
    Inspected { rows: facts.iter().map(one).collect() }
}

impl Inspected {
    /// The sums of each thing inspected; they add up to the whole.
    pub fn parts(&self) -> BTreeMap<QualityKey, (Sums, Sources)> {
        let mut parts = BTreeMap::<QualityKey, (Sums, Sources)>::new();
        for row in &self.rows {
            let (sums, sources) = parts.entry(row.key).or_default();
            *sums += &row.sums;
            *sources |= row.sources;
        }
        parts
    }
}

/// Inspected, passed and defective units, as far as they are known.
#[derive(Clone, Copy)]
struct Counts {
    inspected: Option<f64>,
    passed: Option<f64>,
    defective: Option<f64>,
}

impl Counts {
    fn of(f: &QualityFacts) -> Counts {
        let (inspected, passed) = (f.inspected, f.passed);
        let told = if f.stands_in { defective(f.defective, [f.rework, f.repair, f.scrap]) } else { f.defective };
        let defective = told.or_else(|| inspected.filter(|_| f.stands_in).map(|_| 0.0));
        Counts {
            inspected: inspected.or_else(|| Some(passed? + defective?)),
            passed: passed.or_else(|| Some(inspected? - defective?)),
            defective: defective.or_else(|| Some(inspected? - passed?)),
        }
    }
}

fn one(f: &QualityFacts) -> WorkedQuality {
    let counts = Counts::of(f);
    let opportunities = opportunities(f);
    let mut told = Told { sums: Sums::default(), sources: Sources::default(), stands_in: f.stands_in };
    told.sums[Element::Inspections] = 1.0;
    told.units(f, counts);
    if !f.again {
        told.first(f, counts);
    }
    told.defects(f, counts, opportunities);
    WorkedQuality {
        id: f.id,
        stands_in: f.stands_in,
        key: f.key,
        sums: told.sums,
        sources: told.sources,
        opportunities,
    }
}

/// The sums of one row while it is worked out.
struct Told {
    sums: Sums,
    sources: Sources,
    stands_in: bool,
}

impl Told {
    /// Adds a count of units and the part of it that is inferred.
    fn add(&mut self, element: Element, estimate: Element, units: f64) {
        self.sums[element] = units;
        self.sums[estimate] = if self.stands_in { units } else { 0.0 };
        self.sources.add(if self.stands_in { Source::InspectedProduced } else { Source::InspectedEntered });
    }

    /// Units inspected, each time they were, and what became of the defective ones.
    fn units(&mut self, f: &QualityFacts, counts: Counts) {
        use Element::{EstInspected, EstRepaired, EstReworked, EstScrapped, Inspected, Repaired, Reworked, Scrapped};
        let Some(inspected) = counts.inspected else { return };
        self.add(Inspected, EstInspected, inspected);
        self.add(Reworked, EstReworked, f.rework.unwrap_or(0.0));
        self.add(Repaired, EstRepaired, f.repair.unwrap_or(0.0));
        self.add(Scrapped, EstScrapped, f.scrap.unwrap_or(0.0));
    }

    /// First inspections; a unit inspected again has had its first time.
    fn first(&mut self, f: &QualityFacts, counts: Counts) {
        use Element::{EstFinalDefective, EstFinalInspected, EstFirstInspected, EstFirstPassed};
        use Element::{FinalDefective, FinalInspected, FirstInspected, FirstPassed};
        let Counts { inspected: Some(inspected), passed: Some(passed), defective: Some(defective) } = counts else {
            return;
        };
        self.add(FirstInspected, EstFirstInspected, inspected);
        self.add(FirstPassed, EstFirstPassed, passed);
        if f.is_final {
            self.add(FinalInspected, EstFinalInspected, inspected);
            self.add(FinalDefective, EstFinalDefective, defective);
        }
    }

    /// Defects, and the chances there were for them.
    fn defects(&mut self, f: &QualityFacts, counts: Counts, opportunities: Sourced) {
        use Element::{Defects, EstDefects, EstOpportunities, Opportunities};
        let counted = f.total_defects.map(|defects| Source::DefectsEntered.gives(defects));
        let defects = counted.or_else(|| counts.defective.map(|units| Source::DefectsDefective.gives(units)));
        let (Some(inspected), Some(defects)) = (counts.inspected, defects) else { return };
        let chances = inspected * opportunities.value;
        self.sums[Defects] = defects.value;
        self.sums[EstDefects] = if defects.source.is_inferred() { defects.value } else { 0.0 };
        self.sums[Opportunities] = chances;
        self.sums[EstOpportunities] = if self.stands_in || opportunities.source.is_inferred() { chances } else { 0.0 };
        self.sources.add(defects.source);
        self.sources.add(opportunities.source);
    }
}

/// Defect opportunities of a unit, from the best source there is.
fn opportunities(f: &QualityFacts) -> Sourced {
    (f.part_opportunities.map(|count| Source::OpportunitiesPart.gives(count)))
        .or_else(|| f.default_opportunities.map(|count| Source::OpportunitiesDefault.gives(count)))
        .unwrap_or(Source::OpportunitiesOne.gives(1.0))
}
