//! Lists, covers, absences and what is kept of a person.
use crate::trial::{Trial, Want};
use checks::row::{DAY, id_of};
use domain::{Client, Group, Id, Role, Verb};
use serde_json::{Value as Json, json};

fn id(client: Id<Client>, table: &str) -> Id<()> {
    Id::from_bytes(id_of(client, table))
}

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

fn persons(t: &Trial) {
    let sees = if t.role.sees_people() { Want::Done } else { Want::Refused("forbidden") };
    t.expect("bradford", json!({ "client_id": t.own, "day": DAY }), sees);
    t.missing("bradford", |client| json!({ "client_id": client, "day": DAY }));
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
