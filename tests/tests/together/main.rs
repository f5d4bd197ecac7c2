//! Files of several PCs and a hub: the product's own machines over real files.
#![allow(clippy::unwrap_used, clippy::panic, reason = "it is all test")]

mod chance;
mod decisions;
mod past;
mod pc;
mod pool;
#[allow(clippy::disallowed_methods, reason = "a disk is put together as a power cut leaves it")]
mod power;
mod refused;

use checks::{Plant, memory::Memory, row::row};
use domain::{
    Client, Entity, Id, ProductionEntry, Role,
    feed::{Catalogue, Rules},
    merge::Verdict,
};
use pc::Pc;

/// Two PCs and a hub: the first had the client before it was joined.
struct Pair {
    hub: Memory,
    a: Pc,
    b: Pc,
}

fn pair() -> Pair {
    let (a, b) = (Plant::new(), Plant::new());
    let client = a.client("ACME");
    let mut hub = Memory::new(client);
    hub.people.extend([(a.admin.user(), Role::Admin), (b.admin.user(), Role::Admin)]);
    let (a, b) = (Pc::new(a, client), Pc::new(b, client));
    a.join();
    a.sync(&mut hub);
    b.join();
    b.sync(&mut hub);
    Pair { hub, a, b }
}

fn entry(client: Id<Client>) -> Id<ProductionEntry> {
    row::<ProductionEntry>(client, "ACME").id
}

/// What everybody has at rest, and nothing that still waits.
fn at_rest(pair: &mut Pair) {
    for _ in 0..2 {
        pair.a.sync(&mut pair.hub);
        pair.b.sync(&mut pair.hub);
    }
    is_at_rest(&pair.a, &pair.hub, "the first PC");
    is_at_rest(&pair.b, &pair.hub, "the second PC");
    assert_eq!(pair.a.all(), pair.b.all());
}

/// Whether a PC has just what the hub has, on the screen and in its log, and its file is sound.
fn is_at_rest(pc: &Pc, hub: &Memory, which: &str) {
    assert_eq!(pc.feed(|f| f.state()).cursor, hub.entries.len() as i64, "{which}");
    assert_eq!(pc.feed(|f| f.outgoing()), vec![], "{which}");
    for (record, row) in &hub.rows {
        let columns = Catalogue.shape(record.0).unwrap().columns;
        let (confirmed, shown) = pc.feed(|f| Ok((f.confirmed(*record)?, f.shown(*record)?)));
        let there = row.text(columns);
        assert_eq!(confirmed.map(|r| r.text(columns)), Some(there.clone()), "{which}: {record:?}");
        assert_eq!(shown.map(|r| r.text(columns)), Some(there), "{which}: {record:?} on the screen");
    }
    let report = pc.store.verify(&pc.admin, &mut |_, _| {}).unwrap();
    let broken: Vec<_> = report.checks.iter().flat_map(|c| &c.places).collect();
    assert!(broken.is_empty(), "{which}: {broken:?}");
}

#[test]
fn a_plant_that_joins_brings_all_it_has_and_another_pc_has_it_too() {
    let mut pair = pair();
    assert!(pair.hub.known.values().all(|v| *v == Verdict::Applied), "{:?}", pair.hub.known);
    assert!(pair.hub.entries.len() >= domain::SHAPES.len());
    assert_eq!(pair.a.all().len(), domain::SHAPES.len());
    at_rest(&mut pair);
}

#[test]
fn what_two_wrote_in_different_columns_is_on_both() {
    let mut pair = pair();
    let id = entry(pair.a.client);
    pair.a.edit(id, |e| ProductionEntry { produced: Some(140), ..e });
    pair.b.edit(id, |e| ProductionEntry { note: Some("belt slipped".into()), ..e });
    at_rest(&mut pair);
    let row = pair.b.row(id).unwrap();
    assert_eq!((row.produced, row.note.as_deref()), (Some(140), Some("belt slipped")));
}

#[test]
fn what_two_wrote_differently_waits_and_both_values_are_there() {
    let mut pair = pair();
    let id = entry(pair.a.client);
    pair.a.edit(id, |e| ProductionEntry { produced: Some(140), ..e });
    pair.b.edit(id, |e| ProductionEntry { produced: Some(150), ..e });
    assert_eq!(pair.b.row(id).unwrap().produced, Some(150), "one's own stays on the screen until it is decided");
    at_rest(&mut pair);
    assert_eq!(pair.b.row(id).unwrap().produced, Some(140));
    let record = (ProductionEntry::NUMBER, id.bytes());
    for pc in [&pair.a, &pair.b] {
        let row = pc.feed(|f| f.confirmed(record)).unwrap();
        assert_eq!(row.conflicts.len(), 1);
    }
}
