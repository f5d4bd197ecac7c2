//! What the hub refuses is kept and listed, and what is on the screen is what everybody has.
use crate::{at_rest, entry, pair};
use checks::row::row;
use domain::{DowntimeEntry, Entity, Id, ProductionEntry, RejectDetail, Role, merge::Verdict};

#[test]
fn a_change_of_who_lost_his_right_leaves_the_screen_and_stays_on_a_list() {
    let mut pair = pair();
    let id = entry(pair.a.client);
    pair.a.edit(id, |e| ProductionEntry { produced: Some(140), ..e });
    pair.hub.people.insert(pair.a.admin.user(), Role::Viewer);
    pair.a.sync(&mut pair.hub);
    assert_eq!(pair.a.row(id).unwrap().produced, Some(100));
    let refused = pair.a.feed(|f| f.refused());
    assert!(refused.iter().any(|s| s.change.patch.contains("140")));
    assert!(pair.hub.refused.values().any(|s| s.change.patch.contains("140")), "the hub keeps it, too");
    at_rest(&mut pair);
}

#[test]
fn a_row_whose_creation_was_refused_is_nowhere_and_can_be_made_again() {
    let mut pair = pair();
    let user = pair.a.admin.user();
    let id = Id::from_bytes([3; 16]);
    let stop = DowntimeEntry { id, ..row(pair.a.client, "ACME") };
    let put = |pair: &crate::Pair| pair.a.store.repository(&pair.a.admin).unwrap().write(|w| w.put(&stop)).unwrap();
    put(&pair);
    pair.hub.people.insert(user, Role::Viewer);
    pair.a.sync(&mut pair.hub);
    assert_eq!(pair.a.row(id), None);
    pair.hub.people.insert(user, Role::Admin);
    assert_eq!(put(&pair), store::Put::Created);
    assert_eq!(pair.a.row(id).as_ref(), Some(&stop));
    at_rest(&mut pair);
    assert_eq!(pair.b.row(id), Some(stop));
}

#[test]
fn what_stands_below_a_refused_row_is_refused_with_it() {
    let mut pair = pair();
    let user = pair.a.admin.user();
    let above = ProductionEntry { id: Id::from_bytes([3; 16]), ..row(pair.a.client, "ACME") };
    let below: RejectDetail =
        RejectDetail { id: Id::from_bytes([4; 16]), production_entry_id: above.id, ..row(pair.a.client, "ACME") };
    let repo = pair.a.store.repository(&pair.a.admin).unwrap();
    repo.write(|w| w.put(&above)).unwrap();
    pair.hub.people.insert(user, Role::Viewer);
    // The hub judges the first before the right comes back, and the second after it.
    pair.a.push(&mut pair.hub, 1);
    pair.hub.people.insert(user, Role::Admin);
    assert_eq!(pair.a.row(above.id), None);
    let late = repo.write(|w| w.put(&below));
    assert!(late.is_ok(), "the file still has the row it points to");
    pair.a.sync(&mut pair.hub);
    assert_eq!(pair.a.row(below.id), None);
    let depends = Verdict::Rejected(domain::merge::Why::Depends);
    assert!(pair.hub.known.values().any(|v| *v == depends));
    assert!(!pair.hub.rows.contains_key(&(RejectDetail::NUMBER, below.id.bytes())));
    at_rest(&mut pair);
}
