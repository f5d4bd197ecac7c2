//! A hub that goes back to a backup: what it lacks comes back from the PCs.
use crate::{
    ground::{Ground, Hub},
    plant::{self, BEGIN, Pc, Plant},
};
use domain::{
    Role,
    feed::{Offered, Position, Pulled, Pushed, Returned, Sent, Signed},
    merge::Verdict,
};
use hub::desk::Desk;
use std::sync::Arc;

/// The entries after a number, as a PC returns them.
fn returned(pc: &Pc, after: i64) -> Vec<Returned> {
    let mut chain = [0; 32];
    let mut all = vec![];
    for entry in &pc.log {
        let next = entry.link(&pc.key, &chain);
        all.push(Returned { before: chain, entry: entry.clone(), key: None, signature: None, vouched: true });
        chain = next;
    }
    all.split_off(after as usize)
}

async fn brings(plant: &Plant, pc: &mut Pc, codes: &[&str]) -> Vec<Sent> {
    let changes: Vec<Sent> = codes.iter().map(|c| pc.line(c)).collect();
    pc.push(&plant.hub, &changes).await;
    pc.catch_up(&plant.hub).await;
    changes
}

#[tokio::test]
async fn a_restored_hub_is_closed_until_its_grants_are_confirmed_and_every_generation_rises() {
    let plant = Plant::new().await;
    let mut pc = plant.pc(Role::Leader).await;
    brings(&plant, &mut pc, &["L1"]).await;
    let back = plant.brought_back(&plant.ground.backup().await).await;
    // Given out after the backup: the restored hub does not know of it.
    for _ in 0..20 {
        plant.hub.withdraw(pc.user, pc.client).await.unwrap();
        plant.hub.grant(pc.user, pc.client).await.unwrap();
    }
    let Pulled::Page(known) = pc.ask(&plant.hub, 1).await else { panic!("no page") };
    back.hub.begin_restored().await.unwrap();
    assert_eq!(pc.ask(&back.hub, 1).await, Pulled::Busy);
    let push = pc.pack(&[pc.line("L2")]);
    assert_eq!(back.hub.push(pc.stream.device, push).await.unwrap(), Pushed::Busy);
    assert_eq!(back.hub.offer(pc.stream.device, pc.client, vec![]).await.unwrap(), Offered::Busy);
    assert!(back.hub.manifest(pc.stream.device).await.is_err());
    assert!(back.hub.agree(pc.stream.device, pc.client, vec![pc.at]).await.is_err());
    back.hub.confirm_grants().await.unwrap();
    let Pulled::Page(page) = pc.ask(&back.hub, 1).await else { panic!("no page") };
    assert!(page.generation > known.generation && page.epoch > known.epoch);
    let (epoch, clock) = (page.epoch, &plant.clock);
    clock.advance(60_000);
    let again = plant.brought_back(&plant.ground.backup().await).await;
    again.hub.begin_restored().await.unwrap();
    again.hub.confirm_grants().await.unwrap();
    let Pulled::Page(page) = pc.ask(&again.hub, 1).await else { panic!("no page") };
    assert!(page.epoch > epoch, "restored twice is two lives");
    assert!(epoch >= BEGIN / 1000);
}

