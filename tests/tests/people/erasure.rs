//! A person is told what is kept of him, and erased.
use crate::*;

fn of(s: &Stage, person: Id<Employee>) -> Json {
    json!({ "client_id": s.client, "employee_id": person })
}

/// A person with a note, a list that was corrected, and a cover of his absence.
fn told_of(s: &Stage) -> Id<Employee> {
    let ann = s.hire("SECRET-ANN", &[(0, 1.0)]);
    let bob = s.hire("BOB", &[]);
    write(&s.plant, &s.sue, |w| {
        w.names("note");
        let row: Employee = w.get(s.client, ann)?;
        w.put(&Employee { note: Some("SECRET first".into()), ..row.clone() })?;
        w.put(&Employee { note: Some("SECRET second".into()), name: "SECRET name".into(), ..row }).map(|_| ())
    });
    let absent = |why: &str, reason: &str| json!({ "scheduled_hours": 9.0, "absence": why, "reason": reason });
    s.save(0, TODAY, ann, absent("medical", "SECRET flu")).unwrap();
    s.save(0, TODAY, ann, absent("unscheduled", "SECRET cough")).unwrap();
    s.save(0, TODAY, bob, json!({ "scheduled_hours": 9.0, "actual_hours": 9.0 })).unwrap();
    ann
}

/// Every text of the log, the undo images and the rows, as an admin reads them.
pub(crate) fn everything(s: &Stage) -> String {
    let repo = s.plant.store.repository(&s.plant.admin).unwrap();
    let patches = repo.read(|r| r.select("SELECT patch FROM change", &[], |row| row.get::<String>(0))).unwrap();
    let rows = ["employee_list", "attendance_entry_list", "coverage_entry_list"]
        .map(|name| s.plant.call(&s.plant.admin, name, json!({})).unwrap().to_string());
    patches.join("\n") + &rows.join("\n")
}

#[test]
fn a_person_is_told_every_row_and_every_change_about_him() {
    let s = Stage::new();
    let ann = told_of(&s);
    let (events, _) = s.plant.store.audit().unwrap();
    let told = s.plant.call(&s.plant.admin, "people_export", of(&s, ann)).unwrap();
    let told: Json = serde_json::from_str(told.as_str().unwrap()).unwrap();
    let tables: Vec<_> = told["rows"].as_array().unwrap().iter().map(|row| row["table"].as_str().unwrap()).collect();
    assert_eq!(tables, ["employee", "employee_line", "attendance_entry"]);
    let text = told.to_string();
    for word in ["SECRET-ANN", "SECRET first", "SECRET second", "SECRET flu", "SECRET cough", "medical", "sue"] {
        assert!(text.contains(word), "{word} is not in {text}");
    }
    assert!(!text.contains("BOB"), "another person");
    assert_eq!(s.plant.store.audit().unwrap(), (events + 1, None), "it is on the record");
}

#[test]
fn an_erased_person_is_in_no_row_no_change_and_no_undo_and_the_log_still_holds() {
    let s = Stage::new();
    let ann = told_of(&s);
    s.sound();
    let before = s.absenteeism();
    assert_eq!(before, Some(50.0));
    assert!(everything(&s).contains("SECRET"));
    let (events, _) = s.plant.store.audit().unwrap();
    let erased = s.plant.call(&s.plant.admin, "people_erase", of(&s, ann)).unwrap();
    assert_eq!((&erased["rows"], &erased["changes"]), (&json!(3), &json!(5)));
    let left = everything(&s);
    assert!(!left.contains("SECRET"), "{left}");
    let told = s.plant.call(&s.plant.admin, "people_export", of(&s, ann)).unwrap().to_string();
    assert!(!told.contains("SECRET"), "undo images too: {told}");
    assert_eq!(s.absenteeism(), before, "no figure moves");
    assert_eq!(s.plant.store.audit().unwrap(), (events + 2, None), "erased and told, both on the record");
    s.sound();
    for _ in 0..6 {
        let _ = s.plant.call(&s.sue, "undo", json!({}));
    }
    assert!(!everything(&s).contains("SECRET"), "nothing comes back");
    let _ = s.plant.call(&s.plant.admin, "undo", json!({}));
    let repo = s.plant.store.repository(&s.plant.admin).unwrap();
    let person: Employee = repo.read(|r| r.get(s.client, ann)).unwrap();
    assert!(!person.active, "an erasure is no step to take back");
    s.sound();
    assert_eq!(s.plant.call(&s.plant.admin, "people_erase", of(&s, ann)).unwrap()["changes"], 0, "once is enough");
    s.sound();
}

#[test]
fn only_an_admin_tells_or_erases_and_only_of_a_client_in_scope() {
    let s = Stage::new();
    let ann = told_of(&s);
    let rival = s.plant.client("RIVAL");
    for name in ["people_export", "people_erase"] {
        for role in [Role::Viewer, Role::Operator, Role::Leader, Role::Poweruser] {
            let who = s.plant.person(&format!("{} {name}", role.word()), role, &[s.client]);
            assert_eq!(s.plant.call(&who, name, of(&s, ann)).unwrap_err().code, "forbidden", "{name} {}", role.word());
        }
        let theirs = json!({ "client_id": rival, "employee_id": Id::<()>::from_bytes(id_of(rival, "employee")) });
        assert_eq!(s.call(name, theirs).unwrap_err().code, "missing");
        let nobody = json!({ "client_id": rival, "employee_id": ann });
        assert_eq!(s.plant.call(&s.plant.admin, name, nobody).unwrap_err().code, "missing");
    }
    assert!(everything(&s).contains("SECRET"));
}
