//! The floating pool: who of the plant is free, is booked, and covers.
use crate::*;

/// The clock of these tests: a shift of the marked clients lasts from one minute after midnight to the next.
fn from(day: Day) -> i64 {
    i64::from(day.0) * 86_400_000 + 60_000
}

const HOUR: i64 = 3_600_000;

impl Stage {
    pub(crate) fn pooled(&self, code: &str) -> String {
        let row = json!({ "id": null, "code": code, "name": format!("Name of {code}"), "department": null, "active": true, "reason": null });
        self.call("pool_employee_put", row).unwrap().as_str().unwrap().into()
    }
    pub(crate) fn when(&self, day: Day) -> Json {
        json!({ "client_id": self.client, "line_id": self.lines[0], "shift_id": self.shift, "day": day,
            "from_utc": null, "to_utc": null })
    }
    /// What the pool's list says of a person on a day's shift.
    pub(crate) fn of_pool(&self, who: &Session, person: &str, day: Day) -> Json {
        let list = self.plant.call(who, "pool_list", self.when(day)).unwrap();
        list.as_array().unwrap().iter().find(|p| p["id"] == person).unwrap().clone()
    }
    pub(crate) fn is_free(&self, person: &str, day: Day) -> bool {
        self.of_pool(&self.sue, person, day)["free"] == true
    }
    fn covering(&self, more: Json) -> Json {
        let mut input = json!({ "client_id": self.client, "id": null, "attendance_entry_id": null, "employee_id": null,
            "pool_employee_id": null, "booking": null, "day": TODAY, "shift_id": self.shift, "line_id": self.lines[0],
            "hours": null, "idle_minutes": null, "note": null, "reason": null });
        more.as_object().unwrap().iter().for_each(|(key, value)| input[key] = value.clone());
        input
    }
    pub(crate) fn covers(&self, more: Json) -> Result<Json, Fault> {
        self.call("cover_save", self.covering(more))
    }
    pub(crate) fn row(&self, cover: &Json) -> Json {
        self.call("coverage_entry_get", json!({ "client_id": self.client, "id": cover })).unwrap()
    }
    fn book(&self, who: &Session, person: &str, from: i64, to: i64) -> Result<Json, Fault> {
        let when = json!({ "from_utc": from, "to_utc": to, "client_id": null, "line_id": null, "shift_id": null, "day": null });
        self.plant.call(who, "pool_book", json!({ "pool_employee_id": person, "when": when }))
    }
    pub(crate) fn state(&self, token: &Json) -> String {
        let sql = "SELECT state FROM pool_booking_all WHERE token = ?1";
        let token = token.as_str().unwrap().to_owned();
        let repo = self.plant.store.repository(&self.plant.admin).unwrap();
        repo.read(|r| r.first(sql, store::values![token], |row| row.get(0))).unwrap().unwrap()
    }
}

fn refused(said: Result<Json, Fault>) -> (String, String) {
    let fault = said.unwrap_err();
    (fault.code, fault.field.unwrap_or_default())
}

fn with(code: &str, field: &str) -> (String, String) {
    (code.into(), field.into())
}

