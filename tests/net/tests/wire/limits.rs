//! So many, so long, and no more; and stopping in the middle.
use domain::feed::{
    Position,
    frame::{PROTO_HEADER, SCHEMA_HEADER, SENT_HEADER},
};
use hub::{
    desk::Desk,
    wire::{Limits, Rate},
};
use net::{
    place::{OURS, Place},
    raw::{Raw, answer, connect, packed, refused},
};
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
};
use tokio_rustls::client::TlsStream;

fn head(raw: &Raw, now: i64, length: usize) -> String {
    format!(
        "POST /v1/clients/{OURS}/push HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {}\r\n{PROTO_HEADER}: 1\r\n\
         {SCHEMA_HEADER}: 1\r\n{SENT_HEADER}: {now}\r\ncontent-type: application/x-ndjson\r\ncontent-encoding: zstd\r\n\
         content-length: {length}\r\n\r\n",
        raw.token
    )
}

async fn heard(stream: &mut TlsStream<TcpStream>) -> String {
    let mut bytes = vec![0; 4096];
    let n = stream.read(&mut bytes).await.unwrap_or(0);
    String::from_utf8_lossy(&bytes[..n]).into_owned()
}

#[tokio::test]
async fn a_pc_that_asks_too_often_is_told_when_and_another_is_not_kept_waiting() {
    let device = Rate { burst: 3, each_second: 0 };
    let place = Place::limited(Limits { device, ..Limits::default() }).await;
    let (raw, other) = (Raw::new(&place).await, Raw::new(&place).await);
    for _ in 0..3 {
        assert_eq!(refused(raw.push(vec![1])).await.0, 400);
    }
    let response = raw.push(vec![1]).send().await.unwrap();
    assert_eq!((response.status().as_u16(), &response.headers()["retry-after"]), (429, &"1".parse().unwrap()));
    assert_eq!(refused(other.push(vec![1])).await.0, 400);
}

#[tokio::test]
async fn a_pc_has_only_so_many_requests_in_work() {
    let place = Place::limited(Limits { device_at_once: 2, ..Limits::default() }).await;
    let (raw, other) = (Raw::new(&place).await, Raw::new(&place).await);
    let body = || packed(&raw.changes(1).text());
    let mut held = vec![];
    for _ in 0..2 {
        let mut stream = connect(&place).await;
        stream.write_all(head(&raw, place.desk.now(), body().len()).as_bytes()).await.unwrap();
        held.push(stream);
    }
    let counts = || async { raw.http.get(format!("{}/metrics", raw.url)).send().await.unwrap().text().await.unwrap() };
    while !counts().await.contains("in_flight 3") {
        tokio::task::yield_now().await;
    }
    let until = tokio::time::Instant::now() + Duration::from_secs(20);
    while refused(raw.push(body())).await != (429, "often".into()) {
        assert!(tokio::time::Instant::now() < until, "a third is taken");
    }
    assert_eq!(refused(other.push(vec![1])).await.0, 400, "another PC is not kept waiting");
    for mut stream in held {
        stream.write_all(&body()).await.unwrap();
        assert!(heard(&mut stream).await.starts_with("HTTP/1.1 200"));
    }
    assert_eq!(refused(raw.push(vec![1])).await.0, 400, "there is room again");
}

#[tokio::test]
async fn an_address_that_tries_codes_is_held_up() {
    let peer = Rate { burst: 8, each_second: 0 };
    let place = Place::limited(Limits { peer, ..Limits::default() }).await;
    let raw = Raw::new(&place).await;
    let guess = || raw.bare("/v1/enrol").header(PROTO_HEADER, 1).json(&serde_json::json!({}));
    let mut codes = vec![];
    for _ in 0..9 {
        codes.push(refused(guess()).await.1);
    }
    assert_eq!((&codes[0][..], &codes[8][..]), ("garbled", "often"));
}

#[tokio::test]
async fn beyond_what_it_can_do_at_once_a_hub_says_later() {
    let place = Place::limited(Limits { at_once: 2, ..Limits::default() }).await;
    let raw = Raw::new(&place).await;
    let shut = place.desk.shut().await;
    let waiting: Vec<_> = (0..2).map(|_| tokio::spawn(refused(raw.push(vec![1])))).collect();
    let counts = || async { raw.http.get(format!("{}/metrics", raw.url)).send().await.unwrap().text().await.unwrap() };
    while !counts().await.contains("in_flight 3") {
        tokio::task::yield_now().await;
    }
    let response = raw.push(vec![1]).send().await.unwrap();
    assert_eq!((response.status().as_u16(), response.headers().contains_key("retry-after")), (503, true));
    drop(shut);
    for one in waiting {
        assert_eq!(one.await.unwrap().0, 400);
    }
    assert_eq!(refused(raw.push(vec![1])).await.0, 400, "there is room again");
}

#[tokio::test]
async fn an_address_that_holds_connections_open_keeps_room_for_others() {
    let place = Place::limited(Limits { connections_each: 2, ..Limits::default() }).await;
    let held = [connect(&place).await, connect(&place).await];
    let mut third = TcpStream::connect(place.address).await.unwrap();
    let mut byte = [0; 1];
    let closed = tokio::time::timeout(Duration::from_secs(10), third.read(&mut byte)).await;
    assert_eq!(closed.map(|n| n.unwrap_or(0)), Ok(0), "closed at once, not after the time for a handshake");
    drop(held);
    let until = tokio::time::Instant::now() + Duration::from_secs(20);
    while health(&place).await != Some(200) {
        assert!(tokio::time::Instant::now() < until, "there is no room again");
    }
}

