//! Whatever text comes in: read or refused, and what is read is written as it was.
use super::{
    Agree, Asked, Brought, Came, Card, Enrol, Enrolled, Entrance, Entry, Errand, Heard, Kept, Manifest, ManifestClient,
    ManifestPc, ManifestPerson, News, Offer, Offered, Office, OfficePc, OfficePerson, Page, Petition, Position, Pull,
    Push, Pushed, Refusal, Renew, Returned, Sealed, Sent, Signed, Stream, Tokens, Told, Want, Wanted,
    frame::{pack, unpack},
};
use crate::{
    Client, Id, Role,
    change::{Act, Change},
    merge::{Decided, Fate, Verdict, Why},
};
use proptest::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

fn sent() -> Sent {
    let change = Change {
        op: Id::from_bytes([1; 16]),
        client: Id::from_bytes([2; 16]),
        device: Id::from_bytes([3; 16]),
        incarnation: 7,
        dev_seq: 9,
        kind: 4,
        record: [5; 16],
        act: Act::Patch,
        patch: r#"{"name":"ä\u0000"}"#.into(),
        base: "{}".into(),
        user: Id::from_bytes([6; 16]),
        at: -1,
        reason: Some("\n\u{7}".into()),
        schema: 1,
    };
    Sent::new(change, [8; 32])
}

fn entry() -> Entry {
    let decided = Decided { verdict: Verdict::Conflict, fates: vec![Fate::Set, Fate::Wait] };
    Entry { seq: 5, sent: sent(), decided, received_at: 100, stream: stream() }
}

fn stream() -> Stream {
    Stream { device: Id::from_bytes([3; 16]), incarnation: 7 }
}

const AT: Position = Position { seq: 4, chain: [4; 32] };

fn page() -> Page {
    Page {
        client: Id::from_bytes([2; 16]),
        generation: 3,
        epoch: 1,
        from: AT,
        entries: vec![entry(); 2],
        end: [9; 32],
        caught_up: true,
        durable: 2,
        roles: vec![(Id::from_bytes([6; 16]), Role::Leader)],
        signature: None,
    }
}

/// Reads a text as every message there is; each that can be read is the same when it is written and read again.
fn read_as_any(text: &str) {
    fn again<T: PartialEq + std::fmt::Debug, E>(
        read: Result<T, E>,
        text: impl Fn(&T) -> String,
        of: impl Fn(&str) -> Option<T>,
    ) {
        if let Ok(one) = read {
            assert_eq!(of(&text(&one)), Some(one));
        }
    }
    fn json<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(text: &str) {
        let of = |t: &str| serde_json::from_str::<T>(t);
        again(of(text), |one| serde_json::to_string(one).unwrap(), |t| of(t).ok());
    }
    again(Push::of_text(text), Push::text, |t| Push::of_text(t).ok());
    again(Page::of_text(text), Page::text, |t| Page::of_text(t).ok());
    again(Offer::of_text(text), Offer::text, |t| Offer::of_text(t).ok());
    again(Sealed::of_text(text), Sealed::text, |t| Sealed::of_text(t).ok());
    json::<Pushed>(text);
    json::<Pull>(text);
    json::<Agree>(text);
    json::<News>(text);
    json::<Offered>(text);
    json::<Kept>(text);
    json::<Enrol>(text);
    json::<Enrolled>(text);
    json::<Tokens>(text);
    json::<Renew>(text);
    json::<Manifest>(text);
    json::<Card>(text);
    json::<Sent>(text);
    json::<Entry>(text);
    json::<Returned>(text);
    json::<Position>(text);
    json::<Signed>(text);
    json::<Refusal>(text);
    json::<Errand>(text);
    json::<Petition>(text);
    json::<Heard>(text);
    json::<Brought>(text);
}

fn person(client: Id<Client>) -> ManifestPerson {
    ManifestPerson {
        user: Id::from_bytes([6; 16]),
        login: "id".into(),
        name: "Ana".into(),
        role: Role::Leader,
        verifier: None,
        clients: vec![client],
    }
}

