//! Any bytes on any route: refused, never a crash.
use domain::feed::frame::{PROTO_HEADER, SCHEMA_HEADER, SENT_HEADER};
use hub::wire::{Limits, Rate};
use net::{
    place::Place,
    raw::{Raw, connect, packed},
};
use proptest::{prelude::*, test_runner::TestRunner};
use reqwest::header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    runtime::Runtime,
};

const VERBS: [&str; 5] = ["push", "pull", "agree", "offer", "part"];

/// Bytes, or a message as it should be with some of it changed.
fn bodies(whole: Vec<u8>) -> impl Strategy<Value = (Vec<u8>, bool)> {
    let noise = proptest::collection::vec(any::<u8>(), 0..300);
    let edits = proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6);
    let turned = edits.prop_map(move |edits| {
        let mut text = whole.clone();
        edits.into_iter().for_each(|(at, byte)| *at.get_mut(&mut text) = byte);
        text
    });
    (prop_oneof![noise, turned], any::<bool>())
}

/// A hub that lets one ask as often as it takes, and who asks.
fn stage() -> (Runtime, Place, Raw) {
    let (runtime, often) = (Runtime::new().unwrap(), Rate { burst: 1_000_000, each_second: 1000 });
    let (place, raw) = runtime.block_on(async {
        let place = Place::limited(Limits { device: often, peer: often, ..Limits::default() }).await;
        let raw = Raw::new(&place).await;
        (place, raw)
    });
    (runtime, place, raw)
}

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) })
}

#[test]
fn whatever_comes_in_on_whatever_route_is_answered_and_nothing_breaks() {
    let (runtime, place, raw) = stage();
    let whole = raw.changes(2).text().into_bytes();
    let route = prop_oneof![
        4 => proptest::sample::select(&VERBS[..]).prop_map(|v| raw.route(v)),
        1 => Just("/v1/enrol".to_string()),
        1 => Just("/v1/token".to_string()),
    ];
    let ask = |(route, (body, pack)): (String, (Vec<u8>, bool))| {
        let body = if pack { packed(&String::from_utf8_lossy(&body)) } else { body };
        let plain = ["pull", "agree", "enrol", "token"].iter().any(|v| route.ends_with(v));
        let request = if plain {
            raw.post(&route).header("content-type", "application/json").body(body)
        } else {
            net::raw::lines(raw.post(&route), body)
        };
        let status = runtime.block_on(async { request.send().await.unwrap().status().as_u16() });
        prop_assert!([200, 400, 401, 403, 409, 412, 413].contains(&status), "{status}");
        Ok(())
    };
    runner(600).run(&(route, bodies(whole)), ask).unwrap();
    let logs = &place.desk.state().hub.logs;
    assert!(logs.values().all(|l| l.entries.iter().zip(1..).all(|((e, _), n)| e.seq == n)));
}

#[test]
fn whatever_is_in_a_head_is_answered_and_nothing_breaks() {
    let (runtime, place, raw) = stage();
    let names = [PROTO_HEADER, SCHEMA_HEADER, SENT_HEADER].map(HeaderName::from_static);
    let names = [&names[..], &[AUTHORIZATION, CONTENT_TYPE, CONTENT_ENCODING]].concat();
    let value = proptest::collection::vec(prop_oneof![32..=126u8, 128..=255u8], 0..40);
    let path = "[a-z0-9/%._~-]{0,60}";
    let ask = |(which, value, path): (prop::sample::Index, Vec<u8>, String)| {
        let mut request = raw.push(vec![1, 2, 3]).build().unwrap();
        if path.len() % 2 == 0 {
            let Ok(url) = format!("{}/v1/clients/{path}", raw.url).parse() else { return Ok(()) };
            *request.url_mut() = url;
        }
        request.headers_mut().remove(CONTENT_LENGTH);
        request.headers_mut().insert(which.get(&names), HeaderValue::from_bytes(&value).unwrap());
        let status = runtime.block_on(async { raw.http.execute(request).await.unwrap().status().as_u16() });
        prop_assert!([400, 401, 404, 405, 415].contains(&status), "{status}");
        Ok(())
    };
    runner(400).run(&(any::<prop::sample::Index>(), value, path), ask).unwrap();
    assert_eq!(place.desk.state().asked.get("push"), None);
}

#[test]
fn what_is_no_request_at_all_ends_its_connection_and_no_other() {
    let (runtime, place, raw) = stage();
    let noise = proptest::collection::vec(any::<u8>(), 1..400);
    let begun = prop_oneof![
        Just(vec![]),
        Just(b"POST /v1/enrol HTTP/1.1\r\n".to_vec()),
        Just(b"GET / HTTP/2\r\n\r\n".to_vec())
    ];
    let ask = |(begun, noise, clear): (Vec<u8>, Vec<u8>, bool)| {
        let bytes = [begun, noise, b"\r\n\r\n\r\n".to_vec()].concat();
        runtime.block_on(async {
            if clear {
                let mut stream = TcpStream::connect(place.address).await.unwrap();
                let _ = stream.write_all(&bytes).await;
            } else {
                let mut stream = connect(&place).await;
                let _ = (stream.write_all(&bytes).await, stream.shutdown().await);
                let mut told = vec![];
                let _ = stream.read_to_end(&mut told).await;
                assert!(!told.starts_with(b"HTTP/1.1 5"), "{}", String::from_utf8_lossy(&told));
            }
        });
        Ok(())
    };
    runner(200).run(&(begun, noise, any::<bool>()), ask).unwrap();
    assert_eq!(runtime.block_on(net::raw::refused(raw.push(vec![1]))).0, 400);
}
