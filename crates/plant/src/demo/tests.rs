//! The demo plant, as rows.
use super::*;
use domain::{ShiftState, time};
use std::collections::BTreeSet;

/// Wednesday 17 September 2025, 18:40 UTC: 12:40 in the plant, lunch is over.
const NOW: Instant = Instant(1_758_134_400_000);

fn plants(seed: u64, now: Instant) -> Vec<(Client, Rows)> {
    CLIENTS.iter().map(|b| plant(b, seed, now)).collect()
}

/// Units × standard over crew × minutes of some line shifts of a client.
fn pace(b: &Blueprint, rows: &Rows, chosen: impl Fn(&domain::LineShift) -> bool) -> f64 {
    let shifts: BTreeSet<_> = rows.line_shifts.iter().filter(|l| l.crew.is_some() && chosen(l)).map(|l| l.id).collect();
    let crew: f64 = rows.line_shifts.iter().filter(|l| shifts.contains(&l.id)).filter_map(|l| l.crew).sum();
    let made = rows.entries.iter().filter(|e| shifts.contains(&e.line_shift_id));
    made.map(|e| e.produced.unwrap_or(0) as f64).sum::<f64>() / crew / b.lines.len() as f64
}

#[test]
fn a_seed_makes_its_plant_again_and_another_seed_another() {
    assert!(plants(7, NOW) == plants(7, NOW));
    assert!(plants(7, NOW)[0].1 != plants(8, NOW)[0].1);
}

#[test]
fn there_are_three_clients_with_ninety_days_up_to_today() {
    let all = plants(SEED, NOW);
    assert_eq!(all.len(), 3);
    for (client, rows) in &all {
        let days: BTreeSet<_> = rows.line_shifts.iter().map(|l| l.day).collect();
        let zone = time::zone_named(&rows.settings[0].time_zone).unwrap();
        let today = time::today(NOW, zone, 360);
        assert_eq!(
            (days.first().copied(), days.last().copied()),
            (Some(rows::first_day(today)), Some(today)),
            "{}",
            client.code
        );
        assert!(rows.entries.len() > 1500 && rows.stops.len() > 200 && rows.rejects.len() > 300, "{}", client.code);
        assert!(rows.orders.len() > 20, "{}: {} orders", client.code, rows.orders.len());
    }
}

#[test]
fn a_shift_of_today_is_open_and_holds_only_hours_that_passed() {
    for (client, rows) in plants(SEED, NOW) {
        let today = rows.line_shifts.iter().map(|l| l.day).max().unwrap();
        let open: Vec<_> =
            rows.line_shifts.iter().filter(|l| l.day == today && l.state == ShiftState::Open).map(|l| l.id).collect();
        assert!(!open.is_empty(), "{}", client.code);
        let hours = rows.entries.iter().filter(|e| open.contains(&e.line_shift_id)).filter_map(|e| e.hour).max();
        // 12:40 is in the seventh hour after 06:00.
        assert_eq!(hours, Some(5), "{}", client.code);
    }
}

#[test]
fn a_shift_is_open_at_every_hour_of_a_sunday_too() {
    for hour in 0..24 {
        let sunday = Instant(NOW.0 + 4 * 86_400_000).plus_minutes(hour * 60 + 31);
        let open =
            plants(SEED, sunday).iter().flat_map(|p| p.1.line_shifts.clone()).any(|l| l.state == ShiftState::Open);
        assert!(open, "nothing is open {hour} h later");
    }
}

#[test]
fn the_bad_week_is_bad_and_says_why() {
    for (b, (client, rows)) in CLIENTS.iter().zip(plants(SEED, NOW)) {
        let today = rows.line_shifts.iter().map(|l| l.day).max().unwrap();
        let monday = today.monday().plus(-7 * b.trouble.weeks_ago);
        let lines: Vec<_> =
            rows.lines.iter().filter(|l| b.trouble.lines.contains(&l.code.as_str())).map(|l| l.id).collect();
        let week = |from: domain::Day, l: &domain::LineShift| lines.contains(&l.line_id) && l.day.monday() == from;
        let notes =
            rows.line_shifts.iter().filter(|l| week(monday, l)).all(|l| l.note.as_deref() == Some(b.trouble.note));
        assert!(notes, "{}", client.code);
        let reason = rows.reasons.iter().find(|r| r.code == b.trouble.reason).unwrap().id;
        let stops = |from| {
            let shifts: Vec<_> = rows.line_shifts.iter().filter(|l| week(from, l)).map(|l| l.id).collect();
            rows.stops.iter().filter(|s| s.reason_id == Some(reason) && shifts.contains(&s.line_shift_id)).count()
        };
        let (bad, before) = (stops(monday), stops(monday.plus(-7)));
        assert!(bad > 3 * before.max(1), "{}: {bad} stops after {before}", client.code);
    }
}

