//! Whoever looks in somebody's name looks with his rights of the moment, and only looks.
use crate::stage::{Work, code};
use domain::{Client, Fault, Id, Role};
use serde_json::json;
use store::session::{AccountChange, delegate::Task};

fn change(w: &Work, role: Role, active: bool, clients: &[Id<Client>]) {
    let (id, display_name) = (w.sue.user(), "sue".into());
    let change = AccountChange { id, display_name, role, clients: clients.into(), lines: vec![], active };
    w.plant.store.user_update(&w.plant.admin, &change).unwrap();
}

fn schedule(w: &Work) {
    assert_eq!(w.call(&w.sue, "alert_schedule", json!({ "on": true })).unwrap()["on"], true);
}

#[test]
fn a_delegate_sees_the_clients_its_owner_has_at_that_moment() {
    let w = Work::new();
    schedule(&w);
    let all = w.plant.store.delegates(Task::Alerts).unwrap();
    assert_eq!((all.len(), all[0].owner(), all[0].clients().unwrap().len()), (1, "sue", 1));
    change(&w, Role::Supervisor, true, &[]);
    assert_eq!(all[0].clients().unwrap(), []);
    let lines = all[0].read(|r| r.select("SELECT 1 FROM line", &[], |_| Ok(()))).unwrap();
    assert_eq!(lines.len(), 0);
}

#[test]
fn the_session_of_a_delegate_opens_nothing() {
    let w = Work::new();
    schedule(&w);
    let delegate = w.plant.store.delegates(Task::Alerts).unwrap().remove(0);
    let taken = delegate.read(|r| Ok(r.session().clone())).unwrap();
    let store = &w.plant.store;
    let refused = [
        store.repository(&taken).map(|_| ()).map_err(Fault::from),
        store.language_set(&taken, "es").map(|_| ()).map_err(Fault::from),
        store.user_list(&taken).map(|_| ()).map_err(Fault::from),
    ];
    assert!(refused.iter().all(|r| r.as_ref().unwrap_err().code == "no_session"), "{refused:?}");
}

#[test]
fn the_schedule_of_a_withdrawn_owner_stops_and_says_so() {
    let w = Work::new();
    schedule(&w);
    assert_eq!(plant::alerts::run(&w.plant.store).unwrap().stopped, Vec::<String>::new());
    let client: Id<Client> = w.client.parse().unwrap();
    for (role, active) in [(Role::Supervisor, false), (Role::Viewer, true)] {
        change(&w, role, active, &[client]);
        assert_eq!(plant::alerts::run(&w.plant.store).unwrap().stopped, ["sue"], "{}", role.word());
        assert_eq!(plant::alerts::run(&w.plant.store).unwrap().stopped, Vec::<String>::new());
        change(&w, Role::Supervisor, true, &[client]);
        let kept = w.call(&w.sue, "alert_scheduled", json!({})).unwrap();
        assert_eq!((&kept["on"], &kept["stopped"]), (&json!(false), &json!(true)));
        schedule(&w);
    }
}

#[test]
fn a_schedule_raises_what_nobody_is_logged_in_to_look_for() {
    let w = Work::new();
    w.order("A-2", "in_progress", json!({ "required_date": "2025-06-10" }));
    schedule(&w);
    assert_eq!(plant::alerts::run(&w.plant.store).unwrap().settled.raised, 1);
    assert_eq!(plant::alerts::run(&w.plant.store).unwrap().settled.raised, 0);
    w.call(&w.sue, "alert_schedule", json!({ "on": false })).unwrap();
    assert_eq!(w.plant.store.delegates(Task::Alerts).unwrap().len(), 0);
}

#[test]
fn only_who_may_raise_alerts_puts_them_on_a_schedule() {
    let w = Work::new();
    for who in [&w.olga, &w.vera] {
        assert_eq!(code(w.call(who, "alert_schedule", json!({ "on": true }))), "forbidden");
    }
}
