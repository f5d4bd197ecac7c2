//! Reading back, balancing, closing and handing over a shift.
use crate::stage::{Work, code, with};
use serde_json::{Value as Json, json};

const DAY: &str = "2025-06-13";

fn write(w: &Work, who: &store::Session, note: &str) -> Result<Json, domain::Fault> {
    w.call(who, "floor_handover", with(w.place(DAY), json!({ "note": note })))
}

#[test]
fn a_shift_is_read_back_with_its_figures_and_what_is_odd() {
    let w = Work::new();
    let hours = [40, 40, 0, 40];
    w.save(&w.olga, DAY, &hours, 1.0);
    let row = w.call(&w.sue, "line_shift_list", json!({})).unwrap()[0].clone();
    w.call(&w.sue, "line_shift_put", json!({ "row": with(row, json!({ "planned_units": 130.0 })) })).unwrap();
    let said = w.call(&w.vera, "floor_read_back", w.place(DAY)).unwrap();
    assert_eq!(
        (&said["produced"], &said["planned_units"], &said["line"]),
        (&json!(120.0), &json!(130.0), &json!("L1"))
    );
    assert_eq!(said["empty_hours"], json!([4, 5, 6, 7]));
    // 120 units of 6 minutes by one person in eight hours: half as much again as he was there.
    assert_eq!(said["to_explain"], json!(480.0 - 720.0));
    assert_eq!(said["odd"], json!([]));
    let more = json!({ "entries": [], "stops": [], "removed": [], "reason": null, "crew": 0.9 });
    w.call(&w.olga, "floor_save", with(w.place(DAY), more)).unwrap();
    assert_eq!(w.call(&w.olga, "floor_read_back", w.place(DAY)).unwrap()["odd"][0]["code"], "flag.performance");
}

#[test]
fn what_does_not_balance_is_said_and_closing_asks_for_nothing() {
    let w = Work::new();
    w.save(&w.olga, DAY, &[10, 10], 1.0);
    let entry = w.call(&w.olga, "production_entry_list", json!({})).unwrap()[0].clone();
    w.call(&w.olga, "production_entry_put", json!({ "row": with(entry.clone(), json!({ "defective": 3 })) })).unwrap();
    let stop = json!({ "id": null, "reason_id": null, "minutes": 30.0, "start_minute": null, "affected": null,
        "station": null, "work_order_id": null, "cause": null });
    let more = json!({ "entries": [], "stops": [stop], "removed": [], "reason": null });
    w.call(&w.olga, "floor_save", with(w.place(DAY), more)).unwrap();
    let balance = w.call(&w.olga, "floor_balance", w.place(DAY)).unwrap();
    let open: Vec<_> = balance["open"].as_array().unwrap().iter().map(|o| o["what"].as_str().unwrap()).collect();
    assert_eq!(open, ["rejects", "reason", "minutes"]);
    assert_eq!((&balance["open"][0]["row"], &balance["open"][0]["value"]), (&entry["id"], &json!(0.0)));
    assert_eq!(
        (&balance["produced"], &balance["good"], &balance["to_explain"]),
        (&json!(20.0), &json!(17.0), &json!(330.0))
    );
    let closed = w.call(&w.sue, "floor_close", with(w.place(DAY), json!({ "note": null }))).unwrap();
    assert_eq!((&closed["state"], &closed["balance"]), (&json!("closed"), &balance));
}