#[test]
fn lines_get_better_over_the_ninety_days() {
    let (b, (_, rows)) = (CLIENTS[0], plant(CLIENTS[0], SEED, NOW));
    let first = rows.line_shifts.iter().map(|l| l.day).min().unwrap();
    let early = pace(b, &rows, |l| l.day < first.plus(21));
    let late = pace(b, &rows, |l| l.day > first.plus(68) && l.day < first.plus(89));
    assert!(late > early, "{early} then {late}");
}

#[test]
fn some_fields_are_left_out_and_every_row_is_possible() {
    use domain::Entity;
    for (client, rows) in plants(SEED, NOW) {
        let share = |n: usize, of: usize| n as f64 / of as f64;
        let nobody = rows.line_shifts.iter().filter(|l| l.crew.is_none()).count();
        assert!((0.04..0.4).contains(&share(nobody, rows.line_shifts.len())), "{}", client.code);
        let unsaid = rows.entries.iter().filter(|e| e.run_minutes.is_none()).count();
        assert!(unsaid > 0, "{}", client.code);
        let mut problems = domain::Problems::default();
        rows.entries.iter().for_each(|e| e.check(&mut problems));
        rows.line_shifts.iter().for_each(|e| e.check(&mut problems));
        rows.stops.iter().for_each(|e| e.check(&mut problems));
        rows.orders.iter().for_each(|e| e.check(&mut problems));
        rows.standards.iter().for_each(|e| e.check(&mut problems));
        rows.holds.iter().for_each(|e| e.check(&mut problems));
        rows.shipments.iter().for_each(|e| e.check(&mut problems));
        rows.inspections.iter().for_each(|e| e.check(&mut problems));
        rows.defects.iter().for_each(|e| e.check(&mut problems));
        rows.attendance.iter().for_each(|e| e.check(&mut problems));
        rows.covers.iter().for_each(|e| e.check(&mut problems));
        rows.staffing.iter().for_each(|e| e.check(&mut problems));
        assert!(problems.0.is_empty(), "{}: {:?}", client.code, problems.0.first());
    }
}

#[test]
fn orders_hold_what_was_made_of_them() {
    for (client, rows) in plants(SEED, NOW) {
        for order in rows.orders.iter().filter(|o| o.status == domain::OrderStatus::Closed) {
            let made: i64 =
                rows.entries.iter().filter(|e| e.work_order_id == Some(order.id)).filter_map(|e| e.produced).sum();
            // Entries that do not name their order are missing.
            assert!(made <= order.quantity.unwrap(), "{} {}", client.code, order.code);
        }
        let codes: BTreeSet<_> = rows.orders.iter().map(|o| &o.code).collect();
        assert_eq!(codes.len(), rows.orders.len(), "{}", client.code);
    }
}

#[test]
fn orders_leave_some_of_them_late_and_some_for_a_known_cause() {
    let (mut shipped, mut late, mut classed, mut states) = (0, 0, 0, BTreeSet::new());
    for (client, rows) in plants(SEED, NOW) {
        for order in &rows.orders {
            let left = rows.shipments.iter().filter(|s| s.work_order_id == order.id).map(|s| s.day).max();
            let (Some(left), Some(due)) = (left, order.required_date) else { continue };
            let units: i64 =
                rows.shipments.iter().filter(|s| s.work_order_id == order.id).filter_map(|s| s.quantity).sum();
            assert!(Some(units) <= order.quantity, "{} {}", client.code, order.code);
            shipped += 1;
            late += usize::from(left > due);
            classed += usize::from(order.delay.is_some());
        }
        states.extend(rows.holds.iter().map(|h| h.state.word()));
        assert!(rows.holds.iter().all(|h| h.approved_by.is_none() && h.reason_id.is_some()), "{}", client.code);
        let held = rows.orders.iter().filter(|o| o.status == domain::OrderStatus::OnHold);
        assert!(held.clone().all(|o| o.before_hold.is_some()), "{}", client.code);
    }
    println!("{shipped} shipped, {late} late, {classed} with a cause, holds {states:?}");
    assert!(late * 20 > shipped && late * 2 < shipped && classed > 0 && classed < late, "{shipped} {late} {classed}");
    assert!(states.len() >= 4, "{states:?}");
}

#[test]
fn inspections_name_their_step_and_find_what_the_bad_week_made() {
    for (b, (client, rows)) in CLIENTS.iter().zip(plants(SEED, NOW)) {
        assert!(rows.inspections.len() > 200, "{}: {}", client.code, rows.inspections.len());
        let stepped = rows.inspections.iter().filter(|q| q.operation_id.is_some()).count();
        assert!(stepped * 2 > rows.inspections.len(), "{}: {stepped}", client.code);
        let today = rows.line_shifts.iter().map(|l| l.day).max().unwrap();
        let monday = today.monday().plus(-7 * b.trouble.weeks_ago);
        let worst = rows.defect_types.iter().find(|d| d.name == b.trouble.defect).unwrap().id;
        let found = |week: domain::Day| {
            let own: BTreeSet<_> = rows.inspections.iter().filter(|q| q.day.monday() == week).map(|q| q.id).collect();
            let bad =
                rows.defects.iter().filter(|d| d.defect_type_id == Some(worst) && own.contains(&d.quality_entry_id));
            bad.map(|d| d.quantity).sum::<i64>()
        };
        let (bad, before) = (found(monday), found(monday.plus(-7)));
        assert!(bad > 2 * before.max(1), "{}: {bad} after {before}", client.code);
        assert!(rows.stops.iter().any(|s| s.equipment_id.is_some()) && !rows.opportunities.is_empty());
    }
}

