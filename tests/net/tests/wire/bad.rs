//! What is not as it should be is refused, and leaves the desk as it was.
use domain::{
    change::Act,
    feed::{
        Agree, Position, Pull, Push, Returned,
        frame::{
            EXPIRES, OFFER_BYTES, PROTO_HEADER, PUSH_BYTES, QUESTION_BYTES, SCHEMA_HEADER, SENT_HEADER, TEXT_BYTES,
            WORD_BYTES,
        },
    },
};
use net::{
    place::{OURS, Place, THEIRS},
    raw::{Raw, answer, lines, made, packed, refused},
};
use reqwest::RequestBuilder;

/// The hub, one who asks, and what the desk has heard of him.
async fn stage() -> (Place, Raw) {
    let place = Place::open().await;
    let raw = Raw::new(&place).await;
    (place, raw)
}

/// Each is refused as said, and no question about a client reached the desk.
async fn all_refused(place: &Place, tries: Vec<(RequestBuilder, u16, &str)>) {
    for (n, (request, status, code)) in tries.into_iter().enumerate() {
        assert_eq!(refused(request).await, (status, code.to_string()), "try {n}");
    }
    untouched(place);
}

fn untouched(place: &Place) {
    let state = place.desk.state();
    for question in ["push", "pull", "agree", "offer", "part"] {
        assert_eq!(state.asked.get(question), None, "{question} reached the desk");
    }
    assert!(state.hub.logs.values().all(|l| l.entries.is_empty() && l.quarantine.is_empty()));
}

#[tokio::test]
async fn a_body_larger_than_it_may_be_is_refused() {
    let (place, raw) = stage().await;
    let noise = |n: usize| (0..n).map(|_| fastrand::u8(..)).collect::<Vec<u8>>();
    let question = " ".repeat(QUESTION_BYTES + 1);
    let places = Agree { client: OURS, places: vec![Position::START; Agree::MOST + 1] };
    all_refused(
        &place,
        vec![
            (raw.push(noise(PUSH_BYTES + 1)), 413, "large"),
            (lines(raw.post(&raw.route("offer")), noise(OFFER_BYTES + 1)), 413, "large"),
            (lines(raw.post(&raw.route("part")), noise(OFFER_BYTES + 1)), 413, "large"),
            (lines(raw.post("/v1/manifest"), noise(WORD_BYTES + 1)), 413, "large"),
            (raw.post(&raw.route("pull")).header("content-type", "application/json").body(question), 413, "large"),
            (raw.post(&raw.route("agree")).json(&places), 413, "large"),
        ],
    )
    .await;
    // Below that limit it is taken apart, and found to be nothing.
    assert_eq!(refused(raw.push(noise(PUSH_BYTES))).await, (400, "garbled".into()));
}

