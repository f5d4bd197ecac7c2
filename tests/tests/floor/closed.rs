//! A closed shift is corrected by a supervisor, with a reason.
use crate::stage::{Floor, again, plain, told, with};
use serde_json::json;

fn needs_reason() -> (String, Option<String>, Option<String>) {
    ("needs_reason".into(), Some("reason".into()), None)
}

#[test]
fn an_operator_neither_closes_nor_opens_a_shift() {
    let f = Floor::new();
    f.call(&f.olga, "floor_save", f.whole_shift()).unwrap();
    let close = |who| f.call(who, "floor_close", with(f.place(), json!({ "note": "all counted" })));
    assert_eq!(told(close(&f.olga)), plain("forbidden"));
    let closed = close(&f.sue).unwrap();
    assert_eq!((&closed["state"], &closed["note"]), (&json!("closed"), &json!("all counted")));
    let reopen = f.call(&f.olga, "floor_reopen", with(f.place(), json!({ "reason": "a mistake" })));
    assert_eq!(told(reopen), plain("forbidden"));
}

#[test]
fn a_closed_shift_wants_a_supervisor_and_a_reason() {
    let f = Floor::new();
    let seen = f.call(&f.olga, "floor_save", f.whole_shift()).unwrap();
    f.call(&f.sue, "floor_close", with(f.place(), json!({ "note": null }))).unwrap();
    assert_eq!(
        (f.sheet(&f.olga)["may_write"].clone(), f.sheet(&f.sue)["may_write"].clone()),
        (json!(false), json!(true))
    );
    let entry = again(&seen["entries"][0], json!({ "produced": 25 }));
    let parts = [
        json!({ "entries": [entry] }),
        json!({ "entries": [f.hour(9, 1)] }),
        json!({ "stops": [f.stop(&f.jam, 1, 1)] }),
        json!({ "stops": [again(&seen["stops"][0], json!({ "minutes": 21.0 }))] }),
        json!({ "removed": [seen["entries"][1]["id"]] }),
        json!({ "crew": 5.0 }),
    ];
    for part in parts {
        let save = |who, reason| f.call(who, "floor_save", with(f.saved(part.clone()), json!({ "reason": reason })));
        assert_eq!(told(save(&f.olga, Some("recount"))), plain("shift_closed"), "{part}");
        assert_eq!(told(save(&f.sue, None)), needs_reason(), "{part}");
        assert_eq!(told(save(&f.sue, Some("  "))), needs_reason(), "{part}");
    }
    assert_eq!(
        (f.sheet(&f.sue)["produced"].clone(), f.sheet(&f.sue)["state"].clone()),
        (json!(240.0), json!("closed"))
    );
    let entry = again(&seen["entries"][0], json!({ "produced": 25 }));
    let fixed = f.call(&f.sue, "floor_save", f.saved(json!({ "entries": [entry], "reason": "recount" }))).unwrap();
    assert_eq!((&fixed["produced"], &fixed["state"]), (&json!(235.0), &json!("closed")));
}

#[test]
fn a_shift_opened_again_takes_entries_of_operators() {
    let f = Floor::new();
    f.call(&f.olga, "floor_save", f.whole_shift()).unwrap();
    f.call(&f.sue, "floor_close", with(f.place(), json!({ "note": null }))).unwrap();
    let reopen = |reason| f.call(&f.sue, "floor_reopen", with(f.place(), json!({ "reason": reason })));
    assert_eq!(told(reopen(" ")), needs_reason());
    assert_eq!(reopen("two boxes were found").unwrap()["state"], "reopened");
    let extra = with(f.hour(7, 20), json!({ "product_id": null }));
    assert_eq!(f.save(&f.olga, &[extra], &[]).unwrap()["produced"], json!(260.0));
}

#[test]
fn a_shift_nothing_was_entered_on_is_closed_empty_but_never_opened_again() {
    let f = Floor::new();
    let reopen = f.call(&f.sue, "floor_reopen", with(f.place(), json!({ "reason": "why not" })));
    assert_eq!(told(reopen), plain("missing"));
    let closed = f.call(&f.sue, "floor_close", with(f.place(), json!({ "note": "no material" }))).unwrap();
    assert_eq!((&closed["state"], &closed["entries"]), (&json!("closed"), &json!([])));
    // Closing is a step like others.
    f.call(&f.sue, "undo", json!({})).unwrap();
    assert_eq!(f.sheet(&f.sue)["state"], "none");
}
