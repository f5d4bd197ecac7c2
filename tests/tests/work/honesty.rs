//! Each check finds its planted case, and none finds anything on a plant that is written down as it was.
use crate::stage::{Work, code};
use domain::{
    Client, ClosedHow, Day, DowntimeEntry, Id, LineShift, ProductionEntry, Role, ShiftState,
    time::{instant_at, zone_named},
};
use serde_json::{Value as Json, json};

const FROM: &str = "2025-06-16";
const TO: &str = "2025-07-25";
/// The day after the clean ones.
const NEXT: &str = "2025-07-16";

struct Clean {
    work: Work,
    client: Id<Client>,
    jam: String,
    meeting: String,
    other_line: String,
}

/// Stops as start and minutes.
type Stops<'s> = &'s [(i64, f64)];

/// What is entered of one line shift.
struct Typed<'t> {
    line: &'t str,
    product: &'t str,
    hours: &'t [i64],
    run: Option<f64>,
    stops: Stops<'t>,
    reason: Option<&'t str>,
    /// Hours after the shift at which it is entered.
    late: i64,
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn between(&mut self, low: i64, high: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        low + ((self.0 >> 33) % (high - low + 1) as u64) as i64
    }
}

impl Clean {
    /// Thirty days of one line, entered as they ended.
    fn new() -> Self {
        let work = Work::alone();
        let reason = |code: &str, planned: bool| {
            let row = json!({ "code": code, "name": code, "planned": planned, "setup": false, "affects": "line",
                "parent_id": null, "active": true });
            work.made("downtime_reason_put", row)
        };
        let (jam, meeting) = (reason("JAM", false), reason("MEETING", true));
        let line = json!({ "code": "L2", "name": "", "basis": "labour", "parent_id": null, "active": true });
        let other_line = work.made("line_put", line);
        let client = work.client.parse().unwrap();
        let clean = Clean { work, client, jam, meeting, other_line };
        let mut dice = Dice(7);
        let first: Day = FROM.parse().unwrap();
        for day in first.to(first.plus(29)) {
            let hours: Vec<i64> = (0..8).map(|_| dice.between(60, 80)).collect();
            let stops: Vec<(i64, f64)> = (0..3).map(|n| (n * 100, dice.between(1, 30) as f64)).collect();
            clean.enter(day, &clean.typed(&hours, &stops));
        }
        clean
    }
    fn typed<'t>(&'t self, hours: &'t [i64], stops: Stops<'t>) -> Typed<'t> {
        let (line, product) = (&self.work.line, &self.work.product);
        Typed { line, product, hours, run: None, stops, reason: Some(&self.jam), late: 0 }
    }
    /// Enters one line shift once it is over.
    fn enter(&self, day: Day, typed: &Typed<'_>) -> Vec<Id<DowntimeEntry>> {
        let end = instant_at(zone_named("America/Mexico_City").unwrap(), day, 840 + 60 * typed.late as i32);
        let clock = self.work.plant.store.clock();
        clock.advance((end.0 - clock.now().0).max(0) + 60_000);
        let shift = LineShift {
            crew: Some(10.0),
            state: ShiftState::Closed,
            closed_how: Some(ClosedHow::Person),
            ..LineShift::empty(self.client, day, self.work.shift.parse().unwrap(), typed.line.parse().unwrap())
        };
        let repo = self.work.plant.store.repository(&self.work.sue).unwrap();
        repo.write(|w| {
            w.names("a shift");
            w.put(&shift)?;
            for (hour, made) in typed.hours.iter().enumerate() {
                w.put(&ProductionEntry {
                    line_shift_id: shift.id,
                    product_id: Some(typed.product.parse().unwrap()),
                    hour: Some(hour as i64),
                    produced: Some(*made),
                    run_minutes: typed.run,
                    ..ProductionEntry::blank(self.client, w.fresh())
                })?;
            }
            let mut stops = vec![];
            for (start, minutes) in typed.stops {
                let stop = DowntimeEntry {
                    line_shift_id: shift.id,
                    reason_id: typed.reason.map(|id| id.parse().unwrap()),
                    start_minute: Some(*start as f64),
                    minutes: Some(*minutes),
                    ..DowntimeEntry::blank(self.client, w.fresh())
                };
                w.put(&stop)?;
                stops.push(stop.id);
            }
            Ok(stops)
        })
        .unwrap()
    }
    fn all(&self) -> Vec<Json> {
        let ask = json!({ "from": FROM, "to": TO });
        self.work.call(&self.work.sue, "honesty", ask).unwrap()["checks"].as_array().unwrap().clone()
    }
    /// What a check found, while none but it and those allowed found anything.
    fn only(&self, code: &str, allowed: &[&str]) -> Vec<Json> {
        let mut found = vec![];
        for check in self.all() {
            let name = check["code"].as_str().unwrap();
            if name == code {
                found = check["findings"].as_array().unwrap().clone();
            } else if !allowed.contains(&name) {
                assert_eq!(check["total"], 0, "{check}");
            }
        }
        found
    }
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

