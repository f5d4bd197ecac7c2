//! Every worked example of the KPI definitions is a test that says its digits.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop where it finds something wrong"
)]
use std::{fs, path::Path};

/// Where an example is worked out, and the digits its test must name.
type Held = (&'static str, &'static str, &'static [&'static str]);

const ELEMENTS: &str = "crates/domain/src/elements/tests/examples.rs";
const PEOPLE: &str = "crates/domain/src/elements/tests/people.rs";
const GARMENT: &str = "crates/domain/src/elements/tests/garment.rs";
const PROMISE: &str = "crates/domain/src/elements/order/tests/promise.rs";
const AGE: &str = "crates/domain/src/elements/order/tests/age.rs";
const RATIOS: &str = "crates/plant/src/kpi/tests/definitions.rs";
const ANSWERS: &str = "crates/plant/src/kpi/tests/answers.rs";
const INSPECTED: &str = "crates/plant/src/kpi/tests/quality/examples.rs";
const STATISTICS: &str = "crates/plant/src/kpi/statistics/tests/examples.rs";

/// The 21 examples, in the order of the definitions; some have one test for each of their numbers.
const EXAMPLES: [(&str, &[Held]); 21] = [
    (
        "efficiency with idle floating people",
        &[
            (ELEMENTS, "efficiency_100_units_by_10_people_and_2_idle_is_23_148", &["1500.0, 6480.0", "23.148"]),
            (RATIOS, "efficiency_is_23_148", &["23.148"]),
        ],
    ),
    (
        "two orders on one line shift",
        &[
            (ELEMENTS, "two_orders_share_1_line_shift_by_earned", &["1200.0, 2400.0", "600.0, 1200.0", "0.5"]),
            (ELEMENTS, "two_orders_share_1_line_shift_by_reported_run", &["600.0, 1800.0", "100.000", "33.333"]),
            (ANSWERS, "two_orders_on_one_line_shift_by_earned", &["50"]),
            (ANSWERS, "two_orders_on_one_line_shift_by_reported_run", &["33.333"]),
        ],
    ),
    (
        "a ratio of sums",
        &[
            (ELEMENTS, "a_ratio_of_sums_is_38_where_a_mean_of_ratios_says_57_5", &["38.000"]),
            (RATIOS, "a_ratio_of_sums_is_38", &["38.0"]),
        ],
    ),
    (
        "availability of a station and of the line",
        &[
            (ELEMENTS, "availability_of_a_station_and_of_the_line_down_30_min", &["99.444", "94.444"]),
            (RATIOS, "availability_is_99_444_for_a_station_and_94_444_for_the_line", &["99.444", "94.444"]),
        ],
    ),
    (
        "performance over 100",
        &[
            (ELEMENTS, "performance_over_100_shows_a_soft_standard_and_is_not_capped", &["113.636"]),
            (RATIOS, "performance_is_113_636_and_not_capped", &["113.636"]),
        ],
    ),
    (
        "run in clock minutes",
        &[(ELEMENTS, "run_in_clock_minutes_is_multiplied_by_the_crew", &["4400.0", "91.667", "90.909", "400.0"])],
    ),
    (
        "the waterfall",
        &[(
            ELEMENTS,
            "the_waterfall_from_4800_planned_to_3792_6_good",
            &["4800.0", "300.0", "4300.0", "93.750", "95.556", "90.000", "98.000", "79.0125", "200.0, 430.0, 77.4"],
        )],
    ),
    ("PPM", &[(INSPECTED, "ppm_of_5_in_500_is_10_000", &["10_000.0"])]),
    (
        "DPMO of mixed parts",
        &[(
            INSPECTED,
            "dpmo_of_products_with_10_and_20_opportunities_is_2_500_and_sigma_4_307",
            &["2500.0", "2000.0", "4.307"],
        )],
    ),
    ("DPMO", &[(INSPECTED, "dpmo_of_15_defects_in_500_units_of_47_opportunities_is_638_298", &["638.298"])]),
    (
        "FPY and RTY",
        &[(INSPECTED, "fpy_of_three_steps_is_95_90_98_and_rty_83_79", &["95.000", "90.000", "98.000", "83.79"])],
    ),
    (
        "sigma",
        &[
            (
                STATISTICS,
                "sigma_of_66_807_and_6_210_and_3_4_dpmo",
                &["66_807.2", "3.000", "6_209.67", "4.000", "6.000"],
            ),
            (INSPECTED, "sigma_is_3_4_and_6_at_the_rates_of_the_books", &["66807.20", "6209.67", "3.40"]),
        ],
    ),
    (
        "WIP age held on whole days",
        &[(AGE, "an_order_of_1_december_held_on_the_3rd_and_4th_is_5_days_old_on_the_7th", &["5.0"])],
    ),
    ("WIP age to the minute", &[(AGE, "holds_that_overlap_count_once_and_to_the_minute", &["2.25"])]),
    (
        "absenteeism",
        &[
            (PEOPLE, "one_of_ten_absent_and_uncovered_is_ten_per_cent", &["10.000"]),
            (PEOPLE, "a_confirmed_cover_brings_net_to_nought_and_leaves_gross_at_ten_per_cent", &["0.000", "10.000"]),
        ],
    ),
    (
        "the Bradford factor",
        &[
            (PEOPLE, "three_spells_of_four_days_are_thirty_six", &["3, 4.0, 36.0"]),
            (PEOPLE, "friday_and_monday_around_a_weekend_are_one_spell", &["1, 2.0, 2.0"]),
        ],
    ),
    (
        "the promised day",
        &[
            (
                PROMISE,
                "a_hundred_units_of_a_quarter_hour_by_one_person_of_9_h_take_3_days_to_thursday",
                &["Some(3)", "2025-12-04"],
            ),
            (PROMISE, "twelve_hundred_and_73_units_by_59_people_take_2_days_to_wednesday", &["Some(2)", "2025-12-03"]),
        ],
    ),
    ("Wilson", &[(STATISTICS, "wilson_3_of_4_and_75_of_100", &["30.06-95.44", "65.70-82.45"])]),
    (
        "MTBF and MTTR",
        &[
            (ELEMENTS, "mtbf_is_60_h_and_mttr_0_75_h", &["60.0", "0.75"]),
            (RATIOS, "mtbf_is_60_h_and_mttr_0_75_h", &["60", "0.75"]),
        ],
    ),
    (
        "TEEP",
        &[
            (ELEMENTS, "teep_of_one_machine_line_over_a_week_is_39_683", &["39.683"]),
            (RATIOS, "teep_of_one_machine_line_over_a_week_is_39_683", &["39.683"]),
        ],
    ),
    (
        "real data",
        &[
            (GARMENT, "real_data_every_team_day_equals_its_published_productivity", &["1197", "0.0016"]),
            (GARMENT, "real_data_sewing_is_72_18488_and_finishing_77_06447", &["72.18488", "77.06447"]),
        ],
    ),
];

/// A test as it is written: what stands over it, and its body.
fn written(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file)).ok()?;
    let at = text.find(&format!("\nfn {name}() {{"))?;
    let begin = text[..at].rfind("\n\n").unwrap_or(0);
    let end = at + text[at..].find("\n}\n").unwrap_or(text.len() - at);
    Some(text[begin..end].to_owned())
}

#[test]
fn every_worked_example_has_a_test_that_says_its_digits() {
    for (example, held) in EXAMPLES {
        assert!(!held.is_empty(), "{example}");
        for (file, name, digits) in held {
            let test = written(file, name).unwrap_or_else(|| panic!("{example}: {file} has no {name}"));
            assert!(test.contains("#[test]") && !test.contains("#[ignore"), "{example}: {name} is a test that runs");
            let left_out: Vec<_> = digits.iter().filter(|digits| !test.contains(**digits)).collect();
            assert!(left_out.is_empty(), "{example}: {name} no longer says {left_out:?}");
        }
    }
}