fn access() -> Vec<String> {
    let tokens = Tokens { access: "a".into(), refresh: "r".into(), expires_at: 9 };
    let client = ManifestClient { client: Id::from_bytes([2; 16]), generation: 3, key: [1; 32] };
    let person = person(client.client);
    let device = Id::from_bytes([3; 16]);
    let manifest = Manifest {
        device,
        generation: 4,
        epoch: 1,
        issued_at: 5,
        lease_until: 6,
        clients: vec![client],
        people: vec![person.clone()],
        pcs: vec![ManifestPc { device, name: "Line 4".into() }],
    };
    let card = Card { clients: vec![(Id::from_bytes([2; 16]), "ACME".into())], people: vec![person] };
    let enrol = Enrol {
        code: "c".into(),
        name: "n".into(),
        device: Id::from_bytes([4; 16]),
        key: [1; 32],
        proto: 1,
        schema: 1,
    };
    let text = |json: serde_json::Result<String>| json.unwrap();
    vec![
        text(serde_json::to_string(&enrol)),
        text(serde_json::to_string(&Enrolled { device, hub: [2; 32], tokens: tokens.clone() })),
        text(serde_json::to_string(&Renew { device, refresh: tokens.refresh.clone(), signature: "ab".into() })),
        text(serde_json::to_string(&tokens)),
        text(serde_json::to_string(&Signed { text: text(serde_json::to_string(&manifest)), signature: "ab".into() })),
        text(serde_json::to_string(&manifest)),
        text(serde_json::to_string(&card)),
        text(serde_json::to_string(&Refusal { line: Some(3), last: Some(-1), ..Refusal::default() })),
    ]
}

fn feed() -> Vec<String> {
    let client = Id::from_bytes([2; 16]);
    let push = Push {
        client,
        stream: stream(),
        first: 9,
        before: Some(Id::from_bytes([7; 16])),
        at: AT,
        changes: vec![sent(); 2],
    };
    let returned = Returned { before: [1; 32], entry: entry(), key: None, signature: None, vouched: false };
    let verdicts =
        [Verdict::Applied, Verdict::Gone, Verdict::Rejected(Why::Rule)].map(|v| (Id::from_bytes([1; 16]), v));
    let text = |json: serde_json::Result<String>| json.unwrap();
    vec![
        push.text(),
        page().text(),
        Offer { client, entries: vec![returned] }.text(),
        Sealed { client, parting: [3; 16], sealed: vec![3; 40] }.text(),
        text(serde_json::to_string(&Pushed::Verdicts(verdicts.to_vec()))),
        text(serde_json::to_string(&Pull { client, at: AT, limit: 7 })),
        text(serde_json::to_string(&Agree { client, places: vec![AT, Position::START] })),
        text(serde_json::to_string(&News { heads: vec![(client, 7)] })),
        text(serde_json::to_string(&Offered::Taken(vec![Id::from_bytes([1; 16])]))),
        text(serde_json::to_string(&Kept { durable: true })),
    ]
}

/// What is carried: letters hold other messages as text.
fn carried() -> Vec<String> {
    let (client, device) = (Id::from_bytes([2; 16]), Id::from_bytes([3; 16]));
    let pull = Pull { client, at: AT, limit: 7 };
    let asked = Asked { generation: 3, pushes: feed()[..1].to_vec(), pull };
    let partings = vec![Sealed { client, parting: [3; 16], sealed: vec![3; 40] }];
    let told = |came| Told { client, generation: 3, pushed: vec![Pushed::Gap(4)], came };
    let clients = vec![told(Came::Pages(vec![page().text()])), told(Came::Apart(AT)), told(Came::Revoked(3))];
    let manifest = Signed { text: "{}".into(), signature: "ab".into() };
    let text = |json: serde_json::Result<String>| json.unwrap();
    vec![
        text(serde_json::to_string(&Errand { device, at: 9, clients: vec![asked], partings })),
        text(serde_json::to_string(&Brought { device, at: -9, manifest, clients, kept: vec![(client, [3; 16])] })),
    ]
}

