//! Everything between PC and hub that goes wrong.
use net::{
    machine::Seat,
    place::{ANA, BEN, OURS, Place},
    proxy::Proxy,
};
use std::sync::atomic::Ordering;
use sync::http::Account;

#[tokio::test]
async fn lost_answers_lose_nothing_and_double_nothing() {
    let place = Place::open().await;
    let proxy = Proxy::new(place.address, 11).await;
    let (mut ana, mut ben) = (Seat::new(&place, vec![ANA]).await, Seat::new(&place, vec![BEN]).await);
    for seat in [&mut ana, &mut ben] {
        seat.account = Account { url: format!("https://localhost:{}", proxy.address.port()), ..seat.account.clone() };
        seat.start(&place);
        seat.rests().await;
    }
    proxy.cuts(true);
    let mut written = 0;
    while proxy.cut.load(Ordering::SeqCst) < 60 {
        if written < 60 {
            written += 1;
            ana.machine.write(ANA, 1, &[("moved", 1)]);
            ben.machine.write(BEN, 1, &[("moved", 100)]);
        }
        ana.running().wake();
        ben.running().wake();
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    proxy.cuts(false);
    for _ in 0..2 {
        ana.rests().await;
        ben.rests().await;
    }
    assert_eq!(
        (ana.machine.shows(1, "moved"), ben.machine.shows(1, "moved")),
        (Some(101 * written), Some(101 * written))
    );
    let lost = place.desk.state().asked["push"] - (2 * written as usize).div_ceil(3);
    assert!(lost > 0, "no answer to a push was lost");
}

#[tokio::test]
async fn while_the_hub_is_down_work_goes_on_and_afterwards_it_is_there() {
    let mut place = Place::open().await;
    let mut ana = Seat::new(&place, vec![ANA]).await;
    ana.start(&place);
    ana.rests().await;
    place.stop().await.unwrap();
    ana.machine.write(ANA, 1, &[("count", 4)]);
    ana.running().nudge();
    let told = |s: &sync::engine::Status| s.trouble.as_deref() == Some("unreachable") && s.clients[&OURS].pending == 1;
    ana.until("it is told", told).await;
    assert_eq!(ana.status().clients[&OURS].trouble, None, "the client itself is fine");
    assert_eq!(ana.machine.shows(1, "count"), Some(4));
    place.start().await;
    ana.rests().await;
    assert_eq!(place.desk.state().hub.logs[&OURS].entries.len(), 1);
}

#[tokio::test]
async fn a_desk_that_fails_or_panics_is_later() {
    let place = Place::open().await;
    let mut ana = Seat::new(&place, vec![ANA]).await;
    ana.start(&place);
    ana.rests().await;
    for planted in [Place::fails, Place::panics] {
        planted(&place, true);
        ana.machine.write(ANA, 1, &[("moved", 1)]);
        ana.running().nudge();
        ana.until("it is told", |s| s.trouble.as_deref() == Some("busy")).await;
        planted(&place, false);
        ana.running().wake();
        ana.rests().await;
    }
    assert_eq!(ana.machine.shows(1, "moved"), Some(2));
}

#[tokio::test]
async fn tokens_are_renewed_without_anybody_doing_anything() {
    let place = Place::open().await;
    let mut ana = Seat::new(&place, vec![ANA]).await;
    ana.start(&place);
    ana.rests().await;
    for _ in 0..3 {
        place.desk.pass(net::state::ACCESS);
        ana.machine.write(ANA, 1, &[("moved", 1)]);
        ana.running().nudge();
        ana.rests().await;
    }
    assert_eq!((ana.machine.shows(1, "moved"), place.desk.state().asked["renew"]), (Some(3), 3));
    place.desk.state().withdrawn.insert(ana.account.device);
    ana.until("it is told", |s| s.trouble.as_deref() == Some("withdrawn")).await;
}

#[tokio::test]
async fn a_round_that_panics_is_begun_anew_and_nothing_of_it_is_kept() {
    let place = Place::open().await;
    let mut ana = Seat::new(&place, vec![ANA]).await;
    ana.start(&place);
    ana.rests().await;
    ana.machine.panics.store(3, Ordering::SeqCst);
    ana.machine.write(ANA, 1, &[("moved", 1)]);
    ana.running().nudge();
    ana.until("it is started anew", |s| s.restarts == 3).await;
    ana.rests().await;
    assert_eq!(ana.machine.shows(1, "moved"), Some(1));
}

#[tokio::test]
async fn a_change_that_cannot_be_sent_is_set_aside_and_the_rest_goes_on() {
    let place = Place::open().await;
    let mut ana = Seat::new(&place, vec![ANA]).await;
    ana.start(&place);
    ana.rests().await;
    ana.stop().await;
    for n in 1..=5 {
        ana.machine.write(ANA, n, &[("count", 1)]);
    }
    let noise: String = std::iter::repeat_with(fastrand::alphanumeric).take(3 << 20).collect();
    ana.machine.pc().file(OURS).outgoing[1].sent.change.patch = format!(r#"{{"note":"{noise}"}}"#);
    ana.start(&place);
    ana.rests().await;
    let status = ana.status().clients[&OURS].clone();
    assert_eq!((status.refused, status.done), (1, 4));
    assert_eq!(ana.machine.file(OURS).refused.len(), 1, "and is not lost");
}
