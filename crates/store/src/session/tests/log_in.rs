use super::*;
use domain::Fault;

#[test]
fn the_first_start_makes_one_admin_and_there_is_no_second_first() {
    let plant = Plant::new();
    assert_eq!((plant.admin.role(), plant.admin.name(), plant.admin.language()), (Role::Admin, "ada", "en"));
    assert!(!plant.admin.must_change() && !plant.store.first_start_due().unwrap());
    assert_eq!(code(plant.store.first_start("eve", "Eve", BEN, "en")), "not_first");
    assert_eq!(plant.admin_number("SELECT count(*) FROM user"), 1);
    let account = plant.store.user_list(&plant.admin).unwrap().remove(0);
    assert_eq!(account.last_login.map(|t| t.0), Some(START), "who made it is in");
}

#[test]
fn a_new_file_holds_no_account_at_all() {
    let dir = tempfile::tempdir().unwrap();
    let vault = Vault::new(dir.path().join("lineboard.db"), [7; 32]);
    let store = Store::create(&vault, Clock::fixed(START)).unwrap().cheap();
    assert!(store.first_start_due().unwrap());
    for (name, shown, password, language, refused) in [
        (" ", "Ada", ADA, "en", "empty"),
        ("ada", "", ADA, "en", "empty"),
        ("a\nda", "Ada", ADA, "en", "bad_input"),
        (&"a".repeat(65), "Ada", ADA, "en", "bad_input"),
        ("ada", "Ada", "short", "en", "short_password"),
        ("ada", "Ada", "password1234", "en", "common_password"),
        ("lovelace", "Ada", "my lovelace pony", "en", "common_password"),
        ("ada", "Ada", ADA, "fr", "bad_input"),
    ] {
        assert_eq!(code(store.first_start(name, shown, password, language)), refused, "{name:?} {password}");
    }
    assert!(store.first_start_due().unwrap());
    store.first_start("ada", "Ada", ADA, "es").unwrap();
}

#[test]
fn the_right_password_opens_a_session_whatever_the_case_of_the_name() {
    let plant = Plant::new();
    for name in ["ada", "ADA", " Ada "] {
        assert_eq!(plant.store.login(name, ADA).unwrap().user(), plant.admin.user());
    }
    let account = plant.store.user_list(&plant.admin).unwrap().remove(0);
    assert_eq!(account.last_login.map(|t| t.0), Some(START));
}

#[test]
fn wrong_password_unknown_name_and_left_account_get_one_answer() {
    let plant = Plant::new();
    let ben = plant.add("ben", Role::Viewer, &[]);
    plant.store.user_update(&plant.admin, &AccountChange { active: false, ..change(&ben) }).unwrap();
    let fault = |name, password| Fault::from(plant.store.login(name, password).err().unwrap());
    let answer = fault("ada", "wrong");
    assert_eq!(answer.code, "bad_login");
    for (name, password) in [("nobody", ADA), ("ben", BEN), ("", ""), ("ada", ""), ("ada", "copper kettle on Mars")] {
        assert_eq!(fault(name, password), answer, "{name}");
    }
}

#[test]
fn every_refusal_costs_one_hash_so_that_time_tells_nothing() {
    use crate::session::password::HASHES;
    let plant = Plant::new();
    let ben = plant.add("ben", Role::Viewer, &[]);
    plant.store.user_update(&plant.admin, &AccountChange { active: false, ..change(&ben) }).unwrap();
    for name in ["ada", "nobody", "ben", ""] {
        let before = HASHES.get();
        assert_eq!(code(plant.store.login(name, "wrong")), "bad_login");
        assert_eq!(HASHES.get() - before, 1, "{name}");
    }
}

#[test]
fn passwords_are_kept_as_hashes_of_the_full_cost() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::create(&Vault::new(dir.path().join("lineboard.db"), [7; 32]), Clock::fixed(START)).unwrap();
    store.first_start("ada", "Ada", ADA, "en").unwrap();
    let kept: String = store.admin_read(|c| Ok(c.query_row("SELECT verifier FROM user", [], |r| r.get(0))?)).unwrap();
    assert!(kept.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"), "{kept}");
}

#[test]
fn a_cheaper_hash_is_made_anew_at_the_next_log_in() {
    let plant = Plant::new();
    let kept = "SELECT verifier LIKE '%m=64,t=1,p=1%' FROM user";
    assert_eq!(plant.admin_number(kept), 1);
    let dearer = Store::open(&plant.vault, plant.store.clock().clone()).unwrap();
    dearer.login("ada", ADA).unwrap();
    assert_eq!(plant.admin_number(kept), 0);
    plant.store.login("ada", ADA).unwrap();
    assert_eq!(plant.admin_number(kept), 0);
}