/// What goes to and from the office.
fn office() -> Vec<String> {
    let (user, device, client) = (Id::from_bytes([4; 16]), Id::from_bytes([3; 16]), Id::from_bytes([2; 16]));
    let (login, name) = ("ana".to_owned(), "Ana".to_owned());
    let person =
        Wanted { user: None, login: login.clone(), name: name.clone(), role: Role::Leader, password: Some("p".into()) };
    let want = |want| Petition::Want { pass: "ab".into(), want };
    let asked = [
        Petition::Enter(Entrance { login: login.clone(), password: "p".into() }),
        want(Want::Look),
        want(Want::Person(person)),
        want(Want::Sees { user, client, on: true }),
    ];
    let told =
        OfficePerson { user, login, name, role: Role::Leader, active: true, clients: vec![client], pcs: vec![device] };
    let pc = OfficePc { device, name: "PC".into(), enrolled_at: 7, seen_at: None, withdrawn: false };
    let office = Office { locked: false, people: vec![told], pcs: vec![pc], clients: vec![(client, "ACME".into())] };
    let params = [("seconds".into(), "4".into())].into();
    let heard = [
        Heard::In { pass: "ab".into(), until: 9 },
        Heard::All(office),
        Heard::Not { why: "throttled".into(), field: None, params },
    ];
    let asked = asked.iter().map(serde_json::to_string);
    asked.chain(heard.iter().map(serde_json::to_string)).map(Result::unwrap).collect()
}

#[test]
fn every_message_comes_back_as_it_was() {
    feed().iter().chain(&access()).chain(&carried()).chain(&office()).for_each(|text| read_as_any(text));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]
    #[test]
    fn a_text_that_was_tampered_with_is_read_or_refused(
        which in any::<prop::sample::Index>(),
        edits in proptest::collection::vec((any::<prop::sample::Index>(), prop_oneof![any::<char>(), proptest::sample::select(&['"', '{', '}', '[', ']', ',', ':', '-', '0', '9', 'e', '\n', '\\'][..])], 0..3u8), 1..5),
    ) {
        let all = [feed(), access(), carried(), office()].concat();
        let mut text: Vec<char> = which.get(&all).chars().collect();
        for (at, put, how) in edits {
            let at = at.index(text.len());
            match how {
                0 => text[at] = put,
                1 => text.insert(at, put),
                _ => text.truncate(at.max(1)),
            }
        }
        read_as_any(&text.into_iter().collect::<String>());
    }
    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        read_as_any(&text);
    }
    #[test]
    fn bytes_in_a_frame_are_unpacked_no_further_than_they_may_and_read_or_refused(
        which in any::<prop::sample::Index>(),
        edits in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        cut in proptest::option::of(any::<prop::sample::Index>()),
        most in 0..2000_usize,
        noise in proptest::option::weighted(0.2, proptest::collection::vec(any::<u8>(), 0..400)),
    ) {
        let all = [feed(), access(), carried(), office()].concat();
        let whole = pack(which.get::<String>(&all)).unwrap();
        let mut bytes = noise.unwrap_or(whole);
        for (at, byte) in edits.iter().filter(|_| !bytes.is_empty()).collect::<Vec<_>>() {
            *at.get_mut(&mut bytes) = *byte;
        }
        bytes.truncate(cut.map_or(bytes.len(), |cut| cut.index(bytes.len() + 1)));
        if let Ok(text) = unpack(&bytes, most) {
            prop_assert!(text.len() <= most);
            prop_assert!(text.capacity() <= 2 * most + 64, "{} bytes are held for {most}", text.capacity());
            read_as_any(&text);
        }
    }
}
