//! A forecast finds again what a series was made of.

use super::*;

#[test]
fn a_constant_series_goes_on_without_a_band() {
    let forecast = forecast(&weeks(6, |_| 72.1), 30, Bounds::NOT_NEGATIVE).unwrap();
    assert_eq!(forecast.smoothing.method, SmoothingMethod::Simple);
    assert!(near(&forecast, 1e-9, |_| 72.1) && forecast.error < 1e-9);
    assert!(forecast.points.iter().all(|point| point.high - point.low < 1e-9));
}

#[test]
fn a_trend_goes_on_over_weekends() {
    let line = |day: Day| 50.0 + 0.4 * since(day);
    let forecast = forecast(&weeks(6, line), 30, Bounds::NONE).unwrap();
    assert_eq!(forecast.smoothing.method, SmoothingMethod::Holt);
    assert!(near(&forecast, 1e-6, line), "{forecast:?}");
}

#[test]
fn a_weekly_pattern_comes_again() {
    let week = |day: Day| 70.0 + pattern(day);
    let forecast = forecast(&weeks(6, week), 30, Bounds::NONE).unwrap();
    assert_eq!(forecast.smoothing.method, SmoothingMethod::Weekly);
    assert!(near(&forecast, 1e-6, week), "{forecast:?}");
}

#[test]
fn a_pattern_on_a_trend_goes_on() {
    let both = |day: Day| 50.0 + 0.3 * since(day) + pattern(day);
    let forecast = forecast(&weeks(6, both), 30, Bounds::NONE).unwrap();
    assert_eq!(forecast.smoothing.method, SmoothingMethod::WeeklyTrend);
    assert!(near(&forecast, 1e-6, both), "{forecast:?}");
}

#[test]
fn noise_does_not_hide_trend_or_pattern() {
    let mut chance = Chance::of(21);
    let line = |day: Day| 40.0 + 0.5 * since(day);
    let trend = forecast(&weeks(12, |day| line(day) + noise(&mut chance)), 14, Bounds::NONE).unwrap();
    assert!(trend.smoothing.method.has_trend() && near(&trend, 3.0, line), "{trend:?}");
    let week = |day: Day| 70.0 + pattern(day);
    let weekly = forecast(&weeks(20, |day| week(day) + noise(&mut chance)), 14, Bounds::NONE).unwrap();
    assert!(weekly.smoothing.method.has_weekdays() && near(&weekly, 1.5, week), "{weekly:?}");
    assert!((weekly.error - 1.0).abs() < 0.3, "{}", weekly.error);
}

#[test]
fn noise_alone_is_no_pattern() {
    let mut simple = 0;
    for seed in 0..40 {
        let mut chance = Chance::of(seed);
        let forecast = forecast(&weeks(16, |_| 70.0 + noise(&mut chance)), 14, Bounds::NONE).unwrap();
        simple += i32::from(forecast.smoothing.method == SmoothingMethod::Simple);
        assert!(near(&forecast, 2.5, |_| 70.0), "{seed}: {forecast:?}");
    }
    assert!(simple >= 30, "{simple}");
}

#[test]
fn holidays_and_numbers_that_are_none_are_gaps() {
    let both = |day: Day| 50.0 + 0.3 * since(day) + pattern(day);
    let mut series = weeks(8, both);
    series.retain(|day, _| !(21.0..28.0).contains(&since(*day)));
    series.insert(DAY.plus(31), f64::NAN);
    series.remove(&DAY.plus(44));
    let forecast = forecast(&series, 30, Bounds::NONE).unwrap();
    assert_eq!(forecast.data_days, 33);
    assert!(near(&forecast, 1e-6, both), "{forecast:?}");
}

#[test]
fn a_weekday_seen_for_the_first_time_keeps_its_difference_to_itself() {
    // From the sixth week on Saturdays are worked, at half the value of the other days.
    let mut series = weeks(10, |day| 70.0 + pattern(day));
    (5..10).for_each(|week| assert_eq!(series.insert(DAY.plus(7 * week + 5), 35.0), None));
    let forecast = forecast(&series, 14, Bounds::NONE).unwrap();
    assert!(forecast.smoothing.method.has_weekdays());
    assert!(near(&forecast, 1e-6, |day| if day.weekday() == 6 { 35.0 } else { 70.0 + pattern(day) }), "{forecast:?}");
}

#[test]
fn a_pattern_is_believed_only_after_as_many_days_again() {
    let method = |days: i32| {
        let series = weeks(4, |day| 70.0 + pattern(day)).into_iter().take(days as usize).collect();
        forecast(&series, 7, Bounds::NONE).unwrap().smoothing.method
    };
    assert!(!method(19).has_weekdays() && method(20).has_weekdays(), "ten to begin with, ten to be judged by");
}
