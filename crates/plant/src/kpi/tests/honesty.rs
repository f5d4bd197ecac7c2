//! What an answer says about itself.

use super::*;
use domain::{CalendarDay, LineCalendar, Threshold};

/// Twenty line shifts of nearly the same efficiency, 50 %.
fn steady(plant: &Plant, factory: &Factory) {
    for day in 0..20 {
        let produced = 400 + i64::from(day % 3) - 1;
        plant.make(factory, Made { day: DAY.plus(day), entries: vec![(0, produced, 0, None)], ..Made::default() });
    }
}

fn target(plant: &Plant, factory: &Factory, kpi: &str, target: f64) {
    plant.write(|w| {
        let id = w.fresh();
        w.put(&Threshold {
            client_id: factory.client,
            id,
            kpi: kpi.into(),
            target: Some(target),
            warning: None,
            critical: None,
        })
    });
}

#[test]
fn a_target_is_met_or_missed_only_when_the_interval_clears_it() {
    for (goal, verdict) in [(45.0, Verdict::Met), (55.0, Verdict::Missed), (50.0, Verdict::Unclear)] {
        let plant = plant();
        let factory = plant.client("ACME", Basis::Labour);
        steady(&plant, &factory);
        target(&plant, &factory, "efficiency", goal);
        let answer = plant.ask(&question("efficiency", DAY, DAY.plus(19), &[]));
        assert_eq!(answer.rows[0].verdict, Some(verdict), "{goal}: {:?}", answer.rows[0].interval);
        assert_eq!(answer.target.unwrap().target, Some(goal));
        let few = plant.ask(&question("efficiency", DAY, DAY.plus(3), &[]));
        assert_eq!((few.rows[0].interval, few.rows[0].verdict), (None, Some(Verdict::Unclear)), "too few to tell");
    }
}

#[test]
fn a_kpi_that_counts_all_there_is_meets_its_target_or_misses_it() {
    for (goal, verdict) in [(45.0, Verdict::Met), (55.0, Verdict::Missed)] {
        let plant = plant();
        let factory = plant.client("ACME", Basis::Labour);
        steady(&plant, &factory);
        target(&plant, &factory, "throughput", goal);
        let answer = plant.ask(&question("throughput", DAY, DAY.plus(19), &[]));
        assert_eq!(
            (answer.rows[0].interval, answer.rows[0].verdict),
            (None, Some(verdict)),
            "{:?}",
            answer.rows[0].value
        );
    }
}

#[test]
fn each_client_is_measured_against_its_own_target() {
    let plant = plant();
    let factories = [plant.client("ACME", Basis::Labour), plant.client("BOLT", Basis::Labour)];
    for (factory, goal) in factories.iter().zip([45.0, 55.0]) {
        steady(&plant, factory);
        target(&plant, factory, "efficiency", goal);
    }
    let answer = plant.ask(&question("efficiency", DAY, DAY.plus(19), &["client"]));
    assert_eq!(
        answer.rows.iter().map(|row| row.verdict).collect::<Vec<_>>(),
        [Some(Verdict::Met), Some(Verdict::Missed)]
    );
    assert_eq!(answer.target, None, "they do not agree");
    assert_eq!(plant.ask(&question("efficiency", DAY, DAY.plus(19), &[])).rows[0].verdict, None);
}

#[test]
fn an_inferred_crew_is_told_with_its_share() {
    let plant = plant();
    let factory = plant.client("ACME", Basis::Labour);
    plant.make(&factory, Made { entries: vec![(0, 400, 0, None)], ..Made::default() });
    plant.make(&factory, Made { day: DAY.plus(1), crew: None, entries: vec![(0, 400, 0, None)], ..Made::default() });
    let row = &plant.ask(&question("efficiency", DAY, DAY.plus(1), &[])).rows[0];
    assert_eq!((row.denominator, row.estimated_share, row.estimated_numerator), (4800.0, 0.5, 0.0));
    assert_eq!(row.weakest.as_deref(), Some("mean_30_days"));
    let quality = &plant.ask(&question("quality_rate", DAY, DAY.plus(1), &[])).rows[0];
    assert_eq!((quality.estimated_share, quality.weakest.clone()), (0.0, None), "the crew is not in this ratio");
}