const EVEN: [i64; 8] = [60, 61, 62, 63, 64, 65, 66, 67];

#[test]
fn a_plant_that_is_written_down_as_it_was_is_silent() {
    let clean = Clean::new();
    let all = clean.all();
    assert_eq!(all.len(), 10);
    assert!(all.iter().all(|check| check["total"] == 0), "{all:?}");
}

#[test]
fn minutes_that_do_not_close_are_named_by_their_shift() {
    let clean = Clean::new();
    clean.enter(day(NEXT), &Typed { run: Some(40.0), ..clean.typed(&[50; 8], &[]) });
    let found = clean.only("minutes", &[]);
    assert_eq!((&found[0]["day"], &found[0]["line"], &found[0]["value"]), (&json!(NEXT), &json!("L1"), &json!(1600.0)));
    assert_eq!((&found[0]["client"], &found[0]["table"], found.len()), (&json!("ACME"), &json!("line_shift"), 1));
}

#[test]
fn performance_over_100_is_named_by_its_shift() {
    let clean = Clean::new();
    clean.enter(day(NEXT), &clean.typed(&[110; 8], &[]));
    let found = clean.only("over_performance", &[]);
    assert_eq!((&found[0]["day"], &found[0]["value"], found.len()), (&json!(NEXT), &json!(1.1), 1));
}

#[test]
fn a_standard_that_is_always_beaten_is_named_by_its_product() {
    let clean = Clean::new();
    let soft = clean.work.made("product_put", json!({ "code": "SOFT", "name": "", "active": true }));
    let standard = json!({ "product_id": soft, "operation_id": null, "valid_from": "2025-01-01", "minutes": 10.0 });
    clean.work.made("product_standard_put", standard);
    for n in 0..10 {
        let hours: Vec<i64> = EVEN.iter().map(|made| made + n).collect();
        clean.enter(day(NEXT).plus(n as i32), &Typed { product: &soft, ..clean.typed(&hours, &[]) });
    }
    let found = clean.only("standard_beaten", &["over_performance"]);
    assert_eq!((&found[0]["what"], &found[0]["count"], found.len()), (&json!("SOFT"), &json!(10), 1));
    assert!((found[0]["chance"].as_f64().unwrap() - 0.5_f64.powi(10)).abs() < 1e-12);
}

#[test]
fn minutes_that_all_end_on_5_are_named_with_how_likely_chance_is() {
    let clean = Clean::new();
    let stops: Vec<(i64, f64)> = (0..12).map(|n| (n * 30, 5.0)).collect();
    clean.enter(day(NEXT), &Typed { line: &clean.other_line, ..clean.typed(&EVEN, &stops) });
    let found = clean.only("heaping", &[]);
    assert_eq!((&found[0]["line"], &found[0]["what"], &found[0]["count"]), (&json!("L2"), &json!("5 min"), &json!(12)));
    assert!((found[0]["chance"].as_f64().unwrap() / 0.2_f64.powi(12) - 1.0).abs() < 1e-9);
}

#[test]
fn a_line_that_never_stops_for_less_than_5_minutes_is_named() {
    let clean = Clean::new();
    for n in 0..9 {
        let hours: Vec<i64> = EVEN.iter().map(|made| made + n).collect();
        let stops = [(0, 6.0), (60, 7.0), (120, 11.0), (180, 13.0), (240, 22.0)];
        clean.enter(day(NEXT).plus(n as i32), &Typed { line: &clean.other_line, ..clean.typed(&hours, &stops) });
    }
    let found = clean.only("no_short_stops", &[]);
    assert_eq!((&found[0]["line"], &found[0]["count"], &found[0]["value"]), (&json!("L2"), &json!(45), &json!(6.0)));
}

#[test]
fn a_stop_that_becomes_planned_a_day_after_its_shift_is_named_with_who_did_it() {
    let clean = Clean::new();
    let sam = clean.work.person("sam", Role::Supervisor);
    let stops = clean.enter(day(NEXT), &clean.typed(&EVEN, &[(0, 13.0), (60, 17.0)]));
    let planned = |stop: Id<DowntimeEntry>| {
        let row = clean.work.get("downtime_entry", &stop.to_string());
        let row = crate::stage::with(row, json!({ "reason_id": clean.meeting }));
        clean.work.call(&sam, "downtime_entry_put", json!({ "row": row, "reason": "it was the meeting" })).unwrap();
    };
    clean.work.later(2);
    planned(stops[0]);
    assert_eq!(clean.only("late_planned", &[]), Vec::<Json>::new());
    clean.work.later(30);
    planned(stops[1]);
    let found = clean.only("late_planned", &[]);
    assert_eq!((found.len(), &found[0]["rows"], &found[0]["author"]), (1, &json!([stops[1]]), &json!("sam")));
    assert!(found[0]["value"].as_f64().unwrap() > 31.9);
}