#[test]
fn after_three_wrong_tries_even_the_right_password_waits() {
    let plant = Plant::new();
    for _ in 0..4 {
        assert_eq!(code(plant.store.login("ada", "wrong")), "bad_login");
    }
    let fault = Fault::from(plant.store.login("ada", ADA).err().unwrap());
    assert_eq!((fault.code.as_str(), fault.params["seconds"].as_str()), ("throttled", "1"));
    plant.pass(1);
    plant.store.login("ada", ADA).unwrap();
    // The count began anew: three more are free.
    for _ in 0..3 {
        assert_eq!(code(plant.store.login("ada", "wrong")), "bad_login");
    }
    plant.store.login("ada", ADA).unwrap();
}

#[test]
fn waiting_outlives_the_program_and_goes_by_the_name_in_any_case() {
    let plant = Plant::new();
    for n in [0, 0, 0, 0, 1, 2, 4] {
        plant.pass(n);
        assert_eq!(code(plant.store.login("ada", "wrong")), "bad_login");
    }
    let again = plant.another();
    for name in ["ada", "ADA", " ada"] {
        assert_eq!(Fault::from(again.login(name, ADA).err().unwrap()).params["seconds"], "8");
    }
}

#[test]
fn a_try_is_counted_before_it_is_looked_at() {
    let plant = Plant::new();
    // As if the plug was pulled during the hash, four times.
    for _ in 0..4 {
        plant.store.begin_try("ada").unwrap();
    }
    assert_eq!(code(plant.another().login("ada", ADA)), "throttled");
}

#[test]
fn an_unknown_name_waits_exactly_as_a_known_one() {
    let plant = Plant::new();
    let tries = |name: &str| (0..6).map(|_| code(plant.store.login(name, "wrong"))).collect::<Vec<_>>();
    assert_eq!(tries("ada"), tries("nobody"));
}

#[test]
fn waiting_is_never_longer_than_five_minutes_and_asking_does_not_stretch_it() {
    let plant = Plant::new();
    for _ in 0..14 {
        plant.pass(300);
        assert_eq!(code(plant.store.login("ada", "wrong")), "bad_login");
    }
    for _ in 0..5 {
        assert_eq!(code(plant.store.login("ada", ADA)), "throttled");
        plant.pass(60);
    }
    plant.store.login("ada", ADA).unwrap();
}

#[test]
fn a_clock_set_back_by_a_year_costs_five_minutes_at_most() {
    let plant = Plant::new();
    for _ in 0..14 {
        plant.pass(300);
        let _ = plant.store.login("ada", "wrong");
    }
    plant.pass(-365 * 86_400);
    assert_eq!(code(plant.store.login("ada", ADA)), "throttled");
    plant.pass(300);
    plant.store.login("ada", ADA).unwrap();
}

#[test]
fn one_name_under_attack_does_not_keep_others_out_but_the_pc_slows_down() {
    let plant = Plant::new();
    plant.add("ben", Role::Viewer, &[]);
    for _ in 0..10 {
        let _ = plant.store.login("ada", "wrong");
    }
    plant.store.login("ben", BEN).unwrap();
    for n in 0..27 {
        assert_eq!(code(plant.store.login(&format!("guess {n}"), "wrong")), "bad_login", "{n}");
    }
    let fault = Fault::from(plant.store.login("ben", BEN).err().unwrap());
    assert_eq!((fault.code.as_str(), fault.params["seconds"].as_str()), ("throttled", "1"));
    plant.pass(600);
    plant.store.login("ben", BEN).unwrap();
}

#[test]
fn an_account_of_ones_own_does_not_clear_the_pc_for_guessing() {
    let plant = Plant::new();
    plant.add("ben", Role::Viewer, &[]);
    for n in 0..31 {
        plant.store.login("ben", BEN).unwrap();
        assert_eq!(code(plant.store.login(&format!("guess {n}"), "wrong")), "bad_login");
    }
    assert_eq!(code(plant.store.login("ben", BEN)), "throttled");
}

#[test]
fn a_password_typed_as_a_name_is_kept_nowhere() {
    let plant = Plant::new();
    for _ in 0..5 {
        let _ = plant.store.login("copper kettle on mars", "x");
    }
    assert!(plant.events().iter().all(|(_, what)| !what.contains("copper")));
    assert_eq!(plant.admin_number("SELECT count(*) FROM throttle WHERE name LIKE '%copper%'"), 0);
    assert_eq!(plant.admin_number("SELECT count(*) FROM throttle"), 2);
}

