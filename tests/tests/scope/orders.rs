//! Steps, shipments and lists of orders.
use crate::trial::{Trial, Want};
use checks::row::id_of;
use domain::{Client, Group, Id, Verb};
use serde_json::{Value as Json, json};

fn order(client: Id<Client>, of: Id<Client>, more: &Json) -> Json {
    let id = Id::<()>::from_bytes(id_of(of, "work_order"));
    let mut input = json!({ "client_id": client, "id": id, "reason": null });
    for (key, value) in more.as_object().into_iter().flatten() {
        input[key] = value.clone();
    }
    input
}

pub(crate) fn every_step(t: &Trial) {
    let ship = json!({ "day": null, "quantity": 1, "reference": null, "move_on": false });
    let commands = [
        ("order_step", json!({ "to": "on_hold", "day": null }), Verb::Update),
        ("order_step", json!({ "to": "released", "day": null }), Verb::Update),
        ("order_delay", json!({ "delay": "supplier" }), Verb::Update),
        ("order_delay", json!({ "delay": null }), Verb::Update),
        ("order_ship", ship, Verb::Create),
    ];
    for (name, more, verb) in commands {
        t.missing(name, |client| order(client, client, &more));
        t.missing(name, |client| order(t.own, client, &more));
        t.expect(name, order(t.own, t.own, &more), t.by_role(verb, Group::Orders));
    }
    let list = |clients: Json| json!({ "clients": clients, "all": true, "as_of": null, "limit": null, "offset": null });
    let all = t.expect("order_list", list(Json::Null), Want::Done);
    assert_eq!(all.as_array().map(Vec::len), Some(1), "{all}");
    assert_eq!(all, t.expect("order_list", list(json!([t.own])), Want::Done));
    t.missing("order_list", |client| list(json!([client])));
    t.missing("order_list", |client| list(json!([t.own, client])));
}
