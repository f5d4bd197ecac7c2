//! Forecasts against what was held out.

use super::{
    super::{back_test::tails, state::weekday},
    *,
};

/// Back-tests two weeks ahead of half a year, over and over with other noise.
fn back_tests(truth: impl Fn(&mut Chance, Day) -> f64) -> Vec<BackTest> {
    let test = |seed| {
        let mut chance = Chance::of(seed);
        back_test(&weeks(26, |day| truth(&mut chance, day)), 14, Bounds::NONE).unwrap()
    };
    (100..116).map(test).collect()
}

/// The share of all held-out days that were within their bands.
fn coverage(tests: &[BackTest]) -> f64 {
    let days = tests.iter().map(|test| test.days as f64);
    days.clone().zip(tests).map(|(days, test)| days * test.coverage).sum::<f64>() / days.sum::<f64>()
}

#[test]
fn on_seasonal_data_the_forecast_beats_both_naive_ones_every_time() {
    let tests = back_tests(|chance, day| 70.0 + pattern(day) + 2.0 * noise(chance));
    assert!(tests.iter().all(|test| test.beats_naive && test.tails == 8 && test.days == 80), "{tests:?}");
    let mean = |of: fn(&BackTest) -> f64| tests.iter().map(of).sum::<f64>() / tests.len() as f64;
    // Whoever knew the truth would err by √(2/π) × 2 = 1.6 on average.
    assert!(mean(|test| test.error) < 1.75, "{}", mean(|test| test.error));
    assert!(mean(|test| test.error_same_weekday) > 2.1);
}

#[test]
fn bands_hold_about_95_of_100_days_of_noise_pattern_and_trend() {
    let level = back_tests(|chance, _| 70.0 + 2.0 * noise(chance));
    let week = back_tests(|chance, day| 70.0 + pattern(day) + 2.0 * noise(chance));
    let trend = back_tests(|chance, day| 50.0 + 0.1 * since(day) + pattern(day) + 2.0 * noise(chance));
    for share in [level, week, trend].map(|tests| coverage(&tests)) {
        assert!((share - 0.95).abs() <= 0.025, "{share}");
    }
}

#[test]
fn bands_of_a_wandering_level_grow_fast_enough() {
    // A level that wanders by 0.5 a day under noise of 1: what simple smoothing is made for.
    let walk = |seed| {
        let (mut chance, mut level) = (Chance::of(seed), 70.0);
        let series = weeks(26, |_| {
            level += 0.5 * noise(&mut chance);
            level + noise(&mut chance)
        });
        back_test(&series, 14, Bounds::NONE).unwrap()
    };
    let share = coverage(&(200..224).map(walk).collect::<Vec<_>>());
    assert!((0.91..=0.97).contains(&share), "{share}");
}

#[test]
fn a_line_is_forecast_without_error_and_the_naive_are_behind() {
    let test = back_test(&weeks(8, |day| 10.0 + 0.5 * since(day)), 7, Bounds::NONE).unwrap();
    // The last day is a Friday, so tails run from Saturday to Friday and the naive are 3 to 7 days behind.
    assert_eq!((test.tails, test.days), (5, 25));
    assert!(test.error < 1e-9 && (test.error_last_value - 2.5).abs() < 1e-9, "{test:?}");
    assert!((test.error_same_weekday - 3.5).abs() < 1e-9 && test.coverage == 1.0 && test.beats_naive);
}

#[test]
fn what_is_as_good_as_naive_does_not_beat_it() {
    let test = back_test(&weeks(8, |_| 70.0), 7, Bounds::NONE).unwrap();
    assert!(!test.beats_naive && test.error < 1e-9 && test.coverage == 1.0, "{test:?}");
}

#[test]
fn a_tail_is_forecast_from_what_was_before_it_only() {
    let series = weeks(12, since);
    let mut next = *series.keys().next_back().unwrap();
    for (before, tail) in tails(&series, 7) {
        assert!(before.len() >= LEAST && before.keys().next_back() < tail.keys().next());
        assert_eq!(tail.keys().next_back(), Some(&next));
        assert_eq!(before.len() + tail.len(), series.range(..=next).count(), "nothing is lost between them");
        next = *before.keys().next_back().unwrap();
    }
}

#[test]
fn too_few_days_before_the_tail_are_not_enough() {
    let reason = NoForecast::NotEnoughData(NotEnough { have: 10, need: 14 });
    assert_eq!(back_test(&weeks(3, since), 7, Bounds::NONE), Err(reason));
    assert!(back_test(&weeks(4, since), 7, Bounds::NONE).is_ok());
}

#[test]
fn weekdays_are_those_of_the_calendar() {
    for day in Day(-800).to(Day(800)) {
        assert_eq!(weekday(day) + 1, day.weekday() as usize);
    }
}