#[tokio::test]
async fn a_hub_that_nobody_told_of_its_restore_closes_when_a_pc_shows_what_it_signed() {
    let plant = Plant::new().await;
    let mut pc = plant.pc(Role::Leader).await;
    brings(&plant, &mut pc, &["L1"]).await;
    let device = pc.stream.device;
    let before = plant.hub.manifest(device).await.unwrap();
    let back = plant.brought_back(&plant.ground.backup().await).await;
    plant.hub.withdraw(pc.user, pc.client).await.unwrap();
    let newer = plant.hub.manifest(device).await.unwrap();
    // The restored hub would give again what was taken since.
    assert!(matches!(pc.ask(&back.hub, 1).await, Pulled::Page(_)));
    let forged = Signed { signature: before.signature.clone(), text: newer.text.clone() };
    for nothing_new in [before, forged] {
        assert!(!back.hub.remind(nothing_new).await.unwrap());
    }
    assert!(!plant.hub.remind(newer.clone()).await.unwrap(), "the hub that said it knows it");
    assert!(matches!(pc.ask(&back.hub, 1).await, Pulled::Page(_)));
    assert!(back.hub.remind(newer.clone()).await.unwrap());
    assert_eq!(pc.ask(&back.hub, 1).await, Pulled::Busy);
    assert!(!back.hub.remind(newer).await.unwrap(), "it is closed already");
}

#[tokio::test]
async fn what_a_restored_hub_lacks_is_asked_for_and_what_is_a_pcs_own_goes_the_ordinary_way() {
    let plant = Plant::new().await;
    let (mut ana, mut ben) = (plant.pc(Role::Leader).await, plant.pc(Role::Leader).await);
    brings(&plant, &mut ana, &["L1"]).await;
    let backup = plant.ground.backup().await;
    let agreed = ana.at;
    let hers = brings(&plant, &mut ana, &["L2"]).await;
    ben.catch_up(&plant.hub).await;
    let his = brings(&plant, &mut ben, &["L3"]).await;
    let back = plant.brought_back(&backup).await;
    back.hub.begin_restored().await.unwrap();
    back.hub.confirm_grants().await.unwrap();
    assert_eq!(ben.ask(&back.hub, 1).await, Pulled::Rewind);
    let places = vec![ben.at, agreed];
    assert_eq!(back.hub.agree(ben.stream.device, ben.client, places).await.unwrap(), Some(agreed));
    let answer = back.hub.offer(ben.stream.device, ben.client, returned(&ben, agreed.seq)).await.unwrap();
    // Nobody vouches for hers: a person looks at it, until her own PC brings it.
    assert_eq!(answer, Offered::Taken(vec![hers[0].change.op]));
    assert_eq!(back.count(&format!("hub.quarantine WHERE op = {}", Ground::named(hers[0].change.op))).await, 1);
    let answer = back.hub.offer(ana.stream.device, ana.client, returned(&ana, agreed.seq)).await.unwrap();
    assert_eq!(answer, Offered::Taken(vec![]));
    let mut reader = Pc { at: agreed, log: vec![], ..ana.clone() };
    reader.catch_up(&back.hub).await;
    let ops: Vec<_> = reader.log.iter().map(|e| e.op()).collect();
    assert_eq!(ops, [his[0].change.op, hers[0].change.op]);
}

/// A hub whose backup lacks three entries, and two PCs of which each has them all; the place where all agree.
async fn behind() -> (Plant, Plant, Pc, Position, Option<String>) {
    let plant = Plant::new().await;
    let (mut ana, mut ben) = (plant.pc(Role::Leader).await, plant.pc(Role::Leader).await);
    brings(&plant, &mut ana, &["L1"]).await;
    let (backup, agreed) = (plant.ground.backup().await, ana.at);
    brings(&plant, &mut ana, &["L2"]).await;
    plant.clock.advance(1000);
    brings(&plant, &mut ana, &["L3", "L4"]).await;
    let signature = ben.catch_up(&plant.hub).await.signature;
    let back = plant.brought_back(&backup).await;
    back.hub.begin_restored().await.unwrap();
    plant.clock.advance(1000);
    back.hub.confirm_grants().await.unwrap();
    (plant, back, ben, agreed, signature)
}

