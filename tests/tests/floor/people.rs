//! Whose draft, whose line, whose shift.
use crate::stage::{Floor, again, fault, plain, told, with};
use domain::Role;
use serde_json::json;

#[test]
fn a_draft_is_its_owners_alone_and_the_newest_counts() {
    let f = Floor::new();
    let put = |who, body| f.call(who, "draft_put", json!({ "key": "shift/L1", "body": body })).unwrap();
    let get = |who| f.call(who, "draft_get", json!({ "key": "shift/L1" })).unwrap();
    put(&f.olga, "30 31");
    put(&f.olga, "30 31 32");
    assert_eq!((&get(&f.olga)["body"], get(&f.sue)), (&json!("30 31 32"), json!(null)));
    put(&f.sue, "of the supervisor");
    assert_eq!(get(&f.olga)["body"], "30 31 32");
    let keys = f.call(&f.olga, "draft_list", json!({})).unwrap();
    assert_eq!((keys.as_array().unwrap().len(), &keys[0]["key"]), (1, &json!("shift/L1")));
    f.call(&f.olga, "draft_drop", json!({ "key": "shift/L1" })).unwrap();
    assert_eq!((get(&f.olga), &get(&f.sue)["body"]), (json!(null), &json!("of the supervisor")));
}

#[test]
fn what_somebody_did_last_is_kept_and_counts_as_no_draft() {
    let f = Floor::new();
    f.call(&f.olga, "draft_put", json!({ "key": "habit/ACME", "body": "{}" })).unwrap();
    assert_eq!(f.call(&f.olga, "draft_list", json!({})).unwrap(), json!([]));
    assert_eq!(f.call(&f.olga, "draft_get", json!({ "key": "habit/ACME" })).unwrap()["body"], "{}");
}

#[test]
fn a_draft_is_no_step_to_take_back() {
    let f = Floor::new();
    f.save(&f.olga, &[f.hour(0, 30)], &[]).unwrap();
    f.call(&f.olga, "draft_put", json!({ "key": "a", "body": "b" })).unwrap();
    assert_eq!(f.call(&f.olga, "undo", json!({})).unwrap()["what"], "L1 DAY 2025-06-13");
    assert_eq!(f.call(&f.olga, "draft_get", json!({ "key": "a" })).unwrap()["body"], "b");
}

#[test]
fn nobody_takes_back_what_others_did() {
    let f = Floor::new();
    f.save(&f.olga, &[f.hour(0, 30)], &[]).unwrap();
    assert_eq!(told(f.call(&f.sue, "undo", json!({}))), plain("nothing_to_undo"));
    let entry = again(&f.sheet(&f.sue)["entries"][0], json!({ "produced": 31 }));
    f.save(&f.sue, &[entry], &[]).unwrap();
    let undone = f.call(&f.olga, "undo", json!({}));
    // Her entry was corrected since: it stays, and she is told by whom.
    let skipped = undone.map(|u| u["skipped"][0]["author"].clone()).unwrap_or(json!("sue"));
    assert_eq!((skipped, &f.sheet(&f.sue)["produced"]), (json!("sue"), &json!(31.0)));
}

#[test]
fn an_operator_of_one_line_finds_no_other() {
    let f = Floor::new();
    let (there, whole) = (with(f.place(), json!({ "line_id": f.other_line })), f.whole_shift());
    let on_two = f.call(&f.sue, "floor_save", with(whole, there.clone())).unwrap();
    f.bind(&f.olga);
    f.bind(&f.sue);
    assert_eq!(told(f.call(&f.olga, "floor_sheet", there.clone())), plain("missing"));
    let save = with(f.saved(json!({ "entries": [f.hour(0, 1)] })), there.clone());
    assert_eq!(told(f.call(&f.olga, "floor_save", save)), plain("missing"));
    assert_eq!(f.save(&f.olga, &[f.hour(0, 1)], &[]).unwrap()["produced"], json!(1.0));
    // A line binds operators alone.
    assert_eq!(f.call(&f.sue, "floor_sheet", there).unwrap(), on_two);
}

#[test]
fn a_sheet_reaches_no_row_of_another_line() {
    let f = Floor::new();
    let there = with(f.place(), json!({ "line_id": f.other_line }));
    let on_two = f.call(&f.sue, "floor_save", with(f.whole_shift(), there.clone())).unwrap();
    f.bind(&f.olga);
    let (entry, stop) = (again(&on_two["entries"][0], json!({})), again(&on_two["stops"][0], json!({})));
    assert_eq!(told(f.save(&f.olga, &[entry], &[])), fault("missing", "entries.0", "1"));
    assert_eq!(told(f.save(&f.olga, &[], &[stop])), fault("missing", "stops.0", "1"));
    for row in [&on_two["entries"][0]["id"], &on_two["stops"][0]["id"]] {
        let away = f.call(&f.olga, "floor_save", f.saved(json!({ "removed": [row] })));
        assert_eq!(told(away), plain("missing"));
    }
    assert_eq!(f.call(&f.sue, "floor_sheet", there).unwrap(), on_two);
    assert_eq!(f.sheet(&f.olga)["state"], "none");
}

#[test]
fn a_viewer_looks_and_saves_nothing() {
    let f = Floor::new();
    f.call(&f.sue, "floor_save", f.whole_shift()).unwrap();
    let vera = f.plant.person("vera", Role::Viewer, &[f.client.parse().unwrap()]);
    let sheet = f.sheet(&vera);
    assert_eq!((&sheet["produced"], &sheet["may_write"]), (&json!(240.0), &json!(false)));
    assert_eq!(told(f.save(&vera, &[f.hour(9, 1)], &[])), plain("forbidden"));
    assert_eq!(f.sheet(&f.sue)["produced"], json!(240.0));
}
