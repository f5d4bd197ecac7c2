use super::*;

#[test]
fn only_an_admin_touches_accounts() {
    let plant = Plant::new();
    let client = plant.client("ACME");
    let (ada, zoe) = (plant.admin.user(), plant.add("zoe", Role::Viewer, &[client]));
    for role in Role::ALL.iter().filter(|r| **r != Role::Admin) {
        let (_, session) = plant.person(role.word(), *role, &[client]);
        assert_eq!(code(plant.store.user_list(&session)), "forbidden");
        assert_eq!(code(plant.store.user_add(&session, &new("eve", Role::Admin, &[]))), "forbidden");
        assert_eq!(code(plant.store.user_update(&session, &change(&zoe))), "forbidden");
        assert_eq!(code(plant.store.user_password(&session, ada, BEN)), "forbidden");
    }
}

#[test]
fn an_account_is_listed_as_it_was_made() {
    let plant = Plant::new();
    let (a, b) = (plant.client("ACME"), plant.client("BETA"));
    let made = plant.add("ben", Role::Leader, &[b, a, b]);
    assert_eq!(made.clients.iter().map(|c| c.code.as_str()).collect::<Vec<_>>(), ["ACME", "BETA"]);
    assert_eq!((made.role, made.active, made.last_login, &made.lines), (Role::Leader, true, None, &vec![]));
    let all = plant.store.user_list(&plant.admin).unwrap();
    assert_eq!(all.iter().map(|u| u.name.as_str()).collect::<Vec<_>>(), ["ada", "ben"]);
    assert_eq!(all[1], made);
    // Whoever makes a client is assigned to it.
    assert_eq!(all[0].clients.len(), 2);
}

#[test]
fn a_name_is_taken_whatever_its_case_and_even_when_its_owner_left() {
    let plant = Plant::new();
    let nino = plant.add("Ñandú", Role::Viewer, &[]);
    plant.store.user_update(&plant.admin, &AccountChange { active: false, ..change(&nino) }).unwrap();
    for name in ["ñANDÚ", " ñandú ", "ADA"] {
        let add = || plant.store.user_add(&plant.admin, &new(name, Role::Viewer, &[]));
        assert_eq!((code(add()), field(add())), ("name_taken".into(), Some("name".into())), "{name}");
    }
}

#[test]
fn a_first_password_must_be_good_too() {
    let plant = Plant::new();
    for (password, refused) in
        [("short", "short_password"), ("password1234", "common_password"), ("it is zoezoezoe", "common_password")]
    {
        let made = NewAccount { password: password.into(), ..new("zoezoe", Role::Viewer, &[]) };
        assert_eq!(code(plant.store.user_add(&plant.admin, &made)), refused, "{password}");
    }
    assert_eq!(plant.store.user_list(&plant.admin).unwrap().len(), 1);
}

#[test]
fn a_client_that_is_not_there_is_not_found_and_nothing_is_made() {
    let plant = Plant::new();
    let nowhere = Id::from_bytes([9; 16]);
    assert_eq!(code(plant.store.user_add(&plant.admin, &new("ben", Role::Viewer, &[nowhere]))), "missing");
    assert_eq!(plant.store.user_list(&plant.admin).unwrap().len(), 1);
    let ben = plant.add("ben", Role::Viewer, &[]);
    let update = AccountChange { clients: vec![nowhere], ..change(&ben) };
    assert_eq!(code(plant.store.user_update(&plant.admin, &update)), "missing");
    assert_eq!(
        code(plant.store.user_update(&plant.admin, &AccountChange { id: nowhere.cast(), ..change(&ben) })),
        "missing"
    );
    assert_eq!(code(plant.store.user_password(&plant.admin, nowhere.cast(), BEN)), "missing");
}

#[test]
fn a_line_must_be_of_an_assigned_client() {
    let plant = Plant::new();
    let (a, b) = (plant.client("ACME"), plant.client("BETA"));
    let (own, foreign) = (plant.line(a), plant.line(b));
    let ben = plant.add("ben", Role::Operator, &[a]);
    let with = |lines: Vec<_>| plant.store.user_update(&plant.admin, &AccountChange { lines, ..change(&ben) });
    for lines in [vec![(a, foreign)], vec![(b, foreign)], vec![(a, own), (b, foreign)]] {
        assert_eq!(code(with(lines)), "missing");
    }
    assert_eq!(with(vec![(a, own), (a, own)]).unwrap().lines, [(a, own)]);
    assert_eq!(plant.store.login("ben", BEN).unwrap().lines(), [(a, own)]);
    plant.store.repository(&plant.admin).unwrap().write(|w| w.remove(a, own)).unwrap();
    assert_eq!(code(with(vec![(a, own)])), "missing");
    assert_eq!(plant.store.user_list(&plant.admin).unwrap()[1].lines, []);
}