#[tokio::test]
async fn what_the_hub_signed_comes_back_word_for_word_from_whichever_pc() {
    let (plant, back, ben, agreed, signature) = behind().await;
    let mut entries = returned(&ben, agreed.seq);
    entries[2].signature = signature;
    let answer = back.hub.offer(ben.stream.device, ben.client, entries.clone()).await.unwrap();
    assert_eq!(answer, Offered::Taken(vec![]));
    let mut reader = Pc { at: agreed, log: vec![], ..ben.clone() };
    reader.catch_up(&back.hub).await;
    assert_eq!((reader.at, &reader.log[..]), (ben.at, &ben.log[1..]), "same order, chain and times");
    let again = back.hub.offer(ben.stream.device, ben.client, entries).await.unwrap();
    assert_eq!((again, back.count("hub.entry").await), (Offered::Taken(vec![]), 4));
    assert_eq!((plant.count("hub.folded").await, back.count("hub.folded").await), (4, 4));
}

#[tokio::test]
async fn what_was_signed_merges_under_its_name_where_the_hub_has_gone_on() {
    let (_plant, back, ben, agreed, signature) = behind().await;
    let mut new = Pc { at: agreed, log: vec![], ..ben.clone() };
    brings(&back, &mut new, &["L5"]).await;
    let mut entries = returned(&ben, agreed.seq);
    entries[2].signature = signature;
    let answer = back.hub.offer(ben.stream.device, ben.client, entries).await.unwrap();
    assert_eq!(answer, Offered::Taken(vec![]));
    new.catch_up(&back.hub).await;
    let ops = |pc: &Pc, after: usize| pc.log[after..].iter().map(|e| e.op()).collect::<Vec<_>>();
    assert_eq!(ops(&new, 1), ops(&ben, 1));
}

