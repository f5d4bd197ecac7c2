//! KPIs, shifts and lists of choices.
use crate::trial::{Trial, Want};
use checks::row::{DAY, id_of};
use domain::{Client, Day, Group, Id, Verb};
use serde_json::{Value as Json, json};

const KPIS: [&str; 28] = [
    "efficiency",
    "availability",
    "accounted",
    "performance",
    "quality_rate",
    "oee",
    "hours",
    "throughput",
    "attainment",
    "mtbf",
    "mttr",
    "teep",
    "ppm",
    "dpmo",
    "fpy",
    "rty",
    "scrap_rate",
    "rework_rate",
    "repair_rate",
    "final_yield",
    "absenteeism",
    "labour_hours",
    "coverage",
    "otd",
    "true_otd",
    "otif",
    "otd_net",
    "wip_age",
];

fn id(client: Id<Client>, table: &str) -> Id<()> {
    Id::from_bytes(id_of(client, table))
}

fn ask(kpi: &str, clients: Json, by: &[&str]) -> Json {
    json!({ "kpi": kpi, "clients": clients, "from": DAY, "to": DAY, "by": by, "lines": null, "shifts": null, "products": null })
}

pub(crate) fn every_kpi(t: &Trial) {
    for kpi in KPIS {
        let by: &[&str] =
            if ["efficiency", "availability", "oee", "ppm", "fpy"].contains(&kpi) { &["client"] } else { &[] };
        let all = t.expect("kpi_ask", ask(kpi, Json::Null, by), Want::Done);
        let own = t.expect("kpi_ask", ask(kpi, json!([t.own]), by), Want::Done);
        assert_eq!(all["rows"], own["rows"], "{kpi} of all clients is that of the own one");
        t.missing("kpi_ask", |client| ask(kpi, json!([client]), &[]));
        t.missing("kpi_ask", |client| ask(kpi, json!([t.own, client]), &["day"]));
        explained(t, kpi);
        changed(t, kpi);
        filtered(t, kpi);
    }
    let board = |clients: Json| json!({ "kpis": KPIS, "clients": clients, "from": DAY, "to": DAY, "lines": null, "shifts": null, "products": null });
    t.expect("kpi_board", board(Json::Null), Want::Done);
    t.expect("kpi_board", board(json!([t.own])), Want::Done);
    t.missing("kpi_board", |client| board(json!([client])));
}

fn explained(t: &Trial, kpi: &str) {
    for rows in [false, true] {
        let explain = |clients: Json| json!({ "ask": ask(kpi, clients, &[]), "offset": 0, "limit": 50, "rows": rows });
        let all = t.expect("kpi_explain", explain(Json::Null), Want::Done);
        assert_eq!(all["total"], 1, "{kpi} rests on the own line shift or order alone");
        t.missing("kpi_explain", |client| explain(json!([client])));
    }
}

/// What a figure is compared with is the own client's, too.
fn changed(t: &Trial, kpi: &str) {
    let all = t.expect("kpi_compare", ask(kpi, Json::Null, &[]), Want::Done);
    assert_eq!(all, t.expect("kpi_compare", ask(kpi, json!([t.own]), &[]), Want::Done), "{kpi}");
    t.missing("kpi_compare", |client| ask(kpi, json!([t.own, client]), &[]));
    let why = |clients: Json| json!({ "ask": ask(kpi, clients, &[]), "versus_from": DAY, "versus_to": DAY });
    let factors = ["oee", "efficiency", "availability", "accounted", "performance", "quality_rate", "throughput"];
    let want = if factors.contains(&kpi) { Want::Done } else { Want::Refused("no_why") };
    let all = t.expect("kpi_why", why(Json::Null), want);
    assert_eq!(all, t.expect("kpi_why", why(json!([t.own])), want), "{kpi}");
    t.missing("kpi_why", |client| why(json!([client])));
    t.missing("kpi_why", |client| {
        let mut why = why(Json::Null);
        why["ask"]["lines"] = json!([id(client, "line")]);
        why
    });
}

/// A filter by a row of another client finds nothing, under every client.
fn filtered(t: &Trial, kpi: &str) {
    for (filter, table) in [("lines", "line"), ("shifts", "shift"), ("products", "product"), ("jobs", "job")] {
        for clients in [Json::Null, json!([t.own])] {
            t.missing("kpi_ask", |client| {
                let mut ask = ask(kpi, clients.clone(), &[]);
                ask[filter] = json!([id(client, table)]);
                ask
            });
        }
    }
}

