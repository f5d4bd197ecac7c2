//! Every question of a PC, and its answer.
use domain::{
    Id,
    feed::{Denied, Entry, Offered, Position, Pull, Pulled, Push, Pushed, Returned, Signed, frame::EXPIRES},
    merge::Verdict,
};
use net::{
    machine::plain,
    place::{ANA, BEN, Coins, OURS, Place, THEIRS},
    raw::{Raw, made},
};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use sync::{
    device::Parting,
    http::{Account, Https, Purse, Wanted, enrol, fresh_key},
    hub::{Hub, Trouble},
};

async fn pc(place: &Place) -> (Https<Coins>, Account, Coins) {
    let (account, coins) = place.enrol(vec![ANA]).await;
    (Https::new(account.clone(), coins.clone(), place.clock()).unwrap(), account, coins)
}

fn push(account: &Account, numbers: std::ops::RangeInclusive<u8>) -> Push {
    let stream = domain::feed::Stream { device: account.device, incarnation: 1 };
    let changes: Vec<_> = numbers.map(|n| made(n, account.device)).collect();
    let first = changes[0].change.dev_seq;
    let before = (first > 1).then(|| domain::Id::from_bytes([first as u8 - 1; 16]));
    Push { client: OURS, stream, first, before, at: Position::START, changes }
}

