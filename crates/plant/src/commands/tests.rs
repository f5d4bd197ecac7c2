//! Filters never widen, and a row says how far back it reaches.
use crate::{
    commands::{Call, call},
    import::{desk::Desk, tests::Plant},
};
use domain::{Client, Fault, Id, LineShift, ProductionEntry, Role, Shift, ShiftTime};
use serde_json::{Value as Json, json};
use store::Session;

fn ask(plant: &Plant, who: &Session, name: &str, input: Json) -> Result<Json, Fault> {
    let (repo, desk) = (plant.store.repository(who)?, Desk::default());
    call(name, &Call { repo: &repo, desk: &desk, tell: &|_, _, _| {} }, input)
}

fn line(plant: &Plant, client: Id<Client>) -> Id<domain::Line> {
    let repo = plant.store.repository(&plant.admin).unwrap();
    repo.write(|w| {
        let id = w.fresh();
        w.put(&domain::Line { code: "L".into(), active: true, ..domain::Line::blank(client, id) }).map(|_| id)
    })
    .unwrap()
}

#[test]
fn a_filter_is_cut_to_the_scope_at_use_and_never_widens_it() {
    let plant = Plant::new();
    let (own, lost) = (plant.client("OWN"), plant.client("LOST"));
    let (mine, theirs) = (line(&plant, own), line(&plant, lost));
    let lea = plant.person("lea", Role::Leader, &[own]);
    let body = json!({ "ask": { "kpi": "oee", "clients": [own, lost], "lines": [mine, theirs] }, "clients": [lost], "by": ["line"] });
    let kept =
        ask(&plant, &lea, "saved_filter_put", json!({ "id": null, "name": "mine", "body": body.to_string() })).unwrap();
    let used = ask(&plant, &lea, "saved_filter_use", json!({ "id": kept["id"] })).unwrap();
    let question: Json = serde_json::from_str(used["body"].as_str().unwrap()).unwrap();
    // A list that loses everything is empty, not left out: left out would mean every client.
    let want = json!({ "ask": { "kpi": "oee", "clients": [own], "lines": [mine] }, "clients": [], "by": ["line"] });
    assert_eq!((question, used["cut"].as_u64()), (want, Some(3)));
    let none = json!({ "kpi": "oee", "clients": [], "from": "2026-01-01", "to": "2026-01-31", "by": ["client"] });
    assert_eq!(ask(&plant, &lea, "kpi_ask", none).unwrap()["rows"], json!([]));
    let other = plant.person("sue", Role::Supervisor, &[own]);
    assert_eq!(ask(&plant, &other, "saved_filter_use", json!({ "id": kept["id"] })).unwrap_err().code, "missing");
}

/// What stands in the sums, day by day.
fn sums(plant: &Plant, client: Id<Client>) -> Vec<(i64, f64)> {
    let repo = plant.store.repository(&plant.admin).unwrap();
    let sql = "SELECT day, earned FROM kpi_line_shift WHERE client_id = ?1 ORDER BY day";
    repo.read(|r| r.select(sql, store::values![client], |row| Ok((row.get(0)?, row.get(1)?)))).unwrap()
}

#[test]
fn a_back_dated_standard_says_which_line_shifts_it_renews_and_renews_those() {
    let plant = Plant::new();
    let file = (1..=6).map(|d| format!("A,2026-01-{d:02},D,L,P,2,10,480,100,1\n")).collect::<String>();
    let file = format!("client,day,shift,line,product,standard_minutes,crew,net_minutes,produced,defective\n{file}");
    let wish = crate::import::tests::wish(crate::import::fields::Kind::Production);
    plant.take(&plant.admin, &wish, file.as_bytes(), false).unwrap();
    let a = plant.id("A");
    let product = plant.rows::<ProductionEntry>(a)[0].product_id;
    let row = json!({ "client_id": a, "id": null, "product_id": product, "operation_id": null, "valid_from": "2026-01-04", "minutes": 3.0 });
    let touching = json!({ "table": "product_standard", "row": row });
    let told = ask(&plant, &plant.admin, "touches", touching).unwrap();
    assert_eq!(told, json!({ "line_shifts": 3, "from": "2026-01-04", "to": "2026-01-06" }));
    let before = sums(&plant, a);
    ask(&plant, &plant.admin, "product_standard_put", json!({ "row": row, "reason": null })).unwrap();
    let changed = before.iter().zip(sums(&plant, a)).filter(|(b, a)| **b != *a).count();
    assert_eq!(changed, 3);
}

#[test]
fn times_of_a_shift_reach_its_line_shifts_from_their_day_on() {
    let plant = Plant::new();
    let file = "client,day,shift,line,produced\nA,2026-01-01,D,L,5\nA,2026-01-02,D,L,5\nA,2026-01-02,E,L,5\n";
    let wish = crate::import::tests::wish(crate::import::fields::Kind::Production);
    plant.take(&plant.admin, &wish, file.as_bytes(), false).unwrap();
    let (a, b) = (plant.id("A"), plant.client("B"));
    let shift = plant.rows::<Shift>(a).into_iter().find(|s| s.code == "D").unwrap().id;
    let day = plant.rows::<LineShift>(a).iter().map(|l| l.day).max().unwrap();
    let row = ShiftTime { shift_id: shift, valid_from: day, ..ShiftTime::blank(a, Id::from_bytes([3; 16])) };
    let told = ask(&plant, &plant.admin, "touches", json!({ "table": "shift_time", "row": row })).unwrap();
    assert_eq!(told["line_shifts"], 1);
    let lea = plant.person("lea", Role::Leader, &[b]);
    let refused = ask(&plant, &lea, "touches", json!({ "table": "shift_time", "row": row })).unwrap_err();
    assert_eq!(refused.code, "missing");
}
