//! A PC hears at once of what another wrote, without asking again and again.
use domain::Role;
use net::{
    machine::{Seat, quick},
    place::{ANA, BEN, OURS, Place},
};
use std::time::Duration;
use sync::engine::Settings;

const NEVER: Duration = Duration::from_secs(100_000);

/// Asks for nothing by itself.
fn patient(place: &Place, seat: &Seat) -> Settings {
    Settings { interval: NEVER, others: NEVER, ..quick(place, seat.account.device) }
}

async fn seats(place: &Place) -> [Seat; 2] {
    let mut seats = [Seat::new(place, vec![ANA]).await, Seat::new(place, vec![BEN]).await];
    for seat in &mut seats {
        let settings = patient(place, seat);
        seat.start_with(place, settings);
        seat.until("it is there", |s| s.clients.get(&OURS).is_some_and(|c| c.caught_up)).await;
    }
    seats
}

/// Waits until so many wait at the hub.
async fn wait_there(place: &Place, times: usize) {
    while place.desk.state().asked.get("heads").copied().unwrap_or(0) < times {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn what_one_writes_another_has_without_asking_for_it() {
    let place = Place::open().await;
    let [a, b] = seats(&place).await;
    wait_there(&place, 2).await;
    for round in 1..=6 {
        let (user, writes, reads) = if round % 2 == 1 { (ANA, &a, &b) } else { (BEN, &b, &a) };
        writes.machine.write(user, round, &[("count", 1)]);
        writes.running().nudge();
        reads.until("it has come", |s| s.clients[&OURS].done == i64::from(round)).await;
        assert_eq!(reads.machine.shows(round, "count"), Some(1));
        writes.until("its own came back", |s| s.clients[&OURS].at_rest()).await;
    }
    let rounds = b.status().rounds;
    assert!(rounds < 40, "it does not run in circles: {rounds}");
}

#[tokio::test]
async fn a_pc_that_is_paused_or_pays_for_its_line_does_not_wait_at_the_hub() {
    let place = Place::open().await;
    let [a, b] = seats(&place).await;
    wait_there(&place, 2).await;
    b.running().pause(true);
    a.running().metered(true);
    b.until("it is paused", |s| s.paused).await;
    a.until("it is metered", |s| s.metered).await;
    // Those who waited have gone: what is written calls nobody.
    let asked = || place.desk.state().asked.get("heads").copied().unwrap_or(0);
    tokio::time::sleep(Duration::from_millis(50)).await;
    let before = asked();
    a.machine.write(ANA, 1, &[("count", 1)]);
    a.running().nudge();
    a.until("it is sent", |s| s.clients[&OURS].at_rest() && s.clients[&OURS].done == 1).await;
    assert_eq!(b.status().clients[&OURS].done, 0);
    assert_eq!(asked() - before, 0, "nobody looks for who does not wait");
    b.running().pause(false);
    b.until("it has come", |s| s.clients[&OURS].done == 1).await;
}

#[tokio::test]
async fn a_line_that_breaks_is_noticed_at_once_and_news_comes_again_afterwards() {
    let mut place = Place::open().await;
    let [a, b] = seats(&place).await;
    wait_there(&place, 2).await;
    place.stop().await.unwrap();
    for seat in [&a, &b] {
        seat.until("it is out of reach", |s| s.trouble.is_some()).await;
    }
    place.start().await;
    for seat in [&a, &b] {
        seat.until("it is back", |s| s.trouble.is_none()).await;
    }
    a.machine.write(ANA, 1, &[("count", 1)]);
    a.running().nudge();
    b.until("it has come", |s| s.clients[&OURS].done == 1).await;
}

#[tokio::test]
async fn what_cannot_be_taken_in_is_not_asked_for_in_circles() {
    let place = Place::open().await;
    let [a, b] = seats(&place).await;
    wait_there(&place, 2).await;
    // Ben is taken off between the news and the question for it.
    place.desk.state().grant(BEN, OURS, None);
    a.machine.write(ANA, 1, &[("count", 1)]);
    a.running().nudge();
    a.until("it is sent", |s| s.clients[&OURS].at_rest() && s.clients[&OURS].done == 1).await;
    let rounds = b.status().rounds;
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(b.status().rounds <= rounds + 3, "{rounds} and then {}", b.status().rounds);
    place.desk.state().grant(BEN, OURS, Some(Role::Supervisor));
    b.running().wake();
    b.until("it has come", |s| s.clients.get(&OURS).is_some_and(|c| c.done == 1)).await;
}