async fn entries(hub: &Https<Coins>) -> Vec<Entry> {
    match hub.pull(Pull { client: OURS, at: Position::START, limit: 99 }).await.unwrap() {
        Pulled::Page(page) => page.entries,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_a_pc_brings_comes_back_in_the_hub_s_order() {
    let place = Place::open().await;
    let (hub, account, _) = pc(&place).await;
    let Pushed::Verdicts(verdicts) = hub.push(&push(&account, 1..=3)).await.unwrap() else { panic!("no verdicts") };
    assert!(verdicts.iter().all(|v| v.1 == Verdict::Applied) && verdicts.len() == 3);
    let Pulled::Page(page) = hub.pull(Pull { client: OURS, at: Position::START, limit: 2 }).await.unwrap() else {
        panic!("no page")
    };
    assert_eq!((page.entries.len(), page.caught_up, page.client), (2, false, OURS));
    assert_eq!(page.entries[1].sent, made(2, account.device));
    let at = Position { seq: 2, chain: page.end };
    let Pulled::Page(rest) = hub.pull(Pull { client: OURS, at, limit: 0 }).await.unwrap() else { panic!("no page") };
    assert_eq!((rest.entries.len(), rest.caught_up), (1, true), "a page has one entry at least");
}

#[tokio::test]
async fn a_pc_hears_what_does_not_follow() {
    let place = Place::open().await;
    let (hub, account, _) = pc(&place).await;
    assert_eq!(hub.push(&push(&account, 3..=4)).await.unwrap(), Pushed::Gap(0));
    hub.push(&push(&account, 1..=2)).await.unwrap();
    let other = Push { changes: vec![made(9, account.device)], ..push(&account, 1..=1) };
    assert_eq!(hub.push(&other).await.unwrap(), Pushed::Fork(2));
    let nowhere = Position { seq: 2, chain: [9; 32] };
    assert_eq!(hub.push(&Push { at: nowhere, ..push(&account, 3..=3) }).await.unwrap(), Pushed::Rewind);
    assert_eq!(hub.pull(Pull { client: OURS, at: nowhere, limit: 9 }).await.unwrap(), Pulled::Rewind);
    place.desk.state().hub.locked = true;
    assert!(matches!(hub.push(&push(&account, 3..=3)).await, Err(Trouble::Busy(_))));
    assert!(matches!(hub.pull(Pull { client: OURS, at: nowhere, limit: 9 }).await, Err(Trouble::Busy(_))));
}

#[tokio::test]
async fn a_pc_hears_where_it_agrees_and_returns_what_the_hub_lacks() {
    let place = Place::open().await;
    let (hub, account, _) = pc(&place).await;
    hub.push(&push(&account, 1..=2)).await.unwrap();
    place.desk.state().hub.save();
    hub.push(&push(&account, 3..=4)).await.unwrap();
    let mut all = entries(&hub).await;
    let chain = |n: usize| place.desk.state().hub.logs[&OURS].entries[n].1;
    let places: Vec<_> = (1..=4).map(|n| Position { seq: n as i64, chain: chain(n - 1) }).collect();
    let (second, third) = (places[1], places[2]);
    place.desk.state().hub.restore(true);
    assert_eq!(hub.agree(OURS, places).await.unwrap(), Some(second));
    assert_eq!(hub.agree(OURS, vec![]).await.unwrap(), Some(Position::START));
    let returned = |entry, before| Returned { before, entry, key: None, signature: None, vouched: false };
    let (fourth, entry) = (all.pop().unwrap(), all.pop().unwrap());
    let offer = vec![returned(entry, second.chain), returned(fourth, third.chain)];
    assert_eq!(hub.offer(OURS, offer).await.unwrap(), Offered::Taken(vec![]));
    assert_eq!(entries(&hub).await.len(), 4, "taken verbatim");
    assert_eq!(place.desk.state().hub.logs[&OURS].entries[3].0.seq, 4);
}

#[tokio::test]
async fn what_is_sealed_is_dropped_only_when_a_backup_holds_it() {
    let place = Place::open().await;
    let (hub, account, _) = pc(&place).await;
    let parting = Parting { id: [5; 16], sealed: plain(&[made(1, account.device)]) };
    assert_eq!(hub.part(OURS, &parting).await, Ok(false));
    place.desk.state().hub.save();
    assert_eq!(hub.part(OURS, &parting).await, Ok(true));
    assert_eq!(place.desk.state().hub.logs[&OURS].quarantine.len(), 1);
}

#[tokio::test]
async fn a_client_nobody_of_the_pc_may_see_is_told_with_its_generation_and_nothing_of_it() {
    let place = Place::open().await;
    let (hub, account, _) = pc(&place).await;
    hub.push(&push(&account, 1..=1)).await.unwrap();
    place.desk.state().grant(ANA, OURS, None);
    let generation = place.desk.state().hub.generation;
    let at = Position::START;
    assert_eq!(hub.push(&push(&account, 2..=2)).await.unwrap(), Pushed::Revoked(generation));
    assert_eq!(hub.pull(Pull { client: OURS, at, limit: 9 }).await.unwrap(), Pulled::Revoked(generation));
    assert_eq!(hub.agree(OURS, vec![at]).await.unwrap(), None);
    assert_eq!(hub.offer(OURS, vec![]).await.unwrap(), Offered::Revoked(generation));
    assert_eq!(hub.pull(Pull { client: THEIRS, at, limit: 9 }).await.unwrap(), Pulled::Revoked(0), "as one never made");
}

#[tokio::test]
async fn a_pc_renews_its_tokens_also_where_the_answer_was_lost_and_a_copy_ends_them() {
    let place = Place::open().await;
    let (hub, account, coins) = pc(&place).await;
    let first = coins.tokens().unwrap();
    hub.renew().await.unwrap();
    let second = coins.tokens().unwrap();
    assert_ne!(first, second);
    coins.keep(&first).unwrap();
    hub.renew().await.unwrap();
    assert_ne!(coins.tokens().unwrap(), second, "the answer was lost: the same token again gives others");
    assert!(matches!(hub.manifest().await, Ok(Signed { .. })));
    coins.keep(&first).unwrap();
    assert_eq!(hub.renew().await, Err(Trouble::Denied(Denied::Reused)));
    let forged = Account { key: fresh_key().unwrap(), ..account };
    let (_, theirs) = place.enrol(vec![BEN]).await;
    let thief = Https::new(forged, theirs, place.clock()).unwrap();
    assert_eq!(thief.renew().await, Err(Trouble::Denied(Denied::Token)), "another PC's token");
}

#[tokio::test]
async fn a_token_that_ran_out_and_a_pc_that_was_withdrawn_are_not_let_in() {
    let place = Place::open().await;
    let (hub, account, coins) = pc(&place).await;
    place.desk.pass(net::state::ACCESS);
    assert_eq!(hub.manifest().await, Err(Trouble::Denied(Denied::Token)));
    hub.renew().await.unwrap();
    let text = hub.manifest().await.unwrap().text;
    assert!(text.contains(&OURS.to_string()) && !text.contains(&THEIRS.to_string()));
    place.desk.state().withdrawn.insert(account.device);
    assert_eq!(hub.manifest().await, Err(Trouble::Denied(Denied::Withdrawn)));
    let stolen = Https::new(Account { key: fresh_key().unwrap(), ..account }, coins, place.clock()).unwrap();
    assert_eq!(stolen.renew().await, Err(Trouble::Denied(Denied::Signature)));
}

#[tokio::test]
async fn a_code_is_good_once() {
    let place = Place::open().await;
    place.enrol(vec![ANA]).await;
    let wanted = Wanted {
        url: place.url(),
        trust: place.trust.clone(),
        code: "code".into(),
        name: "another".into(),
        device: Id::from_bytes([0xd; 16]),
    };
    let again = enrol(&wanted, &fresh_key().unwrap(), place.clock()).await.unwrap();
    assert_eq!(again, Err(Trouble::Denied(Denied::Code)));
}

#[tokio::test]
async fn a_pc_whose_clock_is_wrong_learns_the_hub_s() {
    let place = Place::open().await;
    let (account, coins) = place.enrol(vec![ANA]).await;
    let wrong = Arc::new(AtomicI64::new(place.desk.now() - 2 * EXPIRES));
    let clock = wrong.clone();
    let hub = Https::new(account, coins, Arc::new(move || clock.load(Ordering::SeqCst))).unwrap();
    assert_eq!(hub.offset(), None);
    hub.manifest().await.unwrap();
    assert_eq!(hub.offset(), Some(2 * EXPIRES));
    wrong.fetch_add(EXPIRES * 4, Ordering::SeqCst);
    hub.manifest().await.unwrap();
    assert_eq!(hub.offset(), Some(-2 * EXPIRES), "set right, and wrong the other way");
}

#[tokio::test]
async fn health_and_counts_are_told_and_the_inside_is_not() {
    let place = Place::open().await;
    let raw = Raw::new(&place).await;
    let get = |route: &str| raw.http.get(format!("{}{route}", raw.url)).send();
    assert_eq!(get("/health").await.unwrap().text().await.unwrap(), r#"{"ready":true}"#);
    assert_eq!(net::raw::refused(raw.push(vec![1])).await, (400, "garbled".into()));
    let counts = get("/metrics").await.unwrap().text().await.unwrap();
    let push = r#"lineboard_requests_total{route="/v1/clients/{client}/push",status="400"} 1"#;
    for line in [push, r#"lineboard_refused_total{code="garbled"} 1"#, "lineboard_requests_in_flight 1"] {
        assert!(counts.contains(line), "{counts}");
    }
    place.desk.fails(true);
    let down = get("/health").await.unwrap();
    assert_eq!((down.status().as_u16(), down.text().await.unwrap().as_str()), (503, r#"{"ready":false}"#));
    let response = raw.push(vec![]).send().await.unwrap();
    assert_eq!(response.headers()["retry-after"], "2");
    assert_eq!((response.status().as_u16(), response.text().await.unwrap().as_str()), (503, r#"{"code":"busy"}"#));
}
