//! A person of the pool is told what is kept of him, and erased; what he was booked for stands.
use crate::{erasure::everything, *};

fn of(person: &str) -> Json {
    json!({ "pool_employee_id": person })
}

impl Stage {
    fn of_admin(&self, name: &str, input: Json) -> Result<Json, Fault> {
        self.plant.call(&self.plant.admin, name, input)
    }
    /// What an admin is told of a person of the pool.
    fn told_pooled(&self, person: &str) -> Json {
        let told = self.of_admin("pool_employee_export", of(person)).unwrap();
        serde_json::from_str(told.as_str().unwrap()).unwrap()
    }
    fn renamed(&self, person: &str, code: &str, name: &str) {
        let row = json!({ "id": person, "code": code, "name": name, "department": null, "active": true });
        self.call("pool_employee_put", row).unwrap();
    }
}

/// Somebody who was renamed, booked, and covers, with a note about him.
fn pooled(s: &Stage) -> (String, Json) {
    let pia = s.pooled("SECRET-PIA");
    s.renamed(&pia, "SECRET-2", "SECRET name");
    s.pooled("POL");
    let cover = s.covers(json!({ "pool_employee_id": pia, "note": "SECRET late" })).unwrap();
    let mut noted = json!({ "id": cover, "pool_employee_id": pia, "note": "SECRET always late" });
    noted["hours"] = json!(4.0);
    s.covers(noted).unwrap();
    (pia, cover)
}

#[test]
fn a_person_of_the_pool_is_told_every_row_and_every_change_about_him() {
    let s = Stage::new();
    let (pia, _) = pooled(&s);
    let (events, _) = s.plant.store.audit().unwrap();
    let told = s.told_pooled(&pia);
    let tables: Vec<_> = told["rows"].as_array().unwrap().iter().map(|row| row["table"].as_str().unwrap()).collect();
    assert_eq!(tables, ["pool_employee", "pool_booking", "coverage_entry"]);
    let acts: Vec<_> = told["changes"].as_array().unwrap().iter().map(|c| c["act"].as_str().unwrap()).collect();
    assert_eq!(acts, ["create", "patch", "create", "create", "patch"]);
    assert_eq!(told["changes"][0]["author"], Json::Null, "who books tells for whom");
    let text = told.to_string();
    for word in ["SECRET-PIA", "Name of SECRET-PIA", "SECRET-2", "SECRET name", "SECRET late", "SECRET always late"] {
        assert!(text.contains(word), "{word} is not in {text}");
    }
    assert!(!text.contains("POL"), "another person");
    assert_eq!(s.plant.store.audit().unwrap(), (events + 1, None), "it is on the record");
}

#[test]
fn an_erased_person_of_the_pool_is_in_no_row_no_change_and_no_undo_and_his_bookings_stand() {
    let s = Stage::new();
    let (pia, cover) = pooled(&s);
    s.sound();
    let token = s.row(&cover)["booking"].clone();
    let (events, _) = s.plant.store.audit().unwrap();
    let erased = s.of_admin("pool_employee_erase", of(&pia)).unwrap();
    assert_eq!((&erased["rows"], &erased["changes"]), (&json!(3), &json!(4)));
    assert_eq!(s.plant.store.audit().unwrap(), (events + 1, None), "erased, and on the record");
    let nobody = |s: &Stage| {
        let told = s.told_pooled(&pia).to_string();
        assert!(!told.contains("SECRET"), "rows, patches and undo images: {told}");
        assert!(!everything(s).contains("SECRET"), "covers of the client");
        let listed = s.plant.call(&s.sue, "pool_list", s.when(TODAY)).unwrap().to_string();
        assert!(!listed.contains("SECRET"), "{listed}");
        s.sound();
    };
    nobody(&s);
    let left = s.of_pool(&s.sue, &pia, TODAY);
    assert_eq!((&left["active"], &left["taken"][0]["token"]), (&json!(false), &token), "booked still, as nobody");
    assert_eq!((s.state(&token).as_str(), &s.row(&cover)["hours"]), ("confirmed", &json!(4.0)));
    for _ in 0..6 {
        let _ = s.call("undo", json!({}));
    }
    let _ = s.of_admin("undo", json!({}));
    assert_eq!(s.of_pool(&s.sue, &pia, TODAY)["active"], false, "an erasure is no step to take back");
    nobody(&s);
    let again = s.of_admin("pool_employee_erase", of(&pia)).unwrap();
    assert_eq!(again["changes"], 0, "once is enough");
    nobody(&s);
}

#[test]
fn only_an_admin_tells_or_erases_a_person_of_the_pool() {
    let s = Stage::new();
    let (pia, _) = pooled(&s);
    let person = |role: Role| s.plant.person(role.word(), role, &[s.client]);
    let others = [Role::Viewer, Role::Operator, Role::Supervisor, Role::Leader, Role::Poweruser].map(person);
    for name in ["pool_employee_export", "pool_employee_erase"] {
        for who in &others {
            assert_eq!(
                s.plant.call(who, name, of(&pia)).unwrap_err().code,
                "forbidden",
                "{name} {}",
                who.role().word()
            );
        }
        let nobody = Id::<PoolEmployee>::from_bytes([9; 16]).to_string();
        assert_eq!(s.of_admin(name, of(&nobody)).unwrap_err().code, "missing");
    }
    assert!(s.told_pooled(&pia).to_string().contains("SECRET name"));
}

#[test]
fn who_took_his_name_after_an_erasure_is_somebody_else() {
    let s = Stage::new();
    let (pia, _) = pooled(&s);
    s.of_admin("pool_employee_erase", of(&pia)).unwrap();
    let next = s.pooled("SECRET-2");
    assert_ne!(next, pia);
    assert!(s.is_free(&next, TODAY) && s.of_pool(&s.sue, &pia, TODAY)["free"] == false);
    s.sound();
}
