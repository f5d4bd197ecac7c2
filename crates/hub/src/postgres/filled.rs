//! What one transaction read for the core, and what the core made of it.
use crate::Error;
use crate::{
    core::{Head, Ledger},
    logged::{creates, text},
};
use domain::{
    Client, Id, Role,
    change::{Device, Op, User},
    feed::{Catalogue, Claim, Entry, Record, Rules, Sent, Stream},
    merge::{Folded, Verdict, Why},
};
use std::collections::{BTreeMap, BTreeSet};

/// An answer where it was read; it is a fault of this program to ask for what was not.
fn asked<K: Ord, V: Clone>(of: &BTreeMap<K, V>, key: &K, what: &'static str) -> Result<V, Error> {
    of.get(key).cloned().ok_or(Error::Unfilled(what))
}

/// One client's part of the hub, as far as one request concerns it.
#[derive(Default)]
pub(super) struct Filled {
    pub(super) client: Option<Id<Client>>,
    pub(super) head: Option<Head>,
    pub(super) durable: i64,
    pub(super) people: Vec<(Id<User>, Role)>,
    pub(super) generation: i64,
    pub(super) chains: BTreeMap<i64, Option<[u8; 32]>>,
    pub(super) entries: Vec<Entry>,
    pub(super) verdicts: BTreeMap<Id<Op>, Option<Verdict>>,
    pub(super) grounds: Grounds,
    pub(super) last: BTreeMap<Stream, i64>,
    pub(super) numbers: BTreeMap<(Stream, i64), Option<Id<Op>>>,
    pub(super) partings: BTreeMap<[u8; 16], bool>,
    pub(super) made: Made,
}

/// What changes are judged on.
#[derive(Default)]
pub(super) struct Grounds {
    pub(super) rows: BTreeMap<Record, Option<Folded>>,
    /// Which rows were ever made; of those only pointed to, nothing more is read.
    pub(super) there: BTreeMap<Record, bool>,
    pub(super) refused: BTreeMap<Record, Option<Why>>,
    /// What rows take of what these changes may take.
    pub(super) claims: BTreeMap<Record, Claim>,
    pub(super) roles: BTreeMap<Id<User>, Option<Role>>,
    /// The texts that are kept of rows of which something is to be erased.
    pub(super) texts: Vec<String>,
}

/// What is to be written.
#[derive(Default)]
pub(super) struct Made {
    pub(super) entries: Vec<(Entry, [u8; 32])>,
    pub(super) touched: BTreeSet<Record>,
    pub(super) verdicts: Vec<(Id<Op>, Verdict)>,
    pub(super) refused: Vec<Sent>,
    pub(super) quarantined: Vec<Sent>,
    pub(super) numbers: Vec<(Stream, i64, Id<Op>)>,
    pub(super) partings: Vec<[u8; 16]>,
    /// Texts that give way to others.
    pub(super) redacted: Vec<(String, String)>,
}

