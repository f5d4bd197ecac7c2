//! Everybody present, then the exceptions; and who covers them.
use crate::*;

fn codes(list: &Json, rule: impl Fn(&Json) -> bool) -> Vec<String> {
    let people = list["people"].as_array().unwrap();
    people.iter().filter(|p| rule(p)).map(|p| p["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn marking_puts_everybody_of_the_line_on_its_list_as_present_once() {
    let s = Stage::new();
    s.hire("ANN", &[(0, 1.0)]);
    s.hire("BOB", &[(0, 0.3), (1, 0.7)]);
    let cal = s.hire("CAL", &[(0, 1.0)]);
    write(&s.plant, &s.sue, |w| {
        let row: Employee = w.get(s.client, cal)?;
        w.put(&Employee { active: false, ..row }).map(|_| ())
    });
    let marked = s.call("attendance_mark", s.place(0, TODAY)).unwrap();
    // The client's one row of each table brings a person of its own.
    let listed = codes(&marked["list"], |p| p["is_listed"] == true && !p["code"].as_str().unwrap().starts_with("OURS"));
    assert_eq!(listed, ["ANN"], "BOB belongs to the other line, CAL works here no more");
    let ann = marked["list"]["people"].as_array().unwrap().iter().find(|p| p["code"] == "ANN").unwrap();
    assert_eq!(
        (&ann["scheduled_hours"], &ann["actual_hours"]),
        (&marked["list"]["shift_hours"], &marked["list"]["shift_hours"])
    );
    assert!(ann["actual_hours"].as_f64().unwrap() > 0.0);
    assert_eq!(s.call("attendance_mark", s.place(0, TODAY)).unwrap()["marked"], 0);
    assert_eq!(s.absenteeism(), Some(0.0));
    s.sound();
}

#[test]
fn the_exceptions_are_saved_on_top_and_a_mark_leaves_them() {
    let s = Stage::new();
    let ann = s.hire("ANN", &[(0, 1.0)]);
    s.hire("BOB", &[(0, 1.0)]);
    s.save(0, TODAY, ann, json!({ "scheduled_hours": 9.0, "absent_hours": 9.0, "absence": "medical" })).unwrap();
    s.call("attendance_mark", s.place(0, TODAY)).unwrap();
    let row = AttendanceEntry::fact(s.client, ann, TODAY, Some(s.shift));
    let row = s.call("attendance_entry_get", json!({ "client_id": s.client, "id": row })).unwrap();
    assert_eq!((&row["absence"], &row["actual_hours"]), (&json!("medical"), &Json::Null));
    let fault = s.save(0, TODAY, ann, json!({ "scheduled_hours": 9.0, "absent_hours": 10.0 })).unwrap_err();
    assert_eq!((fault.code.as_str(), fault.field.as_deref()), ("absent_over_scheduled", Some("rows.0.absent_hours")));
    s.sound();
}

#[test]
fn who_is_taken_off_a_list_can_be_put_on_it_again() {
    let s = Stage::new();
    let ann = s.hire("ANN", &[(0, 1.0)]);
    s.save(0, TODAY, ann, json!({ "scheduled_hours": 9.0 })).unwrap();
    let mut off = s.place(0, TODAY);
    (off["rows"], off["removed"], off["reason"]) = (json!([]), json!([ann]), Json::Null);
    s.call("attendance_save", off).unwrap();
    assert_eq!(s.absenteeism(), None);
    s.save(0, TODAY, ann, json!({ "scheduled_hours": 9.0 })).unwrap();
    assert_eq!(s.absenteeism(), Some(0.0));
}

#[test]
fn a_cover_counts_once_a_supervisor_has_confirmed_it() {
    let s = Stage::new();
    let (ann, bob) = (s.hire("ANN", &[]), s.hire("BOB", &[]));
    s.save(0, TODAY, ann, json!({ "scheduled_hours": 9.0, "absence": "unscheduled" })).unwrap();
    let cover = s.cover(0, Some(ann), bob).unwrap();
    assert_eq!(s.absenteeism(), Some(100.0));
    let which = json!({ "client_id": s.client, "id": cover });
    for role in [Role::Viewer, Role::Operator] {
        let who = s.plant.person(role.word(), role, &[s.client]);
        assert_eq!(s.plant.call(&who, "cover_confirm", which.clone()).unwrap_err().code, "forbidden");
    }
    s.call("cover_confirm", which).unwrap();
    assert_eq!(s.absenteeism(), Some(0.0));
    s.call("undo", json!({})).unwrap();
    assert_eq!(s.absenteeism(), Some(100.0));
    s.sound();
}

#[test]
fn who_covers_or_is_listed_elsewhere_is_busy_on_that_shift() {
    let s = Stage::new();
    let [ann, bob, cal] = ["ANN", "BOB", "CAL"].map(|code| s.hire(code, &[]));
    let busy = |said: Result<Json, Fault>| {
        let fault = said.unwrap_err();
        (fault.code.as_str() == "busy_on_shift").then_some(fault.field).flatten()
    };
    for absent in [ann, bob] {
        s.save(0, TODAY, absent, json!({ "scheduled_hours": 9.0, "absence": "unscheduled" })).unwrap();
    }
    s.cover(0, Some(ann), cal).unwrap();
    assert_eq!(busy(s.cover(0, Some(bob), cal)).as_deref(), Some("employee_id"), "covers somebody already");
    assert_eq!(busy(s.save(1, TODAY, cal, json!({ "actual_hours": 9.0 }))).as_deref(), Some("rows.0.employee_id"));
    s.save(1, TODAY, cal, json!({ "absence": "vacation" })).unwrap();
    let dan = s.hire("DAN", &[(1, 1.0)]);
    s.save(1, TODAY, dan, json!({ "actual_hours": 9.0 })).unwrap();
    assert_eq!(busy(s.cover(0, Some(bob), dan)).as_deref(), Some("employee_id"), "works on another line");
    s.cover(1, None, dan).unwrap();
    // Whichever command is taken.
    let row = CoverageEntry {
        employee_id: Some(cal),
        day: TODAY,
        shift_id: Some(s.shift),
        line_id: Some(s.lines[1]),
        ..CoverageEntry::blank(s.client, Id::fact(s.client, "cover", "by hand"))
    };
    assert_eq!(
        busy(s.call("coverage_entry_put", json!({ "row": row, "reason": null }))).as_deref(),
        Some("employee_id")
    );
}

#[test]
fn the_parts_of_a_person_come_to_no_more_than_a_whole() {
    let s = Stage::new();
    s.hire("ANN", &[(0, 0.6)]);
    let fault = s.part("ANN", 1, 0.5).unwrap_err();
    assert_eq!((fault.code.as_str(), fault.field.as_deref()), ("share_over_whole", Some("share")));
    s.part("ANN", 1, 0.4).unwrap();
    assert_eq!(s.part("ANN", 0, 0.7).unwrap_err().code, "share_over_whole", "nor by a correction");
    s.part("ANN", 0, 0.1).unwrap();
    s.part("ANN", 1, 0.9).unwrap();
}

#[test]
fn bradford_is_thirty_six_for_three_spells_of_four_days_and_two_for_one_of_two() {
    let s = Stage::new();
    let (ann, bob) = (s.hire("ANN", &[]), s.hire("BOB", &[]));
    let monday = TODAY.monday();
    let absent = json!({ "scheduled_hours": 9.0, "absent_hours": 9.0, "absence": "unscheduled" });
    let came = json!({ "scheduled_hours": 9.0, "actual_hours": 9.0 });
    for (day, row) in [(0, &absent), (1, &absent), (2, &came), (3, &absent), (4, &came), (7, &absent)] {
        s.save(0, monday.plus(day), ann, row.clone()).unwrap();
    }
    for day in [4, 7] {
        s.save(0, monday.plus(day), bob, absent.clone()).unwrap();
    }
    s.save(0, monday.plus(8 - 365), bob, absent).unwrap();
    let ask = json!({ "client_id": s.client, "day": monday.plus(8) });
    let told = s.call("bradford", ask.clone()).unwrap();
    let shown: Vec<_> = told
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| ["ANN", "BOB"].contains(&row["code"].as_str().unwrap()))
        .map(|row| (row["code"].clone(), row["spells"].clone(), row["days"].clone(), row["factor"].clone()))
        .collect();
    assert_eq!(
        shown,
        [(json!("ANN"), json!(3), json!(4.0), json!(36.0)), (json!("BOB"), json!(1), json!(2.0), json!(2.0))]
    );
    for role in [Role::Viewer, Role::Operator] {
        let who = s.plant.person(role.word(), role, &[s.client]);
        assert_eq!(s.plant.call(&who, "bradford", ask.clone()).unwrap_err().code, "forbidden");
    }
}
