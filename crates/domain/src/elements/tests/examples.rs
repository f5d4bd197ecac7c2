//! The worked examples of the KPI definitions, to the digit.

use super::*;
use Element::*;

#[test]
fn efficiency_100_units_by_10_people_and_2_idle_is_23_148() {
    let facts = Facts { floating_idle: Some(2.0), entries: vec![entry(1, 100.0, 15.0)], ..line_shift(10.0, 540.0) };
    let sums = work(&facts).sums;
    assert_eq!((sums[Earned], sums[Available]), (1500.0, 6480.0));
    assert_eq!(percent(sums[Earned], sums[Available]), "23.148");
}

fn two_orders() -> Facts {
    Facts { entries: vec![entry(1, 200.0, 3.0), entry(2, 100.0, 6.0)], ..line_shift(5.0, 480.0) }
}

fn by_product(worked: &Worked, product: u8) -> &Part {
    worked.parts.iter().find(|part| part.key.product == Some(key(product))).unwrap()
}

#[test]
fn two_orders_share_1_line_shift_by_earned() {
    let worked = work(&two_orders());
    assert_eq!((worked.sums[Earned], worked.sums[Available]), (1200.0, 2400.0));
    for product in [1, 2] {
        let part = by_product(&worked, product);
        assert_eq!((part.sums[Earned], part.sums[Available]), (600.0, 1200.0));
        assert_eq!(part.shared, 1, "time divided by inference is marked");
    }
    assert_eq!((worked.allocation, worked.allocation.confidence()), (Source::ByEarned, 0.5));
}

#[test]
fn two_orders_share_1_line_shift_by_reported_run() {
    let mut facts = two_orders();
    facts.entries[0].run_minutes = Some(120.0);
    facts.entries[1].run_minutes = Some(360.0);
    let worked = work(&facts);
    let (first, second) = (by_product(&worked, 1), by_product(&worked, 2));
    assert_eq!((first.sums[Available], second.sums[Available]), (600.0, 1800.0));
    assert_eq!(percent(first.sums[Earned], first.sums[Available]), "100.000");
    assert_eq!(percent(second.sums[Earned], second.sums[Available]), "33.333");
    assert_eq!((worked.allocation, first.shared), (Source::ByRun, 0));
}

#[test]
fn a_ratio_of_sums_is_38_where_a_mean_of_ratios_says_57_5() {
    let hours = |net: f64, earned: f64| {
        work(&Facts { entries: vec![entry(1, earned, 60.0)], ..line_shift(1.0, net * 60.0) }).sums
    };
    let sums = hours(40.0, 10.0) + hours(10.0, 9.0);
    assert_eq!(percent(sums[Earned], sums[Available]), "38.000");
}

#[test]
fn availability_of_a_station_and_of_the_line_down_30_min() {
    let down = |affects| {
        let stops = vec![StopFacts { affects, ..stop(1, 30.0) }];
        let sums = work(&Facts { stops, ..line_shift(10.0, 540.0) }).sums;
        percent(sums.uptime(), sums[Planned])
    };
    assert_eq!(down(Affects::Station), "99.444");
    assert_eq!(down(Affects::Line), "94.444");
}

#[test]
fn performance_over_100_shows_a_soft_standard_and_is_not_capped() {
    let run = EntryFacts { run_minutes: Some(132.0), ..entry(1, 100.0, 15.0) };
    let sums = work(&Facts { entries: vec![run], ..line_shift(10.0, 540.0) }).sums;
    assert_eq!(sums[Run], 22.0 * 60.0);
    assert_eq!(percent(sums[Earned], sums[Run]), "113.636");
}

#[test]
fn run_in_clock_minutes_is_multiplied_by_the_crew() {
    let run = EntryFacts { run_minutes: Some(440.0), ..entry(1, 400.0, 10.0) };
    let sums = work(&Facts { entries: vec![run], ..line_shift(10.0, 480.0) }).sums;
    assert_eq!((sums[Run], sums[RunClock], sums[Earned]), (4400.0, 440.0, 4000.0));
    assert_eq!(percent(sums[Run], sums.uptime()), "91.667");
    assert_eq!(percent(sums[Earned], sums[Run]), "90.909");
    assert_eq!(sums.unaccounted(), 400.0);
}

#[test]
fn the_waterfall_from_4800_planned_to_3792_6_good() {
    let made = EntryFacts { run_minutes: Some(430.0), defective: Some(2.0), ..entry(1, 100.0, 38.7) };
    let facts = Facts { entries: vec![made], stops: vec![stop(1, 30.0)], ..line_shift(10.0, 480.0) };
    let sums = work(&facts).sums;
    assert_eq!((sums[Planned], sums[Stops], sums[Run]), (4800.0, 300.0, 4300.0));
    assert_eq!((sums[Earned], sums[EarnedGood]), (100.0 * 38.7, 98.0 * 38.7));
    let shown = [
        percent(sums.uptime(), sums[Planned]),
        percent(sums[Run], sums.uptime()),
        percent(sums[Earned], sums[Run]),
        percent(sums[EarnedGood], sums[Earned]),
    ];
    assert_eq!(shown, ["93.750", "95.556", "90.000", "98.000"]);
    assert_eq!(format!("{:.4}", 100.0 * sums[EarnedGood] / sums[Planned]), "79.0125");
    let losses = [sums[Stops], sums.unaccounted(), sums[Run] - sums[Earned], sums[Earned] - sums[EarnedGood]];
    for (loss, expected) in losses.into_iter().zip([300.0, 200.0, 430.0, 77.4]) {
        assert!((loss - expected).abs() < 1e-9, "{loss} is not {expected}");
    }
}

#[test]
fn mtbf_is_60_h_and_mttr_0_75_h() {
    let planned = StopFacts { planned: true, ..stop(3, 120.0) };
    let stops = vec![stop(1, 60.0), stop(2, 30.0), planned];
    let sums = work(&Facts { stops, ..line_shift(10.0, 120.0 * 60.0 + 210.0) }).sums;
    assert_eq!(sums[RunClock] / 60.0, 120.0);
    assert_eq!(sums[RunClock] / 60.0 / sums[Failures], 60.0);
    assert_eq!(sums[DownClock] / 60.0 / sums[Failures], 0.75);
}

#[test]
fn teep_of_one_machine_line_over_a_week_is_39_683() {
    let shift = |good: f64| {
        let entries = vec![entry(1, good, 1.0)];
        work(&Facts { basis: Basis::Machine, entries, ..line_shift(7.0, 480.0) }).sums
    };
    let week: Sums = (0..10).map(|_| shift(400.0)).sum();
    let mean_crew = week[Crew] / week[LineShifts];
    assert_eq!((week[EarnedGood], week[Available], mean_crew), (4000.0, 4800.0, 1.0));
    assert_eq!(percent(week[EarnedGood], 7.0 * 1440.0 * mean_crew), "39.683");
}
