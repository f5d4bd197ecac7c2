//! Every rule at its last point, and one point short of it.

use super::{super::rule::signals, *};

/// The signals of points given in sigmas from a centre at 10, each sigma 2.
fn of(scores: &[f64]) -> Vec<ChartSignal> {
    let point = |(at, score): (usize, &f64)| ChartPoint {
        day: DAY.plus(at as i32),
        value: 10.0 + 2.0 * score,
        sigma: 2.0,
        lower: None,
        upper: None,
    };
    signals(&scores.iter().enumerate().map(point).collect::<Vec<_>>(), 10.0)
}

/// The points of one rule's signals.
fn points(rule: ChartRule, scores: &[f64]) -> Vec<Vec<usize>> {
    of(scores).into_iter().filter(|signal| signal.rule == rule).map(|signal| signal.points).collect()
}

/// Small steps up that stay on one side.
fn rising(n: usize) -> Vec<f64> {
    (0..n).map(|at| 0.1 + 0.1 * at as f64).collect()
}

/// Points that go up and down in turn.
fn zigzag(n: usize) -> Vec<f64> {
    (0..n).map(|at| if at % 2 == 0 { 0.2 } else { -0.2 }).collect()
}

#[test]
fn each_rule_needs_its_last_point() {
    let cases: [(ChartRule, Vec<f64>); 9] = [
        (ChartRule::BeyondLimits, vec![0.0, 3.1]),
        (ChartRule::TwoOfThree, vec![2.1, 0.0, 2.2]),
        (ChartRule::FourOfFive, vec![-1.1, -1.2, 0.5, -1.1, -1.3]),
        (ChartRule::EightOnOneSide, vec![0.5, 0.4, 0.5, 0.4, 0.5, 0.4, 0.5, 0.4]),
        (ChartRule::NineOnOneSide, vec![-0.5, -0.4, -0.5, -0.4, -0.5, -0.4, -0.5, -0.4, -0.5]),
        (ChartRule::SixInATrend, rising(6)),
        (ChartRule::FourteenAlternating, zigzag(14)),
        (ChartRule::FifteenWithinOneSigma, vec![0.9; 15]),
        (ChartRule::EightBeyondOneSigma, vec![1.1, -1.1, 1.1, 1.2, -1.5, -1.1, 1.1, 1.6]),
    ];
    for (rule, scores) in cases {
        assert_eq!(points(rule, &scores).len(), 1, "{rule:?}");
        assert_eq!(points(rule, &scores[..scores.len() - 1]), Vec::<Vec<usize>>::new(), "{rule:?}, one short");
    }
}

#[test]
fn a_signal_names_its_points_its_days_its_side_and_both_numbers() {
    let signals = of(&[0.0, -2.5, 0.3, -2.1, 0.1]);
    assert_eq!(
        signals,
        [ChartSignal {
            rule: ChartRule::TwoOfThree,
            western_electric: Some(2),
            nelson: Some(5),
            side: Some(ChartSide::Below),
            points: vec![1, 3],
            days: vec![DAY.plus(1), DAY.plus(3)],
        }]
    );
}

#[test]
fn the_rules_of_both_books_are_all_there() {
    let numbers = |of: fn(ChartRule) -> Option<u8>| {
        let mut numbers: Vec<u8> = ChartRule::ALL.into_iter().filter_map(of).collect();
        numbers.sort_unstable();
        numbers
    };
    assert_eq!(numbers(ChartRule::western_electric), [1, 2, 3, 4]);
    assert_eq!(numbers(ChartRule::nelson), [1, 2, 3, 4, 5, 6, 7, 8]);
}

#[test]
fn a_point_exactly_on_the_centre_breaks_a_run() {
    let mut run = vec![0.5, 0.4, 0.5, 0.4, 0.5, 0.4, 0.5, 0.4, 0.5];
    assert_eq!(points(ChartRule::NineOnOneSide, &run), [(0..9).collect::<Vec<_>>()]);
    run[4] = 0.0;
    assert_eq!(of(&run), [], "four and four");
}

#[test]
fn a_point_exactly_on_a_line_is_neither_beyond_nor_within() {
    assert_eq!(points(ChartRule::BeyondLimits, &[3.0, -3.0]), Vec::<Vec<usize>>::new());
    assert_eq!(points(ChartRule::TwoOfThree, &[2.0, 2.1, 0.0]), Vec::<Vec<usize>>::new());
    let mut within = vec![0.5; 15];
    within[7] = 1.0;
    assert_eq!(points(ChartRule::FifteenWithinOneSigma, &within), Vec::<Vec<usize>>::new());
    within[7] = 0.0;
    assert_eq!(points(ChartRule::FifteenWithinOneSigma, &within).len(), 1, "the centre is within one sigma of itself");
}

#[test]
fn equal_neighbours_neither_rise_nor_alternate() {
    let mut trend = rising(6);
    trend[3] = trend[2];
    assert_eq!(points(ChartRule::SixInATrend, &trend), Vec::<Vec<usize>>::new());
    let mut turns = zigzag(14);
    turns[7] = turns[6];
    assert_eq!(points(ChartRule::FourteenAlternating, &turns), Vec::<Vec<usize>>::new());
}

#[test]
fn a_long_run_is_named_once_and_two_runs_twice() {
    assert_eq!(points(ChartRule::SixInATrend, &rising(9)), [(0..9).collect::<Vec<_>>()]);
    let mut two = vec![0.5; 10];
    two.extend([-0.5; 9]);
    assert_eq!(points(ChartRule::NineOnOneSide, &two), [(0..10).collect::<Vec<_>>(), (10..19).collect()]);
    assert_eq!(points(ChartRule::BeyondLimits, &[3.5, 3.5, 0.0, -4.0]), [[0], [1], [3]]);
}

#[test]
fn eight_beyond_one_sigma_on_one_side_are_another_rules() {
    assert_eq!(points(ChartRule::EightBeyondOneSigma, &[1.5; 9]), Vec::<Vec<usize>>::new());
    assert_eq!(points(ChartRule::NineOnOneSide, &[1.5; 9]).len(), 1);
}

#[test]
fn upside_down_the_same_points_are_found() {
    let mut chance = crate::demo::chance::Chance::of(5);
    for _ in 0..200 {
        let scores: Vec<f64> = (0..60).map(|_| 3.0 * crate::kpi::statistics::normal_quantile(chance.share())).collect();
        let turned: Vec<f64> = scores.iter().map(|score| -score).collect();
        for rule in ChartRule::ALL {
            assert_eq!(points(rule, &scores), points(rule, &turned), "{rule:?}");
        }
    }
}

#[test]
fn chance_alone_crosses_its_limits_27_times_in_10_000() {
    let mut chance = crate::demo::chance::Chance::of(6);
    let scores: Vec<f64> = (0..40_000).map(|_| crate::kpi::statistics::normal_quantile(chance.share())).collect();
    let found = points(ChartRule::BeyondLimits, &scores).len();
    assert!((found as f64 - 108.0).abs() < 3.0 * 108f64.sqrt(), "{found}");
}
