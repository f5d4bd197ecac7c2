//! What two people wrote differently is shown to a person, who decides for everybody.
use crate::{Pair, at_rest, entry, pair, pc::Pc};
use domain::{ProductionEntry, Role};
use serde_json::{Value as Json, json};
use store::Session;

fn ask(pc: &Pc, who: &Session, name: &str, input: Json) -> Result<Json, domain::Fault> {
    pc.call(who, name, input)
}

fn listed(pc: &Pc) -> Vec<Json> {
    let list = ask(pc, &pc.admin, "conflict_list", json!({})).unwrap();
    list.as_array().unwrap().clone()
}

fn refused(pc: &Pc) -> Vec<Json> {
    let list = ask(pc, &pc.admin, "refused_list", json!({})).unwrap();
    list.as_array().unwrap().clone()
}

fn makes(pc: &Pc, produced: i64) {
    pc.edit(entry(pc.client), |e| ProductionEntry { produced: Some(produced), ..e });
}

fn produced(pc: &Pc) -> Option<i64> {
    pc.row(entry(pc.client)).unwrap().produced
}

/// The first PC's 140 stands, the second's 150 waits.
fn disputed() -> Pair {
    let mut pair = pair();
    makes(&pair.a, 140);
    makes(&pair.b, 150);
    at_rest(&mut pair);
    pair
}

/// What a person decides on the only conflict there is.
fn decide(pc: &Pc, values: &Json) -> Result<Json, domain::Fault> {
    let conflict = listed(pc).remove(0);
    ask(pc, &pc.admin, "conflict_decide", decision(&conflict, values))
}

fn decision(conflict: &Json, values: &Json) -> Json {
    let closes: Vec<&Json> = conflict["waits"].as_array().unwrap().iter().map(|w| &w["op"]).collect();
    json!({
        "client_id": conflict["client_id"], "table": conflict["table"], "id": conflict["id"],
        "version": conflict["version"], "closes": closes, "values": values, "removes": false, "reason": "counted again",
    })
}

#[test]
fn both_values_are_shown_with_who_wrote_them_where_and_when() {
    let pair = disputed();
    for pc in [&pair.a, &pair.b] {
        let [conflict] = &listed(pc)[..] else { panic!("not one") };
        assert_eq!(
            (conflict["table"].as_str(), &conflict["row"][0]["name"]),
            (Some("production_entry"), &json!("line_shift"))
        );
        let stands = &conflict["stands"][0];
        assert_eq!((&stands["what"]["column"], &stands["what"]["value"]), (&json!("produced"), &json!(140)));
        let waits = &conflict["waits"][0];
        assert_eq!((&waits["values"][0]["text"], &waits["removes"]), (&json!("150"), &json!(false)));
        assert!(stands["by"]["at"].is_i64() && waits["by"]["at"].is_i64());
        assert!(stands["by"]["person"].is_string() && waits["by"]["person"].is_string(), "{conflict}");
    }
}

#[test]
fn what_is_decided_stands_everywhere_and_nothing_waits_any_more() {
    for value in [150, 140, 145] {
        let mut pair = disputed();
        decide(&pair.b, &json!({ "produced": value })).unwrap();
        assert_eq!((produced(&pair.b), listed(&pair.b).len()), (Some(value), 0), "at once where it was decided");
        assert_eq!(listed(&pair.a).len(), 1);
        at_rest(&mut pair);
        assert_eq!((produced(&pair.a), listed(&pair.a).len()), (Some(value), 0));
        let newest = pair.a.store.repository(&pair.a.admin).unwrap();
        let id = entry(pair.a.client).bytes();
        let latest = newest.read(|r| r.latest(pair.a.client, id)).unwrap().unwrap();
        assert_eq!(latest.reason.as_deref(), Some("counted again"), "also where the value that stood stays");
    }
}

#[test]
fn nothing_named_keeps_what_stands() {
    let mut pair = disputed();
    decide(&pair.a, &json!({})).unwrap();
    at_rest(&mut pair);
    assert_eq!((produced(&pair.b), listed(&pair.b).len()), (Some(140), 0));
}

