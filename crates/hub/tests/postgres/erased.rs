//! A person who is erased is in nothing that the hub keeps, and its log still holds.
use crate::plant::{Pc, Plant, fresh};
use domain::{
    Employee, Entity, Id, Role,
    change::{Act, Op, creation},
    feed::{Returned, Sent},
    merge::{Verdict, Why, mark},
};

/// Every table that keeps what people wrote.
const TABLES: [&str; 4] = ["entry", "folded", "refused", "quarantine"];

impl Pc {
    /// Somebody of the roster.
    pub(crate) fn hires(&self, name: &str) -> Sent {
        let id: Id<Employee> = fresh();
        let blank = Employee::blank(self.client, id);
        let row = Employee { code: name.into(), name: name.into(), active: true, ..blank };
        self.change(Employee::NUMBER, id.bytes(), Act::Create, &creation::<Employee>(&row.values()), "{}")
    }
    fn notes(&self, person: &Sent, note: &str, seen: Id<Op>) -> Sent {
        let (patch, base) = (format!(r#"{{"note":"{note}"}}"#), format!(r#"{{"note":["{seen}"]}}"#));
        self.change(Employee::NUMBER, person.change.record, Act::Patch, &patch, &base)
    }
    /// Takes him out of all that was written of him.
    pub(crate) fn erases(&self, person: &Sent) -> Sent {
        self.change(Employee::NUMBER, person.change.record, Act::Patch, "{}", r#"{"~":[]}"#)
    }
}

/// An admin's PC, a supervisor's, and somebody of whom both have written: also what the hub has refused.
async fn told(plant: &Plant) -> (Pc, Pc, Sent) {
    let (mut admin, mut other) = (plant.pc(Role::Admin).await, plant.pc(Role::Supervisor).await);
    let ann = admin.hires("SECRET-ANN");
    assert_eq!(admin.push(&plant.hub, std::slice::from_ref(&ann)).await, [Verdict::Applied]);
    let noted = other.notes(&ann, "SECRET knee", ann.change.op);
    let mut strange = other.notes(&ann, "SECRET and refused", noted.change.op);
    strange.change.user = fresh();
    let said = other.push(&plant.hub, &[noted, strange]).await;
    assert_eq!(said, [Verdict::Applied, Verdict::Rejected(Why::Grant)]);
    for table in TABLES {
        assert!(plant.ground.holds(table, "SECRET").await, "{table} says nothing that could go");
    }
    (admin, other, ann)
}

async fn nowhere(plant: &Plant) {
    for table in TABLES {
        assert!(!plant.ground.holds(table, "SECRET").await, "{table} tells of her");
    }
}

#[tokio::test]
async fn who_was_erased_is_in_nothing_that_was_kept_and_the_order_still_holds() {
    let plant = Plant::new().await;
    let (mut admin, mut other, ann) = told(&plant).await;
    other.catch_up(&plant.hub).await;
    let erasing = admin.erases(&ann);
    assert_eq!(admin.push(&plant.hub, std::slice::from_ref(&erasing)).await, [Verdict::Applied]);
    nowhere(&plant).await;
    // A new PC is told what is left, and the chain is the one that everybody has.
    let mut later = plant.pc(Role::Supervisor).await;
    later.catch_up(&plant.hub).await;
    other.catch_up(&plant.hub).await;
    assert_eq!(later.at, other.at);
    let first = &later.log[0].sent;
    assert!(first.change.patch.contains(&mark(erasing.change.op)) && first.written.is_some(), "{first:?}");
    assert!(first.change.patch.contains("\"active\":1"), "what tells of nobody stays: {first:?}");
    assert_eq!(first.hash(), ann.hash());
}

#[tokio::test]
async fn what_somebody_wrote_who_had_not_heard_of_it_is_silenced_at_the_door() {
    let plant = Plant::new().await;
    let (mut admin, mut other, ann) = told(&plant).await;
    let late = other.notes(&ann, "SECRET and late", ann.change.op);
    // In one message with what erases, before it and behind it.
    let (before, erasing) = (admin.notes(&ann, "SECRET once more", ann.change.op), admin.erases(&ann));
    let behind = admin.notes(&ann, "SECRET behind", before.change.op);
    let said = admin.push(&plant.hub, &[before, erasing, behind]).await;
    assert_eq!(said[1], Verdict::Applied, "{said:?}");
    let said = other.push(&plant.hub, std::slice::from_ref(&late)).await;
    assert_eq!(said, [Verdict::Merged], "her silence is what stands");
    nowhere(&plant).await;
    other.catch_up(&plant.hub).await;
    let back = &other.log.last().unwrap().sent;
    assert_eq!((back.change.op, back.hash()), (late.change.op, late.hash()));
    assert!(back.written.is_some(), "its PC learns that it was silenced");
}

#[tokio::test]
async fn only_an_admin_erases_and_only_words() {
    let plant = Plant::new().await;
    let (mut admin, mut other, ann) = told(&plant).await;
    let role = Verdict::Rejected(Why::Role);
    let by_another = other.erases(&ann);
    assert_eq!(other.push(&plant.hub, &[by_another]).await, [role]);
    let number = Employee::NUMBER;
    let more = |patch: &str| admin.change(number, ann.change.record, Act::Patch, patch, r#"{"~":[]}"#);
    let (words, figures) = (more(r#"{"name":"Bob"}"#), more(r#"{"active":0}"#));
    assert_eq!(admin.push(&plant.hub, &[words, figures]).await, [role; 2], "it is no way past what others wrote");
    let line = admin.line("L");
    let erased = admin.change(line.change.kind, line.change.record, Act::Patch, "{}", r#"{"~":[]}"#);
    assert_eq!(admin.push(&plant.hub, &[line, erased]).await, [Verdict::Applied; 2]);
    assert!(plant.ground.holds("entry", "SECRET").await);
}

#[tokio::test]
async fn what_an_erasure_left_is_nobodys_word_for_a_restored_hub() {
    let plant = Plant::new().await;
    let (mut admin, mut other, ann) = told(&plant).await;
    let erasing = admin.erases(&ann);
    admin.push(&plant.hub, &[erasing]).await;
    let signature = other.catch_up(&plant.hub).await.signature;
    // Of what an erasure left, the chain holds only a hash: any text could stand there.
    let mut entries: Vec<Returned> = vec![];
    let mut before = [0; 32];
    for entry in &other.log {
        let after = entry.link(&other.key, &before);
        let signature = signature.clone().filter(|_| after == other.at.chain);
        entries.push(Returned { before, entry: entry.clone(), key: None, signature, vouched: false });
        before = after;
    }
    let signed = |at: domain::feed::Position, _: &str| at == other.at;
    hub::core::vouch(other.client, &other.key, &mut entries, &signed);
    let vouched: Vec<bool> = entries.iter().map(|e| e.vouched).collect();
    let whole: Vec<bool> = entries.iter().map(|e| e.entry.sent.written.is_none()).collect();
    assert_eq!(vouched, whole);
    assert!(vouched.contains(&false) && vouched.contains(&true), "{vouched:?}");
}