#[test]
fn a_cover_from_the_pool_is_booked_with_it_and_undo_and_redo_take_both() {
    let s = Stage::new();
    let (ann, pia) = (s.hire("ANN", &[]), s.pooled("PIA"));
    s.save(0, TODAY, ann, json!({ "scheduled_hours": 9.0, "absence": "unscheduled" })).unwrap();
    let absence = AttendanceEntry::fact(s.client, ann, TODAY, Some(s.shift));
    assert!(s.is_free(&pia, TODAY));
    let cover = s.covers(json!({ "pool_employee_id": pia, "attendance_entry_id": absence })).unwrap();
    let told = s.of_pool(&s.sue, &pia, TODAY);
    assert_eq!((&told["free"], &told["taken"][0]["token"]), (&json!(false), &s.row(&cover)["booking"]));
    assert_eq!(told["taken"][0]["from_utc"], from(TODAY));
    s.call("cover_confirm", json!({ "client_id": s.client, "id": cover })).unwrap();
    assert_eq!((s.absenteeism(), s.is_free(&pia, TODAY)), (Some(0.0), false));
    s.call("undo", json!({})).unwrap();
    assert_eq!((s.absenteeism(), s.is_free(&pia, TODAY)), (Some(100.0), false), "the confirmation is taken back alone");
    s.call("undo", json!({})).unwrap();
    assert!(s.is_free(&pia, TODAY), "confirmed, proposed, gone: the booking goes with the cover");
    assert!(s.call("coverage_entry_get", json!({ "client_id": s.client, "id": cover })).is_err());
    for (free, absent) in [(false, Some(100.0)), (false, Some(0.0))] {
        s.call("redo", json!({})).unwrap();
        assert_eq!((s.is_free(&pia, TODAY), s.absenteeism()), (free, absent), "and forth again");
    }
    s.sound();
    let next = TODAY.plus(1);
    let cover = s.covers(json!({ "pool_employee_id": pia, "day": next })).unwrap();
    s.call("undo", json!({})).unwrap();
    assert!(s.is_free(&pia, next), "the booking is taken back with the cover");
    assert!(s.call("coverage_entry_get", json!({ "client_id": s.client, "id": cover })).is_err());
    s.call("redo", json!({})).unwrap();
    assert!(!s.is_free(&pia, next) && s.row(&cover)["booking"].is_string());
    s.sound();
}

#[test]
fn a_cover_goes_back_step_by_step_with_its_booking_but_not_past_what_another_wrote() {
    let s = Stage::new();
    let (pia, next) = (s.pooled("PIA"), TODAY.plus(1));
    let cover = s.covers(json!({ "pool_employee_id": pia })).unwrap();
    let token = s.row(&cover)["booking"].clone();
    let confirm = json!({ "client_id": s.client, "id": cover });
    s.call("cover_confirm", confirm.clone()).unwrap();
    s.covers(json!({ "id": cover, "pool_employee_id": pia, "day": next, "hours": 4.0 })).unwrap();
    let undo = || s.call("undo", json!({})).map(|_| ()).map_err(|fault| (fault.code, fault.params["who"].clone()));
    undo().unwrap();
    assert_eq!((s.is_free(&pia, TODAY), s.is_free(&pia, next), s.state(&token).as_str()), (false, true, "confirmed"));
    undo().unwrap();
    assert_eq!((&s.row(&cover)["confirmed"], &s.row(&cover)["hours"]), (&json!(false), &Json::Null));
    // Another's word stays: nothing goes back past it, neither the cover nor its booking.
    let oda = s.plant.person("oda", Role::Supervisor, &[s.client]);
    s.plant.call(&oda, "cover_confirm", confirm).unwrap();
    assert_eq!(undo().unwrap_err(), ("changed_since".into(), "oda".into()));
    assert!(!s.is_free(&pia, TODAY) && s.row(&cover)["confirmed"] == true);
    // What he takes back himself was his to write: the row is not as it was left.
    s.plant.call(&oda, "undo", json!({})).unwrap();
    assert_eq!(undo().unwrap_err(), ("changed_since".into(), "oda".into()));
    s.sound();
}

#[test]
fn what_was_taken_back_does_not_come_again_where_the_time_is_taken_since() {
    let s = Stage::new();
    let pia = s.pooled("PIA");
    s.covers(json!({ "pool_employee_id": pia })).unwrap();
    s.call("undo", json!({})).unwrap();
    let other = s.plant.person("oda", Role::Supervisor, &[s.client]);
    s.book(&other, &pia, from(TODAY) + HOUR, from(TODAY) + 2 * HOUR).unwrap();
    assert_eq!(refused(s.call("redo", json!({}))), with("busy_on_shift", "pool_employee_id"));
    s.sound();
}

