//! A hold is asked for by one and decided by another, and takes its order with it.
use crate::stage::{TODAY, Work, code, with};
use domain::Role;
use serde_json::{Value as Json, json};

fn request(w: &Work, more: Json) -> Json {
    let what = json!({ "client_id": w.client, "work_order_id": w.order });
    w.call(&w.olga, "hold_request", with(what, more)).unwrap()
}

fn status(w: &Work) -> (Json, Json) {
    let order = w.get("work_order", &w.order);
    (order["status"].clone(), order["before_hold"].clone())
}

#[test]
fn an_approved_hold_sets_the_order_aside_and_resuming_brings_it_back() {
    let w = Work::new();
    let asked = request(&w, json!({ "note": "wrong thread" }));
    assert_eq!((&asked["state"], &asked["requested_by"]), (&json!("requested"), &json!("olga")));
    // 15:06 UTC is 9:06 in Mexico.
    assert_eq!((&asked["held_from"], &asked["held_from_minute"]), (&json!(TODAY), &json!(9 * 60 + 6)));
    assert_eq!(status(&w), (json!("in_progress"), json!(null)));
    let held = w.step(&w.sue, "hold_approve", &asked["id"], json!({ "expected": "2025-06-20" })).unwrap();
    assert_eq!(
        (&held["state"], &held["approved_by"], &held["self_approved"]),
        (&json!("held"), &json!("sue"), &json!(false))
    );
    assert_eq!((&held["held_from"], &held["expected"]), (&json!(TODAY), &json!("2025-06-20")));
    assert_eq!(status(&w), (json!("on_hold"), json!("in_progress")));
    let wants = w.step(&w.olga, "hold_resume_request", &asked["id"], json!({})).unwrap();
    assert_eq!((&wants["state"], status(&w).0), (&json!("resume_requested"), json!("on_hold")));
    let on = w.step(&w.sam, "hold_resume", &asked["id"], json!({})).unwrap();
    assert_eq!((&on["state"], &on["resumed_by"], &on["held_to"]), (&json!("resumed"), &json!("sam"), &json!(TODAY)));
    assert_eq!(status(&w), (json!("in_progress"), json!(null)));
}

#[test]
fn one_undo_takes_back_hold_and_order_together() {
    let w = Work::new();
    let asked = request(&w, json!({}));
    w.step(&w.sue, "hold_approve", &asked["id"], json!({})).unwrap();
    let undone = w.call(&w.sue, "undo", json!({})).unwrap();
    assert_eq!((&undone["what"], &undone["changed"]), (&json!("hold A-1: held"), &json!(2)));
    assert_eq!(status(&w), (json!("in_progress"), json!(null)));
    assert_eq!(w.call(&w.sue, "hold_list", json!({})).unwrap()[0]["state"], "requested");
    w.call(&w.sue, "redo", json!({})).unwrap();
    assert_eq!(status(&w), (json!("on_hold"), json!("in_progress")));
}

#[test]
fn an_order_comes_back_when_its_last_whole_hold_ends() {
    let w = Work::new();
    let both = [request(&w, json!({})), request(&w, json!({ "reason_id": null }))];
    both.iter().for_each(|h| drop(w.step(&w.sue, "hold_approve", &h["id"], json!({})).unwrap()));
    w.step(&w.sue, "hold_resume", &both[0]["id"], json!({})).unwrap();
    assert_eq!(status(&w), (json!("on_hold"), json!("in_progress")));
    w.step(&w.sue, "hold_scrap", &both[1]["id"], json!({ "scrapped": 5 })).unwrap();
    assert_eq!(status(&w), (json!("in_progress"), json!(null)));
}

#[test]
fn a_hold_of_some_units_leaves_the_order_in_work() {
    let w = Work::new();
    let asked = request(&w, json!({ "quantity": 40 }));
    w.step(&w.sue, "hold_approve", &asked["id"], json!({})).unwrap();
    assert_eq!(status(&w).0, json!("in_progress"));
    let over = w.step(&w.sue, "hold_resume", &asked["id"], json!({ "released": 30, "scrapped": 11 }));
    assert_eq!(code(over), "parts_over_held");
    let on = w.step(&w.sue, "hold_resume", &asked["id"], json!({ "released": 30, "scrapped": 10 })).unwrap();
    assert_eq!((&on["released"], &on["scrapped"]), (&json!(30), &json!(10)));
    assert_eq!(status(&w).0, json!("in_progress"));
}

