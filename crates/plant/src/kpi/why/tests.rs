//! What a change's parts promise, on generated plants.

use super::{
    Factor,
    cells::{At, Both, Cells, JOINED},
    chain::{Chain, NODES, Nodes},
    model::{Change, change},
};
use crate::kpi::{Group, KPIS, Kpi, named};
use domain::elements::{Element, Sums};
use proptest::prelude::*;
use std::collections::{BTreeMap, HashMap};

const STEPS: usize = NODES - 1;

type Plant = BTreeMap<At, Both>;

fn at(class: u32, line: u32, product: u32) -> At {
    At { class, line, product }
}

fn cells(plant: &Plant) -> Cells {
    // Two lines of the first client, the others of the second.
    let client_of: HashMap<u32, u32> = (0..9).map(|line| (line, 100 + line / 2)).collect();
    Cells::of(plant.iter().map(|(at, both)| (*at, *both)), client_of)
}

fn explained(plant: &Plant) -> Change {
    change(&cells(plant), STEPS)
}

/// The rates' parts, then calendar, line, product.
fn parts(change: &Change) -> Vec<f64> {
    change.rates.iter().copied().chain(change.mixes).collect()
}

fn value(plant: &Plant, side: usize) -> Option<f64> {
    let sum = |node: usize| plant.values().map(|both| both[side][node]).sum::<f64>();
    (sum(0) > 0.0).then(|| sum(STEPS) / sum(0))
}

fn swapped(plant: &Plant) -> Plant {
    plant.iter().map(|(at, [before, after])| (*at, [*after, *before])).collect()
}

/// To 1e-9 of the largest number that had to be added.
fn near(a: f64, b: f64, size: f64) -> bool {
    (a - b).abs() <= 1e-9 * size.max(1.0)
}

fn size(change: &Change) -> f64 {
    parts(change).iter().fold(1.0, |most, part| part.abs().max(most))
}

/// A sum that is often nothing and sometimes less.
fn a_sum(most: f64) -> impl Strategy<Value = f64> {
    prop_oneof![6 => 1.0..most, 2 => Just(0.0), 1 => -50.0f64..0.0]
}

prop_compose! {
    /// Sums as they come: also time without units, units without time, less than nothing.
    fn nodes()(planned in a_sum(4000.0), uptime in a_sum(4000.0), run in a_sum(4000.0),
        earned in prop_oneof![4 => 1.0..4000.0, 1 => Just(0.0)], good in 0.0..1.0f64) -> Nodes {
        [planned, uptime, run, earned, earned * good]
    }
}

prop_compose! {
    /// Sums of a line that ran: every rate has its denominator.
    fn whole_nodes()(planned in 100.0..4000.0f64, rates in [0.1..1.0f64, 0.1..1.0f64, 0.1..1.5f64, 0.1..1.0f64]) -> Nodes {
        along(planned, rates)
    }
}

fn along(planned: f64, rates: [f64; STEPS]) -> Nodes {
    let mut sums = [planned; NODES];
    for (step, rate) in rates.iter().enumerate() {
        sums[step + 1] = sums[step] * rate;
    }
    sums
}

fn places() -> impl Strategy<Value = At> {
    (0..3u32, 0..4u32, 0..3u32).prop_map(|(class, line, product)| at(class, line, product))
}

prop_compose! {
    /// Any two periods: cells in one of them, in both, in none.
    fn plants()(
        rows in prop::collection::vec((places(), 0..2usize, nodes()), 1..14), ends in [(places(), whole_nodes()), (places(), whole_nodes())],
    ) -> Plant {
        let mut plant = Plant::new();
        for (side, (at, sums)) in ends.into_iter().enumerate() {
            plant.entry(at).or_default()[side] = sums;
        }
        for (at, side, sums) in rows {
            plant.entry(at).or_default()[side] = sums;
        }
        plant
    }
}

prop_compose! {
    /// One period with every class, line and product.
    fn periods()(sums in prop::collection::vec(whole_nodes(), 8)) -> BTreeMap<At, Nodes> {
        let places = (0..8u32).map(|n| at(n & 1, n >> 1 & 1, n >> 2 & 1));
        places.zip(sums).collect()
    }
}

/// The same period with some factor changed.
fn moved(before: &BTreeMap<At, Nodes>, after: impl Fn(&At, &Nodes) -> Nodes) -> Plant {
    before.iter().map(|(at, sums)| (*at, [*sums, after(at, sums)])).collect()
}

fn scaled(sums: &Nodes, by: f64) -> Nodes {
    sums.map(|sum| sum * by)
}

