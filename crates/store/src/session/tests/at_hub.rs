//! Whom the hub names it keeps: nothing is changed of him on a PC, where it would not last.
use super::{lease::heard, *};
use crate::session::{AccountChange, NewAccount};

fn change(session: &Session, active: bool) -> AccountChange {
    let (id, role) = (session.user(), session.role());
    AccountChange { id, display_name: "Other".into(), role, clients: vec![], lines: vec![], active }
}

#[test]
fn whom_the_hub_names_it_keeps_and_others_stay_an_admins() {
    let plant = Plant::new();
    let client = plant.client("ACME");
    let (_, named) = plant.person("lea", Role::Leader, &[client]);
    let (_, local) = plant.person("sam", Role::Supervisor, &[client]);
    let new = |name: &str| NewAccount {
        name: name.into(),
        display_name: name.into(),
        role: Role::Viewer,
        clients: vec![],
        password: BEN.into(),
        forced_change: false,
        language: "en".into(),
    };
    assert_eq!(code(plant.store.user_add(&plant.admin, &new("before"))), "fine");
    heard(&plant, &[&plant.admin, &named]);
    assert_eq!(code(plant.store.user_add(&plant.admin, &new("after"))), "kept_at_hub");
    assert_eq!(code(plant.store.user_update(&plant.admin, &change(&named, true))), "kept_at_hub");
    assert_eq!(code(plant.store.user_password(&plant.admin, named.user(), ADA)), "kept_at_hub");
    assert_eq!(code(plant.store.password_change(&named, BEN, ADA)), "kept_at_hub");
    // Whom the hub does not know can still be put out of here.
    assert_eq!(code(plant.store.user_update(&plant.admin, &change(&local, false))), "fine");
    assert_eq!(code(plant.store.login("sam", BEN)), "bad_login");
}