#[test]
fn the_moment_of_a_hold_can_be_put_right_at_its_approval() {
    let w = Work::new();
    let asked = request(&w, json!({}));
    let from = json!({ "held_from": "2025-06-12", "held_from_minute": 600 });
    let held = w.step(&w.sue, "hold_approve", &asked["id"], from).unwrap();
    assert_eq!((&held["held_from"], &held["held_from_minute"]), (&json!("2025-06-12"), &json!(600)));
    let early = w.step(&w.sue, "hold_resume", &asked["id"], json!({ "held_to": "2025-06-11" }));
    assert_eq!(code(early), "bad_period");
}

#[test]
fn nobody_approves_his_own_request_unless_the_client_lets_him_and_he_says_why() {
    let w = Work::new();
    let what = json!({ "client_id": w.client, "work_order_id": w.order });
    let asked = w.call(&w.sue, "hold_request", what).unwrap();
    let approve = |who, reason: Json| w.step(who, "hold_approve", &asked["id"], json!({ "reason": reason }));
    assert_eq!(code(approve(&w.sue, json!("nobody else is here"))), "own_request");
    w.setting(&json!({ "self_approval": true }));
    assert_eq!(code(approve(&w.sue, json!(null))), "needs_reason");
    let held = approve(&w.sue, json!("nobody else is here")).unwrap();
    assert_eq!(held["self_approved"], true);
    w.step(&w.sue, "hold_resume_request", &asked["id"], json!({})).unwrap();
    w.setting(&json!({ "self_approval": false }));
    assert_eq!(code(w.step(&w.sue, "hold_resume", &asked["id"], json!({ "reason": "x" }))), "own_request");
    w.step(&w.sam, "hold_resume", &asked["id"], json!({})).unwrap();
}

#[test]
fn who_decides_is_a_supervisor_and_a_viewer_asks_for_nothing() {
    let w = Work::new();
    let what = json!({ "client_id": w.client, "work_order_id": w.order });
    assert_eq!(code(w.call(&w.vera, "hold_request", what)), "forbidden");
    let asked = request(&w, json!({}));
    for name in ["hold_approve", "hold_reject"] {
        assert_eq!(code(w.step(&w.olga, name, &asked["id"], json!({}))), "forbidden", "{name}");
        assert_eq!(code(w.step(&w.vera, name, &asked["id"], json!({}))), "forbidden", "{name}");
    }
    w.step(&w.olga, "hold_cancel", &asked["id"], json!({})).unwrap();
    let other = request(&w, json!({}));
    let olaf = w.plant.person("olaf", Role::Operator, &[w.client.parse().unwrap()]);
    assert_eq!(code(w.step(&olaf, "hold_cancel", &other["id"], json!({}))), "forbidden");
    w.step(&w.sue, "hold_reject", &other["id"], json!({ "reason": "it can be sorted" })).unwrap();
    assert_eq!(status(&w).0, json!("in_progress"));
}

#[test]
fn forged_names_and_moments_are_refused_whichever_command_is_taken() {
    let w = Work::new();
    let asked = request(&w, json!({}));
    let row = w.get("hold_entry", asked["id"].as_str().unwrap());
    let put = |who, fields: Json| w.call(who, "hold_entry_put", json!({ "row": with(row.clone(), fields) }));
    let (sam, sue) = (json!(w.sam.user()), json!(w.sue.user()));
    assert_eq!(code(put(&w.sue, json!({ "state": "held", "approved_by": sam, "approved_at": 1 }))), "no_step");
    assert_eq!(code(put(&w.sue, json!({ "state": "held", "approved_by": sue, "approved_at": 1 }))), "no_step");
    assert_eq!(code(put(&w.sue, json!({ "requested_by": sue }))), "no_step");
    assert_eq!(code(put(&w.olga, json!({ "state": "held" }))), "forbidden");
    let unsigned = with(row.clone(), json!({ "id": null, "requested_by": null }));
    let new = w.call(&w.sue, "hold_entry_put", json!({ "row": unsigned })).unwrap();
    assert_eq!(code(w.step(&w.sue, "hold_approve", &new["id"], json!({}))), "own_request");
}