fn place(client: Id<Client>, of: Id<Client>, day: Day) -> Json {
    json!({ "client_id": client, "day": day, "line_id": id(of, "line"), "shift_id": id(of, "shift") })
}

fn with(mut place: Json, more: &Json) -> Json {
    for (key, value) in more.as_object().into_iter().flatten() {
        place[key] = value.clone();
    }
    place
}

pub(crate) fn every_shift(t: &Trial) {
    let save = json!({ "entries": [], "stops": [], "removed": [], "reason": null, "crew": 7.0 });
    let commands = [
        ("floor_sheet", json!({}), Want::Done),
        ("floor_save", save, t.by_role(Verb::Update, Group::Floor)),
        ("floor_close", json!({ "note": null }), t.by_role(Verb::Amend, Group::Floor)),
        ("floor_reopen", json!({ "reason": "recount" }), t.by_role(Verb::Amend, Group::Floor)),
    ];
    for (name, more, want) in commands {
        t.missing(name, |client| with(place(client, client, DAY), &more));
        t.missing(name, |client| with(place(t.own, client, DAY), &more));
        t.expect(name, with(place(t.own, t.own, DAY), &more), want);
    }
    rows_of_others(t);
}

/// What a sheet names must be the own client's too.
fn rows_of_others(t: &Trial) {
    for column in ["id", "product_id", "work_order_id", "operation_id"] {
        let table = if column == "id" { "production_entry" } else { column.trim_end_matches("_id") };
        let mut entry = json!({ "id": null, "hour": 1, "product_id": null, "work_order_id": null, "operation_id": null,
            "produced": 1, "defective": null, "rework": null, "repair": null, "scrap": null, "run_minutes": null,
            "crew_present": null, "note": null, "rejects": [] });
        entry[column] = json!(id(t.foreign, table));
        refused(t, &json!({ "entries": [entry], "stops": [], "removed": [], "reason": "x" }));
    }
    for (column, table) in [("id", "downtime_entry"), ("reason_id", "downtime_reason"), ("work_order_id", "work_order")]
    {
        let mut stop = json!({ "id": null, "reason_id": null, "minutes": 5.0, "start_minute": null, "affected": null,
            "station": null, "work_order_id": null, "cause": null });
        stop[column] = json!(id(t.foreign, table));
        refused(t, &json!({ "entries": [], "stops": [stop], "removed": [], "reason": "x" }));
    }
    let removed = [id(t.foreign, "production_entry"), id(t.lost, "downtime_entry")];
    refused(t, &json!({ "entries": [], "stops": [], "removed": removed, "reason": "x" }));
}

fn refused(t: &Trial, more: &Json) {
    let input = with(place(t.own, t.own, DAY), more);
    if t.role.may(Verb::Update, Group::Floor) {
        t.expect("floor_save", input, Want::Refused("missing"));
    } else {
        let out = t.plant.call(&t.session, "floor_save", input);
        assert!(out.is_err(), "{} saved {more}: {out:?}", t.role.word());
        t.heard(out);
    }
}

pub(crate) fn every_list(t: &Trial) {
    for name in ["filters", "kpi_list", "saved_filter_list", "draft_list"] {
        t.expect(name, json!({}), Want::Done);
    }
    t.missing("template_apply", |client| json!({ "client_id": client, "industry": "general" }));
    t.missing("touches", |client| {
        json!({ "table": "part_opportunities", "row": { "client_id": client, "id": null, "product_id": id(client, "product"), "opportunities": 1 } })
    });
    let admin = t.role == domain::Role::Admin;
    let by_admin = if admin { Want::Done } else { Want::Refused("forbidden") };
    t.expect(
        "plant_threshold_put",
        json!({ "kpi": "oee", "target": 85.0, "warning": null, "critical": null }),
        by_admin,
    );
    t.expect("plant_threshold_list", json!({}), Want::Done);
    t.expect("user_list", json!({}), if admin { Want::Done } else { Want::Refused("forbidden") });
    let add = |client| json!({ "name": "new", "display_name": "New", "role": "leader", "clients": [client], "password": "nine red looms weave" });
    t.missing("user_add", add);
    t.missing("user_update", |client| {
        json!({ "id": t.session.user(), "display_name": "Sam", "role": "leader", "clients": [client], "lines": [], "active": true })
    });
    t.missing("user_update", |client| {
        let line = json!({ "client_id": client, "line_id": id(client, "line") });
        json!({ "id": t.session.user(), "display_name": "Sam", "role": "leader", "clients": [t.own], "lines": [line], "active": true })
    });
}
