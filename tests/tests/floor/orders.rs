//! Orders are moved on, shipped and listed.
use crate::stage::Floor;
use domain::Fault;
use serde_json::{Value as Json, json};
use store::Session;

/// An order of 100 units in work since 2 June 2025, promised on the 20th; the clock stands at the 15th.
fn order(floor: &Floor, status: &str) -> String {
    let row = json!({ "client_id": floor.client, "code": "A-1", "product_id": floor.product, "line_id": floor.line,
        "quantity": 100, "status": status, "actual_start": "2025-06-02", "planned_ship_date": "2025-06-20",
        "standard": null, "priority": null, "customer_po": null, "received": null, "planned_start": null,
        "required_date": null, "note": null, "actual_start_minute": null, "released": null, "completed": null,
        "ended": null, "before_hold": null, "delay": null });
    let made = floor.call(&floor.sue, "work_order_put", json!({ "row": row, "reason": null })).unwrap();
    made["id"].as_str().unwrap().to_owned()
}

fn act(floor: &Floor, who: &Session, name: &str, id: &str, more: Json) -> Result<Json, Fault> {
    let mut input = json!({ "client_id": floor.client, "id": id, "reason": null });
    more.as_object().unwrap().iter().for_each(|(key, value)| input[key] = value.clone());
    floor.call(who, name, input)
}

fn step(floor: &Floor, id: &str, to: &str) -> Result<Json, Fault> {
    act(floor, &floor.sue, "order_step", id, json!({ "to": to, "day": null }))
}

fn ship(floor: &Floor, id: &str, day: Json, quantity: i64, move_on: bool) -> Result<Json, Fault> {
    let more = json!({ "day": day, "quantity": quantity, "reference": null, "move_on": move_on });
    act(floor, &floor.sue, "order_ship", id, more)
}

fn row(floor: &Floor, id: &str) -> Json {
    floor.call(&floor.sue, "work_order_get", json!({ "client_id": floor.client, "id": id, "reason": null })).unwrap()
}

/// Units made of the order in an hour of the 13th.
fn make(floor: &Floor, id: &str, units: i64) {
    let mut hour = floor.hour(0, units);
    hour["work_order_id"] = json!(id);
    floor.save(&floor.sue, &[hour], &[]).unwrap();
}

#[test]
fn each_step_of_an_order_sets_its_date_and_wants_what_it_needs() {
    let floor = Floor::new();
    let id = order(&floor, "in_progress");
    assert_eq!(step(&floor, &id, "shipped").unwrap_err().code, "no_step");
    assert_eq!(step(&floor, &id, "completed").unwrap_err().code, "needs_output");
    make(&floor, &id, 100);
    let early = act(&floor, &floor.sue, "order_step", &id, json!({ "to": "completed", "day": "2025-06-01" }));
    assert_eq!(early.unwrap_err().code, "bad_period");
    step(&floor, &id, "on_hold").unwrap();
    assert_eq!(row(&floor, &id)["before_hold"], "in_progress");
    step(&floor, &id, "in_progress").unwrap();
    let done = act(&floor, &floor.sue, "order_step", &id, json!({ "to": "completed", "day": "2025-06-14" })).unwrap();
    assert_eq!(
        (&done["status"], &done["age"], &row(&floor, &id)["completed"]),
        (&json!("completed"), &json!(13.0), &json!("2025-06-14"))
    );
    assert_eq!(step(&floor, &id, "shipped").unwrap_err().code, "needs_shipment");
    ship(&floor, &id, json!("2025-06-14"), 100, false).unwrap();
    step(&floor, &id, "shipped").unwrap();
    let closed = step(&floor, &id, "closed").unwrap();
    assert_eq!((&closed["next"], &row(&floor, &id)["ended"]), (&json!([]), &json!("2025-06-15")));
    assert_eq!(ship(&floor, &order_gone(&floor, &id), Json::Null, 1, false).unwrap_err().code, "missing");
}

/// An order nobody has.
fn order_gone(floor: &Floor, id: &str) -> String {
    let gone = floor.line.clone();
    assert_ne!(gone, id);
    gone
}

#[test]
fn a_shipment_completes_and_ships_an_order_in_one_step_and_one_undo() {
    let floor = Floor::new();
    let id = order(&floor, "in_progress");
    assert_eq!(ship(&floor, &id, Json::Null, 100, true).unwrap_err().code, "needs_output");
    let shipments = json!({ "client_id": floor.client, "limit": null, "offset": null });
    let none = floor.call(&floor.sue, "shipment_list", shipments.clone()).unwrap();
    assert_eq!(none, json!([]), "nothing is half done");
    make(&floor, &id, 100);
    let left = ship(&floor, &id, Json::Null, 100, true).unwrap();
    let dates = [&left["first_shipped"]["day"], &left["complete"]["day"], &row(&floor, &id)["completed"]];
    assert_eq!((dates, &left["status"]), ([&json!("2025-06-15"); 3], &json!("shipped")));
    floor.call(&floor.sue, "undo", json!({})).unwrap();
    assert_eq!(floor.call(&floor.sue, "shipment_list", shipments).unwrap(), json!([]));
    let back = row(&floor, &id);
    assert_eq!((&back["status"], &back["completed"]), (&json!("in_progress"), &Json::Null));
}

#[test]
fn a_list_shows_where_an_order_stands_how_old_it_is_and_at_what_risk() {
    let floor = Floor::new();
    let id = order(&floor, "in_progress");
    let list = |as_of: Json| {
        let which = json!({ "clients": [floor.client], "all": false, "as_of": as_of, "limit": null, "offset": null });
        floor.call(&floor.sue, "order_list", which).unwrap()[0].clone()
    };
    let told = |view: &Json| (view["risk"].clone(), view["projected"].clone(), view["age"].clone());
    assert_eq!(told(&list(Json::Null)), (json!("at_risk"), Json::Null, json!(14.0)), "nothing was made for seven days");
    make(&floor, &id, 50);
    // 50 units in the five working days to Sunday the 15th: 50 more take five, to Friday the 20th.
    assert_eq!(told(&list(Json::Null)), (Json::Null, json!("2025-06-20"), json!(14.0)));
    let view = list(json!("2025-06-21"));
    assert_eq!((&view["risk"], &view["promised"]["source"]), (&json!("late"), &json!("planned_ship_date")));
    assert_eq!(list(json!("2025-06-12"))["made"], json!(0.0), "on that day nothing had been made");
}

#[test]
fn only_supervisors_and_above_move_orders() {
    let floor = Floor::new();
    let id = order(&floor, "in_progress");
    let calls = [
        ("order_step", json!({ "to": "on_hold", "day": null })),
        ("order_delay", json!({ "delay": null })),
        ("order_ship", json!({ "day": null, "quantity": 1, "reference": null, "move_on": false })),
    ];
    for (name, more) in calls {
        assert_eq!(act(&floor, &floor.olga, name, &id, more.clone()).unwrap_err().code, "forbidden", "{name}");
        act(&floor, &floor.sue, name, &id, more).unwrap();
    }
    let late = act(&floor, &floor.sue, "order_delay", &id, json!({ "delay": "supplier" })).unwrap();
    assert_eq!(late["delay"], "supplier");
}