#[test]
fn old_counts_leave_the_file() {
    let plant = Plant::new();
    for n in 0..5 {
        let _ = plant.store.login(&format!("guess {n}"), "wrong");
    }
    plant.pass(2 * 86_400);
    let _ = plant.store.login("guess 9", "wrong");
    assert_eq!(plant.admin_number("SELECT count(*) FROM throttle"), 2);
}

#[test]
fn a_changed_password_opens_and_the_old_one_does_not() {
    let plant = Plant::new();
    let session = plant.store.password_change(&plant.admin, ADA, BEN).unwrap();
    assert_eq!(session.user(), plant.admin.user());
    assert_eq!(code(plant.store.login("ada", ADA)), "bad_login");
    plant.store.login("ada", BEN).unwrap();
    plant.store.repository(&session).unwrap();
}

#[test]
fn a_new_password_needs_the_old_one_and_must_be_another_good_one() {
    let plant = Plant::new();
    let change = |old, new| plant.store.password_change(&plant.admin, old, new);
    assert_eq!((code(change("wrong", BEN)), field(change("wrong", BEN))), ("bad_login".into(), Some("old".into())));
    assert_eq!((code(change(ADA, ADA)), field(change(ADA, ADA))), ("same_password".into(), Some("new".into())));
    assert_eq!(
        (code(change(ADA, "short")), field(change(ADA, "short"))),
        ("short_password".into(), Some("new".into()))
    );
    assert_eq!(code(change(ADA, "lovelace forever")), "fine");
    assert_eq!(code(change("lovelace forever", "ada lovelace 99")), "no_session");
}

#[test]
fn guessing_the_old_password_at_an_open_window_waits_like_a_log_in() {
    let plant = Plant::new();
    for _ in 0..4 {
        assert_eq!(code(plant.store.password_change(&plant.admin, "wrong", BEN)), "bad_login");
    }
    assert_eq!(code(plant.store.password_change(&plant.admin, ADA, BEN)), "throttled");
    assert_eq!(code(plant.store.login("ada", ADA)), "throttled");
}

#[test]
fn a_poor_new_password_is_no_wrong_try() {
    let plant = Plant::new();
    for _ in 0..9 {
        assert_eq!(code(plant.store.password_change(&plant.admin, ADA, "short")), "short_password");
    }
    plant.store.login("ada", ADA).unwrap();
}

#[test]
fn a_language_is_kept_for_the_next_log_in() {
    let plant = Plant::new();
    assert_eq!(plant.store.language_set(&plant.admin, "es").unwrap().language(), "es");
    assert_eq!(plant.store.login("ada", ADA).unwrap().language(), "es");
    assert_eq!(code(plant.store.language_set(&plant.admin, "fr")), "bad_input");
}

#[test]
fn sign_ins_are_on_the_record_in_a_chain_that_shows_tampering() {
    let plant = Plant::new();
    let _ = plant.store.login("ada", "wrong");
    let session = plant.store.login("ada", ADA).unwrap();
    plant.store.logout(&session).unwrap();
    assert_eq!(plant.kinds(), ["first_start", "login_failed", "login", "logout"]);
    assert_eq!(plant.store.audit().unwrap(), (4, None));
    for (tamper, first) in [
        ("UPDATE security_event SET what = 'x' WHERE no = 2", 2),
        ("UPDATE security_event SET user_id = NULL WHERE no = 3", 3),
        ("UPDATE security_event SET at = at + 1 WHERE no = 1", 1),
        ("DELETE FROM security_event WHERE no = 1", 2),
        ("DELETE FROM security_event WHERE no = 2", 3),
        ("INSERT INTO security_event SELECT 5, at, user_id, kind, what, hash FROM security_event WHERE no = 4", 5),
    ] {
        let found = plant.store.admin_read(|c| {
            c.execute_batch("SAVEPOINT t")?;
            c.execute_batch(tamper)?;
            Ok(())
        });
        found.unwrap();
        assert_eq!(plant.store.audit().unwrap().1, Some(first), "{tamper}");
        plant.store.admin_read(|c| Ok(c.execute_batch("ROLLBACK TO t; RELEASE t")?)).unwrap();
    }
    assert_eq!(plant.store.audit().unwrap(), (4, None));
}