#[test]
fn a_stop_whose_first_reason_is_a_planned_one_is_named_where_it_comes_late() {
    let clean = Clean::new();
    let stops = clean.enter(day(NEXT), &Typed { reason: None, ..clean.typed(&EVEN, &[(0, 13.0), (60, 17.0)]) });
    let planned = |stop: Id<DowntimeEntry>| {
        let row = clean.work.get("downtime_entry", &stop.to_string());
        let row = crate::stage::with(row, json!({ "reason_id": clean.meeting }));
        clean.work.call(&clean.work.sue, "downtime_entry_put", json!({ "row": row, "reason": "it was" })).unwrap();
    };
    clean.work.later(2);
    planned(stops[0]);
    clean.work.later(30);
    planned(stops[1]);
    let found = clean.only("late_planned", &[]);
    assert_eq!((found.len(), &found[0]["rows"]), (1, &json!([stops[1]])));
}

#[test]
fn stops_without_a_reason_are_named_by_their_line() {
    let clean = Clean::new();
    let stops = [(0, 33.0), (100, 34.0)];
    clean.enter(day(NEXT), &Typed { line: &clean.other_line, reason: None, ..clean.typed(&EVEN, &stops) });
    let found = clean.only("other", &[]);
    assert_eq!((&found[0]["line"], &found[0]["value"], &found[0]["count"]), (&json!("L2"), &json!(1.0), &json!(2)));
}

#[test]
fn a_shift_that_is_a_copy_of_another_and_a_stop_entered_twice_are_named() {
    let clean = Clean::new();
    clean.enter(day(NEXT), &clean.typed(&EVEN, &[]));
    clean.enter(day(NEXT).plus(1), &clean.typed(&EVEN, &[(7, 13.0), (7, 13.0)]));
    clean.enter(day(NEXT).plus(2), &clean.typed(&[62; 8], &[]));
    clean.enter(day(NEXT).plus(3), &clean.typed(&[62; 8], &[]));
    let found = clean.only("identical", &[]);
    let tables: Vec<_> = found.iter().map(|f| f["table"].as_str().unwrap()).collect();
    assert_eq!((tables, &found[0]["day"]), (vec!["line_shift", "downtime_entry"], &json!("2025-07-17")));
    assert_eq!(found[0]["rows"].as_array().unwrap().len(), 2);
}

#[test]
fn rows_entered_days_after_their_shift_are_named_with_who_did_it() {
    let clean = Clean::new();
    clean.enter(day(NEXT), &Typed { late: 50, ..clean.typed(&EVEN, &[(0, 13.0)]) });
    let found = clean.only("late_entry", &[]);
    let told: Vec<_> = found.iter().map(|f| (f["table"].as_str().unwrap(), f["count"].as_i64().unwrap())).collect();
    assert_eq!((told, &found[0]["author"]), (vec![("production_entry", 8), ("downtime_entry", 1)], &json!("sue")));
}

#[test]
fn a_hold_approved_by_whoever_asked_for_it_is_named() {
    let clean = Clean::new();
    let w = &clean.work;
    w.setting(&json!({ "self_approval": true }));
    let asked = w.call(&w.sue, "hold_request", json!({ "client_id": w.client, "work_order_id": w.order })).unwrap();
    assert_eq!(clean.only("self_approved", &[]), Vec::<Json>::new());
    w.step(&w.sue, "hold_approve", &asked["id"], json!({ "reason": "alone at night" })).unwrap();
    let found = clean.only("self_approved", &[]);
    assert_eq!(
        (&found[0]["rows"], &found[0]["what"], &found[0]["author"]),
        (&json!([asked["id"]]), &json!("A-1"), &json!("sue"))
    );
}

#[test]
fn checks_are_a_supervisors_of_his_own_clients_and_come_in_pages() {
    let clean = Clean::new();
    let w = &clean.work;
    let ask = json!({ "from": FROM, "to": TO, "checks": ["over_performance"], "limit": 1, "offset": 1 });
    for who in [&w.person("olga", Role::Operator), &w.person("vera", Role::Viewer)] {
        assert_eq!(code(w.call(who, "honesty", ask.clone())), "forbidden");
    }
    let theirs = json!({ "from": FROM, "to": TO, "clients": [Id::<Client>::from_bytes([9; 16])] });
    assert_eq!(code(w.call(&w.sue, "honesty", theirs)), "missing");
    let strange = json!({ "from": FROM, "to": TO, "checks": ["heaping", "nope"] });
    let refused = w.call(&w.sue, "honesty", strange).unwrap_err();
    assert_eq!((refused.code.as_str(), refused.field.as_deref()), ("no_such_check", Some("check")));
    assert!(refused.message.contains("nope") && refused.message.contains("late_entry"), "{}", refused.message);
    clean.enter(day(NEXT), &clean.typed(&[110; 8], &[]));
    clean.enter(day(NEXT).plus(1), &clean.typed(&[111; 8], &[]));
    let page = w.call(&w.sue, "honesty", ask).unwrap();
    assert_eq!((page["checks"].as_array().unwrap().len(), &page["checks"][0]["total"]), (1, &json!(2)));
    assert_eq!(page["checks"][0]["findings"][0]["day"], "2025-07-17");
}
