//! What a PC brings and gets, from the first change to a conflict.
use crate::plant::{Plant, fresh};
use domain::{
    Entity, Line, ProductionEntry, Role,
    change::Act,
    feed::{Pulled, Push, Pushed, Stream},
    merge::{Fate, Verdict, Why},
};
use hub::desk::Desk;

#[tokio::test]
async fn what_is_pushed_twice_is_answered_twice_and_is_there_once() {
    let plant = Plant::new().await;
    let mut pc = plant.pc(Role::Leader).await;
    let changes = [pc.line("L1"), pc.line("L2")];
    let push = pc.pack(&changes);
    let first = plant.hub.push(pc.stream.device, push.clone()).await.unwrap();
    let again = plant.hub.push(pc.stream.device, push).await.unwrap();
    assert_eq!(first, again);
    let all = changes.iter().map(|s| (s.change.op, Verdict::Applied)).collect();
    assert_eq!(first, Pushed::Verdicts(all));
    let page = pc.pull(&plant.hub, 10).await;
    assert_eq!(page.entries.iter().map(|e| e.sent.clone()).collect::<Vec<_>>(), changes);
    assert!(page.caught_up);
    assert_eq!(plant.count("hub.folded").await, 2);
}

#[tokio::test]
async fn pages_follow_each_other_without_a_hole() {
    let plant = Plant::new().await;
    let (mut pc, mut other) = (plant.pc(Role::Leader).await, plant.pc(Role::Viewer).await);
    let changes: Vec<_> = (0..25).map(|i| pc.line(&format!("L{i}"))).collect();
    pc.push(&plant.hub, &changes[..20]).await;
    pc.push(&plant.hub, &changes[20..]).await;
    let mut ends = vec![];
    for _ in 0..3 {
        let page = other.pull(&plant.hub, 10).await;
        ends.push((page.entries.len(), page.caught_up));
    }
    assert_eq!(ends, [(10, false), (10, false), (5, true)]);
    assert_eq!(
        other.log.iter().map(|e| e.sent.change.op).collect::<Vec<_>>(),
        changes.iter().map(|s| s.change.op).collect::<Vec<_>>()
    );
}

#[tokio::test]
async fn who_stands_where_the_log_never_was_is_told_to_go_back() {
    let plant = Plant::new().await;
    let mut pc = plant.pc(Role::Leader).await;
    let first = [pc.line("L1")];
    pc.push(&plant.hub, &first).await;
    pc.catch_up(&plant.hub).await;
    let known = pc.at;
    pc.at.chain[0] ^= 1;
    assert_eq!(pc.ask(&plant.hub, 10).await, Pulled::Rewind);
    let next = [pc.line("L2")];
    assert_eq!(plant.hub.push(pc.stream.device, pc.pack(&next)).await.unwrap(), Pushed::Rewind);
    pc.at.seq = 99;
    assert_eq!(pc.ask(&plant.hub, 10).await, Pulled::Rewind);
    let agreed = plant.hub.agree(pc.stream.device, pc.client, vec![pc.at, known]).await.unwrap();
    assert_eq!(agreed, Some(known));
}

#[tokio::test]
async fn a_gap_and_a_fork_are_seen_and_nothing_is_written() {
    let plant = Plant::new().await;
    let mut pc = plant.pc(Role::Leader).await;
    let changes = [pc.line("L1"), pc.line("L2")];
    pc.push(&plant.hub, &changes).await;
    let next = [pc.line("L3")];
    let mut gap = pc.pack(&next);
    gap.first += 1;
    assert_eq!(plant.hub.push(pc.stream.device, gap).await.unwrap(), Pushed::Gap(2));
    let mut other = pc.pack(&next);
    other.before = Some(fresh());
    assert_eq!(plant.hub.push(pc.stream.device, other).await.unwrap(), Pushed::Fork(2));
    let mut under = pc.pack(&next);
    (under.first, under.before) = (2, Some(changes[0].change.op));
    assert_eq!(plant.hub.push(pc.stream.device, under).await.unwrap(), Pushed::Fork(2));
    assert_eq!(plant.count("hub.entry").await, 2);
    assert_eq!(plant.count("hub.numbered").await, 2);
}

