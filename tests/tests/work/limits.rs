//! A client has no more people than it may.
use crate::stage::Work;
use domain::{Client, Fault, Id, Role};
use serde_json::json;
use store::session::{Account, AccountChange, NewAccount};

fn add(w: &Work, name: &str, clients: &[Id<Client>]) -> Result<Account, Fault> {
    let new = NewAccount {
        name: name.into(),
        display_name: name.into(),
        role: Role::Operator,
        clients: clients.into(),
        password: "nine red looms weave".into(),
        forced_change: true,
        language: "en".into(),
    };
    w.plant.store.user_add(&w.plant.admin, &new).map_err(Fault::from)
}

fn update(w: &Work, id: Id<domain::change::User>, clients: &[Id<Client>], active: bool) -> Result<Account, Fault> {
    let (role, display_name) = (Role::Operator, "x".into());
    let change = AccountChange { id, display_name, role, clients: clients.into(), lines: vec![], active };
    w.plant.store.user_update(&w.plant.admin, &change).map_err(Fault::from)
}

#[test]
fn one_more_than_a_client_may_have_is_refused_and_its_limit_named() {
    let w = Work::new();
    let acme: &[Id<Client>] = &[w.client.parse().unwrap()];
    // The admin who made the client, and four more.
    w.setting(&json!({ "users_limit": 5 }));
    let told = add(&w, "paul", acme).unwrap_err();
    assert_eq!((told.code.as_str(), told.field.as_deref()), ("user_limit", Some("clients")));
    assert!(told.message.contains("ACME") && told.message.contains('5'), "{}", told.message);
    let paul = add(&w, "paul", &[]).unwrap();
    assert_eq!(update(&w, paul.id, acme, true).unwrap_err().code, "user_limit");
    // Whoever is there already may be changed; one who leaves makes room.
    update(&w, w.olga.user(), acme, true).unwrap();
    update(&w, w.olga.user(), acme, false).unwrap();
    update(&w, paul.id, acme, true).unwrap();
    assert_eq!(update(&w, w.olga.user(), acme, true).unwrap_err().code, "user_limit");
}

#[test]
fn a_limit_below_what_is_there_sends_nobody_away() {
    let w = Work::new();
    let acme: &[Id<Client>] = &[w.client.parse().unwrap()];
    w.setting(&json!({ "users_limit": 1 }));
    update(&w, w.olga.user(), acme, true).unwrap();
    assert_eq!(add(&w, "paul", acme).unwrap_err().code, "user_limit");
    w.setting(&json!({ "users_limit": null }));
    add(&w, "paul", acme).unwrap();
}