/// Scales cells so that the weights of a family stay what they are: its second half takes what its first gives.
fn shifted(
    period: &BTreeMap<At, Nodes>,
    family: impl Fn(&At) -> (u32, u32),
    second: impl Fn(&At) -> bool,
    by: f64,
) -> Plant {
    let weight = |at: &At, half: bool| -> f64 {
        period.iter().filter(|(other, _)| family(other) == family(at) && second(other) == half).map(|(_, s)| s[0]).sum()
    };
    moved(period, |at, sums| {
        let (first, other) = (weight(at, false), weight(at, true));
        scaled(sums, if second(at) { 1.0 + first * (1.0 - by) / other } else { by })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn the_parts_add_up_to_the_difference(plant in plants()) {
        prop_assume!(value(&plant, 0).is_some() && value(&plant, 1).is_some());
        let change = explained(&plant);
        let difference = value(&plant, 1).unwrap() - value(&plant, 0).unwrap();
        let sum: f64 = parts(&change).iter().sum();
        prop_assert!(near(sum, difference, size(&change)), "{sum} is not {difference}: {change:?}");
    }

    #[test]
    fn swapping_the_periods_turns_every_part_round(plant in plants()) {
        prop_assume!(value(&plant, 0).is_some() && value(&plant, 1).is_some());
        let (there, back) = (explained(&plant), explained(&swapped(&plant)));
        for (a, b) in parts(&there).iter().zip(parts(&back)) {
            prop_assert!(near(*a, -b, size(&there)), "{there:?} {back:?}");
        }
        prop_assert_eq!(there.merged, back.merged);
    }

    #[test]
    fn what_did_not_change_adds_nothing(period in periods(), by in 0.2..0.9f64, factor in 0..7usize) {
        let plant = match factor {
            0..STEPS => moved(&period, |_, sums| {
                let mut after = *sums;
                after[factor + 1..].iter_mut().for_each(|sum| *sum *= by);
                after
            }),
            4 => moved(&period, |at, sums| scaled(sums, if at.class == 0 { by } else { 1.0 })),
            5 => shifted(&period, |at| (at.class, 0), |at| at.line == 1, by),
            _ => shifted(&period, |at| (at.class, at.line), |at| at.product == 1, by),
        };
        let change = explained(&plant);
        let difference = value(&plant, 1).unwrap() - value(&plant, 0).unwrap();
        for (which, part) in parts(&change).into_iter().enumerate() {
            let expected = if which == factor { difference } else { 0.0 };
            prop_assert!((part - expected).abs() < 1e-9, "{which} added {part}, {factor} changed: {change:?}");
        }
        prop_assert_eq!(change.unmatched, [0.0, 0.0]);
        prop_assert!(change.merged.is_empty());
    }

    #[test]
    fn equal_periods_differ_by_nothing(plant in plants()) {
        let same: Plant = plant.iter().map(|(at, [before, _])| (*at, [*before; 2])).collect();
        prop_assume!(value(&same, 0).is_some());
        let change = explained(&same);
        prop_assert!(parts(&change).iter().all(|part| near(*part, 0.0, size(&change))), "{change:?}");
    }

    #[test]
    fn lines_that_are_named_otherwise_change_nothing(plant in plants()) {
        prop_assume!(value(&plant, 0).is_some() && value(&plant, 1).is_some());
        let renamed = plant.iter().map(|(p, both)| (at(2 - p.class, p.line ^ 1, 2 - p.product), *both)).collect();
        let (one, other) = (explained(&plant), explained(&renamed));
        for (a, b) in parts(&one).iter().zip(parts(&other)) {
            prop_assert!(near(*a, b, size(&one)), "{one:?} {other:?}");
        }
    }
}

#[test]
fn the_waterfall_is_taken_apart_loss_by_loss() {
    let ideal = [4800.0; NODES];
    let real = [4800.0, 4500.0, 4300.0, 3870.0, 3792.6];
    let change = explained(&Plant::from([(at(1, 1, 1), [ideal, real])]));
    let sum: f64 = change.rates.iter().sum();
    assert!((sum - (0.790_125 - 1.0)).abs() < 1e-12, "{change:?}");
    assert!(change.mixes.iter().all(|part| part.abs() < 1e-12));
    // From one of two rates alone, by hand: half of what it does first and half of what it does last.
    let two = explained(&Plant::from([(at(1, 1, 1), [ideal, [4800.0, 4500.0, 4500.0, 4050.0, 4050.0]])]));
    let (availability, performance) = (-0.0625 * (1.0 + 0.9) / 2.0, -0.1 * (1.0 + 0.9375) / 2.0);
    assert!((two.rates[0] - availability).abs() < 1e-12 && (two.rates[2] - performance).abs() < 1e-12, "{two:?}");
}

#[test]
fn units_of_a_line_that_did_not_run_are_merged_into_performance() {
    let plant = Plant::from([
        (at(1, 1, 1), [[100.0, 100.0, 100.0, 90.0, 90.0], [100.0, 100.0, 0.0, 80.0, 80.0]]),
        (at(1, 2, 1), [[300.0, 300.0, 300.0, 200.0, 200.0], [300.0, 300.0, 300.0, 200.0, 200.0]]),
    ]);
    let change = explained(&plant);
    assert_eq!(change.merged, BTreeMap::from([((1, 2), 0.25)]), "accounted is inside performance for a quarter");
    assert!((change.rates[2] - (-10.0 / 400.0)).abs() < 1e-12 && change.rates[1].abs() < 1e-12, "{change:?}");
}

#[test]
fn a_line_that_stood_still_has_no_performance_to_lose() {
    let good = [480.0, 480.0, 480.0, 432.0, 432.0];
    let still = [480.0, 0.0, 0.0, 0.0, 0.0];
    let change = explained(&Plant::from([(at(1, 1, 1), [good, still])]));
    assert!(change.merged.is_empty(), "{change:?}");
    assert!((change.rates[0] + 0.9).abs() < 1e-12, "all of it is availability: {change:?}");
}

#[test]
fn a_product_without_time_makes_the_products_of_its_line_one() {
    let made = [100.0, 100.0, 100.0, 90.0, 90.0];
    let timeless = [0.0, 0.0, 0.0, 20.0, 20.0];
    let cells = cells(&Plant::from([
        (at(1, 1, 1), [made, made]),
        (at(1, 1, 2), [timeless, [0.0; NODES]]),
        (at(1, 2, 1), [made, made]),
    ]));
    assert_eq!(cells.cells.keys().copied().collect::<Vec<_>>(), [at(1, 1, JOINED), at(1, 2, 1)]);
    assert_eq!(cells.joined, [0.5, 0.0, 0.0]);
    let change = change(&cells, STEPS);
    assert!((change.rates[2] - (180.0 / 200.0 - 200.0 / 200.0)).abs() < 1e-12, "{change:?}");
}

#[test]
fn a_new_product_of_a_line_is_its_mix_and_borrows_the_line_s_rates() {
    let ran = |planned: f64, performance: f64| along(planned, [1.0, 1.0, performance, 1.0]);
    let none = [0.0; NODES];
    let change = explained(&Plant::from([
        (at(1, 1, 1), [ran(100.0, 0.8), ran(50.0, 0.8)]),
        (at(1, 1, 2), [none, ran(50.0, 0.4)]),
    ]));
    // Before, the new product runs at the line's 0.8: mix alone does nothing, the rate alone nothing, both do all.
    assert!((change.rates[2] + 0.1).abs() < 1e-12 && (change.mixes[2] + 0.1).abs() < 1e-12, "{change:?}");
    assert_eq!(change.unmatched, [0.0, 0.5]);
}

#[test]
fn another_weekday_is_calendar_and_the_lines_of_both_days_are_compared() {
    let ran = |planned: f64, performance: f64| along(planned, [1.0, 1.0, performance, 1.0]);
    let none = [0.0; NODES];
    let change = explained(&Plant::from([
        (at(1, 1, 1), [ran(100.0, 0.8), none]),
        (at(1, 2, 1), [ran(100.0, 0.4), none]),
        (at(2, 1, 1), [none, ran(50.0, 0.8)]),
        (at(2, 2, 1), [none, ran(150.0, 0.4)]),
    ]));
    let expected = [0.0, 0.0, 0.0, 0.0, 0.0, -0.1, 0.0];
    assert!(parts(&change).iter().zip(expected).all(|(part, right)| (part - right).abs() < 1e-12), "{change:?}");
}

fn chain_of(code: &str) -> Option<Vec<&'static str>> {
    Chain::of(named(code).unwrap()).map(|chain| chain.factors.iter().map(|factor| factor.word()).collect())
}

#[test]
fn the_chain_of_a_kpi_leads_from_its_denominator_to_its_numerator() {
    let whole = ["availability", "accounted", "performance", "quality"];
    assert_eq!(chain_of("oee").unwrap(), whole);
    assert_eq!(chain_of("efficiency").unwrap(), whole[..3]);
    for (code, step) in [("availability", 0), ("accounted", 1), ("performance", 2), ("quality_rate", 3)] {
        assert_eq!(chain_of(code).unwrap(), [whole[step]], "{code}");
    }
    assert_eq!(chain_of("throughput").unwrap(), ["performance", "quality"]);
    for code in ["hours", "attainment", "mtbf", "mttr", "teep"] {
        assert_eq!(chain_of(code), None, "{code}");
    }
}

#[test]
fn a_chain_gives_the_value_of_its_kpi() {
    let mut sums = Sums::default();
    Element::ALL.iter().enumerate().for_each(|(place, element)| sums[*element] = 7.0 + (place * place) as f64);
    sums[Element::Planned] = 900.0;
    let group = Group { sums, ..Group::default() };
    let known: Vec<(&Kpi, Chain)> = KPIS.iter().filter_map(|kpi| Some((kpi, Chain::of(kpi)?))).collect();
    assert_eq!(known.len(), 7);
    for (kpi, chain) in known {
        let (own, asked) = (chain.value(&chain.nodes(|element| sums[element])).unwrap(), kpi.value(&group).unwrap());
        assert!((own - asked).abs() < 1e-12, "{}: {own} is not {asked}", kpi.code);
    }
}

#[test]
fn every_factor_has_words_in_both_languages() {
    for factor in Factor::ALL {
        let key = format!("factor.{}", factor.word());
        for language in ["en", "es"] {
            assert!(domain::fault::catalogue(language).contains_key(&key), "{language}: {key}");
        }
    }
}
