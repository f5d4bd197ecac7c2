//! What a hub refuses, whoever brings it, and that nothing changes by it.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::type_complexity,
    reason = "the names of the tests say what they hold"
)]

use domain::{
    Client, Id, Role,
    change::{Act, Change, Device, User},
    feed::{Offered, Page, Position, Push, Pushed, Returned, Sent, Stream},
    merge::{Verdict, Why},
};
use hub::core::{self, Ledger};
use sim::{
    file::{File, KEY},
    hub::Hub,
    table::{KIND, Program},
    truth::Truth,
};
use sync::device::{self, Landed, Standing};

const OURS: Id<Client> = Id::from_bytes([0xa; 16]);
const THEIRS: Id<Client> = Id::from_bytes([0xb; 16]);
const ANA: Id<User> = Id::from_bytes([1; 16]);
const BEN: Id<User> = Id::from_bytes([2; 16]);
const PC: Stream = Stream { device: Id::from_bytes([1; 16]), incarnation: 1 };
const ELSEWHERE: Id<Device> = Id::from_bytes([2; 16]);

/// A hub where Ana works at one PC and Ben at another, both for one client.
struct Place {
    hub: Hub,
    truth: Truth,
}

impl Place {
    fn new() -> Self {
        let mut place = Place { hub: Hub::new(&[OURS, THEIRS]), truth: Truth::default() };
        place.hub.enrolled = [(PC.device, vec![ANA]), (ELSEWHERE, vec![BEN])].into();
        for user in [ANA, BEN] {
            place.hub.grants.insert((user, OURS), Role::Operator);
            place.truth.grants.insert((user, OURS), Role::Operator);
        }
        place
    }
    fn push(&mut self, changes: Vec<Sent>) -> Pushed {
        let first = self.hub.desk(OURS, &mut self.truth).last(PC).unwrap() + 1;
        let before = self.hub.desk(OURS, &mut self.truth).numbered(PC, first - 1).unwrap();
        let push = Push { client: OURS, stream: PC, first, before, at: Position::START, changes };
        let terms = self.hub.terms(1000);
        core::push(&mut self.hub.desk(OURS, &mut self.truth), &terms, &Program::Newer, push).unwrap()
    }
    fn verdict(&mut self, sent: Sent) -> Verdict {
        let Pushed::Verdicts(verdicts) = self.push(vec![sent]) else { panic!("no verdict") };
        verdicts[0].1
    }
    fn offer(&mut self, returned: Returned) -> Offered {
        let terms = self.hub.terms(1000);
        self.truth.returning = true;
        let desk = &mut self.hub.desk(OURS, &mut self.truth);
        core::offer(desk, &terms, &Program::Newer, PC.device, vec![returned]).unwrap()
    }
    fn logged(&self) -> usize {
        self.hub.logs.values().map(|log| log.entries.len()).sum()
    }
}

