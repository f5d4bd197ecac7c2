//! The identities of the elements, on generated line shifts.

use super::*;
use Element::*;
use proptest::{option, prelude::*};

prop_compose! {
    fn an_entry()(
        id in any::<u8>(), product in option::of(0u8..3), order in option::of(0u8..3), operation in option::of(0u8..2),
        hour in option::of(0i64..8), produced in option::of(0u16..500), bad in 0.0f64..1.0,
        run in option::weighted(0.7, 0.0f64..200.0), crew in option::of(1.0f64..60.0),
        standard in option::weighted(0.8, 0.0f64..20.0), shown in option::of(0.1f64..20.0),
    ) -> EntryFacts {
        let produced = produced.map(f64::from);
        EntryFacts {
            id: key(id), product: product.map(key), order: order.map(key), operation: operation.map(key), hour, produced,
            defective: produced.map(|units| (units * bad).floor()), run_minutes: run, crew_assigned: crew,
            product_standard: standard, demonstrated: shown, ..EntryFacts::default()
        }
    }
}

prop_compose! {
    fn a_stop()(
        id in any::<u8>(), minutes in option::weighted(0.9, 0.0f64..120.0), start in option::of(-60.0f64..500.0),
        affected in option::of(1.0f64..10.0), station in option::of(0u8..2), reason in option::of(0u8..2),
        line in any::<bool>(), planned in any::<bool>(), setup in any::<bool>(), order in option::of(0u8..4),
    ) -> StopFacts {
        StopFacts {
            id: key(id), minutes, start_minute: start, affected, station: station.map(|n| n.to_string()),
            affects: if line { Affects::Line } else { Affects::Station }, reason: reason.map(key), planned, setup,
            order: order.map(key),
        }
    }
}

prop_compose! {
    fn facts()(
        machine in any::<bool>(), crew in option::of(0.5f64..60.0), idle in option::of(0.0f64..3.0),
        net in option::of(100.0f64..600.0), overtime in option::of(0.0f64..500.0), units in option::of(0.0f64..900.0),
        mean in option::of(1.0f64..60.0), elapsed in option::weighted(0.2, 0.0f64..500.0),
        entries in prop::collection::vec(an_entry(), 0..7), stops in prop::collection::vec(a_stop(), 0..6),
        exclude_planned in any::<bool>(), exclude_setup in any::<bool>(),
    ) -> Facts {
        Facts {
            basis: if machine { Basis::Machine } else { Basis::Labour }, crew, floating_idle: idle, net_minutes: net,
            overtime, planned_units: units, mean_crew: mean, elapsed_net: elapsed, entries, stops,
            policy: Policy { exclude_planned, exclude_setup, default_crew: Some(7.0), ..Policy::default() },
            ..Facts::default()
        }
    }
}

/// Whether two sums are the same to 1e-9 of what they are made of.
fn same(a: f64, b: f64, size: f64) -> bool {
    (a - b).abs() <= 1e-9 * size.max(1.0)
}

/// The largest value in a line shift, against which rounding is measured.
fn size(sums: &Sums) -> f64 {
    sums.0.iter().fold(1.0, |most, value| value.abs().max(most))
}

