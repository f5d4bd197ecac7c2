//! A hub that is made newer below its PCs.
use crate::{has, newcomer, plant};
use versions::{Program, agree};

#[test]
#[ignore = "`cargo xtask versions` makes the older program"]
fn a_hub_becomes_newer_while_an_older_pc_has_unsent_changes_and_a_newer_pc_joins() {
    let (mut hub, old) = plant(Program::Old);
    hub.stops();
    old.makes(5, 150);
    old.stands(5, 30);
    old.inspects(5, 150, 6);
    assert!(old.waits() > 0);
    hub.starts(Program::New);
    assert_eq!(hub.asked_by(Program::New, &["doctor"]).fine()["sound"], true);
    old.syncs();
    let new = newcomer(&hub, Program::New);
    new.makes(6, 170);
    agree(&[&new, &old]);
    old.makes(7, 180);
    agree(&[&old, &new]);
    has(&new, 100.0 + 200.0 + 150.0 + 170.0 + 180.0, 20.0 + 30.0, 100.0 + 150.0);
    assert_eq!(hub.asked_by(Program::New, &["doctor"]).fine()["sound"], true);
}

#[test]
#[ignore = "`cargo xtask versions` makes the older program"]
fn a_newer_hubs_database_is_refused_to_an_older_program_and_goes_on_with_the_newer() {
    let (mut hub, old) = plant(Program::New);
    hub.stops();
    let said = hub.is_refused_to(Program::Old);
    assert_eq!((said.code, said.error().0.as_str()), (1, "hub_database"), "{said:?}");
    assert!(said.error().1.contains("version"), "{said:?}");
    hub.starts(Program::New);
    old.makes(5, 150);
    old.syncs();
    assert_eq!(hub.asked_by(Program::New, &["doctor"]).fine()["sound"], true);
}
