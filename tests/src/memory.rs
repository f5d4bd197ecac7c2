//! A hub in memory: the product's own core over lists.
use domain::{
    Client, Id, Role,
    change::{Act, Device, Op, User},
    feed::{
        Catalogue, Claim, Entry, Offered, Position, Pull, Pulled, Push, Pushed, Record, Returned, Rules, Sent, Stream,
    },
    merge::{Folded, Verdict, Why},
};
use ed25519_dalek::{Signer, SigningKey};
use hub::core::{self, Head, Ledger, Terms};
use std::{collections::BTreeMap, convert::Infallible};

/// The key of the client's chain.
pub const KEY: [u8; 32] = [9; 32];

/// The hub's own key pair.
pub fn hub_key() -> SigningKey {
    SigningKey::from_bytes(&[5; 32])
}

/// One client at the hub.
#[derive(Clone, Default)]
pub struct Memory {
    /// Its order, with the chain at each entry.
    pub entries: Vec<(Entry, [u8; 32])>,
    /// The rows as the order makes them.
    pub rows: BTreeMap<Record, Folded>,
    /// What was decided of each change.
    pub known: BTreeMap<Id<Op>, Verdict>,
    /// What was refused, word for word.
    pub refused: BTreeMap<Id<Op>, Sent>,
    /// What was written without a right to the client.
    pub quarantine: Vec<Sent>,
    /// The changes of each stream, in their order.
    pub streams: BTreeMap<Stream, Vec<Id<Op>>>,
    /// Who may do what.
    pub people: BTreeMap<Id<User>, Role>,
    /// Which life of the hub.
    pub epoch: i64,
    /// How far its newest backup reaches.
    pub durable: i64,
    /// Returned entries that a signature of the hub's vouched for.
    pub vouched: usize,
    /// The client.
    pub client: Option<Id<Client>>,
    /// Its clock.
    pub now: i64,
}

impl Memory {
    /// An empty hub.
    pub fn new(client: Id<Client>) -> Self {
        Memory { client: Some(client), epoch: 1, now: 1_750_000_000_000, ..Memory::default() }
    }
    fn terms(&mut self) -> Terms {
        self.now += 1;
        Terms { locked: false, epoch: self.epoch, now: self.now, key: KEY }
    }
    /// Takes what a PC brings.
    pub fn push(&mut self, push: Push) -> Pushed {
        let (terms, push) = (self.terms(), Push::of_text(&push.text()).unwrap());
        core::push(self, &terms, &Catalogue, push).unwrap()
    }
    /// What comes next for a PC.
    pub fn pull(&mut self, device: Id<Device>, pull: &Pull) -> Pulled {
        let terms = self.terms();
        let mut pulled = core::pull(self, &terms, device, pull).unwrap();
        if let Pulled::Page(page) = &mut pulled
            && page.caught_up
        {
            let end = page.from.seq + page.entries.len() as i64;
            page.signature = Some(signed(Position { seq: end, chain: page.end }, page.client));
        }
        pulled
    }
    /// The last place that PC and hub have both.
    pub fn agree(&self, places: &[Position]) -> Position {
        core::agree(self, places).unwrap()
    }
    /// Takes back what a restored hub lacks.
    pub fn offer(&mut self, device: Id<Device>, mut entries: Vec<Returned>) -> Offered {
        let (terms, client) = (self.terms(), self.client.unwrap());
        core::vouch(client, &KEY, &mut entries, &|at, signature| signature == signed(at, client));
        self.vouched += entries.iter().filter(|e| e.vouched).count();
        core::offer(self, &terms, &Catalogue, device, entries).unwrap()
    }
}

