//! What is pointed at, until somebody has seen to it or it is gone.
use crate::stage::{TODAY, Work, code, with};
use serde_json::{Value as Json, json};

fn look(w: &Work) -> Json {
    w.call(&w.sue, "alert_look", json!({})).unwrap()
}

fn all(w: &Work) -> Vec<Json> {
    let list = w.call(&w.olga, "alerts", json!({ "settled": true })).unwrap();
    list.as_array().unwrap().clone()
}

/// The one alert of a kind.
fn one(w: &Work, kind: &str) -> Json {
    let found: Vec<_> = all(w).into_iter().filter(|a| a["kind"] == kind).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    found[0].clone()
}

fn moved(looked: &Json) -> [i64; 3] {
    ["raised", "reopened", "resolved"].map(|key| looked[key].as_i64().unwrap())
}

/// A hold that has waited 25 hours.
fn waiting(w: &Work) -> Json {
    let what = json!({ "client_id": w.client, "work_order_id": w.order });
    let asked = w.call(&w.olga, "hold_request", what).unwrap();
    w.later(25);
    asked
}

fn threshold(w: &Work, kpi: &str, warning: f64, critical: Json) {
    w.made("threshold_put", json!({ "kpi": kpi, "target": null, "warning": warning, "critical": critical }));
}

#[test]
fn a_hold_that_waits_is_raised_once_and_goes_away_when_it_is_decided() {
    let w = Work::new();
    let asked = waiting(&w);
    assert_eq!([moved(&look(&w)), moved(&look(&w))], [[1, 0, 0], [0, 0, 0]]);
    let alert = one(&w, "hold_waiting");
    assert_eq!((&alert["label"], &alert["state"], &alert["critical"]), (&json!("A-1"), &json!("open"), &json!(false)));
    assert!((alert["value"].as_f64().unwrap() - 25.0).abs() < 0.1 && alert["against"] == 24.0, "{alert}");
    w.step(&w.sue, "hold_approve", &asked["id"], json!({})).unwrap();
    let gone = one(&w, "hold_waiting");
    assert_eq!(
        (&gone["state"], &gone["resolved_by"], &gone["value"]),
        (&json!("resolved"), &json!(null), &json!(null))
    );
    // The cause returns, and so does the alert.
    w.call(&w.sue, "undo", json!({})).unwrap();
    assert_eq!(one(&w, "hold_waiting")["state"], "open");
}

#[test]
fn viewers_see_and_supervisors_acknowledge_and_settle_with_a_note() {
    let w = Work::new();
    waiting(&w);
    look(&w);
    let alert = one(&w, "hold_waiting");
    let step = |who, name: &str, note: Json| w.step(who, name, &alert["id"], json!({ "note": note }));
    assert_eq!(
        (w.call(&w.vera, "alerts", json!({})).unwrap().as_array().unwrap().len(), &alert["may_settle"]),
        (1, &json!(false))
    );
    for who in [&w.vera, &w.olga] {
        assert_eq!(code(step(who, "alert_acknowledge", json!(null))), "forbidden");
        assert_eq!(code(w.call(who, "alert_look", json!({}))), "forbidden");
    }
    let seen = step(&w.sue, "alert_acknowledge", json!(null)).unwrap();
    assert_eq!((&seen["state"], &seen["seen_by"]), (&json!("acknowledged"), &json!("sue")));
    assert_eq!(code(step(&w.sam, "alert_acknowledge", json!(null))), "no_step");
    assert_eq!(code(step(&w.sam, "alert_resolve", json!(" "))), "empty");
    let settled = step(&w.sam, "alert_resolve", json!("the client decides on Monday")).unwrap();
    assert_eq!((&settled["state"], &settled["resolved_by"]), (&json!("resolved"), &json!("sam")));
    assert_eq!(w.call(&w.vera, "alerts", json!({})).unwrap(), json!([]));
}