#[test]
fn people_come_are_missing_and_are_covered() {
    for (client, rows) in plants(SEED, NOW) {
        let missing: Vec<_> = rows.attendance.iter().filter(|a| a.absent_hours.is_some_and(|h| h > 1.0)).collect();
        let share = missing.len() as f64 / rows.attendance.len() as f64;
        assert!((0.01..0.12).contains(&share), "{}: {share}", client.code);
        let ids: BTreeSet<_> = missing.iter().map(|a| a.id).collect();
        assert!(
            !rows.covers.is_empty()
                && rows.covers.iter().all(|c| c.attendance_entry_id.is_some_and(|a| ids.contains(&a)))
        );
        let places: BTreeSet<_> = rows.staffing.iter().map(|s| (s.day, s.shift_id, s.line_id)).collect();
        assert_eq!(
            (places.len(), rows.staffing.len()),
            (rows.line_shifts.len(), rows.line_shifts.len()),
            "{}",
            client.code
        );
        let facts: BTreeSet<_> = rows.attendance.iter().map(|a| a.id).collect();
        assert_eq!(facts.len(), rows.attendance.len(), "{}", client.code);
    }
}

#[test]
fn the_measured_plant_has_everything_in_proportion() {
    let dir = tempfile::tempdir().unwrap();
    let vault = store::keep::Vault::new(dir.path().join("lineboard.db"), [3; 32]);
    let store = Store::create(&vault, store::Clock::fixed(NOW.0)).unwrap();
    let admin = store.first_start("ada", "Ada", "a plant that never was", "en").unwrap();
    let size = generator::Size { clients: 1, days: 30, last: domain::Day(20_300), density: 1 };
    generator::generate(&store, &admin, size, 1, &mut |_, _| {}).unwrap();
    let repo = store.repository(&admin).unwrap();
    let count = |table: &str| {
        let sql = format!("SELECT count(*) FROM {table}");
        repo.read(|r| r.first(&sql, &[], |row| row.get::<i64>(0))).unwrap().unwrap_or(0)
    };
    let entries = count("production_entry");
    assert_eq!(entries, 30 * 27);
    assert_eq!((count("work_order"), count("shipment"), count("hold_entry")), (17, 5, 5));
    assert_eq!((count("quality_entry"), count("staffing"), count("attendance_entry")), (entries / 3, 360, 720));
}

#[test]
#[allow(clippy::too_many_lines, reason = "one plant is made once and looked at from every side")]
fn the_plant_goes_into_the_store_once_and_its_figures_are_believable() {
    let dir = tempfile::tempdir().unwrap();
    let vault = store::keep::Vault::new(dir.path().join("lineboard.db"), [3; 32]);
    let store = Store::create(&vault, store::Clock::fixed(NOW.0)).unwrap();
    let admin = store.first_start("ada", "Ada", "a plant that never was", "en").unwrap();
    let mut heard = vec![];
    let made = make(&store, &admin, SEED, &mut |done, all| heard.push((done, all))).unwrap();
    assert_eq!(made.iter().map(|c| c.code.as_str()).collect::<Vec<_>>(), ["ALBA", "VOLTA", "CARTA"]);
    assert!(heard.is_sorted() && heard.last().is_some_and(|(done, all)| done == all));
    assert!(make(&store, &admin, SEED, &mut |_, _| {}).unwrap_err().is(Code::DuplicateCode));
    let repo = store.repository(&admin).unwrap();
    let ask = |kpi: &str| crate::kpi::Ask {
        by: vec!["client".into()],
        ..crate::kpi::Ask::of(kpi, domain::Day(20_250), domain::Day(20_400))
    };
    for (kpi, low, high) in [
        ("efficiency", 60.0, 85.0),
        ("availability", 80.0, 97.0),
        ("quality_rate", 95.0, 99.5),
        ("oee", 55.0, 85.0),
        ("attainment", 70.0, 130.0),
    ] {
        let answer = repo.read(|r| crate::kpi::ask(r, None, &ask(kpi))).unwrap();
        assert_eq!(answer.rows.len(), 3, "{kpi}");
        for row in &answer.rows {
            let value = row.value.unwrap();
            println!(
                "{kpi} {:?} {value:.2} estimated {:.2} complete {:?}",
                row.by, row.estimated_share, row.completeness
            );
            assert!(value > low && value < high, "{kpi} of {:?} is {value}", row.by);
            assert!(row.estimated_share > 0.0 || kpi == "quality_rate" || kpi == "attainment", "{kpi} of {:?}", row.by);
        }
        assert!(answer.so_far.is_some(), "{kpi}");
    }
}
