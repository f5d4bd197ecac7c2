//! What must not get through, tried on a real encrypted file.
mod fine;
mod pieces;
mod plant;
mod reads;
pub(super) mod stage;
mod writes;

use super::{
    class::{Class, OF_CLIENTS, tables},
    views::RIGHTS,
};
use stage::{Door, Stage};

/// One attack: its name and its SQL.
type Attack = (String, String);

/// The tables whose attack must fail at a door.
fn open_to(door: Door, table: &str, class: Class) -> bool {
    match door {
        Door::Reader | Door::Writer | Door::Scope | Door::Rewind | Door::Page => true,
        // The plant's list is a leader's to write; what is not his of it `plant` tries.
        Door::Write if class == Class::Plant => table == "pool_booking",
        Door::Write => class != Class::Local || OF_CLIENTS.contains(&table),
        // Rights that name a client go with it: no wall but the statement itself says which.
        Door::Purge => !RIGHTS.contains(&table),
        Door::Admin => !matches!(class, Class::Admin | Class::Local),
    }
}

#[test]
fn every_attack_is_held_at_every_door() {
    let stage = Stage::new();
    let before = stage.everything();
    let (mut held, mut leaks) = (0, vec![]);
    for door in Door::ALL {
        for (name, sql) in attacks(&stage, door) {
            match stage.attack(door, &sql) {
                Ok(()) => held += 1,
                Err(what) => leaks.push(format!("{door:?} {name}: {sql}\n      {what}")),
            }
        }
    }
    for (name, sql) in reads::beyond() {
        match stage.select(&sql) {
            Ok(()) => held += 1,
            Err(what) => leaks.push(format!("select {name}: {sql}\n      {what}")),
        }
    }
    for (name, sql) in writes::beyond(&stage) {
        match stage.dml(&sql) {
            Ok(()) => held += 1,
            Err(what) => leaks.push(format!("dml {name}: {sql}\n      {what}")),
        }
    }
    println!("{held} attacks held, {} got through, on {}", leaks.len(), stage.versions());
    assert!(leaks.is_empty(), "{} got through:\n{}", leaks.len(), leaks.join("\n"));
    assert!(before == stage.everything(), "an attack that failed has changed a row");
}

fn attacks(stage: &Stage, door: Door) -> Vec<Attack> {
    let mut all = reads::anywhere(door);
    // The one thing a page's door is for.
    all.retain(|a| door != Door::Page || a.1 != "PRAGMA defer_foreign_keys=ON");
    for (table, class) in tables().filter(|t| open_to(door, t.0, t.1)) {
        all.extend(reads::of(stage, table, class));
        all.extend(writes::of(stage, table));
    }
    all
}
