//! A small plant for the tests: two clients, a hub, PCs with people.
use crate::ground::{Ground, Hub};
use domain::{
    Basis, Client, Entity, Id, Line, Role,
    change::{Act, Change, Device, Op, SCHEMA, User, creation},
    feed::{Entry, Manifest, Page, Position, Pull, Pulled, Push, Pushed, Sent, Stream},
    merge::Verdict,
};
use hub::{Person, clock::Clock, desk::Desk};
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

/// When the tests begin.
pub(crate) const BEGIN: i64 = 1_790_000_000_000;

/// An id nobody has yet.
pub(crate) fn fresh<E>() -> Id<E> {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let mut random = [7; 10];
    random[2..].copy_from_slice(&NEXT.fetch_add(1, Ordering::SeqCst).to_be_bytes());
    Id::at(BEGIN, random)
}

/// Everything a test stands on.
pub(crate) struct Plant {
    pub(crate) ground: Ground,
    pub(crate) clock: Clock,
    pub(crate) hub: Arc<Hub>,
    /// Two clients; the first is the one mostly worked for.
    pub(crate) clients: [Id<Client>; 2],
    pub(crate) keys: BTreeMap<Id<Client>, [u8; 32]>,
}

impl Plant {
    pub(crate) async fn new() -> Plant {
        let clock = Clock::fixed(BEGIN);
        let ground = Ground::new(&clock).await;
        Plant::on(ground, clock).await
    }
    pub(crate) async fn on(ground: Ground, clock: Clock) -> Plant {
        let hub = Arc::new(ground.hub(&clock).await);
        let clients = [fresh(), fresh()];
        let mut keys = BTreeMap::new();
        for (client, name) in clients.into_iter().zip(["ours", "theirs"]) {
            hub.add_client(client, name).await.unwrap();
            keys.insert(client, ground.key(client).await);
        }
        Plant { ground, clock, hub, clients, keys }
    }
    /// How many rows a question finds, past every wall.
    pub(crate) async fn count(&self, from: &str) -> i64 {
        self.ground.count(from).await
    }
    /// The plant as a backup brings it back.
    pub(crate) async fn brought_back(&self, backup: &[u8]) -> Plant {
        let ground = self.ground.brought_back(backup).await;
        let (hub, clock) = (Arc::new(ground.hub(&self.clock).await), self.clock.clone());
        Plant { ground, clock, hub, clients: self.clients, keys: self.keys.clone() }
    }
    /// A person with a role who may see these clients.
    pub(crate) async fn person(&self, role: Role, clients: &[Id<Client>]) -> Id<User> {
        let user = fresh();
        self.hub.keep_person(&person(user, role)).await.unwrap();
        for client in clients {
            self.hub.grant(user, *client).await.unwrap();
        }
        user
    }
    /// A PC at which these people work.
    pub(crate) async fn device(&self, people: &[Id<User>]) -> Id<Device> {
        let device: Id<Device> = fresh();
        self.ground.device(device).await;
        for user in people {
            self.hub.assign(*user, device).await.unwrap();
        }
        device
    }
    /// A PC with one person, for the first client.
    pub(crate) async fn pc(&self, role: Role) -> Pc {
        let user = self.person(role, &self.clients[..1]).await;
        let device = self.device(&[user]).await;
        self.at(device, user, self.clients[0])
    }
    /// What a PC is told of its people.
    pub(crate) async fn manifest(&self, device: Id<Device>) -> Manifest {
        serde_json::from_str(&self.hub.manifest(device).await.unwrap().text).unwrap()
    }
    /// One PC's part of a client.
    pub(crate) fn at(&self, device: Id<Device>, user: Id<User>, client: Id<Client>) -> Pc {
        let stream = Stream { device, incarnation: 1 };
        let key = self.keys[&client];
        Pc { stream, user, client, key, number: 0, before: None, at: Position::START, log: vec![] }
    }
}

/// A person of the name of his id.
pub(crate) fn person(user: Id<User>, role: Role) -> Person {
    let name = user.hex();
    Person { user, login: name.clone(), name, role, active: true, verifier: Some("$argon2id$".into()) }
}

