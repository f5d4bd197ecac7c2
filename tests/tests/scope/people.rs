//! Lists, covers, absences and what is kept of a person.
use crate::trial::{Trial, Want, id};
use checks::row::DAY;
use domain::{Client, Group, Id, Role, Verb};
use serde_json::{Value as Json, json};

fn place(client: Id<Client>, of: Id<Client>) -> Json {
    json!({ "client_id": client, "day": DAY, "line_id": id(of, "line"), "shift_id": id(of, "shift") })
}

/// Every command about people: of the own client as the role may, of another's never.
pub(crate) fn every_command(t: &Trial) {
    t.expect("attendance_sheet", place(t.own, t.own), Want::Done);
    t.missing("attendance_sheet", |client| place(client, client));
    t.missing("attendance_sheet", |client| place(t.own, client));
    t.expect("attendance_mark", place(t.own, t.own), t.by_role(Verb::Create, Group::People));
    t.missing("attendance_mark", |client| place(client, client));
    let list = |client, of| {
        let person = json!({ "employee_id": id(of, "employee"), "scheduled_hours": 9.0, "actual_hours": 9.0,
            "absent_hours": null, "absence": null, "reason": null, "normal_hours": null, "double_hours": null,
            "triple_hours": null, "labour_class": null, "note": null });
        let mut list = place(client, client);
        (list["rows"], list["removed"], list["reason"]) = (json!([person]), json!([]), Json::Null);
        list
    };
    t.missing("attendance_save", |client| list(client, client));
    t.expect("attendance_save", list(t.own, t.own), t.by_role(Verb::Update, Group::People));
    if t.role.may(Verb::Create, Group::People) {
        t.missing("attendance_save", |client| list(t.own, client));
    }
    covers(t);
    pool(t);
    persons(t);
}

fn covers(t: &Trial) {
    let cover = |client, of| {
        json!({ "client_id": client, "id": null, "attendance_entry_id": id(of, "attendance_entry"),
            "employee_id": null, "booking": null, "day": DAY, "shift_id": id(client, "shift"),
            "line_id": id(client, "line"), "hours": null, "idle_minutes": null, "note": null, "reason": null })
    };
    t.missing("cover_save", |client| cover(client, client));
    t.expect("cover_save", cover(t.own, t.own), t.by_role(Verb::Create, Group::People));
    if t.role.may(Verb::Create, Group::People) {
        t.missing("cover_save", |client| cover(t.own, client));
    }
    let which = |client, of| json!({ "client_id": client, "id": id(of, "coverage_entry") });
    t.missing("cover_confirm", |client| which(client, client));
    t.missing("cover_confirm", |client| which(t.own, client));
    t.expect("cover_confirm", which(t.own, t.own), t.by_role(Verb::Approve, Group::People));
}

/// Who covers for clients out of scope is busy then, and that is all that is told.
fn pool(t: &Trial) {
    let when = |client, of, days| json!({ "client_id": client, "line_id": id(of, "line"), "shift_id": id(of, "shift"), "day": DAY.plus(days) });
    let may = |verb| t.by_role(verb, Group::Pool);
    let or_forbidden = |code| if t.role.may(Verb::Read, Group::Pool) { code } else { "forbidden" };
    t.missing("pool_list", |client| when(client, client, 3));
    for (days, busy) in [(3, 1), (4, 1), (6, 0)] {
        let list = t.expect("pool_list", when(t.own, t.own, days), may(Verb::Read));
        for person in list.as_array().into_iter().flatten().filter(|p| p["id"] == t.pooled) {
            let taken = person["taken"].as_array().unwrap();
            assert!(taken.len() == busy && taken.iter().all(|time| time["token"].is_null()), "{person}");
        }
    }
    let book = |when| json!({ "pool_employee_id": t.pooled, "when": when });
    t.missing("pool_book", |client| book(when(client, client, 3)));
    t.expect("pool_book", book(when(t.own, t.own, 3)), Want::Refused(or_forbidden("busy_on_shift")));
    for (other, token) in t.others().into_iter().zip(&t.tokens) {
        for name in ["pool_list", "pool_book"] {
            let borrowed = when(t.own, other, 6);
            let input = if name == "pool_book" { book(borrowed) } else { borrowed };
            t.expect(name, input, Want::Refused(or_forbidden("missing")));
        }
        t.expect("pool_release", json!({ "token": token }), Want::Refused(or_forbidden("missing")));
        let mut cover = when(t.own, t.own, 3);
        cover["booking"] = json!(token);
        t.expect("cover_save", cover, Want::Refused(or_forbidden("missing")));
    }
    let booked = t.expect("pool_book", book(when(t.own, t.own, 6)), may(Verb::Create));
    if t.role.may(Verb::Create, Group::Pool) {
        t.expect("pool_release", json!({ "token": booked["token"] }), Want::Done);
    }
    let person = json!({ "id": null, "code": "P2", "name": "OURS", "active": true });
    let made = t.expect("pool_employee_put", person, may(Verb::Update));
    let which = if made.is_null() { t.pooled.clone() } else { made };
    t.expect("pool_employee_remove", json!({ "id": which }), may(Verb::Remove));
}

fn persons(t: &Trial) {
    let sees = if t.role.sees_people() { Want::Done } else { Want::Refused("forbidden") };
    t.expect("bradford", json!({ "client_id": t.own, "day": DAY }), sees);
    t.missing("bradford", |client| json!({ "client_id": client, "day": DAY }));
    let pooled = json!({ "pool_employee_id": t.pooled });
    for name in ["pool_employee_export", "pool_employee_erase"] {
        let nobody = json!({ "pool_employee_id": id(t.foreign, "employee") });
        let admin = t.role == Role::Admin;
        t.expect(name, nobody, Want::Refused(if admin { "missing" } else { "forbidden" }));
        // What is told of a person names no cover of a client out of scope, nor his booking.
        t.expect(name, pooled.clone(), if admin { Want::Done } else { Want::Refused("forbidden") });
    }
    let person = |client, of| json!({ "client_id": client, "employee_id": id(of, "employee") });
    let admin = t.role == Role::Admin;
    t.expect("people_export", person(t.own, t.own), if admin { Want::Done } else { Want::Refused("forbidden") });
    for name in ["people_export", "people_erase"] {
        t.missing(name, |client| person(client, client));
        if admin {
            t.missing(name, |client| person(t.own, client));
        }
    }
}