/// Ana's own change at her PC.
fn sent(n: u8, act: Act, patch: &str) -> Sent {
    let change = Change {
        op: Id::from_bytes([n; 16]),
        client: OURS,
        device: PC.device,
        incarnation: PC.incarnation,
        dev_seq: 1,
        kind: KIND,
        record: [9; 16],
        act,
        patch: patch.into(),
        base: "{}".into(),
        user: ANA,
        at: 1000,
        reason: None,
        schema: 1,
    };
    Sent::new(change, [0; 32])
}
fn made(n: u8) -> Sent {
    sent(n, Act::Create, r#"{"count":5,"total":9}"#)
}

#[test]
fn a_change_of_another_client_pc_or_person_is_refused_and_nothing_changes() {
    let forged: [(fn(&mut Change), Why); 5] = [
        (|c| c.client = THEIRS, Why::Foreign),
        (|c| c.device = ELSEWHERE, Why::Foreign),
        // Ben may, but he does not work at this PC.
        (|c| c.user = BEN, Why::Grant),
        (|c| c.user = Id::from_bytes([7; 16]), Why::Grant),
        // Administration is no table of the log.
        (|c| c.kind = 200, Why::Unreadable),
    ];
    for (n, (forge, why)) in (10..).zip(forged) {
        let (mut place, mut bad) = (Place::new(), made(n));
        forge(&mut bad.change);
        assert_eq!(place.verdict(bad.clone()), Verdict::Rejected(why));
        assert_eq!((place.logged(), place.hub.logs[&OURS].rows.len()), (0, 0));
        assert!(place.hub.logs[&OURS].refused.contains_key(&bad.change.op), "its body is kept");
        assert_eq!(place.verdict(made(n + 50)), Verdict::Applied, "the rest goes on");
    }
}

#[test]
fn what_cannot_be_read_or_is_above_the_author_is_refused() {
    let mut place = Place::new();
    assert_eq!(place.verdict(sent(1, Act::Create, "{")), Verdict::Rejected(Why::Unreadable));
    assert_eq!(place.verdict(sent(2, Act::Create, r#"{"count":"many"}"#)), Verdict::Rejected(Why::Unreadable));
    assert_eq!(place.verdict(made(3)), Verdict::Applied);
    assert_eq!(place.verdict(sent(4, Act::Remove, "{}")), Verdict::Rejected(Why::Role));
    assert_eq!(place.logged(), 1);
}

#[test]
fn what_rests_on_a_refused_creation_is_refused_with_it() {
    let mut place = Place::new();
    let broken = sent(1, Act::Create, r#"{"good":8,"scrap":8,"total":9}"#);
    assert_eq!(place.verdict(broken), Verdict::Rejected(Why::Rule));
    assert_eq!(place.verdict(sent(2, Act::Patch, r#"{"count":1}"#)), Verdict::Rejected(Why::Depends));
    let mut other = sent(3, Act::Patch, r#"{"count":1}"#);
    other.change.record = [8; 16];
    assert_eq!(place.verdict(other), Verdict::Gone, "of a row that nobody tried to make");
}

#[test]
fn an_entry_that_nobody_vouches_for_waits_for_a_person() {
    let (mut place, mut other) = (Place::new(), Place::new());
    assert_eq!(other.verdict(made(1)), Verdict::Applied);
    let mut entry = other.hub.logs[&OURS].entries[0].0.clone();
    entry.stream.device = ELSEWHERE;
    let op = entry.op();
    let returned = |vouched| Returned { before: [0; 32], entry: entry.clone(), key: None, signature: None, vouched };
    assert_eq!(place.offer(returned(false)), Offered::Taken(vec![op]));
    assert_eq!((place.logged(), place.hub.logs[&OURS].quarantine.contains_key(&op)), (0, true));
    assert_eq!(place.offer(returned(true)), Offered::Taken(vec![]));
    assert_eq!(place.logged(), 1);
    let mut foreign = returned(true);
    (foreign.entry.sent.change.client, foreign.entry.sent.change.op) = (THEIRS, Id::from_bytes([3; 16]));
    (foreign.entry.seq, foreign.before) = (2, place.hub.logs[&OURS].entries[0].1);
    assert_eq!(place.offer(foreign), Offered::Taken(vec![Id::from_bytes([3; 16])]));
    assert_eq!(place.logged(), 1);
}

#[test]
fn a_pc_leaves_a_page_with_another_client_s_entry() {
    let mut place = Place::new();
    assert_eq!(place.verdict(made(1)), Verdict::Applied);
    let (entry, end) = place.hub.logs[&OURS].entries[0].clone();
    let mut page = Page {
        client: OURS,
        generation: 1,
        epoch: 1,
        from: Position::START,
        entries: vec![entry],
        end,
        caught_up: true,
        durable: 0,
        roles: vec![],
        signature: None,
    };
    let mut file = File::new(sim::file::Fresh::default(), Standing::New, 0);
    let mut forged = page.clone();
    forged.entries[0].sent.change.client = THEIRS;
    forged.end = forged.entries[0].link(&KEY, &[0; 32]);
    assert_eq!(device::land(&mut file, &Program::Newer, &forged, PC).unwrap(), Landed::Left);
    page.end = [1; 32];
    assert_eq!(device::land(&mut file, &Program::Newer, &page, PC).unwrap(), Landed::Left, "the chain does not hold");
    page.end = end;
    assert!(file.log.is_empty());
    assert_eq!(device::land(&mut file, &Program::Newer, &page, PC).unwrap(), Landed::Taken);
    assert_eq!((file.log.len(), file.view.len()), (1, 1));
}