#[test]
fn an_assignment_to_a_client_no_longer_served_sleeps_until_it_is() {
    let plant = Plant::new();
    let (a, b) = (plant.client("ACME"), plant.client("BETA"));
    let line = plant.line(b);
    let ben = plant.add("ben", Role::Operator, &[a, b]);
    let lines = vec![(b, line)];
    plant.store.user_update(&plant.admin, &AccountChange { lines, ..change(&ben) }).unwrap();
    plant.serve(b, false);
    let codes = |account: &Account| account.clients.iter().map(|c| c.code.clone()).collect::<Vec<_>>();
    let seen = plant.store.user_list(&plant.admin).unwrap().remove(1);
    assert_eq!((codes(&seen), seen.lines.len()), (vec!["ACME".to_string()], 0));
    let changed = plant.store.user_update(&plant.admin, &change(&seen)).unwrap();
    assert_eq!(changed, seen);
    plant.serve(b, true);
    let again = plant.store.user_list(&plant.admin).unwrap().remove(1);
    assert_eq!((codes(&again).len(), &again.lines), (2, &vec![(b, line)]));
    let none =
        plant.store.user_update(&plant.admin, &AccountChange { clients: vec![], lines: vec![], ..change(&again) });
    assert_eq!(none.unwrap().clients, []);
}

#[test]
fn a_client_no_longer_served_leaves_every_scope_at_the_next_call() {
    let plant = Plant::new();
    let a = plant.client("ACME");
    let (_, session) = plant.person("ben", Role::Leader, &[a]);
    plant.serve(a, false);
    assert_eq!(plant.store.repository(&session).unwrap().session().clients(), []);
    plant.serve(a, true);
    assert_eq!(plant.store.repository(&session).unwrap().session().clients().len(), 1);
}

#[test]
fn the_last_active_admin_stays() {
    let plant = Plant::new();
    let ada = plant.store.user_list(&plant.admin).unwrap().remove(0);
    let update = |change| plant.store.user_update(&plant.admin, &change);
    assert_eq!(code(update(AccountChange { active: false, ..change(&ada) })), "last_admin");
    assert_eq!(code(update(AccountChange { role: Role::Poweruser, ..change(&ada) })), "last_admin");
    let ben = plant.add("ben", Role::Admin, &[]);
    update(AccountChange { active: false, ..change(&ben) }).unwrap();
    assert_eq!(code(update(AccountChange { active: false, ..change(&ada) })), "last_admin");
    update(AccountChange { active: true, ..change(&ben) }).unwrap();
    update(AccountChange { active: false, ..change(&ada) }).unwrap();
    assert_eq!(code(plant.store.user_list(&plant.admin)), "no_session");
    plant.store.user_list(&plant.store.login("ben", BEN).unwrap()).unwrap();
}

#[test]
fn a_refused_change_changes_nothing() {
    let plant = Plant::new();
    let a = plant.client("ACME");
    let (before, events) = (plant.store.user_list(&plant.admin).unwrap(), plant.events());
    let epoch = plant.admin_number("SELECT epoch FROM plant_state");
    let gone = AccountChange { active: false, clients: vec![], display_name: "X".into(), ..change(&before[0]) };
    assert_eq!(code(plant.store.user_update(&plant.admin, &gone)), "last_admin");
    assert_eq!(before[0].clients[0].id, a);
    assert_eq!((plant.store.user_list(&plant.admin).unwrap(), plant.events()), (before, events));
    assert_eq!(plant.admin_number("SELECT epoch FROM plant_state"), epoch);
}

