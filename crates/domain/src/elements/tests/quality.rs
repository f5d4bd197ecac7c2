//! What inspections add up to, on generated counts with gaps.

use super::*;
use Element::*;
use proptest::{option, prelude::*};

prop_compose! {
    fn a_row()(
        id in any::<u8>(), product in option::of(0u8..3), job in option::of(0u8..2), operation in option::of(0u8..3),
        inspected in 0u16..500, bad in 0.0f64..1.0, told in 0u8..8, scrapped in option::of(0.0f64..1.0),
        defects in option::of(0u16..900), again in any::<bool>(), is_final in any::<bool>(),
        part in option::of(1u8..50), usual in option::of(1u8..50), stands_in in any::<bool>(),
    ) -> QualityFacts {
        let (inspected, defective) = (f64::from(inspected), (f64::from(inspected) * bad).floor());
        QualityFacts {
            id: key(id),
            stands_in,
            key: QualityKey {
                product: product.map(key), operation: operation.map(key), order: None, job: job.map(key),
            },
            inspected: (told & 1 == 0).then_some(inspected),
            defective: (told & 2 == 0).then_some(defective),
            passed: (told & 4 == 0 && !stands_in).then_some(inspected - defective),
            scrap: scrapped.map(|part| (defective * part).floor()),
            total_defects: defects.map(f64::from).filter(|_| !stands_in),
            again: again && !stands_in,
            is_final,
            part_opportunities: part.map(f64::from),
            default_opportunities: usual.map(f64::from),
            ..QualityFacts::default()
        }
    }
}

fn all(facts: &[QualityFacts]) -> Sums {
    inspect(facts).rows.iter().map(|row| row.sums).sum()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(10_000) })]

    #[test]
    fn things_inspected_sum_to_the_whole_in_every_element(facts in prop::collection::vec(a_row(), 0..9)) {
        let parts: Sums = inspect(&facts).parts().into_values().map(|(sums, _)| sums).sum();
        prop_assert_eq!(parts, all(&facts));
    }

    #[test]
    fn the_order_of_inspections_does_not_matter(facts in prop::collection::vec(a_row(), 0..9)) {
        let mut turned = facts.clone();
        turned.reverse();
        prop_assert_eq!(all(&turned), all(&facts));
    }

    #[test]
    fn no_part_of_inspected_units_is_more_than_the_whole(facts in prop::collection::vec(a_row(), 0..9)) {
        let sums = all(&facts);
        for (part, whole) in [
            (FirstInspected, Inspected), (FirstPassed, FirstInspected), (FinalInspected, FirstInspected),
            (FinalDefective, FinalInspected), (Scrapped, Inspected), (EstInspected, Inspected),
            (EstFirstPassed, FirstPassed), (EstFinalDefective, FinalDefective), (EstDefects, Defects),
            (EstOpportunities, Opportunities), (EstScrapped, Scrapped),
        ] {
            prop_assert!(sums[part] <= sums[whole], "{} is more than {}", part.name(), whole.name());
        }
        prop_assert_eq!(sums[Inspections], facts.len() as f64);
    }

    #[test]
    fn what_is_inferred_is_told_by_a_source(facts in prop::collection::vec(a_row(), 1..9)) {
        for row in inspect(&facts).rows {
            let inferred = |subject| row.sources.weakest(&[subject]).is_some();
            prop_assert_eq!(row.sums[EstInspected] > 0.0, inferred(Subject::Inspected) && row.sums[Inspected] > 0.0);
            prop_assert_eq!(row.sums[EstDefects] > 0.0, inferred(Subject::Defects) && row.sums[Defects] > 0.0);
        }
    }
}

#[test]
fn a_number_nobody_told_adds_to_neither_side() {
    let only = QualityFacts { inspected: Some(100.0), is_final: true, ..QualityFacts::default() };
    let sums = all(&[only]);
    assert_eq!((sums[Inspected], sums[FirstInspected], sums[Opportunities], sums[Inspections]), (100.0, 0.0, 0.0, 1.0));
    let counted = QualityFacts { total_defects: Some(3.0), inspected: Some(100.0), ..QualityFacts::default() };
    let sums = all(&[counted]);
    assert_eq!((sums[Defects], sums[Opportunities], sums[FirstInspected]), (3.0, 100.0, 0.0));
}

#[test]
fn production_stands_in_with_what_it_made_and_a_blank_reject_is_none() {
    let made = QualityFacts { inspected: Some(100.0), stands_in: true, is_final: true, ..QualityFacts::default() };
    let sums = all(&[made]);
    assert_eq!((sums[FinalInspected], sums[FinalDefective], sums[FirstPassed]), (100.0, 0.0, 100.0));
    assert_eq!((sums[EstFinalInspected], sums[EstFirstPassed], sums[EstOpportunities]), (100.0, 100.0, 100.0));
}