#[test]
fn a_hold_written_row_by_row_takes_its_order_with_it_too() {
    let w = Work::new();
    let asked = request(&w, json!({}));
    w.step(&w.sue, "hold_approve", &asked["id"], json!({})).unwrap();
    w.step(&w.sue, "hold_entry_remove", &asked["id"], json!({})).unwrap();
    assert_eq!(status(&w), (json!("in_progress"), json!(null)));
    w.call(&w.sue, "undo", json!({})).unwrap();
    assert_eq!(status(&w), (json!("on_hold"), json!("in_progress")));
}

#[test]
fn of_two_who_approve_at_once_one_wins() {
    let w = Work::new();
    let asked = request(&w, json!({}));
    let (id, work) = (&asked["id"], &w);
    let both: Vec<_> = std::thread::scope(|s| {
        let tries = [&w.sue, &w.sam].map(|who| s.spawn(move || approve(work, who, id)));
        tries.into_iter().map(|t| t.join().unwrap()).collect()
    });
    let lost: Vec<_> = both.iter().filter_map(|b| b.as_ref().err()).collect();
    assert_eq!((lost.len(), lost[0].code.as_str(), lost[0].params["from"].as_str()), (1, "no_step", "held"));
    assert_eq!(w.call(&w.sue, "hold_list", json!({})).unwrap().as_array().unwrap().len(), 1);
}

fn approve(w: &Work, who: &store::Session, id: &Json) -> Result<Json, domain::Fault> {
    w.step(who, "hold_approve", id, json!({}))
}

#[test]
fn a_hold_that_was_changed_since_it_was_seen_is_not_approved_unseen() {
    let w = Work::new();
    let asked = request(&w, json!({ "quantity": 5 }));
    let row = with(w.get("hold_entry", asked["id"].as_str().unwrap()), json!({ "quantity": null }));
    w.call(&w.olga, "hold_entry_put", json!({ "row": row })).unwrap();
    let approved = w.step(&w.sue, "hold_approve", &asked["id"], json!({ "version": asked["version"] }));
    assert_eq!(code(approved), "taken_meanwhile");
}

#[test]
fn what_waits_stands_first_and_says_who_may_decide() {
    let w = Work::new();
    let held = request(&w, json!({}));
    w.step(&w.sue, "hold_approve", &held["id"], json!({})).unwrap();
    w.later(5);
    let what = json!({ "client_id": w.client, "work_order_id": w.order, "quantity": 1 });
    let own = w.call(&w.sue, "hold_request", what).unwrap();
    let list = |who| w.call(who, "hold_list", json!({})).unwrap();
    let first = |who| list(who)[0].clone();
    assert_eq!((&first(&w.sue)["id"], &first(&w.sue)["may_decide"]), (&own["id"], &json!(false)));
    assert_eq!((&first(&w.sam)["may_decide"], &first(&w.olga)["may_decide"]), (&json!(true), &json!(false)));
    w.later(2);
    assert!((first(&w.vera)["waiting_hours"].as_f64().unwrap() - 2.0).abs() < 0.01);
    assert_eq!((&list(&w.vera)[1]["id"], &list(&w.vera)[1]["waiting_hours"]), (&held["id"], &json!(null)));
}

#[test]
fn an_order_that_has_left_is_not_held_and_a_job_is_held_with_its_own_order() {
    let w = Work::new();
    let gone = w.order("A-2", "shipped", json!({}));
    let ask = |order: &str, job: Json| {
        w.call(&w.olga, "hold_request", json!({ "client_id": w.client, "work_order_id": order, "job_id": job }))
    };
    assert_eq!(code(ask(&gone, json!(null))), "no_step");
    let job = json!({ "work_order_id": gone, "code": "J1", "product_id": null, "operation_id": null, "quantity": 5 });
    let job = w.made("job_put", job);
    assert_eq!(code(ask(&w.order, json!(job))), "missing");
}
