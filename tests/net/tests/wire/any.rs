//! Any bytes on any route: refused, never a crash.
use net::{
    place::Place,
    raw::{Raw, packed},
};
use proptest::{prelude::*, test_runner::TestRunner};
use tokio::runtime::Runtime;

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

#[test]
fn whatever_comes_in_on_whatever_route_is_answered_and_nothing_breaks() {
    let runtime = Runtime::new().unwrap();
    let (place, raw) = runtime.block_on(async {
        let limits = hub::wire::Limits {
            device: hub::wire::Rate { burst: 1_000_000, each_second: 1000 },
            peer: hub::wire::Rate { burst: 1_000_000, each_second: 1000 },
            ..hub::wire::Limits::default()
        };
        let place = Place::limited(limits).await;
        let raw = Raw::new(&place).await;
        (place, raw)
    });
    let whole = raw.changes(2).text().into_bytes();
    let route = prop_oneof![
        4 => proptest::sample::select(&VERBS[..]).prop_map(|v| raw.route(v)),
        1 => Just("/v1/enrol".to_string()),
        1 => Just("/v1/token".to_string()),
    ];
    let mut runner = TestRunner::new(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(600) });
    runner
        .run(&(route, bodies(whole)), |(route, (body, pack))| {
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
        })
        .unwrap();
    let logs = &place.desk.state().hub.logs;
    assert!(logs.values().all(|l| l.entries.iter().zip(1..).all(|((e, _), n)| e.seq == n)));
}
