//! What the hub refuses is kept and listed, and what is on the screen is what everybody has.
use crate::{at_rest, entry, pair};
use checks::row::row;
use domain::{DowntimeEntry, Entity, Id, ProductionEntry, RejectDetail, Role, merge::Verdict};
use serde_json::{Value as Json, json};

#[test]
fn a_change_of_who_lost_his_right_leaves_the_screen_and_stays_on_a_list() {
    let mut pair = pair();
    let id = entry(pair.a.client);
    pair.a.edit(id, |e| ProductionEntry { produced: Some(140), ..e });
    pair.hub.people.insert(pair.a.admin.user(), Role::Viewer);
    pair.a.sync(&mut pair.hub);
    assert_eq!(pair.a.row(id).unwrap().produced, Some(100));
    let refused = pair.a.feed(|f| f.refused());
    assert!(refused.iter().any(|s| s.change.patch.contains("140")));
    assert!(pair.hub.refused.values().any(|s| s.change.patch.contains("140")), "the hub keeps it, too");
    at_rest(&mut pair);
}

#[test]
fn a_row_whose_creation_was_refused_is_nowhere_and_can_be_made_again() {
    let mut pair = pair();
    let user = pair.a.admin.user();
    let id = Id::from_bytes([3; 16]);
    let stop = DowntimeEntry { id, ..row(pair.a.client, "ACME") };
    let put = |pair: &crate::Pair| pair.a.store.repository(&pair.a.admin).unwrap().write(|w| w.put(&stop)).unwrap();
    put(&pair);
    pair.hub.people.insert(user, Role::Viewer);
    pair.a.sync(&mut pair.hub);
    assert_eq!(pair.a.row(id), None);
    pair.hub.people.insert(user, Role::Admin);
    assert_eq!(put(&pair), store::Put::Created);
    assert_eq!(pair.a.row(id).as_ref(), Some(&stop));
    at_rest(&mut pair);
    assert_eq!(pair.b.row(id), Some(stop));
}

#[test]
fn what_stands_below_a_refused_row_is_refused_with_it() {
    let mut pair = pair();
    let user = pair.a.admin.user();
    let above = ProductionEntry { id: Id::from_bytes([3; 16]), ..row(pair.a.client, "ACME") };
    let below: RejectDetail =
        RejectDetail { id: Id::from_bytes([4; 16]), production_entry_id: above.id, ..row(pair.a.client, "ACME") };
    let repo = pair.a.store.repository(&pair.a.admin).unwrap();
    repo.write(|w| w.put(&above)).unwrap();
    pair.hub.people.insert(user, Role::Viewer);
    // The hub judges the first before the right comes back, and the second after it.
    pair.a.push(&mut pair.hub, 1);
    pair.hub.people.insert(user, Role::Admin);
    assert_eq!(pair.a.row(above.id), None);
    let late = repo.write(|w| w.put(&below));
    assert!(late.is_ok(), "the file still has the row it points to");
    pair.a.sync(&mut pair.hub);
    assert_eq!(pair.a.row(below.id), None);
    let depends = Verdict::Rejected(domain::merge::Why::Depends);
    assert!(pair.hub.known.values().any(|v| *v == depends));
    assert!(!pair.hub.rows.contains_key(&(RejectDetail::NUMBER, below.id.bytes())));
    at_rest(&mut pair);
}

/// The list of what was refused, as the PC's admin sees it.
fn listed(pair: &crate::Pair) -> Vec<Json> {
    let list = pair.a.call(&pair.a.admin, "refused_list", json!({})).unwrap();
    list.as_array().unwrap().clone()
}

fn which(client: Id<domain::Client>, refused: &Json, more: Json) -> Json {
    let mut input = json!({ "client_id": client, "op": refused["op"] });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    input
}

/// A patch and a creation of the first PC's that were refused since its right was gone; it is back.
fn two_refused() -> crate::Pair {
    let mut pair = pair();
    let user = pair.a.admin.user();
    let stop = DowntimeEntry { id: Id::from_bytes([3; 16]), ..row(pair.a.client, "ACME") };
    pair.a.edit(entry(pair.a.client), |e| ProductionEntry { produced: Some(140), ..e });
    pair.a.store.repository(&pair.a.admin).unwrap().write(|w| w.put(&stop)).unwrap();
    pair.hub.people.insert(user, Role::Viewer);
    pair.a.sync(&mut pair.hub);
    pair.hub.people.insert(user, Role::Admin);
    pair
}