async fn health(place: &Place) -> Option<u16> {
    let asked = net::raw::client(&place.trust).get(format!("{}/health", place.url())).send().await;
    asked.ok().map(|r| r.status().as_u16())
}

#[tokio::test]
async fn who_sends_slowly_is_cut_off() {
    let short = Duration::from_millis(300);
    let place = Place::limited(Limits { body: short, head: short, ..Limits::default() }).await;
    let raw = Raw::new(&place).await;
    let mut slow = connect(&place).await;
    slow.write_all(head(&raw, place.desk.now(), 100).as_bytes()).await.unwrap();
    slow.write_all(b"half").await.unwrap();
    let told = heard(&mut slow).await;
    assert!(told.starts_with("HTTP/1.1 408") && told.contains(r#"{"code":"slow"}"#), "{told}");
    let mut silent = connect(&place).await;
    silent.write_all(b"POST /v1/enr").await.unwrap();
    assert!(!heard(&mut silent).await.contains("200"), "a head that does not end");
    let mut mute = TcpStream::connect(place.address).await.unwrap();
    assert_eq!(mute.read(&mut [0; 9]).await.unwrap_or(0), 0, "a handshake that does not begin");
}

#[tokio::test]
async fn a_panic_of_the_desk_is_later_and_the_next_request_is_answered() {
    let place = Place::open().await;
    let raw = Raw::new(&place).await;
    place.desk.panics(true);
    let body = || packed(&raw.changes(1).text());
    assert_eq!(refused(raw.push(body())).await, (503, "busy".into()));
    place.desk.panics(false);
    assert_eq!(answer(raw.push(body())).await.0, 200);
}

#[tokio::test]
async fn what_is_in_work_is_finished_when_a_hub_stops_and_nothing_new_is_taken() {
    let mut place = Place::open().await;
    let raw = Raw::new(&place).await;
    let desk = place.desk.clone();
    let shut = desk.shut().await;
    let (url, token) = (raw.url.clone(), raw.token.clone());
    let push = tokio::spawn(answer(raw.push(packed(&raw.changes(1).text()))));
    let get = || raw.http.get(format!("{url}/metrics")).bearer_auth(&token).send();
    while !get().await.unwrap().text().await.unwrap().contains("in_flight 2") {
        tokio::task::yield_now().await;
    }
    let stopped = place.stop();
    while TcpStream::connect(place.address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    // Time enough for a hub that does not wait to have ended.
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(!stopped.is_finished());
    drop(shut);
    assert_eq!(push.await.unwrap().0, 200);
    stopped.await.unwrap();
    assert_eq!(place.desk.state().hub.logs[&OURS].entries.len(), 1);
}

#[tokio::test]
async fn what_the_desk_has_begun_ends_also_where_the_pc_hung_up() {
    let place = Place::open().await;
    let raw = Raw::new(&place).await;
    let body = packed(&raw.changes(1).text());
    let shut = place.desk.shut().await;
    let mut stream = connect(&place).await;
    stream.write_all(head(&raw, place.desk.now(), body.len()).as_bytes()).await.unwrap();
    stream.write_all(&body).await.unwrap();
    let counts = || async { raw.http.get(format!("{}/metrics", raw.url)).send().await.unwrap().text().await.unwrap() };
    while !counts().await.contains("in_flight 2") {
        tokio::task::yield_now().await;
    }
    drop(stream);
    while !counts().await.contains("in_flight 1") {
        tokio::task::yield_now().await;
    }
    drop(shut);
    let there = || place.desk.state().hub.logs.get(&OURS).is_some_and(|l| !l.entries.is_empty());
    let until = tokio::time::Instant::now() + Duration::from_secs(20);
    while !there() {
        assert!(tokio::time::Instant::now() < until, "the change was dropped in the middle");
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn who_does_not_read_its_answer_is_cut_off() {
    let limits = Limits { connections: 1, taken: Duration::from_millis(300), ..Limits::default() };
    let place = Place::limited(limits).await;
    let raw = Raw::new(&place).await;
    let mut push = raw.changes(9);
    for sent in &mut push.changes {
        let noise: String = std::iter::repeat_with(fastrand::alphanumeric).take(1_500_000).collect();
        sent.change.patch = format!(r#"{{"later column":"{noise}"}}"#);
    }
    Desk::push(&place.desk, raw.device, push).await.unwrap();
    let Raw { http, token, .. } = raw;
    drop(http);
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let stream = socket.connect(place.address).await.unwrap();
    let mut deaf = net::raw::secured(&place, stream).await;
    let pull = serde_json::json!({ "client": OURS, "at": Position::START, "limit": 99 }).to_string();
    let head = format!(
        "POST /v1/clients/{OURS}/pull HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\n\
         {PROTO_HEADER}: 1\r\n{SCHEMA_HEADER}: 1\r\n{SENT_HEADER}: {}\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{pull}",
        place.desk.now(),
        pull.len()
    );
    deaf.write_all(head.as_bytes()).await.unwrap();
    assert!(heard(&mut deaf).await.starts_with("HTTP/1.1 200"));
    let next = tokio::time::timeout(Duration::from_secs(20), health(&place)).await;
    assert_eq!(next, Ok(Some(200)), "the only place is taken for ever");
}