#[test]
fn why_a_value_is_undefined_is_told() {
    let plant = plant();
    let factory = plant.client("ACME", Basis::Labour);
    let why = |kpi: &str| plant.ask(&question(kpi, DAY, DAY, &[])).rows[0].why.clone();
    assert_eq!(why("efficiency").as_deref(), Some("no_rows"));
    plant.make(&factory, Made::default());
    assert_eq!(why("efficiency"), None);
    assert_eq!(why("quality_rate").as_deref(), Some("nothing_earned"));
    assert_eq!(why("mtbf").as_deref(), Some("no_failure"));
    assert_eq!(why("attainment").as_deref(), Some("no_plan"));
}

#[test]
fn every_reason_and_source_has_words_in_both_languages() {
    let undefined = KPIS.iter().map(|kpi| format!("why.{}", kpi.undefined)).chain(["why.no_rows".to_owned()]);
    let sources = domain::elements::Source::ALL.iter().map(|source| format!("source.{}", source.key()));
    for key in undefined.chain(sources) {
        for language in ["en", "es"] {
            assert!(domain::fault::catalogue(language).contains_key(&key), "{language}: {key}");
        }
    }
}

#[test]
fn an_open_shift_of_today_stands_beside_the_headline() {
    let plant = plant();
    let factory = plant.client("ACME", Basis::Labour);
    plant.make(&factory, Made { day: TODAY.plus(-1), entries: vec![(0, 400, 0, None)], ..Made::default() });
    let open = Made { day: TODAY, state: ShiftState::Open, entries: vec![(0, 80, 0, None)], ..Made::default() };
    plant.make(&factory, open);
    let answer = plant.ask(&question("efficiency", TODAY.plus(-1), TODAY, &[]));
    assert_eq!((answer.rows[0].denominator, answer.rows[0].provisional), (2400.0, true));
    let so_far = answer.so_far.unwrap();
    assert_eq!(
        (so_far.numerator, so_far.denominator),
        (240.0, 2400.0),
        "a shift without clock times has all its minutes"
    );
    let yesterday = plant.ask(&question("efficiency", TODAY.plus(-1), TODAY.plus(-1), &[]));
    assert_eq!((yesterday.so_far, yesterday.rows[0].provisional), (None, false));
    let by_day = plant.ask(&question("efficiency", TODAY.plus(-1), TODAY, &["day"]));
    assert_eq!(by_day.rows.iter().map(|row| row.provisional).collect::<Vec<_>>(), [false]);
}

#[test]
fn an_open_shift_with_clock_times_is_measured_against_what_has_passed() {
    let plant = plant();
    let factory = plant.client("ACME", Basis::Labour);
    plant.write(|w| {
        let id = w.fresh();
        // The tests' clock stands at 15:00; the shift runs since 13:00.
        w.put(&domain::ShiftTime {
            client_id: factory.client,
            id,
            shift_id: factory.shift,
            valid_from: Day(0),
            start_minute: Some(13 * 60),
            end_minute: Some(21 * 60),
        })
    });
    let open =
        Made { day: TODAY, net: None, state: ShiftState::Open, entries: vec![(0, 80, 0, None)], ..Made::default() };
    plant.make(&factory, open);
    let so_far = plant.ask(&question("efficiency", TODAY, TODAY, &[])).so_far.unwrap();
    assert_eq!((so_far.numerator, so_far.denominator), (240.0, 600.0));
    plant.clock.advance(3_600_000);
    let later = plant.ask(&question("efficiency", TODAY, TODAY, &[])).so_far.unwrap();
    assert_eq!(later.denominator, 900.0);
}