#[test]
fn a_decision_on_what_is_not_so_any_more_is_refused_before_it_is_made() {
    let mut pair = disputed();
    let seen = listed(&pair.a).remove(0);
    makes(&pair.a, 160);
    let late =
        |pc: &Pc, seen: &Json| ask(pc, &pc.admin, "conflict_decide", decision(seen, &json!({ "produced": 150 })));
    assert_eq!(late(&pair.a, &seen).unwrap_err().code, "changed_since");
    let seen = listed(&pair.a).remove(0);
    let other = json!({ "closes": ["00000000000000000000000000000001"], "version": seen["version"] });
    let mut none = decision(&seen, &json!({}));
    none["closes"] = other["closes"].clone();
    assert_eq!(ask(&pair.a, &pair.a.admin, "conflict_decide", none).unwrap_err().code, "changed_since");
    let mut beside = decision(&seen, &json!({ "defective": 1 }));
    assert_eq!(ask(&pair.a, &pair.a.admin, "conflict_decide", beside.clone()).unwrap_err().code, "bad_input");
    beside["reason"] = json!(" ");
    assert_eq!(ask(&pair.a, &pair.a.admin, "conflict_decide", beside).unwrap_err().code, "needs_reason");
    assert_eq!(produced(&pair.a), Some(160));
    at_rest(&mut pair);
}

#[test]
fn of_two_decisions_the_hub_takes_the_first_and_the_second_is_listed() {
    let mut pair = disputed();
    decide(&pair.a, &json!({ "produced": 145 })).unwrap();
    decide(&pair.b, &json!({ "produced": 150 })).unwrap();
    at_rest(&mut pair);
    assert_eq!((produced(&pair.a), produced(&pair.b)), (Some(145), Some(145)));
    assert_eq!((refused(&pair.a).len(), listed(&pair.b).len()), (0, 0));
    let [second] = &refused(&pair.b)[..] else { panic!("not one") };
    assert_eq!((&second["why"], &second["values"][0]["value"]), (&json!("stale"), &json!(150)));
}

#[test]
fn what_one_changed_and_another_took_away_waits_and_goes_or_stays_as_decided() {
    for goes in [true, false] {
        let mut pair = pair();
        let id = entry(pair.a.client);
        makes(&pair.a, 140);
        let repo = pair.b.store.repository(&pair.b.admin).unwrap();
        repo.write(|w| w.remove::<ProductionEntry>(pair.b.client, id)).unwrap();
        at_rest(&mut pair);
        let conflict = listed(&pair.a).into_iter().find(|c| c["table"] == "production_entry").unwrap();
        assert_eq!((&conflict["waits"][0]["removes"], &conflict["stands"]), (&json!(true), &json!([])));
        let mut input = decision(&conflict, &json!({}));
        input["removes"] = json!(goes);
        ask(&pair.a, &pair.a.admin, "conflict_decide", input).unwrap();
        at_rest(&mut pair);
        assert_eq!(pair.b.row(id).is_none(), goes);
        assert!(listed(&pair.b).iter().all(|c| c["table"] != "production_entry"));
    }
}

#[test]
fn an_operator_learns_that_it_is_under_review_and_decides_nothing() {
    let pair = disputed();
    let operator = pair.a.person("ann", Role::Operator, &[pair.a.client]);
    let conflict = listed(&pair.a).remove(0);
    assert_eq!(ask(&pair.a, &operator, "conflict_list", json!({})).unwrap(), json!([]));
    let tried = ask(&pair.a, &operator, "conflict_decide", decision(&conflict, &json!({ "produced": 150 })));
    assert_eq!(tried.unwrap_err().code, "forbidden");
    let repo = pair.a.store.repository(&operator).unwrap();
    let waits = repo.read(|r| r.under_review::<ProductionEntry>(pair.a.client)).unwrap();
    assert_eq!(waits, vec![entry(pair.a.client)]);
}

#[test]
fn whoever_is_of_another_client_learns_nothing_of_it() {
    let pair = disputed();
    let other = pair.a.client("BOLT");
    let supervisor = pair.a.person("bob", Role::Supervisor, &[other]);
    let conflict = listed(&pair.a).remove(0);
    for name in ["conflict_list", "refused_list"] {
        assert_eq!(ask(&pair.a, &supervisor, name, json!({})).unwrap(), json!([]));
        let foreign = ask(&pair.a, &supervisor, name, json!({ "client_id": pair.a.client }));
        assert_eq!(foreign.unwrap_err().code, "missing");
    }
    let tried = ask(&pair.a, &supervisor, "conflict_decide", decision(&conflict, &json!({})));
    assert_eq!(tried.unwrap_err().code, "missing");
    let repo = pair.a.store.repository(&supervisor).unwrap();
    let waits =
        repo.read(|r| Ok((r.under_review::<ProductionEntry>(pair.a.client)?, r.conflicts(pair.a.client)?.len())));
    assert_eq!(waits.unwrap(), (vec![], 0));
    let counted = ask(&pair.a, &supervisor, "to_see_to", json!({})).unwrap();
    assert_eq!(counted, json!({ "conflicts": 0, "refused": 0 }));
    assert_eq!(ask(&pair.a, &pair.a.admin, "to_see_to", json!({})).unwrap(), json!({ "conflicts": 1, "refused": 0 }));
}