/// One PC's part of a client: what it would keep in its file.
#[derive(Clone)]
pub(crate) struct Pc {
    pub(crate) stream: Stream,
    pub(crate) user: Id<User>,
    pub(crate) client: Id<Client>,
    pub(crate) key: [u8; 32],
    pub(crate) number: i64,
    pub(crate) before: Option<Id<Op>>,
    pub(crate) at: Position,
    pub(crate) log: Vec<Entry>,
}

impl Pc {
    /// A change as this PC's person writes it.
    pub(crate) fn change(&self, kind: u8, record: [u8; 16], act: Act, patch: &str, base: &str) -> Sent {
        let Stream { device, incarnation } = self.stream;
        let change = Change {
            op: fresh(),
            client: self.client,
            device,
            incarnation,
            dev_seq: self.number + 1,
            kind,
            record,
            act,
            patch: patch.into(),
            base: base.into(),
            user: self.user,
            at: BEGIN,
            reason: None,
            schema: SCHEMA,
        };
        Sent::new(change, [0; 32])
    }
    /// A line that nobody made before.
    pub(crate) fn line(&self, code: &str) -> Sent {
        self.line_of(code, fresh(), None)
    }
    pub(crate) fn line_of(&self, code: &str, id: Id<Line>, parent: Option<Id<Line>>) -> Sent {
        let mut line = Line::of(self.client, id, blank()).unwrap();
        (line.code, line.name, line.basis) = (code.into(), code.into(), Basis::Labour);
        (line.parent_id, line.active) = (parent, true);
        self.change(Line::NUMBER, id.bytes(), Act::Create, &creation::<Line>(&line.values()), "{}")
    }
    /// A new name for a line, over the value that a change wrote.
    pub(crate) fn rename(&self, made: &Sent, name: &str, seen: Id<Op>) -> Sent {
        let (patch, base) = (format!(r#"{{"name":"{name}"}}"#), format!(r#"{{"name":["{seen}"]}}"#));
        self.change(Line::NUMBER, made.change.record, Act::Patch, &patch, &base)
    }
    /// The push of these changes, as the next ones.
    pub(crate) fn pack(&self, changes: &[Sent]) -> Push {
        let (client, stream, before, at) = (self.client, self.stream, self.before, self.at);
        Push { client, stream, first: self.number + 1, before, at, changes: changes.to_vec() }
    }
    /// Notes that the hub has them.
    pub(crate) fn sent(&mut self, changes: &[Sent]) {
        self.number += changes.len() as i64;
        self.before = changes.last().map(|s| s.change.op).or(self.before);
    }
    /// Brings changes; they must be taken.
    pub(crate) async fn push(&mut self, hub: &Hub, changes: &[Sent]) -> Vec<Verdict> {
        let answer = hub.push(self.stream.device, self.pack(changes)).await.unwrap();
        let Pushed::Verdicts(verdicts) = answer else { panic!("not taken: {answer:?}") };
        self.sent(changes);
        verdicts.into_iter().map(|v| v.1).collect()
    }
    /// Asks for the next page.
    pub(crate) async fn ask(&self, hub: &Hub, limit: usize) -> Pulled {
        let pull = Pull { client: self.client, at: self.at, limit };
        hub.pull(self.stream.device, pull).await.unwrap()
    }
    /// Takes in the next page, checking every link of the chain.
    pub(crate) async fn pull(&mut self, hub: &Hub, limit: usize) -> Page {
        let answer = self.ask(hub, limit).await;
        let Pulled::Page(page) = answer else { panic!("no page: {answer:?}") };
        assert_eq!(page.from, self.at);
        for entry in &page.entries {
            assert_eq!(entry.seq, self.at.seq + 1, "the order has no hole");
            self.at = Position { seq: entry.seq, chain: entry.link(&self.key, &self.at.chain) };
            self.log.push(entry.clone());
        }
        assert_eq!(page.end, self.at.chain);
        page
    }
    /// Takes in all there is.
    pub(crate) async fn catch_up(&mut self, hub: &Hub) -> Page {
        loop {
            let page = self.pull(hub, Page::MOST).await;
            if page.caught_up {
                return page;
            }
        }
    }
}

fn blank() -> Vec<domain::Value> {
    let values: [domain::Value; 5] = [
        domain::Value::Text(String::new()),
        domain::Value::Text(String::new()),
        domain::Value::Text("labour".into()),
        domain::Value::Null,
        domain::Value::Int(1),
    ];
    values.to_vec()
}