/// The hub's signature over a place; ed25519 gives the same for the same.
fn signed(at: Position, client: Id<Client>) -> String {
    let bytes = hub_key().sign(&at.said(client)).to_bytes();
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

impl Ledger for Memory {
    type Error = Infallible;
    fn client(&self) -> Id<Client> {
        self.client.unwrap()
    }
    fn head(&self) -> Result<Head, Infallible> {
        let last = self.entries.last();
        Ok(last.map_or(Head::START, |(e, chain)| Head { seq: e.seq, chain: *chain, received_at: e.received_at }))
    }
    fn chain(&self, seq: i64) -> Result<Option<[u8; 32]>, Infallible> {
        let at = usize::try_from(seq).unwrap();
        Ok(if at == 0 { Some([0; 32]) } else { self.entries.get(at - 1).map(|e| e.1) })
    }
    fn entries(&self, after: i64, limit: usize) -> Result<Vec<Entry>, Infallible> {
        Ok(self.entries.iter().skip(usize::try_from(after).unwrap()).take(limit).map(|e| e.0.clone()).collect())
    }
    fn verdict(&self, op: Id<Op>) -> Result<Option<Verdict>, Infallible> {
        Ok(self.known.get(&op).copied())
    }
    fn row(&self, record: Record) -> Result<Option<Folded>, Infallible> {
        Ok(self.rows.get(&record).cloned())
    }
    fn has(&self, record: Record) -> Result<bool, Infallible> {
        Ok(self.rows.contains_key(&record))
    }
    fn taken(&self, claim: &Claim, but: Record) -> Result<bool, Infallible> {
        let others = self.rows.iter().filter(|(record, _)| **record != but);
        Ok(others.filter_map(|(record, row)| Catalogue.claim(*record, row)).any(|other| claim.meets(&other)))
    }
    fn refused_creation(&self, record: Record) -> Result<Option<Why>, Infallible> {
        let made = self.refused.values().find(|s| s.record() == record && s.change.act == Act::Create);
        Ok(made.and_then(|s| match self.known.get(&s.change.op) {
            Some(Verdict::Rejected(why)) => Some(*why),
            _ => None,
        }))
    }
    fn last(&self, stream: Stream) -> Result<i64, Infallible> {
        Ok(self.streams.get(&stream).map_or(0, |s| s.len() as i64))
    }
    fn numbered(&self, stream: Stream, number: i64) -> Result<Option<Id<Op>>, Infallible> {
        let at = usize::try_from(number - 1).ok();
        Ok(at.and_then(|i| self.streams.get(&stream)?.get(i).copied()))
    }
    fn people(&self, _: Id<Device>) -> Result<Vec<(Id<User>, Role)>, Infallible> {
        Ok(self.people.iter().map(|(u, r)| (*u, *r)).collect())
    }
    fn role(&self, user: Id<User>) -> Result<Option<Role>, Infallible> {
        Ok(self.people.get(&user).copied())
    }
    fn generation(&self, _: Id<Device>) -> Result<i64, Infallible> {
        Ok(1)
    }
    fn durable(&self) -> Result<i64, Infallible> {
        Ok(self.durable)
    }
    fn keeps_parting(&self, _: [u8; 16]) -> Result<bool, Infallible> {
        Ok(false)
    }
    fn append(&mut self, entry: Entry, chain: [u8; 32], row: Folded) -> Result<(), Infallible> {
        self.rows.insert(entry.sent.record(), row);
        self.entries.push((entry, chain));
        Ok(())
    }
    fn judge(&mut self, op: Id<Op>, verdict: Verdict) -> Result<(), Infallible> {
        self.known.insert(op, verdict);
        Ok(())
    }
    fn keep_refused(&mut self, sent: &Sent) -> Result<(), Infallible> {
        self.refused.insert(sent.change.op, sent.clone());
        Ok(())
    }
    fn quarantine(&mut self, sent: &Sent) -> Result<(), Infallible> {
        self.quarantine.push(sent.clone());
        Ok(())
    }
    fn redact(&mut self, record: Record, redact: &dyn Fn(&mut Sent) -> bool) -> Result<(), Infallible> {
        let entries = self.entries.iter_mut().map(|e| &mut e.0.sent);
        let kept = entries.chain(self.refused.values_mut()).chain(&mut self.quarantine);
        kept.filter(|sent| sent.record() == record).for_each(|sent| {
            redact(sent);
        });
        Ok(())
    }
    fn number(&mut self, stream: Stream, _: i64, op: Id<Op>) -> Result<(), Infallible> {
        self.streams.entry(stream).or_default().push(op);
        Ok(())
    }
    fn keep_parting(&mut self, _: [u8; 16]) -> Result<(), Infallible> {
        Ok(())
    }
}