#[test]
fn nobody_of_the_pool_is_on_two_shifts_of_one_time_whoever_asks() {
    let s = Stage::new();
    let other = s.plant.client("OTHER");
    let bea = s.plant.person("bea", Role::Supervisor, &[other]);
    let pia = s.pooled("PIA");
    s.covers(json!({ "pool_employee_id": pia })).unwrap();
    let busy = with("busy_on_shift", "pool_employee_id");
    assert_eq!(refused(s.covers(json!({ "pool_employee_id": pia, "line_id": s.lines[1] }))), busy);
    let (line, shift) = (Id::<Line>::from_bytes(id_of(other, "line")), Id::<Shift>::from_bytes(id_of(other, "shift")));
    let theirs = s.covering(json!({ "client_id": other, "line_id": line, "shift_id": shift, "pool_employee_id": pia }));
    assert_eq!(refused(s.plant.call(&bea, "cover_save", theirs)), busy);
    assert_eq!(refused(s.book(&bea, &pia, from(TODAY) - HOUR, from(TODAY) + 1)), busy);
    s.book(&bea, &pia, from(TODAY) - HOUR, from(TODAY)).unwrap();
    s.covers(json!({ "pool_employee_id": pia, "day": TODAY.plus(1) })).unwrap();
}

#[test]
fn a_booking_for_another_client_shows_as_busy_times_and_nothing_else() {
    let s = Stage::new();
    let other = s.plant.client("OTHER");
    let bea = s.plant.person("bea", Role::Supervisor, &[other]);
    let pia = s.pooled("PIA");
    let (line, shift) = (Id::<Line>::from_bytes(id_of(other, "line")), Id::<Shift>::from_bytes(id_of(other, "shift")));
    let theirs = s.covering(json!({ "client_id": other, "line_id": line, "shift_id": shift, "pool_employee_id": pia }));
    let cover = s.plant.call(&bea, "cover_save", theirs).unwrap();
    let cover = s.plant.call(&bea, "coverage_entry_get", json!({ "client_id": other, "id": cover })).unwrap();
    let alone = s.book(&bea, &pia, from(TODAY.plus(3)), from(TODAY.plus(3)) + HOUR).unwrap();
    let lea = s.plant.person("lea", Role::Leader, &[s.client]);
    for who in [&s.sue, &lea] {
        let told = s.of_pool(who, &pia, TODAY);
        let times = json!([{ "from_utc": from(TODAY), "to_utc": from(TODAY.plus(1)), "token": null,
            "requested": false }]);
        assert_eq!((&told["free"], &told["taken"]), (&json!(false), &times));
        assert_eq!(s.of_pool(who, &pia, TODAY.plus(3))["taken"][0]["token"], Json::Null);
        for token in [&cover["booking"], &alone["token"]] {
            let release = json!({ "token": token, "reason": null });
            assert_eq!(s.plant.call(who, "pool_release", release).unwrap_err().code, "missing");
            let named = s.covering(json!({ "booking": token }));
            assert_eq!(refused(s.plant.call(who, "cover_save", named)), with("missing", "booking"));
        }
    }
    // Below the commands, too.
    let repo = s.plant.store.repository(&s.sue).unwrap();
    let count = |sql: &str| repo.read(|r| r.first(sql, &[], |row| row.get::<i64>(0))).unwrap().unwrap();
    assert_eq!(count("SELECT count(*) FROM pool_booking_all"), 0);
    assert_eq!(count("SELECT count(*) FROM pool_busy"), 2);
    // Whoever booked and lost the client knows no more of it than others.
    s.plant.narrow(&bea, &[s.client]);
    assert_eq!(s.of_pool(&bea, &pia, TODAY)["taken"][0]["token"], Json::Null);
}