#[test]
fn what_was_refused_is_written_again_as_it_was_or_mended() {
    let mut pair = two_refused();
    let [patch, made] = &listed(&pair)[..] else { panic!("not two") };
    assert_eq!((&patch["why"], &patch["act"], &made["act"]), (&json!("role"), &json!("patch"), &json!("create")));
    assert_eq!(patch["row"][0]["name"], "line_shift");
    let call = |name: &str, input: Json| pair.a.call(&pair.a.admin, name, input);
    // What cannot be stays on the list, with its field named.
    let odd = call("refused_again", which(pair.a.client, patch, json!({ "values": { "produced": -1 } }))).unwrap_err();
    assert_eq!((odd.code.as_str(), odd.field.as_deref(), listed(&pair).len()), ("negative", Some("produced"), 2));
    call("refused_again", which(pair.a.client, patch, json!({ "values": { "produced": 141 } }))).unwrap();
    call("refused_again", which(pair.a.client, made, json!({ "values": {} }))).unwrap();
    assert_eq!(listed(&pair), Vec::<Json>::new());
    at_rest(&mut pair);
    assert_eq!(pair.b.row(entry(pair.b.client)).unwrap().produced, Some(141));
    assert!(pair.b.row::<DowntimeEntry>(Id::from_bytes([3; 16])).is_some());
}

#[test]
fn what_is_let_go_leaves_the_list_and_stays_in_the_log_with_who_let_it_go() {
    let mut pair = two_refused();
    let [patch, _] = &listed(&pair)[..] else { panic!("not two") };
    let call = |name: &str, input: Json| pair.a.call(&pair.a.admin, name, input);
    let silent = call("refused_let_go", which(pair.a.client, patch, json!({ "reason": " " }))).unwrap_err();
    assert_eq!((silent.code.as_str(), listed(&pair).len()), ("needs_reason", 2));
    call("refused_let_go", which(pair.a.client, patch, json!({ "reason": "typed twice" }))).unwrap();
    assert_eq!(listed(&pair).len(), 1);
    assert_eq!(pair.a.row(entry(pair.a.client)).unwrap().produced, Some(100));
    let again = call("refused_let_go", which(pair.a.client, patch, json!({ "reason": "twice" }))).unwrap_err();
    assert_eq!(again.code, "missing");
    let repo = pair.a.store.repository(&pair.a.admin).unwrap();
    let sql = "SELECT patch FROM change WHERE client_id = ?1";
    let kept = repo.read(|r| r.select(sql, store::values![pair.a.client], |row| row.get::<String>(0))).unwrap();
    assert!(kept.iter().any(|patch| patch.contains("140")));
    assert!(pair.hub.refused.values().any(|s| s.change.patch.contains("140")));
    at_rest(&mut pair);
}

#[test]
fn an_operator_sees_what_was_refused_of_his_own_and_nothing_of_others() {
    let pair = two_refused();
    let ann = pair.a.person("ann", Role::Operator, &[pair.a.client]);
    assert_eq!(pair.a.call(&ann, "refused_list", json!({})).unwrap(), json!([]));
    let input = which(pair.a.client, &listed(&pair)[0], json!({ "reason": "not mine" }));
    assert_eq!(pair.a.call(&ann, "refused_let_go", input).unwrap_err().code, "missing");
    let stop = DowntimeEntry { id: Id::from_bytes([4; 16]), ..row(pair.a.client, "ACME") };
    pair.a.store.repository(&ann).unwrap().write(|w| w.put(&stop)).unwrap();
    let mut hub = pair.hub;
    // She has no right there at all.
    pair.a.sync(&mut hub);
    let own = pair.a.call(&ann, "refused_list", json!({})).unwrap();
    let own = own.as_array().unwrap();
    // Her name is no row that can be seen to.
    assert_eq!(own.iter().filter(|r| r["table"] == "downtime_entry").count(), 1, "{own:?}");
}