/// What line shifts come to by product, by operation, by order, by all of these, and together.
fn groups(shifts: &[Facts]) -> Vec<Sums> {
    let parts: Vec<Part> = shifts.iter().flat_map(|one| work(one).parts).collect();
    let by = [
        |key: &PartKey| (key.product, None, None),
        |key: &PartKey| (None, key.operation, None),
        |key: &PartKey| (None, None, key.order),
        |key: &PartKey| (key.product, key.operation, key.order),
        |_: &PartKey| (None, None, None),
    ];
    let sums = by.iter().map(|of| {
        let mut groups = std::collections::BTreeMap::<_, Sums>::new();
        parts.iter().for_each(|part| *groups.entry(of(&part.key)).or_default() += &part.sums);
        groups
    });
    sums.flat_map(std::collections::BTreeMap::into_values).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(10_000) })]

    #[test]
    fn parts_sum_to_the_whole_in_every_element(facts in facts()) {
        let worked = work(&facts);
        let parts: Sums = worked.parts.iter().map(|part| part.sums).sum();
        for (element, (part, whole)) in Element::ALL.iter().zip(parts.0.into_iter().zip(worked.sums.0)) {
            prop_assert!(same(part, whole, size(&worked.sums)), "{}: {part} is not {whole}", element.name());
        }
    }

    #[test]
    fn any_grouping_of_many_line_shifts_sums_to_the_whole(shifts in prop::collection::vec(facts(), 1..6)) {
        let worked: Vec<Worked> = shifts.iter().map(work).collect();
        let whole: Sums = worked.iter().map(|one| one.sums).sum();
        let mut groups = std::collections::BTreeMap::<_, Sums>::new();
        for part in worked.iter().flat_map(|one| &one.parts) {
            *groups.entry(part.key.product).or_default() += &part.sums;
        }
        let together: Sums = groups.into_values().sum();
        for (part, whole_value) in together.0.into_iter().zip(whole.0) {
            prop_assert!(same(part, whole_value, size(&whole)));
        }
    }

    #[test]
    fn a_line_that_stood_for_all_of_its_time_was_not_up_for_what_rounding_leaves(minutes in prop::collection::vec(0.1..900.0_f64, 2..9)) {
        let mut sums = Sums::default();
        sums[Planned] = minutes.iter().sum();
        sums[Stops] = minutes.iter().rev().sum();
        prop_assert_eq!(sums.uptime(), 0.0);
        sums[Planned] += 0.001;
        prop_assert!((sums.uptime() - 0.001).abs() < 1e-9);
    }

    #[test]
    fn availability_accounted_performance_and_quality_make_oee(shifts in prop::collection::vec(facts(), 1..5)) {
        for sums in groups(&shifts) {
            let denominators = [sums[Planned], sums.uptime(), sums[Run], sums[Earned]];
            if denominators.iter().all(|denominator| *denominator > 0.0) {
                let availability = 1.0 - sums[Stops] / sums[Planned];
                let accounted = sums[Run] / sums.uptime();
                let product = availability * accounted * (sums[Earned] / sums[Run]) * (sums[EarnedGood] / sums[Earned]);
                let oee = sums[EarnedGood] / sums[Planned];
                prop_assert!(same(product, oee, oee), "{product} is not {oee}");
            }
        }
    }

    #[test]
    fn oee_is_efficiency_times_quality_where_nothing_is_excluded(shifts in prop::collection::vec(facts(), 1..5)) {
        let with_all = |facts: &Facts| {
            let policy = Policy { exclude_planned: false, exclude_setup: false, ..facts.policy };
            Facts { policy, ..facts.clone() }
        };
        for sums in groups(&shifts.iter().map(with_all).collect::<Vec<_>>()) {
            if sums[Planned] > 0.0 && sums[Earned] > 0.0 {
                let oee = sums[EarnedGood] / sums[Planned];
                prop_assert!(same(sums[Earned] / sums[Available] * (sums[EarnedGood] / sums[Earned]), oee, oee));
            }
        }
    }

    #[test]
    fn the_waterfall_closes_in_every_group(shifts in prop::collection::vec(facts(), 1..5)) {
        for sums in groups(&shifts) {
            let losses = sums[Stops] + sums.unaccounted() + (sums[Run] - sums[Earned]) + (sums[Earned] - sums[EarnedGood]);
            prop_assert!(same(sums[Planned] - losses, sums[EarnedGood], size(&sums)));
        }
    }

    #[test]
    fn an_inferred_run_leaves_nothing_unexplained(facts in facts()) {
        let reported = !facts.entries.is_empty() && facts.entries.iter().all(|entry| entry.run_minutes.is_some());
        let sums = work(&facts).sums;
        prop_assert!(reported || same(sums.unaccounted(), 0.0, size(&sums)));
    }

    #[test]
    fn the_order_of_the_rows_does_not_matter(facts in facts()) {
        let mut turned = facts.clone();
        for (place, stop) in turned.stops.iter_mut().enumerate() { stop.id = key(place as u8); }
        let before = work(&turned).sums;
        turned.stops.reverse();
        turned.entries.reverse();
        for (a, b) in before.0.into_iter().zip(work(&turned).sums.0) {
            prop_assert!(same(a, b, size(&before)));
        }
    }

    #[test]
    fn united_stops_never_exceed_their_shift_nor_their_sum(stops in prop::collection::vec(a_stop(), 0..6)) {
        let stops: Vec<StopFacts> = stops.into_iter().map(|stop| StopFacts { station: Some("A".into()), ..stop }).collect();
        let timed = |stop: &&StopFacts| stop.start_minute.is_some() && stop.minutes.is_some();
        let sum: f64 = stops.iter().filter(timed).filter_map(|stop| stop.minutes).sum();
        let worked = work(&Facts { stops: stops.clone(), ..line_shift(5.0, 480.0) });
        let clock: f64 = worked.stops.iter().zip(&stops).filter(|(_, fact)| timed(fact)).map(|(stop, _)| stop.clock).sum();
        prop_assert!(clock <= 480.0 + 1e-9 && clock <= sum + 1e-9);
    }

    #[test]
    fn an_estimate_is_never_more_than_what_it_is_part_of(facts in facts()) {
        let sums = work(&facts).sums;
        for (part, whole) in [(EstAvailable, Available), (EstStops, Stops), (EstEarned, Earned), (EstEarnedGood, EarnedGood)] {
            prop_assert!(sums[part] == 0.0 || sums[part] <= sums[whole] + 1e-9);
        }
    }
}