#[tokio::test]
async fn of_two_who_name_a_line_unseen_the_second_waits() {
    let plant = Plant::new().await;
    let (mut ana, mut ben) = (plant.pc(Role::Leader).await, plant.pc(Role::Leader).await);
    let made = ana.line("L1");
    ana.push(&plant.hub, std::slice::from_ref(&made)).await;
    let (hers, his) = (ana.rename(&made, "A", made.change.op), ben.rename(&made, "B", made.change.op));
    assert_eq!(ana.push(&plant.hub, std::slice::from_ref(&hers)).await, [Verdict::Applied]);
    assert_eq!(ben.push(&plant.hub, &[his]).await, [Verdict::Conflict]);
    ben.catch_up(&plant.hub).await;
    assert_eq!(ben.log[2].decided.fates, [Fate::Wait]);
    let seen = ben.rename(&made, "C", hers.change.op);
    assert_eq!(ben.push(&plant.hub, &[seen]).await, [Verdict::Applied]);
    let gone = ben.change(Line::NUMBER, fresh::<Line>().bytes(), Act::Patch, r#"{"name":"x"}"#, "{}");
    assert_eq!(ben.push(&plant.hub, &[gone]).await, [Verdict::Gone]);
    assert_eq!(plant.count("hub.refused").await, 1);
}

#[tokio::test]
async fn foreign_clients_authors_roles_and_references_are_refused() {
    let plant = Plant::new().await;
    let (mut pc, other) = (plant.pc(Role::Leader).await, plant.pc(Role::Leader).await);
    let mut foreign = pc.line("F");
    foreign.change.client = plant.clients[1];
    let mut author = pc.line("A");
    author.change.user = other.user;
    let mut from = pc.line("D");
    from.change.device = other.stream.device;
    let depends = pc.line_of("P", fresh(), Some(fresh()));
    let unknown = pc.change(250, [1; 16], Act::Create, "{}", "{}");
    let broken = pc.line("");
    let entry = pc.change(ProductionEntry::NUMBER, [2; 16], Act::Create, "no JSON", "{}");
    let on_it = pc.rename(&depends, "x", depends.change.op);
    let verdicts = pc.push(&plant.hub, &[foreign, author, from, depends, unknown, broken, entry, on_it]).await;
    let why = |v: &Verdict| if let Verdict::Rejected(why) = v { Some(*why) } else { None };
    let whys = [
        Why::Foreign,
        Why::Grant,
        Why::Foreign,
        Why::Depends,
        Why::Unreadable,
        Why::Rule,
        Why::Unreadable,
        Why::Depends,
    ];
    assert_eq!(verdicts.iter().map(why).collect::<Vec<_>>(), whys.map(Some));
    assert_eq!((plant.count("hub.entry").await, plant.count("hub.refused").await), (0, 8));
    assert_eq!(plant.count("hub.quarantine").await, 1, "what an ungranted author wrote is kept for a person");
    let mut viewer = plant.pc(Role::Operator).await;
    let change = viewer.line("R");
    assert_eq!(viewer.push(&plant.hub, &[change]).await, [Verdict::Rejected(Why::Role)]);
}

#[tokio::test]
async fn a_refused_creation_takes_along_what_comes_later() {
    let plant = Plant::new().await;
    let mut pc = plant.pc(Role::Leader).await;
    let made = pc.line_of("P", fresh(), Some(fresh()));
    assert_eq!(pc.push(&plant.hub, std::slice::from_ref(&made)).await, [Verdict::Rejected(Why::Depends)]);
    let later = pc.rename(&made, "x", made.change.op);
    assert_eq!(pc.push(&plant.hub, &[later]).await, [Verdict::Rejected(Why::Depends)]);
    let nothing = pc.change(Line::NUMBER, [3; 16], Act::Patch, r#"{"name":"x"}"#, "{}");
    assert_eq!(pc.push(&plant.hub, &[nothing]).await, [Verdict::Gone]);
}

#[tokio::test]
async fn a_row_made_earlier_can_be_pointed_to() {
    let plant = Plant::new().await;
    let mut pc = plant.pc(Role::Leader).await;
    let parent = fresh();
    let made = pc.line_of("P", parent, None);
    pc.push(&plant.hub, &[made]).await;
    let (child, grandchild) = (fresh(), fresh());
    let both = [pc.line_of("C", child, Some(parent)), pc.line_of("G", grandchild, Some(child))];
    assert_eq!(pc.push(&plant.hub, &both).await, [Verdict::Applied; 2]);
}

#[tokio::test]
async fn who_has_no_grant_learns_nothing_not_even_whether_the_client_is_there() {
    let plant = Plant::new().await;
    let pc = plant.pc(Role::Admin).await;
    for client in [plant.clients[1], fresh()] {
        let pc = crate::plant::Pc { client, ..pc.clone() };
        let change = pc.line("X");
        assert_eq!(pc.ask(&plant.hub, 10).await, Pulled::Revoked(0));
        assert_eq!(
            plant.hub.push(pc.stream.device, pc.pack(std::slice::from_ref(&change))).await.unwrap(),
            Pushed::Revoked(0)
        );
        assert_eq!(plant.hub.agree(pc.stream.device, client, vec![]).await.unwrap(), None);
        assert!(!plant.hub.hand_over(pc.stream.device, client, [1; 16], &[change]).await.unwrap());
    }
    assert_eq!(plant.count("hub.quarantine").await + plant.count("hub.parting").await, 0);
}

#[tokio::test]
async fn received_at_never_falls() {
    let plant = Plant::new().await;
    let mut pc = plant.pc(Role::Leader).await;
    for step in [0, 500, -100_000, 99_600] {
        plant.clock.advance(step);
        let change = pc.line("L");
        pc.push(&plant.hub, &[change]).await;
    }
    pc.catch_up(&plant.hub).await;
    let since: Vec<i64> = pc.log.iter().map(|e| e.received_at - crate::plant::BEGIN).collect();
    assert_eq!(since, [0, 500, 500, 500]);
}

#[tokio::test]
async fn what_is_brought_again_in_another_order_or_under_another_place_is_refused_and_nothing_changes() {
    let plant = Plant::new().await;
    let mut pc = plant.pc(Role::Leader).await;
    let (fresh, first) = (pc.clone(), [pc.line("A"), pc.line("B")]);
    pc.push(&plant.hub, &first).await;
    let before = (plant.count("hub.entry").await, plant.count("hub.numbered").await);
    let tried = async |push: Push| plant.hub.push(pc.stream.device, push).await.unwrap();
    let swapped = fresh.pack(&[first[1].clone(), first[0].clone()]);
    assert_eq!(tried(swapped).await, Pushed::Fork(2));
    assert_eq!(tried(fresh.pack(&first[1..])).await, Pushed::Fork(2), "the second as the first");
    assert_eq!(tried(Push { first: 2, before: None, ..fresh.pack(&first[1..]) }).await, Pushed::Fork(2));
    assert_eq!(tried(Push { first: 4, before: Some(first[1].change.op), ..fresh.pack(&first) }).await, Pushed::Gap(2));
    // A later push that overtook an earlier one waits for it.
    let (later, early) = ([pc.line("D")], [pc.line("C")]);
    let overtaking = Push { first: 4, before: Some(early[0].change.op), ..pc.pack(&later) };
    assert_eq!(tried(overtaking.clone()).await, Pushed::Gap(2));
    // The same under another life of the PC's file is known, and is there once.
    let other = Stream { incarnation: 2, ..pc.stream };
    let copied = Push { stream: other, ..fresh.pack(&first) };
    let Pushed::Verdicts(verdicts) = tried(copied).await else { panic!("not known") };
    assert!(verdicts.iter().all(|v| v.1 == Verdict::Applied));
    assert_eq!(plant.count("hub.entry").await, before.0);
    assert_eq!(plant.count("hub.numbered").await, before.1 + 2);
}