#[test]
fn what_was_settled_stays_so_while_its_cause_lasts_unless_it_gets_critical() {
    let w = Work::new();
    waiting(&w);
    look(&w);
    let alert = one(&w, "hold_waiting");
    w.step(&w.sam, "alert_resolve", &alert["id"], json!({ "note": "waits for the client" })).unwrap();
    assert_eq!(moved(&look(&w)), [0, 0, 0]);
    w.later(50);
    assert_eq!(moved(&look(&w)), [0, 1, 0]);
    let again = one(&w, "hold_waiting");
    assert_eq!((&again["state"], &again["critical"], &again["note"]), (&json!("open"), &json!(true), &json!(null)));
}

#[test]
fn an_alert_is_no_step_to_take_back() {
    let w = Work::new();
    waiting(&w);
    w.save(&w.sue, "2025-06-13", &[10], 1.0);
    assert_eq!(moved(&look(&w)), [0, 0, 0], "the write itself has looked");
    assert_eq!(one(&w, "hold_waiting")["state"], "open");
    assert_eq!(w.call(&w.sue, "undo", json!({})).unwrap()["what"], "L1 DAY 2025-06-13");
    assert_eq!(one(&w, "hold_waiting")["state"], "open");
}

#[test]
fn who_saw_and_settled_an_alert_is_not_forged() {
    let w = Work::new();
    waiting(&w);
    look(&w);
    let row = w.get("alert", one(&w, "hold_waiting")["id"].as_str().unwrap());
    let put = |fields: Json| code(w.call(&w.sue, "alert_put", json!({ "row": with(row.clone(), fields) })));
    let (sam, sue) = (json!(w.sam.user()), json!(w.sue.user()));
    assert_eq!(put(json!({ "state": "acknowledged", "seen_by": sam, "seen_at": 5 })), "no_step");
    assert_eq!(put(json!({ "state": "resolved", "resolved_by": sue, "resolved_at": 5, "note": "x" })), "no_step");
    assert_eq!(put(json!({ "state": "resolved", "note": "x" })), "no_step");
}

#[test]
fn a_late_order_is_raised_until_it_has_left_as_the_clients_deliveries_count() {
    for (mode, last) in [("complete", [0, 0, 0]), ("first", [0, 0, 1])] {
        let w = Work::new();
        w.setting(&json!({ "delivery_mode": mode }));
        let dates = json!({ "planned_ship_date": "2025-06-10", "required_date": "2025-06-20" });
        let late = w.order("A-2", "in_progress", dates);
        w.order("A-3", "in_progress", json!({ "required_date": TODAY }));
        w.order("A-4", "cancelled", json!({ "required_date": "2025-06-01" }));
        look(&w);
        let alert = one(&w, "late_order");
        assert_eq!((&alert["label"], &alert["value"], &alert["critical"]), (&json!("A-2"), &json!(5.0), &json!(false)));
        let ship = |n| {
            w.made("shipment_put", json!({ "work_order_id": late, "day": TODAY, "quantity": n, "reference": null }))
        };
        ship(60);
        assert_eq!(moved(&look(&w)), last, "{mode}");
        ship(40);
        assert_eq!(moved(&look(&w)), [0, 0, 1 - last[2]], "{mode}");
    }
}

#[test]
fn an_order_is_at_risk_when_its_pace_does_not_bring_it_in_time() {
    let w = Work::new();
    let due = json!({ "required_date": "2025-06-20", "quantity": 1000 });
    let order = w.order("A-2", "in_progress", due);
    w.save(&w.sue, "2025-06-13", &[140], 1.0);
    let entry = w.call(&w.sue, "production_entry_list", json!({})).unwrap()[0].clone();
    let row = with(entry, json!({ "work_order_id": order }));
    w.call(&w.sue, "production_entry_put", json!({ "row": row })).unwrap();
    look(&w);
    // 860 units at 20 a day are 43 days, of which there are 5.
    assert_eq!((&one(&w, "order_at_risk")["label"], &one(&w, "order_at_risk")["value"]), (&json!("A-2"), &json!(38.0)));
}

