//! Who waits at the hub is told as soon as there is something, of his own clients, and nobody waits for ever.
use domain::{
    Client, Id,
    feed::{News, Position},
};
use hub::{desk::Desk, wire::Limits};
use net::{
    place::{ANA, OURS, Place, THEIRS},
    raw::{Raw, answer, packed, refused},
};
use std::time::Duration;
use tokio::task::JoinHandle;

const SHORT: Duration = Duration::from_millis(50);

/// What a PC asks that has so much of these clients.
fn asks(raw: &Raw, heads: &[(Id<Client>, i64)]) -> reqwest::RequestBuilder {
    raw.post("/v1/news").json(&News { heads: heads.to_vec() })
}

/// The same, answered once there is something.
fn waits(raw: &Raw, heads: &[(Id<Client>, i64)]) -> JoinHandle<Vec<(Id<Client>, i64)>> {
    let request = asks(raw, heads);
    tokio::spawn(async move {
        let response = request.send().await.unwrap();
        assert_eq!(response.status().as_u16(), 200);
        response.json::<News>().await.unwrap().heads
    })
}

/// Waits until so many questions have come to the desk.
async fn looked(place: &Place, times: usize) {
    while place.desk.state().asked.get("heads").copied().unwrap_or(0) < times {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn who_waits_is_told_once_something_was_written_and_no_earlier() {
    let place = Place::limited(Limits { looks: Duration::from_secs(100_000), ..Limits::default() }).await;
    let (writes, reads) = (Raw::new(&place).await, Raw::new(&place).await);
    let told = waits(&reads, &[(OURS, 0)]);
    looked(&place, 1).await;
    tokio::time::sleep(SHORT).await;
    assert!(!told.is_finished(), "nothing was written yet");
    assert_eq!(answer(writes.push(packed(&writes.changes(2).text()))).await.0, 200);
    assert_eq!(told.await.unwrap(), [(OURS, 2)]);
    assert_eq!(waits(&reads, &[(OURS, 1)]).await.unwrap(), [(OURS, 2)], "what came before is told at once");
}

#[tokio::test]
async fn what_came_by_another_way_than_this_door_is_told_too() {
    let place = Place::open().await;
    let (writes, reads) = (Raw::new(&place).await, Raw::new(&place).await);
    let told = waits(&reads, &[(OURS, 0)]);
    looked(&place, 1).await;
    // As another process of the hub would take it.
    place.desk.push(writes.device, writes.changes(1)).await.unwrap();
    assert_eq!(told.await.unwrap(), [(OURS, 1)]);
}

#[tokio::test]
async fn nobody_hears_of_clients_that_are_not_his() {
    let place = Place::limited(Limits { news: SHORT, ..Limits::default() }).await;
    let reads = Raw::new(&place).await;
    place.desk.state().grant(ANA, THEIRS, Some(domain::Role::Supervisor));
    let mut theirs = reads.changes(1);
    theirs.client = THEIRS;
    theirs.changes[0].change.client = THEIRS;
    place.desk.push(reads.device, theirs).await.unwrap();
    assert_eq!(waits(&reads, &[(THEIRS, 0)]).await.unwrap(), [(THEIRS, 1)]);
    place.desk.state().grant(ANA, THEIRS, None);
    let strange = Id::from_bytes([9; 16]);
    for client in [THEIRS, strange] {
        assert_eq!(waits(&reads, &[(client, 0)]).await.unwrap(), [], "one answer for what is not his and what is not");
    }
}

#[tokio::test]
async fn nobody_waits_for_ever_nor_too_often_nor_for_too_much() {
    let place = Place::limited(Limits { news: SHORT, ..Limits::default() }).await;
    let reads = Raw::new(&place).await;
    assert_eq!(waits(&reads, &[(OURS, 0)]).await.unwrap(), []);
    let many: Vec<_> = (0..=News::MOST).map(|_| (OURS, 0)).collect();
    assert_eq!(refused(asks(&reads, &many)).await, (413, "large".to_string()));
    assert_eq!(refused(reads.post("/v1/news").json(&Position::START)).await, (400, "garbled".to_string()));
    let unknown = reads.bare("/v1/news").header("lineboard-proto", 1).header("lineboard-sent", place.desk.now());
    assert_eq!(refused(unknown.bearer_auth("x").json(&News::default())).await.0, 401);
    let place = Place::open().await;
    let reads = Raw::new(&place).await;
    let waiting: Vec<_> = (0..3).map(|_| waits(&reads, &[(OURS, 0)])).collect();
    looked(&place, 3).await;
    assert_eq!(refused(asks(&reads, &[(OURS, 0)])).await, (429, "often".to_string()));
    // They take nobody's place, and go when their line does.
    waiting.iter().for_each(JoinHandle::abort);
    while refused(asks(&reads, &[(OURS, -1)])).await.0 == 429 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn a_hub_that_stops_keeps_nobody_waiting() {
    let mut place = Place::open().await;
    let reads = Raw::new(&place).await;
    let told = waits(&reads, &[(OURS, 0)]);
    looked(&place, 1).await;
    let stopped = place.stop();
    assert_eq!(told.await.unwrap(), []);
    stopped.await.unwrap();
}
