//! A PC without a screen: writes, sends, takes in, and looks at everything it is given.
use crate::stage::fresh;
use domain::{
    Basis, Client, Entity, Id, Line,
    change::{Act, Change, Device, Op, SCHEMA, User, creation},
    feed::{Denied, Manifest, Page, Position, Pull, Pulled, Push, Pushed, Sent, Stream},
    merge::Verdict,
};
use net::place::Coins;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use sync::{
    http::Https,
    hub::{Hub, Trouble},
};

/// The PC, and what it counts.
pub(crate) struct Pc {
    http: Arc<Https<Coins>>,
    pub(crate) client: Id<Client>,
    user: Id<User>,
    stream: Stream,
    key: [u8; 32],
    number: i64,
    before: Option<Id<Op>>,
    /// What it has made and not sent.
    made: Vec<Sent>,
    pub(crate) at: Position,
    /// Entries of another client than its own.
    pub(crate) foreign: usize,
    /// Entries out of order, or that do not follow the one before.
    pub(crate) strange: usize,
    /// Times it was told to come later.
    pub(crate) later: usize,
}

impl Pc {
    pub(crate) async fn new(http: Https<Coins>, device: Id<Device>, client: Id<Client>, user: Id<User>) -> Pc {
        let manifest: Manifest = serde_json::from_str(&http.manifest().await.unwrap().text).unwrap();
        let key = manifest.clients.iter().find(|c| c.client == client).unwrap().key;
        let (stream, at) = (Stream { device, incarnation: 1 }, Position::START);
        Pc {
            http: Arc::new(http),
            client,
            user,
            stream,
            key,
            number: 0,
            before: None,
            made: vec![],
            at,
            foreign: 0,
            strange: 0,
            later: 0,
        }
    }
    /// New lines, as a person makes them; which come next in its stream.
    pub(crate) fn writes(&self, count: usize) -> Vec<Sent> {
        (1..).take(count).map(|n| self.change(self.number + n)).collect()
    }
    /// Makes a row, to be sent with others.
    pub(crate) fn makes<E: Entity>(&mut self, row: &E) {
        let op = self.made.last().map_or_else(fresh, |last| last.change.op.following());
        let number = self.number + self.made.len() as i64 + 1;
        self.made.push(self.creates(number, op, row));
    }
    /// Sends what it has made, so many at a time; what is fewer waits for more.
    pub(crate) async fn sends_rest(&mut self, batch: usize, least: usize) {
        while !self.made.is_empty() && self.made.len() >= least {
            let rest = self.made.split_off(batch.min(self.made.len()));
            let changes = std::mem::replace(&mut self.made, rest);
            self.sends(changes).await.unwrap();
        }
    }
    fn change(&self, dev_seq: i64) -> Sent {
        let code = format!("L{dev_seq}");
        let (name, basis, blank) = (code.clone(), Basis::Labour, Line::blank(self.client, fresh()));
        self.creates(dev_seq, fresh(), &Line { code, name, basis, active: true, ..blank })
    }
    fn creates<E: Entity>(&self, dev_seq: i64, op: Id<Op>, row: &E) -> Sent {
        let change = Change {
            op,
            client: self.client,
            device: self.stream.device,
            incarnation: self.stream.incarnation,
            dev_seq,
            kind: E::NUMBER,
            record: row.id().bytes(),
            act: Act::Create,
            patch: creation::<E>(&row.values()),
            base: "{}".into(),
            user: self.user,
            at: 0,
            reason: None,
            schema: SCHEMA,
        };
        Sent::new(change, [0; 32])
    }
    /// Sends changes until they are taken; how long the last try took.
    pub(crate) async fn sends(&mut self, changes: Vec<Sent>) -> Result<Duration, Trouble> {
        let (client, stream, before, at) = (self.client, self.stream, self.before, self.at);
        let push = Push { client, stream, first: self.number + 1, before, at, changes };
        loop {
            let from = Instant::now();
            let answer = self.http.push(&push).await;
            let took = from.elapsed();
            match self.again(answer).await? {
                None => {}
                Some(Pushed::Verdicts(all)) => {
                    assert_eq!(all.iter().find(|v| v.1 != Verdict::Applied), None);
                    self.number += push.changes.len() as i64;
                    self.before = push.changes.last().map(|s| s.change.op);
                    return Ok(took);
                }
                Some(other) => panic!("not taken: {other:?}"),
            }
        }
    }
    /// The next page; how long it took, and whether it was the last.
    pub(crate) async fn takes(&mut self, limit: usize) -> Result<(Duration, usize, bool), Trouble> {
        loop {
            let pull = Pull { client: self.client, at: self.at, limit };
            let from = Instant::now();
            let answer = self.http.pull(pull).await;
            let took = from.elapsed();
            match self.again(answer).await? {
                None => {}
                Some(Pulled::Page(page)) => {
                    self.looks(&page);
                    return Ok((took, page.entries.len(), page.caught_up));
                }
                Some(other) => panic!("no page: {other:?}"),
            }
        }
    }
    fn looks(&mut self, page: &Page) {
        self.foreign += usize::from(page.client != self.client);
        for entry in &page.entries {
            self.foreign += usize::from(entry.sent.change.client != self.client);
            self.strange += usize::from(entry.seq != self.at.seq + 1);
            self.at = Position { seq: entry.seq, chain: entry.link(&self.key, &self.at.chain) };
        }
        self.strange += usize::from(page.end != self.at.chain);
    }
    /// Waits at the hub, again and again, until there is more than it has; where the hub has told so, what it waited for.
    pub(crate) fn waits(&self) -> impl Future<Output = ()> + use<> {
        let (http, heads) = (self.http.clone(), vec![(self.client, self.at.seq)]);
        async move {
            loop {
                match http.news(heads.clone()).await {
                    Ok(news) if news.is_empty() => {}
                    Ok(_) => return,
                    Err(Trouble::Busy(wait)) => tokio::time::sleep(wait).await,
                    Err(Trouble::Denied(Denied::Token)) => http.renew().await.unwrap(),
                    Err(_) => return,
                }
            }
        }
    }
    /// Asks who may do what.
    pub(crate) async fn asks(&self) -> Result<(), Trouble> {
        self.http.manifest().await.map(drop)
    }
    /// Waits where it is told to, and takes the next token where one ran out.
    async fn again<T>(&mut self, answer: Result<T, Trouble>) -> Result<Option<T>, Trouble> {
        match answer {
            Ok(answer) => Ok(Some(answer)),
            Err(Trouble::Busy(wait)) => {
                self.later += 1;
                tokio::time::sleep(wait.mul_f64(0.5 + fastrand::f64())).await;
                Ok(None)
            }
            Err(Trouble::Denied(Denied::Token)) => self.http.renew().await.map(|()| None),
            Err(other) => Err(other),
        }
    }
}