#[test]
fn new_rights_act_at_the_next_call_without_a_new_log_in() {
    let plant = Plant::new();
    let (a, b) = (plant.client("ACME"), plant.client("BETA"));
    let (ben, session) = plant.person("ben", Role::Leader, &[a]);
    let seen = || {
        let repo = plant.store.repository(&session).unwrap();
        let codes = repo.read(|r| r.select("SELECT code FROM client ORDER BY code", &[], |row| row.get::<String>(0)));
        (repo.session().role(), codes.unwrap())
    };
    assert_eq!(seen(), (Role::Leader, vec!["ACME".to_string()]));
    let update = |change| plant.store.user_update(&plant.admin, &change).unwrap();
    update(AccountChange { clients: vec![b], ..change(&ben) });
    assert_eq!(seen(), (Role::Leader, vec!["BETA".to_string()]));
    update(AccountChange { clients: vec![], role: Role::Viewer, ..change(&ben) });
    assert_eq!(seen(), (Role::Viewer, vec![]));
    update(AccountChange { clients: vec![], role: Role::Poweruser, ..change(&ben) });
    assert_eq!(seen(), (Role::Poweruser, vec!["ACME".to_string(), "BETA".to_string()]));
    plant.client("CORE");
    assert_eq!(seen().1.len(), 3);
}

#[test]
fn rights_changed_by_another_program_act_too() {
    let plant = Plant::new();
    let a = plant.client("ACME");
    let (ben, session) = plant.person("ben", Role::Leader, &[a]);
    let other = plant.another();
    other.user_update(&plant.admin, &AccountChange { active: false, ..change(&ben) }).unwrap();
    assert_eq!(code(plant.store.repository(&session).map(|_| ())), "no_session");
}

#[test]
fn an_admin_who_was_demoted_is_none_at_once() {
    let plant = Plant::new();
    let (ben, session) = plant.person("ben", Role::Admin, &[]);
    plant.store.user_update(&plant.admin, &AccountChange { role: Role::Viewer, ..change(&ben) }).unwrap();
    assert_eq!(code(plant.store.user_add(&session, &new("eve", Role::Admin, &[]))), "forbidden");
    assert_eq!(code(plant.store.by_admin(&session, |_| Ok(()))), "forbidden");
}

#[test]
fn a_removed_person_has_no_session_and_may_return() {
    let plant = Plant::new();
    let a = plant.client("ACME");
    let (ben, session) = plant.person("ben", Role::Leader, &[a]);
    let set = |active| plant.store.user_update(&plant.admin, &AccountChange { active, ..change(&ben) }).unwrap();
    set(false);
    assert_eq!(code(plant.store.repository(&session).map(|_| ())), "no_session");
    assert_eq!(code(plant.store.language_set(&session, "es")), "no_session");
    assert_eq!(code(plant.store.password_change(&session, BEN, ADA)), "no_session");
    set(true);
    plant.store.login("ben", BEN).unwrap();
}

#[test]
fn a_password_set_by_an_admin_ends_open_sessions_and_must_be_changed_first() {
    let plant = Plant::new();
    let a = plant.client("ACME");
    let (ben, session) = plant.person("ben", Role::Leader, &[a]);
    assert_eq!(code(plant.store.user_password(&plant.admin, ben.id, "password1234")), "common_password");
    plant.store.user_password(&plant.admin, ben.id, "six green bottles").unwrap();
    assert_eq!(code(plant.store.repository(&session).map(|_| ())), "no_session");
    assert_eq!(code(plant.store.login("ben", BEN)), "bad_login");
    let session = plant.store.login("ben", "six green bottles").unwrap();
    assert!(session.must_change());
    assert_eq!(code(plant.store.repository(&session).map(|_| ())), "must_change");
    let session = plant.store.password_change(&session, "six green bottles", ADA).unwrap();
    assert!(!session.must_change());
    plant.store.repository(&session).unwrap();
}

#[test]
fn a_first_password_is_changed_first_unless_the_admin_says_otherwise_on_the_record() {
    let plant = Plant::new();
    let made = NewAccount { forced_change: true, ..new("ben", Role::Admin, &[]) };
    plant.store.user_add(&plant.admin, &made).unwrap();
    let session = plant.store.login("ben", BEN).unwrap();
    assert_eq!(code(plant.store.repository(&session).map(|_| ())), "must_change");
    assert_eq!(code(plant.store.user_list(&session)), "must_change");
    assert_eq!(plant.store.language_set(&session, "es").unwrap().language(), "es");
    plant.add("cleo", Role::Viewer, &[]);
    assert!(!plant.store.login("cleo", BEN).unwrap().must_change());
    let added: Vec<String> = plant.events().into_iter().filter(|e| e.0 == "user_added").map(|e| e.1).collect();
    assert_eq!(added, ["ben as admin", "cleo as viewer, keeps the first password"]);
}