#[tokio::test]
async fn a_bomb_goes_off_nowhere() {
    let (place, raw) = stage().await;
    let bomb = packed(&"\n".repeat(TEXT_BYTES + 1));
    assert!(bomb.len() < 10_000);
    all_refused(
        &place,
        vec![
            (raw.push(bomb.clone()), 413, "large"),
            (lines(raw.post(&raw.route("offer")), bomb.clone()), 413, "large"),
            (lines(raw.post(&raw.route("part")), bomb), 413, "large"),
            // Whoever shows no token has no room for more than a word.
            (lines(raw.post("/v1/manifest"), packed(&"\n".repeat(WORD_BYTES + 1))), 413, "large"),
        ],
    )
    .await;
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_with_its_line() {
    let (place, raw) = stage().await;
    let text = raw.changes(4).text();
    let broken: Vec<&str> = text.lines().enumerate().map(|(i, l)| if i == 3 { &l[..l.len() / 2] } else { l }).collect();
    let (status, refusal) = answer(raw.push(packed(&broken.join("\n")))).await;
    assert_eq!((status, refusal.code.as_str(), refusal.line), (400, "garbled", Some(4)));
    let whole = packed(&text);
    let bit_turned = |at: usize| {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        raw.push(bytes)
    };
    let many = Push { changes: vec![raw.changes(1).changes.remove(0); Push::MOST + 1], ..raw.changes(1) };
    let (status, refusal) = answer(raw.push(packed(&many.text()))).await;
    assert_eq!((status, refusal.line), (400, Some(Push::MOST + 2)));
    let turned = |f: fn(&mut Push)| {
        let mut push = raw.changes(1);
        f(&mut push);
        raw.push(packed(&push.text()))
    };
    all_refused(
        &place,
        vec![
            (raw.push(whole[..whole.len() - 3].to_vec()), 400, "garbled"),
            (raw.push(text.clone().into_bytes()), 400, "garbled"),
            (raw.push(vec![]), 400, "garbled"),
            (raw.push(zstd::encode_all(text.as_bytes(), 3).unwrap()), 400, "garbled"),
            (lines(raw.post("/v1/manifest"), packed("{")), 400, "garbled"),
            (bit_turned(0), 400, "garbled"),
            (bit_turned(whole.len() / 2), 400, "garbled"),
            (bit_turned(whole.len() - 1), 400, "garbled"),
            (turned(|p| p.first = 0), 400, "garbled"),
            (turned(|p| p.first = i64::MIN), 400, "garbled"),
            (turned(|p| p.at.seq = -1), 400, "garbled"),
            (raw.post(&raw.route("pull")).header("content-type", "application/json").body("{"), 400, "garbled"),
        ],
    )
    .await;
}

#[tokio::test]
async fn another_type_or_encoding_is_refused() {
    let (place, raw) = stage().await;
    let body = || packed(&raw.changes(1).text());
    let typed = |t: &str| raw.post(&raw.route("push")).header("content-type", t).body(body());
    let pull = || raw.post(&raw.route("pull")).body("{}");
    all_refused(
        &place,
        vec![
            (typed("application/x-ndjson"), 415, "type"),
            (typed("application/x-ndjson").header("content-encoding", "gzip"), 415, "type"),
            (typed("text/plain").header("content-encoding", "zstd"), 415, "type"),
            (raw.post(&raw.route("push")).body(body()), 415, "type"),
            (pull(), 415, "type"),
            (pull().header("content-type", "application/json").header("content-encoding", "zstd"), 415, "type"),
        ],
    )
    .await;
}

#[tokio::test]
async fn the_client_of_the_path_is_the_one_of_the_body() {
    let (place, raw) = stage().await;
    let at = Position::START;
    let theirs = |verb: &str| raw.post(&format!("/v1/clients/{THEIRS}/{verb}"));
    let push = packed(&raw.changes(1).text());
    let sealed = domain::feed::Sealed { client: OURS, parting: [1; 16], sealed: vec![] };
    let offer = domain::feed::Offer { client: OURS, entries: Vec::<Returned>::new() };
    all_refused(
        &place,
        vec![
            (lines(theirs("push"), push.clone()), 400, "client"),
            (theirs("pull").json(&Pull { client: OURS, at, limit: 9 }), 400, "client"),
            (theirs("agree").json(&Agree { client: OURS, places: vec![] }), 400, "client"),
            (lines(theirs("offer"), packed(&offer.text())), 400, "client"),
            (lines(theirs("part"), packed(&sealed.text())), 400, "client"),
            (lines(raw.post("/v1/clients/ours/push"), push), 400, "client"),
        ],
    )
    .await;
}

#[tokio::test]
async fn nobody_speaks_for_another_pc() {
    let (place, raw) = stage().await;
    let other = Raw::new(&place).await;
    all_refused(&place, vec![(raw.push(packed(&other.changes(1).text())), 400, "device")]).await;
}

#[tokio::test]
async fn without_a_good_token_nothing_is_heard() {
    let (place, raw) = stage().await;
    let body = || packed(&raw.changes(1).text());
    let with = |token: Option<String>| {
        let bare = raw.bare(&raw.route("push")).header(PROTO_HEADER, 1).header(SENT_HEADER, place.desk.now());
        lines(
            match token {
                Some(token) => bare.header("authorization", token),
                None => bare,
            },
            body(),
        )
    };
    let mut tries = vec![(with(None), 401, "token")];
    for token in ["Bearer ", "Bearer nobody", "Basic YTpi", "bearer", &raw.token] {
        tries.push((with(Some(token.into())), 401, "token"));
    }
    tries.push((with(Some(format!("Bearer {}", "x".repeat(9000)))), 401, "token"));
    all_refused(&place, tries).await;
    place.desk.pass(net::state::ACCESS);
    all_refused(&place, vec![(raw.push(body()), 401, "token")]).await;
}

#[tokio::test]
async fn there_are_no_other_routes_and_methods() {
    let (place, raw) = stage().await;
    let get = |route: &str| raw.http.get(format!("{}{route}", raw.url));
    all_refused(
        &place,
        vec![
            (raw.post("/v1/clients"), 404, "route"),
            (raw.post("/v2/manifest"), 404, "route"),
            (raw.post(&raw.route("drop")), 404, "route"),
            (raw.post(&format!("{}/more", raw.route("push"))), 404, "route"),
            (raw.post("/"), 404, "route"),
            (raw.post("/v1/token/x"), 404, "route"),
            (get(&raw.route("push")), 405, "method"),
        ],
    )
    .await;
}

#[tokio::test]
async fn messages_of_another_version_are_refused_but_what_they_bring_is_taken() {
    let (place, raw) = stage().await;
    let asks = |verb: &str| raw.bare(&raw.route(verb)).header(SENT_HEADER, place.desk.now()).bearer_auth(&raw.token);
    let pull = Pull { client: OURS, at: Position::START, limit: 9 };
    all_refused(
        &place,
        vec![
            (asks("pull").json(&pull), 400, "header"),
            (asks("pull").header(PROTO_HEADER, "one").json(&pull), 400, "header"),
            (asks("pull").header(PROTO_HEADER, 0).json(&pull), 426, "version"),
            (asks("pull").header(PROTO_HEADER, 2).json(&pull), 426, "version"),
            (asks("agree").header(PROTO_HEADER, 2).json(&pull), 426, "version"),
        ],
    )
    .await;
    assert_eq!(answer(asks("pull").header(PROTO_HEADER, 2).json(&pull)).await.1.proto, Some(1), "which one it speaks");
    let newer = lines(asks("push").header(PROTO_HEADER, 2), packed(&raw.changes(1).text()));
    assert_eq!(answer(newer).await.0, 200);
    assert_eq!(place.desk.state().hub.logs[&OURS].entries.len(), 1);
}

#[tokio::test]
async fn a_program_that_knows_of_no_erasures_is_told_to_be_brought_up_to_date_where_it_could_not_read_on() {
    let (place, raw) = stage().await;
    let mut push = raw.changes(2);
    push.changes[0].change.patch = r#"{"lines":"SECRET"}"#.into();
    push.changes[1].change.patch = r#"{"count":1}"#.into();
    assert_eq!(answer(raw.push(packed(&push.text()))).await.0, 200);
    let pull = serde_json::json!(Pull { client: OURS, at: Position::START, limit: 9 });
    let of = |schema: u32| {
        let request = raw.http.post(format!("{}{}", raw.url, raw.route("pull"))).header(SCHEMA_HEADER, schema);
        let request = request.header(PROTO_HEADER, 1).header(SENT_HEADER, place.desk.now()).bearer_auth(&raw.token);
        answer(request.json(&pull))
    };
    assert_eq!(of(1).await.0, 200, "as long as nobody was erased it reads on");
    let mut erasing = made(3, raw.device);
    (erasing.change.record, erasing.change.act) = ([1; 16], Act::Patch);
    (erasing.change.patch, erasing.change.base) = ("{}".into(), r#"{"~":[]}"#.into());
    let before = push.changes.last().map(|sent| sent.change.op);
    let erase = Push { first: 3, before, changes: vec![erasing], ..push };
    assert_eq!(answer(raw.push(packed(&erase.text()))).await.0, 200);
    let (status, said) = of(1).await;
    assert_eq!((status, said.code.as_str()), (426, "version"));
    assert_eq!(of(2).await.0, 200);
}

#[tokio::test]
async fn a_request_of_long_ago_or_of_the_future_is_refused() {
    let (place, raw) = stage().await;
    let sent = |at: i64| {
        let request = raw.bare(&raw.route("push")).header(PROTO_HEADER, 1).header(SENT_HEADER, at);
        lines(request.bearer_auth(&raw.token), packed(&raw.changes(1).text()))
    };
    let now = place.desk.now();
    let mut tries: Vec<_> = [now - EXPIRES - 1, now + EXPIRES + 1, 0, i64::MIN, i64::MAX]
        .into_iter()
        .map(|at| (sent(at), 400, "expired"))
        .collect();
    let bare = raw.bare(&raw.route("push")).header(PROTO_HEADER, 1).bearer_auth(&raw.token);
    tries.push((lines(bare, packed(&raw.changes(1).text())), 400, "header"));
    all_refused(&place, tries).await;
    assert_eq!(answer(sent(now - EXPIRES)).await.0, 200, "five minutes are allowed");
}