impl Ledger for Filled {
    type Error = Error;
    fn client(&self) -> Id<Client> {
        self.client.unwrap_or(Id::from_bytes([0; 16]))
    }
    fn head(&self) -> Result<Head, Error> {
        self.head.ok_or(Error::Unfilled("the head"))
    }
    fn chain(&self, seq: i64) -> Result<Option<[u8; 32]>, Error> {
        match seq {
            0 => Ok(Some([0; 32])),
            _ => asked(&self.chains, &seq, "the chain"),
        }
    }
    fn entries(&self, _: i64, limit: usize) -> Result<Vec<Entry>, Error> {
        Ok(self.entries.iter().take(limit).cloned().collect())
    }
    fn verdict(&self, op: Id<Op>) -> Result<Option<Verdict>, Error> {
        asked(&self.verdicts, &op, "what was decided")
    }
    fn row(&self, record: Record) -> Result<Option<Folded>, Error> {
        asked(&self.grounds.rows, &record, "a row")
    }
    fn has(&self, record: Record) -> Result<bool, Error> {
        asked(&self.grounds.there, &record, "whether a row is there")
    }
    fn taken(&self, claim: &Claim, but: Record) -> Result<bool, Error> {
        Ok(self.grounds.claims.iter().any(|(record, other)| *record != but && claim.meets(other)))
    }
    fn refused_creation(&self, record: Record) -> Result<Option<Why>, Error> {
        asked(&self.grounds.refused, &record, "whether a creation was refused")
    }
    fn last(&self, stream: Stream) -> Result<i64, Error> {
        asked(&self.last, &stream, "the last number")
    }
    fn numbered(&self, stream: Stream, number: i64) -> Result<Option<Id<Op>>, Error> {
        asked(&self.numbers, &(stream, number), "a number")
    }
    fn people(&self, _: Id<Device>) -> Result<Vec<(Id<User>, Role)>, Error> {
        Ok(self.people.clone())
    }
    fn role(&self, user: Id<User>) -> Result<Option<Role>, Error> {
        asked(&self.grounds.roles, &user, "a role")
    }
    fn generation(&self, _: Id<Device>) -> Result<i64, Error> {
        Ok(self.generation)
    }
    fn durable(&self) -> Result<i64, Error> {
        Ok(self.durable)
    }
    fn keeps_parting(&self, parting: [u8; 16]) -> Result<bool, Error> {
        asked(&self.partings, &parting, "a parting")
    }
    fn append(&mut self, entry: Entry, chain: [u8; 32], row: Folded) -> Result<(), Error> {
        let record = entry.sent.record();
        self.head = Some(Head { seq: entry.seq, chain, received_at: entry.received_at });
        match Catalogue.claim(record, &row) {
            Some(claim) => self.grounds.claims.insert(record, claim),
            None => self.grounds.claims.remove(&record),
        };
        self.grounds.rows.insert(record, Some(row));
        self.grounds.there.insert(record, true);
        self.made.touched.insert(record);
        self.made.entries.push((entry, chain));
        Ok(())
    }
    fn judge(&mut self, op: Id<Op>, verdict: Verdict) -> Result<(), Error> {
        self.verdicts.insert(op, Some(verdict));
        self.made.verdicts.push((op, verdict));
        let Verdict::Rejected(why) = verdict else { return Ok(()) };
        let creation = self.made.refused.last().filter(|s| s.change.op == op && creates(s));
        if let Some(sent) = creation {
            self.grounds.refused.insert(sent.record(), Some(why));
        }
        Ok(())
    }
    fn keep_refused(&mut self, sent: &Sent) -> Result<(), Error> {
        self.made.refused.push(sent.clone());
        Ok(())
    }
    fn quarantine(&mut self, sent: &Sent) -> Result<(), Error> {
        self.made.quarantined.push(sent.clone());
        Ok(())
    }
    fn redact(&mut self, record: Record, redact: &dyn Fn(&mut Sent) -> bool) -> Result<(), Error> {
        let Made { entries, refused, quarantined, redacted, .. } = &mut self.made;
        let made = entries.iter_mut().map(|e| &mut e.0.sent).chain(refused).chain(quarantined);
        made.filter(|sent| sent.record() == record).for_each(|sent| {
            redact(sent);
        });
        for kept in &mut self.grounds.texts {
            let mut sent: Sent = serde_json::from_str(kept).map_err(|_| Error::Damaged("entry"))?;
            if sent.record() == record && redact(&mut sent) {
                let left = text(&sent);
                redacted.push((std::mem::replace(kept, left.clone()), left));
            }
        }
        Ok(())
    }
    fn number(&mut self, stream: Stream, number: i64, op: Id<Op>) -> Result<(), Error> {
        self.last.insert(stream, number);
        self.numbers.insert((stream, number), Some(op));
        self.made.numbers.push((stream, number, op));
        Ok(())
    }
    fn keep_parting(&mut self, parting: [u8; 16]) -> Result<(), Error> {
        self.made.partings.push(parting);
        Ok(())
    }
}