#[test]
fn a_cover_taken_away_gives_its_booking_back_and_one_moved_takes_it_along() {
    let s = Stage::new();
    let (pia, pol) = (s.pooled("PIA"), s.pooled("POL"));
    let cover = s.covers(json!({ "pool_employee_id": pia })).unwrap();
    let token = s.row(&cover)["booking"].clone();
    let next = TODAY.plus(1);
    s.covers(json!({ "id": cover, "pool_employee_id": pia, "day": next })).unwrap();
    assert_eq!((s.is_free(&pia, TODAY), s.is_free(&pia, next), &s.row(&cover)["booking"]), (true, false, &token));
    s.covers(json!({ "pool_employee_id": pia })).unwrap();
    let back = s.covers(json!({ "id": cover, "pool_employee_id": pia, "day": TODAY }));
    assert_eq!(refused(back), with("busy_on_shift", "pool_employee_id"));
    assert_eq!(s.row(&cover)["day"], json!(next), "nothing of it was saved");
    // Somebody else covers instead.
    s.covers(json!({ "id": cover, "pool_employee_id": pol, "day": next })).unwrap();
    assert_eq!((s.is_free(&pia, next), s.is_free(&pol, next), s.state(&token).as_str()), (true, false, "released"));
    s.call("undo", json!({})).unwrap();
    assert_eq!((s.is_free(&pia, next), s.is_free(&pol, next), s.state(&token).as_str()), (false, true, "confirmed"));
    // Whoever takes the cover away, by whichever command.
    let oda = s.plant.person("oda", Role::Supervisor, &[s.client]);
    let which = json!({ "client_id": s.client, "id": cover });
    s.plant.call(&oda, "coverage_entry_remove", which).unwrap();
    assert_eq!((s.is_free(&pia, next), s.state(&token).as_str()), (true, "released"), "and it stays on the record");
    s.plant.call(&oda, "undo", json!({})).unwrap();
    assert_eq!((s.is_free(&pia, next), s.state(&token).as_str()), (false, "confirmed"));
    let mut row = s.row(&cover);
    row["booking"] = Json::Null;
    s.plant.call(&oda, "coverage_entry_put", json!({ "row": row, "reason": null })).unwrap();
    assert_eq!((s.is_free(&pia, next), s.state(&token).as_str()), (true, "released"));
    s.plant.call(&oda, "undo", json!({})).unwrap();
    assert_eq!(s.state(&token), "confirmed");
    s.sound();
}

#[test]
fn a_booking_that_a_cover_names_is_there_is_his_and_is_over_that_shift() {
    let s = Stage::new();
    let (pia, pol, ann) = (s.pooled("PIA"), s.pooled("POL"), s.hire("ANN", &[]));
    let token = |from: i64, to: i64| s.book(&s.sue, &pia, from, to).unwrap()["token"].clone();
    let (part, later) = (token(from(TODAY), from(TODAY) + 4 * HOUR), token(from(TODAY.plus(2)), from(TODAY.plus(3))));
    for nothing in ["POOL-7", "0197714b3e007c3e80d74ddbb5f427d8"] {
        assert_eq!(refused(s.covers(json!({ "booking": nothing }))), with("missing", "booking"));
    }
    assert_eq!(refused(s.covers(json!({ "booking": later }))), with("other_times", "booking"));
    assert_eq!(refused(s.covers(json!({ "booking": part, "pool_employee_id": pol }))), with("other_person", "booking"));
    assert_eq!(refused(s.covers(json!({ "booking": part, "employee_id": ann }))), with("other_person", "booking"));
    let untimed = Shift {
        code: "N".into(),
        name: "N".into(),
        active: true,
        ..Shift::blank(s.client, Id::fact(s.client, "shift", "n"))
    };
    write(&s.plant, &s.plant.admin, |w| w.put(&untimed).map(|_| ()));
    for how in [json!({ "booking": part }), json!({ "pool_employee_id": pol })] {
        let mut how = how;
        how["shift_id"] = json!(untimed.id);
        assert_eq!(refused(s.covers(how)), with("no_times", "shift_id"));
    }
    assert_eq!(refused(s.covers(json!({ "pool_employee_id": pol, "shift_id": null }))), with("no_times", "shift_id"));
    let cover = s.covers(json!({ "booking": part, "pool_employee_id": pia })).unwrap();
    assert_eq!(refused(s.covers(json!({ "booking": part, "line_id": s.lines[1] }))), with("busy_on_shift", "booking"));
    let release = json!({ "token": part, "reason": null });
    assert_eq!(refused(s.call("pool_release", release.clone())), with("still_covers", ""));
    s.call("coverage_entry_remove", json!({ "client_id": s.client, "id": cover })).unwrap();
    assert_eq!(s.call("pool_release", release).unwrap()["state"], "released", "it is given back already");
    assert_eq!(refused(s.covers(json!({ "booking": part }))), with("missing", "booking"));
}