#[test]
fn alerts_of_orders_say_what_their_list_says() {
    let w = Work::new();
    let step = |code: &str, is_final: bool| {
        w.made(
            "operation_put",
            json!({ "code": code, "name": "", "sequence": 1, "is_final": is_final, "active": true }),
        )
    };
    let [cut, pack] = [step("CUT", false), step("PACK", true)];
    // All of it is cut, and a tenth is packed: it will be late.
    let packed = w.order("A-2", "in_progress", json!({ "required_date": "2025-06-20", "quantity": 1000 }));
    w.save(&w.sue, "2025-06-13", &[1000, 100], 1.0);
    let entries = w.call(&w.sue, "production_entry_list", json!({})).unwrap();
    for entry in entries.as_array().unwrap() {
        let operation = if entry["produced"] == 1000 { &cut } else { &pack };
        let row = with(entry.clone(), json!({ "work_order_id": packed, "operation_id": operation }));
        w.call(&w.sue, "production_entry_put", json!({ "row": row })).unwrap();
    }
    // It was begun long ago, and nothing of it was ever made.
    w.order("A-3", "in_progress", json!({ "required_date": "2025-06-30", "actual_start": "2025-05-01" }));
    // Nobody entered when it leaves: that follows from when it was to begin.
    let week = json!({ "line_id": w.line, "shift_id": w.shift, "valid_from": "2025-01-01", "weekdays": 127 });
    w.made("line_calendar_put", with(week, json!({ "planned_crew": 2.0, "planned_units": null })));
    let begins = json!({ "planned_start": "2025-01-06", "product_id": w.product, "line_id": w.line });
    w.order("A-4", "in_progress", begins);
    look(&w);
    let orders = w.call(
        &w.sue,
        "order_list",
        json!({ "clients": null, "all": false, "as_of": null, "limit": null, "offset": null }),
    );
    let orders = orders.unwrap();
    let codes = |rows: &[Json], what: &str, is: &str, code: &str| {
        let mut codes: Vec<_> = rows.iter().filter(|row| row[what] == is).map(|row| row[code].to_string()).collect();
        codes.sort();
        codes
    };
    let feared = |risk: &str| codes(orders.as_array().unwrap(), "risk", risk, "code");
    let raised = |kind: &str| codes(&all(&w), "kind", kind, "label");
    assert_eq!(feared("at_risk"), ["\"A-2\"", "\"A-3\""]);
    assert_eq!(raised("order_at_risk"), feared("at_risk"));
    assert_eq!(feared("late"), ["\"A-4\""]);
    assert_eq!(raised("late_order"), feared("late"));
}

#[test]
fn a_line_short_of_people_today_is_raised() {
    let w = Work::new();
    let row = json!({ "day": TODAY, "shift_id": w.shift, "line_id": w.line, "required": 5.0, "actual": 3.5 });
    w.made("staffing_put", row);
    look(&w);
    let alert = one(&w, "cover_gap");
    assert_eq!((&alert["value"], &alert["label"]), (&json!(1.5), &json!("L1 DAY 2025-06-15")));
    w.later(24);
    assert_eq!(moved(&look(&w)), [0, 0, 1]);
}

#[test]
fn a_line_whose_list_is_short_of_people_is_raised() {
    let w = Work::new();
    let row = json!({ "day": TODAY, "shift_id": w.shift, "line_id": w.line, "required": 3.0, "actual": null });
    w.made("staffing_put", row);
    assert_eq!(moved(&look(&w)), [0, 0, 0], "nobody has said who is there");
    for code in ["P-1", "P-2"] {
        let person = domain::Employee::blank(w.client.parse().unwrap(), domain::Id::from_bytes([0; 16]));
        let person = with(serde_json::to_value(person).unwrap(), json!({ "code": code, "name": code }));
        let person = w.made("employee_put", person);
        let here = domain::AttendanceEntry::blank(w.client.parse().unwrap(), domain::Id::from_bytes([0; 16]));
        let at = json!({ "employee_id": person, "day": TODAY, "shift_id": w.shift, "line_id": w.line });
        w.made("attendance_entry_put", with(serde_json::to_value(here).unwrap(), at));
    }
    look(&w);
    assert_eq!(one(&w, "cover_gap")["value"], json!(1.0));
}

