use super::*;
use crate::session::Registry;

const MINUTE: i64 = 60;

fn opened(plant: &Plant) -> Registry {
    let registry = Registry::new(plant.store.clock());
    registry.enter("main", plant.admin.clone());
    registry
}

#[test]
fn a_window_has_the_session_that_was_given_to_it_and_no_other() {
    let plant = Plant::new();
    let registry = opened(&plant);
    let (ben, session) = plant.person("ben", Role::Viewer, &[]);
    registry.enter("second", session);
    assert_eq!(registry.session(&plant.store, "main").unwrap().user(), plant.admin.user());
    assert_eq!(registry.session(&plant.store, "second").unwrap().user(), ben.id);
    for window in ["", "third", "MAIN"] {
        assert_eq!(code(registry.session(&plant.store, window)), "no_session");
    }
}

#[test]
fn leaving_ends_the_session_of_that_window() {
    let plant = Plant::new();
    let registry = opened(&plant);
    registry.enter("second", plant.admin.clone());
    assert_eq!(registry.leave("main").unwrap().user(), plant.admin.user());
    assert_eq!(code(registry.session(&plant.store, "main")), "no_session");
    registry.session(&plant.store, "second").unwrap();
    assert!(registry.leave("main").is_none());
}

#[test]
fn an_hour_without_a_call_ends_a_session_and_keeps_the_draft() {
    let plant = Plant::new();
    let registry = opened(&plant);
    let keep = |body: &str| {
        let session = registry.session(&plant.store, "main").unwrap();
        plant.store.repository(&session).unwrap().write(|w| w.keep_draft("shift", body)).unwrap();
    };
    keep("half");
    for _ in 0..5 {
        plant.pass(59 * MINUTE);
        keep("half typed");
    }
    plant.pass(60 * MINUTE);
    assert_eq!(code(registry.session(&plant.store, "main")), "no_session");
    let session = plant.store.login("ada", ADA).unwrap();
    let draft = plant.store.repository(&session).unwrap().read(|r| r.draft("shift")).unwrap();
    assert_eq!(draft.unwrap().body, "half typed");
}

#[test]
fn questions_nobody_asked_keep_no_session_awake() {
    let plant = Plant::new();
    let registry = opened(&plant);
    for _ in 0..3 {
        plant.pass(20 * MINUTE - 1);
        registry.peek(&plant.store, "main").unwrap();
    }
    plant.pass(3);
    assert_eq!(code(registry.peek(&plant.store, "main")), "no_session");
}

#[test]
fn twelve_hours_end_a_session_however_busy() {
    let plant = Plant::new();
    let registry = opened(&plant);
    for _ in 0..23 {
        plant.pass(30 * MINUTE);
        registry.session(&plant.store, "main").unwrap();
    }
    // Changing the language is no new log-in.
    registry.replace("main", plant.store.language_set(&plant.admin, "es").unwrap());
    plant.pass(30 * MINUTE);
    assert_eq!(code(registry.session(&plant.store, "main")), "no_session");
}

#[test]
fn a_session_that_ended_stays_ended_when_the_clock_goes_back() {
    let plant = Plant::new();
    let registry = opened(&plant);
    plant.pass(60 * MINUTE);
    assert_eq!(code(registry.session(&plant.store, "main")), "no_session");
    plant.pass(-60 * MINUTE);
    assert_eq!(code(registry.session(&plant.store, "main")), "no_session");
}

#[test]
fn a_window_sees_new_rights_at_its_next_call_and_none_after_removal() {
    let plant = Plant::new();
    let a = plant.client("ACME");
    let (ben, session) = plant.person("ben", Role::Leader, &[a]);
    let registry = opened(&plant);
    registry.enter("second", session);
    let update = |change| plant.store.user_update(&plant.admin, &change).unwrap();
    update(AccountChange { role: Role::Viewer, clients: vec![], ..change(&ben) });
    let now = registry.session(&plant.store, "second").unwrap();
    assert_eq!((now.role(), now.clients()), (Role::Viewer, &[][..]));
    let kept = registry.leave("second").unwrap();
    assert_eq!(kept.role(), Role::Viewer);
    registry.enter("second", kept);
    update(AccountChange { active: false, ..change(&ben) });
    assert_eq!(code(registry.session(&plant.store, "second")), "no_session");
    update(AccountChange { active: true, ..change(&ben) });
    // A session does not come back to life with its account.
    assert_eq!(code(registry.session(&plant.store, "second")), "no_session");
}

#[test]
fn replacing_never_hands_a_window_to_somebody_else() {
    let plant = Plant::new();
    let registry = opened(&plant);
    let (_, session) = plant.person("ben", Role::Viewer, &[]);
    registry.replace("main", session.clone());
    registry.replace("second", session);
    assert_eq!(registry.session(&plant.store, "main").unwrap().user(), plant.admin.user());
    assert_eq!(code(registry.session(&plant.store, "second")), "no_session");
}
