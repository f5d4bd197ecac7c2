//! When there is a forecast, for which days, and how wide its band is.

use super::{
    super::{super::statistics::quantile_95, choose::Fitted, days},
    *,
};

#[test]
fn thirteen_days_with_data_are_not_enough() {
    let mut series = weeks(3, |day| 70.0 + pattern(day));
    series.pop_last();
    assert!(forecast(&series, 7, Bounds::NONE).is_ok(), "fourteen");
    series.pop_last();
    let reason = NoForecast::NotEnoughData(NotEnough { have: 13, need: 14 });
    assert_eq!(forecast(&series, 7, Bounds::NONE), Err(reason));
    assert_eq!(serde_json::to_string(&reason).unwrap(), r#"{"why":"not_enough_data","have":13,"need":14}"#);
    let nothing = forecast(&BTreeMap::new(), 7, Bounds::NONE);
    assert_eq!(nothing, Err(NoForecast::NotEnoughData(NotEnough { have: 0, need: 14 })));
}

#[test]
fn a_forecast_looks_a_week_to_a_month_ahead() {
    let series = weeks(6, |_| 70.0);
    for asked in [0, 6, 31, u32::MAX] {
        assert_eq!(forecast(&series, asked, Bounds::NONE), Err(NoForecast::Horizon { asked }));
        assert_eq!(back_test(&series, asked, Bounds::NONE), Err(NoForecast::Horizon { asked }));
    }
    assert!(forecast(&series, 7, Bounds::NONE).is_ok() && forecast(&series, 30, Bounds::NONE).is_ok());
}

#[test]
fn only_weekdays_that_are_worked_are_forecast() {
    let mut series = weeks(10, |_| 70.0);
    series.insert(DAY.plus(5), 70.0);
    let last = DAY.plus(67);
    let days: Vec<Day> = forecast(&series, 10, Bounds::NONE).unwrap().points.iter().map(|point| point.day).collect();
    let expected: Vec<Day> = last.plus(1).to(last.plus(10)).filter(|day| day.weekday() <= 5).collect();
    assert_eq!(days, expected, "one Saturday ten weeks ago is no habit");
    let own = [last.plus(2), last.plus(1), last.plus(2), last];
    let given = forecast_days(&series, &own, Bounds::NONE).unwrap();
    assert_eq!(given.points.iter().map(|point| point.day).collect::<Vec<_>>(), [last.plus(1), last.plus(2)]);
}

#[test]
fn the_band_is_kept_within_the_bounds_and_the_data_are_not() {
    let mut chance = Chance::of(31);
    let series = weeks(10, |_| 98.5 + noise(&mut chance));
    assert!(series.values().any(|value| *value > 100.0));
    let [free, kept] = [Bounds::NONE, Bounds::PERCENT].map(|bounds| forecast(&series, 30, bounds).unwrap());
    assert_eq!((free.smoothing, free.error), (kept.smoothing, kept.error), "learned from the same data");
    assert!(free.points.iter().any(|point| point.high > 100.0));
    for (free, kept) in free.points.iter().zip(&kept.points) {
        assert_eq!((kept.low, kept.high), (free.low, free.high.min(100.0)));
    }
    let falling = forecast(&weeks(4, |day| 20.0 - since(day)), 30, Bounds::NOT_NEGATIVE).unwrap();
    assert!(falling.points.iter().all(|point| point.value == 0.0 && point.low == 0.0));
}

#[test]
fn the_band_of_a_level_grows_with_the_days_before() {
    let (mut chance, mut level) = (Chance::of(32), 70.0);
    let series = weeks(14, |_| {
        level += 0.5 * noise(&mut chance);
        level + 0.5 * noise(&mut chance)
    });
    let found = forecast(&series, 30, Bounds::NONE).unwrap();
    assert_eq!(found.smoothing.method, SmoothingMethod::Simple);
    let one = quantile_95(Fitted::best(&days::known(&series)).degrees()) * found.error;
    for (earlier, point) in found.points.iter().enumerate() {
        let half = one * (1.0 + earlier as f64 * found.smoothing.alpha.powi(2)).sqrt();
        assert!(((point.high - point.low) / 2.0 - half).abs() < 1e-9, "{earlier}");
    }
}

#[test]
fn an_error_is_carried_as_far_as_learning_carries_it() {
    // What one more unit on a day to come does to a later day is what the band must assume.
    for method in SmoothingMethod::ALL {
        let smoothing = Smoothing { method, alpha: 0.3, beta: 0.2, gamma: 0.4 };
        for gap in [1, 3] {
            for after in [1, 6, 7, 14] {
                let mut states =
                    [super::super::state::State { day: DAY, level: 9.0, trend: 0.1, weekdays: [Some(1.0); 7] }; 2];
                let day = DAY.plus(gap);
                states[0].learn(day, 5.0, &smoothing);
                states[1].learn(day, 6.0, &smoothing);
                let moved = states[1].expects(day.plus(after)) - states[0].expects(day.plus(after));
                assert!((moved - smoothing.carried(gap, after, after % 7 == 0)).abs() < 1e-12, "{gap} {after}");
            }
        }
    }
}

#[test]
fn the_same_series_gives_the_same_forecast() {
    let series = || {
        let mut chance = Chance::of(33);
        weeks(20, |day| 70.0 + pattern(day) + noise(&mut chance))
    };
    assert_eq!(forecast(&series(), 30, Bounds::PERCENT), forecast(&series(), 30, Bounds::PERCENT));
}