#[test]
fn a_password_changed_elsewhere_ends_the_other_sessions_of_its_owner() {
    let plant = Plant::new();
    let elsewhere = plant.another();
    let session = elsewhere.login("ada", ADA).unwrap();
    elsewhere.password_change(&session, ADA, BEN).unwrap();
    assert_eq!(code(plant.store.repository(&plant.admin).map(|_| ())), "no_session");
    assert_eq!(code(plant.store.language_set(&plant.admin, "es")), "no_session");
    assert_eq!(plant.admin_number("SELECT count(*) FROM user WHERE language = 'en'"), 1);
}

#[test]
fn every_change_of_rights_is_on_the_record() {
    let plant = Plant::new();
    let ben = plant.add("ben", Role::Viewer, &[]);
    plant
        .store
        .user_update(&plant.admin, &AccountChange { role: Role::Leader, active: false, ..change(&ben) })
        .unwrap();
    plant.store.user_update(&plant.admin, &AccountChange { active: true, ..change(&ben) }).unwrap();
    plant.store.user_password(&plant.admin, ben.id, "six green bottles").unwrap();
    let kept: Vec<_> = plant.events().into_iter().skip(1).map(|(kind, what)| format!("{kind}: {what}")).collect();
    let added = "user_added: ben as viewer, keeps the first password";
    assert_eq!(
        kept,
        [added, "user_changed: ben as leader, inactive", "user_changed: ben as viewer", "user_password: ben"]
    );
    assert_eq!(plant.store.audit().unwrap(), (5, None));
}

#[test]
fn asking_for_a_foreign_client_leaves_one_event() {
    let plant = Plant::new();
    let (a, b) = (plant.client("ACME"), plant.client("BETA"));
    let (_, session) = plant.person("ben", Role::Leader, &[a]);
    let repo = plant.store.repository(&session).unwrap();
    let denied = || plant.kinds().iter().filter(|k| *k == "denied").count();
    assert_eq!((code(repo.read_of(&[a], |_| Ok(()))), denied()), ("fine".into(), 0));
    assert_eq!((code(repo.read_of(&[a, b], |_| Ok(()))), denied()), ("missing".into(), 1));
    let nowhere = Id::from_bytes([9; 16]);
    assert_eq!((code(repo.read_of(&[nowhere], |_| Ok(()))), denied()), ("missing".into(), 2));
}

#[test]
fn an_event_keeps_neither_control_characters_nor_endless_text() {
    let plant = Plant::new();
    plant.store.record(&plant.admin, "export", &format!("a\nb\u{7}{}", "x".repeat(5000))).unwrap();
    let (kind, what) = plant.events().pop().unwrap();
    assert_eq!((kind.as_str(), what.chars().count(), &what[..3]), ("export", 200, "abx"));
    assert_eq!(plant.store.audit().unwrap().1, None);
}

#[test]
fn a_client_no_longer_served_is_listed_for_admins_and_brought_back_by_them() {
    let plant = Plant::new();
    let (a, b) = (plant.client("ACME"), plant.client("BETA"));
    let (_, ben) = plant.person("ben", Role::Poweruser, &[b]);
    let codes =
        || -> Vec<String> { plant.store.inactive_clients(&plant.admin).unwrap().into_iter().map(|c| c.code).collect() };
    assert_eq!(codes(), Vec::<String>::new());
    plant.serve(b, false);
    assert_eq!(codes(), ["LEFT"]);
    assert_eq!(code(plant.store.inactive_clients(&ben)), "forbidden");
    let readmit = |who: &Session, id| plant.store.repository(who).unwrap().write(|w| w.readmit(id));
    assert_eq!(code(readmit(&ben, b)), "forbidden");
    assert_eq!(code(readmit(&plant.admin, Id::from_bytes([9; 16]))), "missing");
    let back = readmit(&plant.admin, b).unwrap();
    assert_eq!((back.code.as_str(), back.active), ("LEFT", true));
    assert_eq!(codes(), Vec::<String>::new());
    // Everybody has it again, as it was; who is served already stays so.
    assert!(plant.store.repository(&ben).unwrap().session().covers(b));
    assert!(readmit(&plant.admin, a).unwrap().active);
}

