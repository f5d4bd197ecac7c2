//! A KPI followed from day to day, from the rows of a plant.

use super::*;

/// Five people for 480 minutes; so many units of 3 minutes a day, some days more, some less.
fn days(plant: &Plant, factory: &Factory, days: i32, bad: Option<i32>) {
    for day in 0..days {
        let made = if bad == Some(day) { 300 } else { 700 + i64::from(day * 7 % 5) * 4 };
        let entries = vec![(0, made, 0, None)];
        plant.make(factory, Made { day: DAY.plus(day), entries, ..Made::default() });
    }
}

fn asked(kpi: &str, days: i32) -> CourseAsk {
    CourseAsk { ask: question(kpi, DAY, DAY.plus(days - 1), &[]), base_to: None, ahead: 7 }
}

fn follow(plant: &Plant, asked: &CourseAsk) -> Course {
    plant.read(|r| course(r, None, asked)).unwrap()
}

#[test]
fn a_bad_day_is_no_chance_and_the_days_before_it_are() {
    let plant = plant();
    let factory = plant.client("ACME", Basis::Labour);
    days(&plant, &factory, 30, Some(20));
    let chart = follow(&plant, &asked("efficiency", 30)).chart.unwrap();
    let beyond = chart.signals.iter().filter(|signal| signal.rule == ChartRule::BeyondLimits);
    assert_eq!(beyond.map(|signal| signal.days.clone()).collect::<Vec<_>>(), [vec![DAY.plus(20)]]);
    assert_eq!((chart.kind, chart.points.len()), (ChartKind::Xmr, 30));
    // The figures of the chart are those of the answer by day.
    let by_day = question("efficiency", DAY, DAY.plus(29), &["day"]);
    let answer: Vec<_> = plant.ask(&by_day).rows.iter().filter_map(|row| row.value).collect();
    assert_eq!(chart.points.iter().map(|point| point.value).collect::<Vec<_>>(), answer);
}

#[test]
fn a_week_ahead_is_expected_like_the_weeks_before_and_scored_against_them() {
    let plant = plant();
    let factory = plant.client("ACME", Basis::Labour);
    days(&plant, &factory, 40, None);
    let course = follow(&plant, &asked("efficiency", 40));
    let ahead = course.forecast.unwrap();
    assert_eq!((ahead.points.len(), ahead.points[0].day), (7, DAY.plus(40)));
    assert!(ahead.points.iter().all(|point| point.low < 88.3 && 88.3 < point.high && point.low > 80.0));
    assert!(course.back_test.unwrap().days > 0);
}

#[test]
fn too_few_days_are_said_to_be_too_few() {
    let plant = plant();
    let factory = plant.client("ACME", Basis::Labour);
    days(&plant, &factory, 5, None);
    let course = follow(&plant, &asked("oee", 5));
    assert_eq!((course.chart, course.no_chart.map(|few| (few.have, few.need))), (None, Some((5, 6))));
    assert!(matches!(course.no_forecast, Some(NoForecast::NotEnoughData(NotEnough { have: 5, need: 14 }))));
}
