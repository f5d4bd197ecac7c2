//! What was known then, and what is taken back, in a log that a hub orders.
use crate::{Pair, at_rest, entry, pair, pc::Pc};
use domain::{Day, ProductionEntry};
use store::{Needed, Then};

fn produced_then(pc: &Pc, seq: i64) -> Option<i64> {
    let then = Then::Stamp { at: pc.store.clock().now(), ends: vec![(pc.client, seq)] };
    let needed = Needed { from: Day(19_990), to: Day(20_010), with_orders: false };
    let repo = pc.store.repository(&pc.admin).unwrap();
    let read = |r: &store::Reader<'_>| r.find::<ProductionEntry>(pc.client, entry(pc.client));
    repo.read_as_of(&then, Some(&[pc.client]), needed, read).unwrap().and_then(|e| e.produced)
}

fn makes(pc: &Pc, produced: i64) {
    pc.edit(entry(pc.client), |e| ProductionEntry { produced: Some(produced), ..e });
}

#[test]
fn a_place_in_the_log_tells_the_same_on_every_pc_whatever_their_clocks_said() {
    let mut pair = pair();
    let begin = pair.hub.entries.len() as i64;
    // The second PC's clock is a year ahead: its change has a later name, and comes first.
    pair.b.store.clock().advance(31_536_000_000);
    makes(&pair.b, 150);
    pair.b.sync(&mut pair.hub);
    pair.a.sync(&mut pair.hub);
    let first = pair.hub.entries.len() as i64;
    makes(&pair.a, 140);
    at_rest(&mut pair);
    let end = pair.hub.entries.len() as i64;
    for pc in [&pair.a, &pair.b] {
        let told = [begin, first, end].map(|seq| produced_then(pc, seq));
        assert_eq!(told, [Some(100), Some(150), Some(140)]);
    }
}

#[test]
fn what_waits_to_be_sent_was_not_known_then() {
    let Pair { hub, a, .. } = pair();
    let end = hub.entries.len() as i64;
    makes(&a, 140);
    assert_eq!(a.row(entry(a.client)).unwrap().produced, Some(140));
    assert_eq!(a.feed(|f| f.waiting()), (1, 0));
    assert_eq!(produced_then(&a, end), Some(100));
}

/// Whether figures of the client may still move, with and without the client's name beside them.
fn provisional(pc: &Pc) -> [bool; 2] {
    let repo = pc.store.repository(&pc.admin).unwrap();
    let (from, to) = (Day(19_990), Day(20_010));
    [&[][..], &["client"]].map(|by| {
        let by = by.iter().map(|by| (*by).into()).collect();
        let ask = plant::kpi::Ask { by, ..plant::kpi::Ask::of("quality_rate", from, to) };
        let rows = repo.read(|r| plant::kpi::ask(r, None, &ask)).unwrap().rows;
        rows.iter().any(|row| row.provisional)
    })
}

#[test]
fn figures_are_provisional_while_a_change_waits_for_the_hub_or_for_a_decision() {
    let mut pair = pair();
    assert_eq!(provisional(&pair.a), [false, false]);
    makes(&pair.a, 140);
    assert_eq!(provisional(&pair.a), [true, true], "the hub has not confirmed it");
    pair.a.sync(&mut pair.hub);
    assert_eq!(provisional(&pair.a), [false, false]);
    makes(&pair.b, 150);
    at_rest(&mut pair);
    assert_eq!([provisional(&pair.a), provisional(&pair.b)], [[true, true]; 2], "two values are in dispute");
}

#[test]
fn a_step_is_taken_back_before_it_was_sent_and_after_it_came_back() {
    let mut pair = pair();
    let undo = |pc: &Pc| pc.store.repository(&pc.admin).unwrap().write(|w| w.undo()).map(|u| u.changed);
    makes(&pair.a, 140);
    assert_eq!(undo(&pair.a).unwrap(), 1);
    assert_eq!(pair.a.row(entry(pair.a.client)).unwrap().produced, Some(100));
    makes(&pair.a, 130);
    at_rest(&mut pair);
    assert_eq!(undo(&pair.a).unwrap(), 1);
    at_rest(&mut pair);
    assert_eq!(pair.b.row(entry(pair.b.client)).unwrap().produced, Some(100));
}

#[test]
fn what_another_pc_wrote_since_is_not_taken_back_and_its_author_is_named() {
    let mut pair = pair();
    makes(&pair.a, 140);
    at_rest(&mut pair);
    makes(&pair.b, 150);
    at_rest(&mut pair);
    let undone = pair.a.store.repository(&pair.a.admin).unwrap().write(|w| w.undo()).unwrap_err();
    let store::Error::Fault(fault) = undone else { panic!("{undone:?}") };
    assert_eq!((fault.code.as_str(), fault.params["who"].as_str()), ("changed_since", "Ada"));
    assert_eq!(pair.b.row(entry(pair.b.client)).unwrap().produced, Some(150));
}