#[test]
fn the_end_of_the_day_closes_a_shift_nobody_closed() {
    let plant = plant();
    let factory = plant.client("ACME", Basis::Labour);
    let open = Made { day: TODAY, state: ShiftState::Open, entries: vec![(0, 400, 0, None)], ..Made::default() };
    plant.make(&factory, open);
    let ask = |by: &[&str]| plant.ask(&question("efficiency", TODAY, TODAY, by));
    assert_eq!(ask(&[]).rows[0].value, None);
    plant.clock.advance(86_400_000);
    for by in [&[][..], &["line"], &["product"], &["day"]] {
        let answer = ask(by);
        assert_eq!(
            (answer.rows[0].value, answer.rows[0].provisional, answer.so_far),
            (Some(50.0), false, None),
            "{by:?}"
        );
    }
}

#[test]
fn an_overdue_shift_counts_only_where_it_is_asked_about() {
    let plant = plant();
    let factories = [plant.client("ACME", Basis::Labour), plant.client("BOLT", Basis::Labour)];
    let open = Made { day: TODAY, state: ShiftState::Open, entries: vec![(0, 400, 0, None)], ..Made::default() };
    factories.iter().for_each(|factory| {
        plant.make(factory, open.clone());
    });
    plant.clock.advance(86_400_000);
    let denominator = |ask: Ask| plant.ask(&ask).rows[0].denominator;
    let ask = question("efficiency", TODAY, TODAY, &[]);
    assert_eq!(denominator(ask.clone()), 4800.0);
    assert_eq!(denominator(Ask { clients: Some(vec![factories[0].client]), ..ask.clone() }), 2400.0);
    assert_eq!(denominator(Ask { lines: Some(vec![factories[0].lines[0]]), ..ask.clone() }), 2400.0);
    assert_eq!(denominator(Ask { lines: Some(vec![factories[0].lines[1]]), ..ask }), 0.0);
}

#[test]
fn a_shift_of_tomorrow_is_not_so_far() {
    let plant = plant();
    let factory = plant.client("ACME", Basis::Labour);
    let open = Made { day: TODAY.plus(1), state: ShiftState::Open, entries: vec![(0, 1, 0, None)], ..Made::default() };
    plant.make(&factory, open);
    let answer = plant.ask(&question("efficiency", TODAY, TODAY.plus(2), &[]));
    assert_eq!((answer.so_far, answer.rows[0].value, answer.rows[0].provisional), (None, None, true));
}

/// Both lines run Monday to Friday; Tuesday is a holiday, but not for the second line.
fn calendar(plant: &Plant, factory: &Factory, monday: Day) {
    let client_id = factory.client;
    plant.write(|w| {
        for line_id in factory.lines {
            let id = w.fresh();
            w.put(&LineCalendar {
                client_id,
                id,
                line_id,
                shift_id: factory.shift,
                weekdays: 0b001_1111,
                planned_crew: None,
                planned_units: None,
                valid_from: monday,
            })?;
        }
        for (line_id, working) in [(None, false), (Some(factory.lines[1]), true)] {
            let (id, day) = (w.fresh(), monday.plus(1));
            w.put(&CalendarDay {
                client_id,
                id,
                day,
                line_id,
                shift_id: None,
                working,
                net_minutes: None,
                note: None,
            })?;
        }
        Ok(())
    });
}

#[test]
fn completeness_counts_the_line_shifts_on_the_calendar() {
    let plant = plant();
    let factory = plant.client("ACME", Basis::Labour);
    let monday = DAY.monday();
    calendar(&plant, &factory, monday);
    for day in [0, 2] {
        plant.make(&factory, Made { day: monday.plus(day), entries: vec![(0, 1, 0, None)], ..Made::default() });
    }
    plant.make(&factory, Made { day: monday.plus(3), ..Made::default() });
    let whole = |kpi: &str, by: &[&str]| plant.ask(&question(kpi, monday, monday.plus(6), by));
    assert_eq!(whole("oee", &[]).rows[0].completeness, Some(2.0 / 9.0));
    let by_line = whole("oee", &["line"]);
    assert_eq!(by_line.rows[0].completeness, Some(2.0 / 4.0));
    let by_day = whole("oee", &["day"]);
    assert_eq!(by_day.rows.iter().map(|row| row.completeness).collect::<Vec<_>>(), [Some(0.5), Some(0.5), Some(0.0)]);
    assert_eq!(whole("oee", &["product"]).rows[0].completeness, None, "no calendar names products");
}