#[test]
fn what_ran_slower_is_confirmed_and_is_left_to_explain_no_more() {
    let w = Work::new();
    w.save(&w.olga, DAY, &[10, 10], 1.0);
    let confirm = |minutes: Json| {
        let more = json!({ "entries": [], "stops": [], "removed": [], "reason": null, "speed_minutes": minutes });
        w.call(&w.olga, "floor_save", with(w.place(DAY), more))
    };
    let figures = |what: &str| w.call(&w.olga, "floor_balance", w.place(DAY)).unwrap()[what].clone();
    let before =
        w.call(&w.olga, "kpi_ask", json!({ "kpi": "performance", "from": DAY, "to": DAY })).map(|a| a["rows"].clone());
    assert_eq!(figures("to_explain"), json!(360.0));
    let sheet = confirm(json!(300.0)).unwrap();
    assert_eq!((&sheet["to_explain"], &sheet["speed_minutes"]), (&json!(60.0), &json!(300.0)));
    confirm(json!(360.0)).unwrap();
    assert_eq!((figures("to_explain"), figures("open")), (json!(0.0), json!([])));
    let after =
        w.call(&w.olga, "kpi_ask", json!({ "kpi": "performance", "from": DAY, "to": DAY })).map(|a| a["rows"].clone());
    assert_eq!(before, after, "no figure moves by it");
    let refused = confirm(json!(-1.0)).unwrap_err();
    assert_eq!((refused.code.as_str(), refused.field.as_deref()), ("negative", Some("speed_minutes")));
    assert_eq!(confirm(json!(null)).unwrap()["to_explain"], json!(360.0));
}

#[test]
fn a_handover_is_written_by_one_and_signed_by_the_next() {
    let w = Work::new();
    w.save(&w.olga, DAY, &[10], 1.0);
    let note = write(&w, &w.sue, " needle 3 is worn ").unwrap();
    assert_eq!(
        (&note["note"], &note["by"], &note["may_sign"]),
        (&json!("needle 3 is worn"), &json!("sue"), &json!(false))
    );
    let waiting = |who| w.call(who, "floor_handovers", json!({ "client_id": w.client, "line_id": w.line })).unwrap();
    assert_eq!((&waiting(&w.sam)[0]["may_sign"], &waiting(&w.olga)[0]["may_sign"]), (&json!(true), &json!(false)));
    let sign = |who| w.call(who, "floor_sign", w.place(DAY));
    assert_eq!(
        [code(sign(&w.sue)), code(sign(&w.olga)), code(sign(&w.vera))],
        ["own_request", "forbidden", "forbidden"]
    );
    let signed = sign(&w.sam).unwrap();
    assert_eq!((&signed["signed_by"], waiting(&w.sam)), (&json!("sam"), json!([])));
    assert_eq!(code(sign(&w.sam)), "no_step");
    // Written anew it is unsigned again.
    write(&w, &w.sue, "needle 3 was changed").unwrap();
    assert_eq!(waiting(&w.sam)[0]["signed_by"], json!(null));
}

#[test]
fn a_closed_shift_is_still_handed_over_and_its_note_changed_with_a_reason() {
    let w = Work::new();
    w.save(&w.olga, DAY, &[10], 1.0);
    w.call(&w.sue, "floor_close", with(w.place(DAY), json!({ "note": null }))).unwrap();
    assert_eq!(code(write(&w, &w.olga, "oil is low")), "shift_closed");
    write(&w, &w.sue, "oil is low").unwrap();
    assert_eq!(code(write(&w, &w.sue, "oil was filled")), "needs_reason");
    w.call(&w.sam, "floor_sign", w.place(DAY)).unwrap();
    assert_eq!(code(w.call(&w.sam, "floor_sign", w.place("2025-06-12"))), "missing");
}

#[test]
fn nobody_signs_in_anothers_name_whichever_command_is_taken() {
    let w = Work::new();
    w.save(&w.olga, DAY, &[10], 1.0);
    write(&w, &w.sue, "oil is low").unwrap();
    let row = w.call(&w.sue, "line_shift_list", json!({})).unwrap()[0].clone();
    let put = |who, fields: Json| w.call(who, "line_shift_put", json!({ "row": with(row.clone(), fields) }));
    let sam = json!(w.sam.user());
    assert_eq!(code(put(&w.sue, json!({ "signed_by": sam, "signed_at": 5 }))), "own_request");
    assert_eq!(code(put(&w.sam, json!({ "signed_by": sam, "signed_at": 5 }))), "no_step");
    assert_eq!(code(put(&w.sam, json!({ "handover": "all is well" }))), "no_step");
}