#[test]
fn times_that_cannot_be_are_refused_with_their_field() {
    let s = Stage::new();
    let pia = s.pooled("PIA");
    let start = from(TODAY);
    for (from, to, code, field) in [
        (start, start, "ends_first", "to_utc"),
        (start, start - 1, "ends_first", "to_utc"),
        (start, start + 24 * HOUR + 1, "over_a_day", "to_utc"),
        (-5, HOUR, "bad_date", "from_utc"),
    ] {
        assert_eq!(refused(s.book(&s.sue, &pia, from, to)), with(code, field));
    }
    let half = json!({ "pool_employee_id": pia, "when": { "from_utc": start } });
    assert_eq!(refused(s.call("pool_book", half)), with("empty", "to_utc"));
    let garbage = json!({ "pool_employee_id": pia, "when": { "from_utc": "soon", "to_utc": 5 } });
    assert_eq!(refused(s.call("pool_book", garbage)).0, "bad_input");
    assert_eq!(
        refused(s.book(&s.sue, &s.client.to_string(), start, start + HOUR)),
        with("missing", "pool_employee_id")
    );
}

#[test]
fn supervisors_book_and_a_leader_gives_back_what_his_own_people_booked() {
    let s = Stage::new();
    let pia = s.pooled("PIA");
    let start = from(TODAY);
    let token = s.book(&s.sue, &pia, start, start + HOUR).unwrap()["token"].clone();
    let release = json!({ "token": token, "reason": null });
    let put = json!({ "id": pia, "code": "PIA", "name": "", "department": null, "active": true, "reason": null });
    for role in [Role::Viewer, Role::Operator] {
        let who = s.plant.person(role.word(), role, &[s.client]);
        let ask = |name: &str, input: Json| s.plant.call(&who, name, input).unwrap_err().code;
        assert_eq!(ask("pool_list", s.when(TODAY)), "forbidden");
        assert_eq!(ask("pool_book", json!({ "pool_employee_id": pia, "when": s.when(TODAY) })), "forbidden");
        assert_eq!(ask("pool_release", release.clone()), "forbidden");
        assert_eq!(ask("pool_employee_put", put.clone()), "forbidden");
        assert_eq!(ask("pool_employee_remove", json!({ "id": pia, "reason": null })), "forbidden");
        assert_eq!(
            ask("cover_save", s.covering(json!({ "pool_employee_id": pia, "day": TODAY.plus(1) }))),
            "forbidden"
        );
    }
    let other = s.plant.client("OTHER");
    let oda = s.plant.person("oda", Role::Supervisor, &[s.client]);
    let leb = s.plant.person("leb", Role::Leader, &[other]);
    for who in [&oda, &leb] {
        assert_eq!(s.plant.call(who, "pool_release", release.clone()).unwrap_err().code, "missing");
    }
    let lea = s.plant.person("lea", Role::Leader, &[s.client]);
    assert_eq!(s.plant.call(&lea, "pool_release", release).unwrap()["state"], "released");
    let token = s.book(&s.sue, &pia, start, start + HOUR).unwrap()["token"].clone();
    s.plant.narrow(&s.sue, &[s.client, other]);
    let release = json!({ "token": token, "reason": null });
    assert_eq!(
        s.plant.call(&lea, "pool_release", release.clone()).unwrap_err().code,
        "missing",
        "it may be for the other"
    );
    s.plant.call(&s.plant.admin, "pool_release", release).unwrap();
}

#[test]
fn who_is_booked_stays_on_the_pool_s_list_and_a_code_is_there_once() {
    let s = Stage::new();
    let pia = s.pooled("PIA");
    let twin = json!({ "id": null, "code": "pia", "name": "x", "department": null, "active": true, "reason": null });
    assert_eq!(refused(s.call("pool_employee_put", twin)), with("duplicate_code", "code"));
    // The clock of the plant stands before this day.
    let ahead = 1_750_000_000_000 + HOUR;
    let token = s.book(&s.sue, &pia, ahead, ahead + HOUR).unwrap()["token"].clone();
    let off = json!({ "id": pia, "reason": null });
    assert_eq!(refused(s.call("pool_employee_remove", off.clone())), with("still_booked", "id"));
    s.call("pool_release", json!({ "token": token, "reason": null })).unwrap();
    s.call("pool_employee_remove", off).unwrap();
    assert_eq!(refused(s.book(&s.sue, &pia, ahead, ahead + HOUR)), with("missing", "pool_employee_id"));
    s.call("undo", json!({})).unwrap();
    s.book(&s.sue, &pia, ahead, ahead + HOUR).unwrap();
    s.sound();
}