#[tokio::test]
async fn a_signature_vouches_for_nothing_but_what_leads_to_its_place() {
    let (_plant, back, ben, agreed, signature) = behind().await;
    let whole = returned(&ben, agreed.seq);
    let signed = |mut entries: Vec<Returned>| {
        if let Some(last) = entries.last_mut() {
            last.signature = signature.clone();
        }
        entries
    };
    let altered = |f: &dyn Fn(&mut Vec<Returned>)| {
        let mut entries = whole.clone();
        f(&mut entries);
        signed(entries)
    };
    let tries: [(Vec<Returned>, usize); 6] = [
        (whole.clone(), 3),
        (altered(&|e| e[1].entry.sent.change.patch = r#"{"code":"X","name":"X"}"#.into()), 2),
        (altered(&|e| e[2].entry.received_at += 1), 3),
        (altered(&|e| drop(e.remove(1))), 1),
        (altered(&|e| drop(e.pop())), 2),
        (signed(vec![whole[0].clone()]), 1),
    ];
    for (mut entries, unvouched) in tries {
        let hubs = |at: Position, told: &str| Some(told) == signature.as_deref() && at == ben.at;
        hub::core::vouch(ben.client, &ben.key, &mut entries, &hubs);
        assert_eq!(entries.iter().filter(|e| !e.vouched).count(), unvouched);
    }
    let mut foreign = signed(whole);
    hub::core::vouch(back.clients[1], &ben.key, &mut foreign, &|_, _| true);
    assert!(foreign.iter().all(|e| !e.vouched), "another client's entries are not this one's");
}

#[tokio::test]
async fn the_key_that_a_chain_once_had_comes_with_what_was_given_under_it_and_no_other_does() {
    let (_plant, _back, ben, agreed, signature) = behind().await;
    for (named, vouched) in [(Some(ben.key), 3), (Some([1; 32]), 0), (None, 0)] {
        let mut entries = returned(&ben, agreed.seq);
        entries.iter_mut().for_each(|e| e.key = named);
        entries[2].signature = signature.clone();
        let hubs = |at: Position, told: &str| Some(told) == signature.as_deref() && at == ben.at;
        hub::core::vouch(ben.client, &[2; 32], &mut entries, &hubs);
        assert_eq!(entries.iter().filter(|e| e.vouched).count(), vouched, "{named:?}");
    }
}

#[tokio::test]
async fn a_hub_that_was_set_back_ends_no_grant_that_it_does_not_know_and_keeps_what_is_sealed_of_it() {
    let plant = Plant::new().await;
    let pc = plant.pc(Role::Leader).await;
    let back = plant.brought_back(&plant.ground.backup().await).await;
    back.hub.begin_restored().await.unwrap();
    let (device, young, theirs) = (pc.stream.device, plant::fresh(), plant.clients[1]);
    let of = |client| Pc { client, ..pc.clone() };
    let push = of(young).pack(&[of(young).line("L")]);
    assert_eq!(of(young).ask(&back.hub, 1).await, Pulled::Busy, "closed is closed for what it does not know, too");
    assert_eq!(back.hub.push(device, push.clone()).await.unwrap(), Pushed::Busy);
    assert_eq!(back.hub.offer(device, young, vec![]).await.unwrap(), Offered::Busy);
    assert!(back.hub.agree(device, young, vec![]).await.is_err());
    back.hub.confirm_grants().await.unwrap();
    for (client, name) in [(young, 5), (theirs, 6)] {
        assert_eq!(of(client).ask(&back.hub, 1).await, Pulled::Revoked(0));
        let left = [of(client).line("left")];
        assert!(!back.hub.hand_over(device, client, [name; 16], &left).await.unwrap(), "no backup holds it");
    }
    assert_eq!(back.hub.push(device, push).await.unwrap(), Pushed::Revoked(0));
    // Taken in again, it is one more client that backups hold.
    back.hub.add_client(young, "young").await.unwrap();
    assert_eq!((back.count("hub.quarantine").await, back.count("hub.parting").await), (2, 2));
    back.hub.backed_up(&back.hub.held().await.unwrap()).await.unwrap();
    assert!(back.hub.hand_over(device, young, [5; 16], &[]).await.unwrap());
}

#[tokio::test]
async fn a_forged_signature_is_none() {
    let (_plant, back, ben, agreed, signature) = behind().await;
    let forged = [None, Some("0".repeat(128)), Some("ä".repeat(64)), signature.map(|s| s.replace('a', "b"))];
    for signature in forged {
        let mut entries = returned(&ben, agreed.seq);
        entries[2].signature = signature;
        let Offered::Taken(refused) = back.hub.offer(ben.stream.device, ben.client, entries).await.unwrap() else {
            panic!("not taken")
        };
        assert_eq!(refused.len(), 3);
    }
    assert_eq!((back.count("hub.entry").await, back.count("hub.quarantine").await), (1, 3));
}

#[tokio::test]
async fn a_checked_backup_moves_the_durable_mark_and_lets_partings_go() {
    let plant = Plant::new().await;
    let mut pc = plant.pc(Role::Leader).await;
    brings(&plant, &mut pc, &["L1", "L2"]).await;
    let left = pc.line("left");
    let part = |hub: Arc<Hub>| {
        let (device, client, changes) = (pc.stream.device, pc.client, vec![left.clone()]);
        async move { hub.hand_over(device, client, [3; 16], &changes).await.unwrap() }
    };
    assert!(!part(plant.hub.clone()).await);
    let checked = plant.brought_back(&plant.ground.backup().await).await;
    assert!(!part(plant.hub.clone()).await, "only a checked backup counts");
    let mut other = pc.clone();
    brings(&plant, &mut other, &["L3"]).await;
    plant.hub.backed_up(&checked.hub.held().await.unwrap()).await.unwrap();
    assert!(part(plant.hub.clone()).await);
    assert_eq!(plant.count("hub.quarantine").await, 1);
    let Pulled::Page(page) = other.ask(&plant.hub, 1).await else { panic!("no page") };
    assert_eq!((page.durable, other.at.seq), (2, 3));
    let verdict = other.push(&plant.hub, std::slice::from_ref(&left)).await;
    assert_eq!(verdict, [Verdict::Applied]);
}