#[test]
fn a_client_does_not_come_back_under_a_code_that_was_given_away() {
    let plant = Plant::new();
    let a = plant.client("ACME");
    plant.serve(a, false);
    plant.client("LEFT");
    let again = || plant.store.repository(&plant.admin).unwrap().write(|w| w.readmit(a));
    assert_eq!((code(again()), field(again())), ("duplicate_code".into(), Some("code".into())));
    assert_eq!(plant.store.inactive_clients(&plant.admin).unwrap().len(), 1);
}

#[test]
fn a_client_that_was_taken_away_is_not_listed_and_not_brought_back_this_way() {
    let plant = Plant::new();
    let a = plant.client("ACME");
    plant.store.repository(&plant.admin).unwrap().write(|w| w.remove::<Client>(a, a)).unwrap();
    assert_eq!(plant.store.inactive_clients(&plant.admin).unwrap(), []);
    assert_eq!(code(plant.store.repository(&plant.admin).unwrap().write(|w| w.readmit(a))), "missing");
}

#[test]
fn what_only_a_wall_refused_is_an_event_of_its_own() {
    let plant = Plant::new();
    let a = plant.client("ACME");
    let (_, ben) = plant.person("ben", Role::Leader, &[a]);
    let repo = plant.store.repository(&ben).unwrap();
    let walls = || plant.events().into_iter().filter(|e| e.0 == "wall").map(|e| e.1).collect::<Vec<_>>();
    repo.write(|w| w.list::<Line>(a, 10, 0)).unwrap();
    assert_eq!(walls(), Vec::<String>::new());
    let accounts = "SELECT verifier FROM user";
    assert_eq!(code(repo.read(|r| r.select(accounts, &[], |_| Ok(())))), "missing");
    assert_eq!(code(repo.write(|w| w.select(accounts, &[], |_| Ok(())))), "missing");
    let kept = walls();
    assert_eq!(kept.len(), 2);
    assert!(kept.iter().all(|what| what.contains("user")), "{kept:?}");
    let last: Vec<u8> = plant
        .store
        .admin_read(|c| {
            Ok(c.query_row("SELECT user_id FROM security_event ORDER BY no DESC LIMIT 1", [], |r| r.get(0))?)
        })
        .unwrap();
    assert_eq!(last, ben.user().bytes());
    assert_eq!(plant.store.audit().unwrap().1, None);
}

#[test]
fn the_plant_s_thresholds_are_an_admin_s_to_write_and_everyone_s_to_read() {
    let plant = Plant::new();
    let client = plant.client("ACME");
    let json = r#"{"target":85.0}"#;
    plant.store.plant_threshold_put(&plant.admin, "oee", Some(json)).unwrap();
    for role in Role::ALL {
        let (_, session) = plant.person(role.word(), *role, &[client]);
        assert_eq!(plant.store.plant_thresholds(&session).unwrap().get("oee").map(String::as_str), Some(json));
        let put = plant.store.plant_threshold_put(&session, "fpy", Some(json));
        assert_eq!(code(put), if *role == Role::Admin { "fine" } else { "forbidden" }, "{}", role.word());
    }
    let last = plant.events().into_iter().filter(|(kind, _)| kind == "plant_setting").next_back();
    assert_eq!(last.unwrap().1, format!("threshold.fpy {json}"));
    assert_eq!(plant.store.audit().unwrap().1, None);
}

#[test]
fn a_session_learns_of_a_new_plant_threshold_at_its_next_call_and_of_no_other_setting() {
    let plant = Plant::new();
    let (_, zoe) = plant.person("zoe", Role::Viewer, &[]);
    let seen = || plant.store.repository(&zoe).unwrap().session().plant_threshold("oee").map(String::from);
    assert_eq!(seen(), None);
    plant.store.plant_threshold_put(&plant.admin, "oee", Some("{}")).unwrap();
    assert_eq!(seen().as_deref(), Some("{}"));
    plant.store.plant_threshold_put(&plant.admin, "oee", None).unwrap();
    assert_eq!(seen(), None);
    plant.store.admin_write(|c| Ok(c.execute("INSERT INTO main.plant_setting VALUES ('key', 'SECRET')", [])?)).unwrap();
    plant.store.plant_threshold_put(&plant.admin, "ppm", Some("{}")).unwrap();
    let all = plant.store.plant_thresholds(&zoe).unwrap();
    assert_eq!(all.into_iter().collect::<Vec<_>>(), [("ppm".to_string(), "{}".to_string())]);
}
