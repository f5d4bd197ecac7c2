//! What concerns a person is empty for viewers and operators, through every door.
use crate::*;
use checks::row::row;

/// Texts of hidden columns, as the client's one row of each table marks them.
fn marks() -> Vec<String> {
    let of = |shape: &'static Shape| {
        let text = |column: &&&str| shape.columns.iter().any(|c| c.name == **column && c.kind == Kind::Text);
        let hidden = shape.hidden.iter().filter(text).filter(|column| **column != "absence");
        hidden.map(|column| format!("OURS {} {column}", shape.table)).collect::<Vec<_>>()
    };
    SHAPES.iter().flat_map(of).collect()
}

/// Everything a person is told, door by door.
fn told(s: &Stage, who: &Session) -> Vec<(String, String)> {
    let mut out = vec![];
    let mut ask = |name: String, input: Json| {
        let said = s.plant.call(who, &name, input);
        out.push((name, said.map_or_else(|fault| format!("{fault:?}"), |json| json.to_string())));
    };
    for shape in SHAPES.iter().filter(|shape| !shape.hidden.is_empty()) {
        let id = Id::<()>::from_bytes(id_of(s.client, shape.table));
        ask(format!("{}_list", shape.table), json!({}));
        ask(format!("{}_list", shape.table), json!({ "client_id": s.client }));
        ask(format!("{}_get", shape.table), json!({ "client_id": s.client, "id": id }));
    }
    for kpi in ["absenteeism", "labour_hours", "coverage"] {
        let question = json!({ "kpi": kpi, "clients": [s.client], "from": DAY, "to": DAY, "by": [] });
        ask("kpi_explain".into(), json!({ "ask": question, "offset": 0, "limit": 50, "rows": true }));
    }
    ask("attendance_sheet".into(), s.place(0, DAY));
    for kind in ["production", "downtime", "line", "product"] {
        ask("export".into(), json!({ "kind": kind, "client_id": s.client, "format": "json" }));
    }
    for name in ["bradford", "people_export"] {
        let employee = Id::<()>::from_bytes(id_of(s.client, "employee"));
        ask(name.into(), json!({ "client_id": s.client, "employee_id": employee }));
    }
    for sql in [
        "SELECT c.patch FROM change c",
        "SELECT a.absence || coalesce(a.reason, '') || coalesce(a.note, '') FROM attendance_entry a",
        "SELECT a.absence || coalesce(a.reason, '') || coalesce(a.note, '') FROM attendance_entry_all a",
        "SELECT note FROM employee_all",
        "SELECT note FROM coverage_entry_all",
    ] {
        let rows =
            s.plant.store.repository(who).unwrap().read(|r| r.select(sql, &[], |row| row.get::<Option<String>>(0)));
        out.push((sql.into(), format!("{rows:?}")));
    }
    out
}

#[test]
fn what_concerns_a_person_is_empty_for_viewers_and_operators_at_every_door() {
    let s = Stage::new();
    // Written a second time, so that patches hold it too.
    write(&s.plant, &s.plant.admin, |w| {
        let again: AttendanceEntry = row(s.client, "OURS");
        w.put(&AttendanceEntry { note: Some("OURS attendance_entry note, again".into()), ..again }).map(|_| ())
    });
    assert!(marks().len() >= 4, "{:?}", marks());
    for role in [Role::Viewer, Role::Operator] {
        let who = s.plant.person(role.word(), role, &[s.client]);
        for (door, said) in told(&s, &who) {
            let mark = marks().into_iter().chain(["medical".into()]).find(|mark| said.contains(mark.as_str()));
            assert_eq!(mark, None, "{} at {door}: {said}", role.word());
        }
    }
    let supervisor: String = told(&s, &s.sue).into_iter().map(|(_, said)| said).collect();
    for mark in
        marks().into_iter().filter(|mark| ["attendance", "coverage", "employee"].iter().any(|t| mark.contains(t)))
    {
        assert!(supervisor.contains(&mark), "a supervisor reads {mark}");
    }
}

#[test]
fn the_view_that_sums_are_made_from_answers_no_one() {
    let s = Stage::new();
    let repo = s.plant.store.repository(&s.sue).unwrap();
    for sql in ["SELECT absence FROM absence_as_it_is", "SELECT count(*) FROM temp.absence_as_it_is"] {
        let said = repo.read(|r| r.select(sql, &[], |row| row.get::<String>(0)));
        assert!(said.is_err(), "{sql}: {said:?}");
    }
}

#[test]
fn figures_of_people_as_they_were_known_are_told_to_those_who_see_absences() {
    let s = Stage::new();
    let at = s.plant.store.clock().now();
    let asks = |who: &Session, kpi: &str| {
        let question =
            json!({ "kpi": kpi, "clients": [s.client], "from": DAY, "to": DAY, "by": [], "known": { "at": at } });
        s.plant.call(who, "kpi_ask", question.clone())?;
        s.plant.call(who, "kpi_explain", json!({ "ask": question, "offset": 0, "limit": 50, "rows": true }))
    };
    for role in [Role::Viewer, Role::Operator] {
        let who = s.plant.person(role.word(), role, &[s.client]);
        for kpi in ["absenteeism", "labour_hours", "coverage"] {
            let said = asks(&who, kpi).expect_err(kpi);
            assert_eq!((said.code.as_str(), said.field.as_deref()), ("forbidden", Some("known")), "{kpi}: {said:?}");
        }
        asks(&who, "oee").unwrap();
    }
    asks(&s.sue, "absenteeism").unwrap();
}
