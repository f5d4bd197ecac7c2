//! PCs of both programs at an older hub.
use crate::{has, newcomer, plant};
use versions::{Pc, Program, agree};

/// Both write the line shift of a day that neither has heard of from the other.
fn both_write_the_sixth(old: &Pc, new: &Pc) {
    old.makes(6, 300);
    new.makes(6, 310);
}

/// A person decides, at the newer PC, for its value.
fn the_newer_decides(new: &Pc) {
    let listed = new.says(&["review", "list"]).fine();
    let conflicts = listed["conflicts"].as_array().unwrap();
    assert!(!conflicts.is_empty(), "310 and 300 wait for a person");
    for conflict in conflicts {
        let (row, change) = (conflict["id"].as_str().unwrap(), conflict["waits"][0]["op"].as_str().unwrap());
        new.says(&["review", "decide", row, "--take", change, "--reason", "counted again"]).fine();
    }
}

#[test]
#[ignore = "`cargo xtask versions` makes the older program"]
fn an_older_and_a_newer_pc_write_apart_and_come_together_at_an_older_hub() {
    let (mut hub, old) = plant(Program::Old);
    let new = newcomer(&hub, Program::New);
    agree(&[&old, &new]);
    hub.stops();
    old.makes(5, 150);
    old.stands(4, 15);
    old.inspects(4, 200, 5);
    new.makes(7, 170);
    new.stands(7, 25);
    new.inspects(7, 170, 3);
    both_write_the_sixth(&old, &new);
    assert!(old.waits() > 0 && new.waits() > 0, "nobody answers, and what was entered waits");
    hub.starts(Program::Old);
    old.syncs();
    new.syncs();
    the_newer_decides(&new);
    agree(&[&new, &old]);
    for pc in [&old, &new] {
        has(pc, 100.0 + 200.0 + 150.0 + 170.0 + 310.0, 20.0 + 15.0 + 25.0, 100.0 + 200.0 + 170.0);
    }
}

#[test]
#[ignore = "`cargo xtask versions` makes the older program"]
fn a_newer_pc_works_with_an_older_hub_and_what_waits_goes_once_the_hub_is_newer() {
    let (mut hub, old) = plant(Program::Old);
    let new = newcomer(&hub, Program::New);
    new.makes(5, 150);
    new.syncs();
    let told = hub.asked_by(Program::New, &["doctor"]);
    assert_eq!(told.error().0, "hub_unwell", "its database is of another version");
    assert!(told.error().1.contains("lineboard hub migrate"), "{told:?}");
    hub.stops();
    new.stands(5, 30);
    new.inspects(5, 150, 6);
    let waiting = new.waits();
    assert!(waiting > 0);
    assert_eq!(new.waits(), waiting, "and goes on waiting");
    hub.starts(Program::New);
    agree(&[&new, &old]);
    has(&old, 100.0 + 200.0 + 150.0, 20.0 + 30.0, 100.0 + 150.0);
}