#[test]
fn unexplained_minutes_of_a_closed_shift_are_raised_when_it_is_closed() {
    let w = Work::new();
    threshold(&w, "unexplained", 60.0, json!(400.0));
    w.save(&w.olga, "2025-06-13", &[10], 1.0);
    assert_eq!(all(&w), Vec::<Json>::new());
    w.call(&w.sue, "floor_close", with(w.place("2025-06-13"), json!({ "note": null }))).unwrap();
    let alert = one(&w, "unexplained");
    assert_eq!((&alert["value"], &alert["critical"], &alert["against"]), (&json!(420.0), &json!(true), &json!(400.0)));
    w.call(&w.sue, "undo", json!({})).unwrap();
    assert_eq!(one(&w, "unexplained")["state"], "resolved");
    let speed = json!({ "entries": [], "stops": [], "removed": [], "reason": null, "speed_minutes": 380.0 });
    w.call(&w.olga, "floor_save", with(w.place("2025-06-13"), speed)).unwrap();
    w.call(&w.sue, "floor_close", with(w.place("2025-06-13"), json!({ "note": null }))).unwrap();
    assert_eq!(one(&w, "unexplained")["state"], "resolved", "somebody said that it was speed");
}

#[test]
fn a_kpi_is_raised_only_when_its_whole_interval_lies_beyond() {
    let w = Work::new();
    threshold(&w, "efficiency", 80.0, json!(10.0));
    let days = ["2025-06-08", "2025-06-09", "2025-06-10", "2025-06-11", "2025-06-12"];
    for (day, made) in days.iter().zip([31, 33, 32, 32]) {
        w.save(&w.olga, day, &[made], 1.0);
    }
    assert_eq!(moved(&look(&w)), [0, 0, 0], "four line shifts tell nothing");
    w.save(&w.olga, days[4], &[32], 1.0);
    assert_eq!(moved(&look(&w)), [1, 0, 0]);
    let alert = one(&w, "kpi");
    assert_eq!(
        (&alert["subject"], &alert["value"], &alert["against"]),
        (&json!("efficiency"), &json!(40.0), &json!(80.0))
    );
    assert_eq!(alert["critical"], false);
    // Three days later too few are left to tell: it stays.
    w.later(72);
    assert_eq!(moved(&look(&w)), [0, 0, 0]);
    assert_eq!(one(&w, "kpi")["state"], "open");
}

#[test]
fn a_kpi_that_counts_all_there_is_is_raised_by_its_value() {
    let w = Work::new();
    threshold(&w, "attainment", 90.0, json!(50.0));
    w.save(&w.olga, "2025-06-12", &[80], 1.0);
    let shift = w.call(&w.sue, "line_shift_list", json!({})).unwrap()[0].clone();
    let row = with(shift, json!({ "planned_units": 100 }));
    w.call(&w.sue, "line_shift_put", json!({ "row": row })).unwrap();
    look(&w);
    let alert = one(&w, "kpi");
    assert_eq!((&alert["value"], &alert["critical"], &alert["against"]), (&json!(80.0), &json!(false), &json!(90.0)));
}

#[test]
fn the_plants_limit_stands_behind_the_clients() {
    let w = Work::new();
    let limit = |warning: f64| json!({ "kpi": "hold_waiting", "target": null, "warning": warning, "critical": null });
    w.call(&w.plant.admin, "plant_threshold_put", limit(30.0)).unwrap();
    waiting(&w);
    assert_eq!(moved(&look(&w)), [0, 0, 0]);
    threshold(&w, "hold_waiting", 10.0, json!(null));
    assert_eq!(moved(&look(&w)), [1, 0, 0]);
}

#[test]
fn the_age_of_the_newest_backup_is_raised_where_somebody_set_a_limit() {
    let w = Work::new();
    w.later(100);
    assert_eq!(moved(&look(&w)), [0, 0, 0]);
    threshold(&w, "backup", 24.0, json!(null));
    assert_eq!(moved(&look(&w)), [1, 0, 0]);
    w.plant.store.record(&w.plant.admin, "backup", "").unwrap();
    assert_eq!(moved(&look(&w)), [0, 0, 1]);
}