#[test]
fn completeness_follows_a_plan_that_changes_and_keeps_clients_apart() {
    let plant = plant();
    let factories = [plant.client("ACME", Basis::Labour), plant.client("BOLT", Basis::Labour)];
    let monday = DAY.monday();
    for factory in &factories {
        calendar(&plant, factory, monday);
        plant.make(factory, Made { day: monday, entries: vec![(0, 1, 0, None)], ..Made::default() });
    }
    // From Thursday on the first line of the first client runs on Sundays only.
    plant.write(|w| {
        let id = w.fresh();
        w.put(&LineCalendar {
            client_id: factories[0].client,
            id,
            line_id: factories[0].lines[0],
            shift_id: factories[0].shift,
            weekdays: 0b100_0000,
            planned_crew: None,
            planned_units: None,
            valid_from: monday.plus(3),
        })
    });
    let completeness = |by: &[&str], from: i32, to: i32| {
        let answer = plant.ask(&question("oee", monday.plus(from), monday.plus(to), by));
        answer.rows.iter().map(|row| row.completeness).collect::<Vec<_>>()
    };
    // ACME: L1 Mon, Wed, Sun and L2 Mon to Fri; BOLT: L1 Mon, Wed, Thu, Fri and L2 Mon to Fri.
    assert_eq!(completeness(&[], 0, 6), [Some(2.0 / 17.0)]);
    assert_eq!(completeness(&["client"], 0, 6), [Some(1.0 / 8.0), Some(1.0 / 9.0)]);
    assert_eq!(completeness(&["week"], 0, 13), [Some(2.0 / 17.0)]);
    assert_eq!(completeness(&["client", "line"], 0, 6), [Some(1.0 / 3.0), Some(1.0 / 4.0)]);
    assert_eq!(completeness(&["day"], 0, 6), [Some(2.0 / 4.0)]);
}

#[test]
fn labour_and_machine_minutes_are_shown_apart_when_they_mix() {
    let plant = plant();
    for (code, basis) in [("ACME", Basis::Labour), ("BOLT", Basis::Machine)] {
        let factory = plant.client(code, basis);
        plant.make(&factory, Made { entries: vec![(0, 80, 0, None)], ..Made::default() });
    }
    let answer = plant.ask(&question("efficiency", DAY, DAY, &[]));
    assert!(answer.mixed_basis);
    assert_eq!((answer.rows[0].numerator, answer.rows[0].denominator), (480.0, 2880.0), "the plain sum");
    let parts: Vec<_> = answer.by_basis.iter().map(|row| (row.by["basis"].as_str(), row.denominator)).collect();
    assert_eq!(parts, [("labour", 2400.0), ("machine", 480.0)]);
    assert!(!plant.ask(&question("efficiency", DAY, DAY, &["client"])).rows.is_empty());
}

#[test]
fn the_stamp_moves_with_the_log_of_its_own_client() {
    let plant = plant();
    let factories = [plant.client("ACME", Basis::Labour), plant.client("BOLT", Basis::Labour)];
    let stamp = |factory: &Factory| {
        let ask = Ask { clients: Some(vec![factory.client]), ..question("oee", DAY, DAY, &[]) };
        plant.ask(&ask).stamp.clients
    };
    let before = [stamp(&factories[0]), stamp(&factories[1])];
    plant.make(&factories[0], Made::default());
    assert_eq!(stamp(&factories[1]), before[1]);
    assert_eq!(stamp(&factories[0])[0].seq, before[0][0].seq + 1);
}
