//! An older program and this one, side by side: nothing is lost, whichever of them is the PC's or the hub's.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it finds something wrong")]
mod file;
mod hub;
mod pcs;

use versions::{Hub, Pc, Program};

/// A plant that an older PC founded and brought to a hub of a program: two days, a stop and an inspection.
fn plant(hub: Program) -> (Hub, Pc) {
    let pc = Pc::new(Program::Old);
    pc.makes(3, 100);
    pc.makes(4, 200);
    pc.stands(3, 20);
    pc.inspects(3, 100, 4);
    let hub = Hub::new(hub);
    hub.takes(&pc);
    (hub, pc)
}

/// A PC of a program that comes to a hub with an empty file.
fn newcomer(hub: &Hub, program: Program) -> Pc {
    let mut pc = Pc::new(program);
    hub.lets_in(&mut pc, "line 4");
    pc
}

/// Whether all that was entered is there, no more and no less: units made, minutes stood, units inspected.
fn has(pc: &Pc, made: f64, stood: f64, inspected: f64) {
    let sums = [("production_entry", "produced"), ("downtime_entry", "minutes"), ("quality_entry", "inspected")];
    assert_eq!(sums.map(|(table, column)| pc.sum(table, column)), [made, stood, inspected]);
}
