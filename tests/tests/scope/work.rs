//! Holds, handovers, alerts and honesty checks.
use crate::trial::{Trial, Want};
use checks::row::{DAY, id_of};
use domain::{Client, Group, Id, Verb};
use serde_json::{Value as Json, json};

fn id(client: Id<Client>, table: &str) -> Id<()> {
    Id::from_bytes(id_of(client, table))
}

fn which(client: Id<Client>, of: Id<Client>, table: &str) -> Json {
    json!({ "client_id": client, "id": id(of, table) })
}

/// Every step of a hold and of an alert, of another client's row and under another client.
pub(crate) fn every_step(t: &Trial) {
    let holds = ["hold_approve", "hold_reject", "hold_cancel", "hold_resume_request", "hold_resume", "hold_scrap"];
    let alerts = ["alert_acknowledge", "alert_resolve"];
    let of = |table: &'static str| move |name: &'static str| (name, table);
    for (name, table) in holds.map(of("hold_entry")).into_iter().chain(alerts.map(of("alert"))) {
        t.missing(name, |client| which(client, client, table));
        t.missing(name, |client| which(client, t.own, table));
        t.missing(name, |client| which(t.own, client, table));
    }
    let ask = |client, of| json!({ "client_id": client, "work_order_id": id(of, "work_order") });
    t.missing("hold_request", |client| ask(client, client));
    t.missing("hold_request", |client| ask(t.own, client));
    let held = t.expect("hold_list", json!({}), Want::Done);
    assert_eq!(held, t.expect("hold_list", json!({ "client_id": t.own }), Want::Done));
    t.missing("hold_list", |client| json!({ "client_id": client }));
}

/// What is read back, handed over and pointed at.
pub(crate) fn every_look(t: &Trial) {
    let place =
        |client, of| json!({ "client_id": client, "day": DAY, "line_id": id(of, "line"), "shift_id": id(of, "shift") });
    for name in ["floor_read_back", "floor_balance", "floor_sign"] {
        t.missing(name, |client| place(client, client));
        t.missing(name, |client| place(t.own, client));
    }
    for name in ["floor_read_back", "floor_balance"] {
        t.expect(name, place(t.own, t.own), Want::Done);
    }
    let line = |client, of| json!({ "client_id": client, "line_id": id(of, "line") });
    t.missing("floor_handovers", |client| line(client, client));
    t.missing("floor_handovers", |client| line(t.own, client));
    t.expect("floor_handovers", line(t.own, t.own), Want::Done);
    t.missing("alerts", |client| json!({ "client_id": client }));
    t.expect("alerts", json!({ "settled": true }), Want::Done);
    let may = t.role.may(Verb::Create, Group::Alerts);
    t.expect("alert_look", json!({}), if may { Want::Done } else { Want::Refused("forbidden") });
    let honesty = |clients: Json| json!({ "from": DAY, "to": DAY, "clients": clients });
    t.missing("honesty", |client| honesty(json!([client])));
    t.missing("honesty", |client| honesty(json!([t.own, client])));
    let want = if t.role.sees_people() { Want::Done } else { Want::Refused("forbidden") };
    t.expect("honesty", honesty(Json::Null), want);
}
