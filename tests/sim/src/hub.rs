//! The hub of the play, in memory: its logs, its grants, its backup.
use crate::{
    fault,
    file::KEY,
    table::Program,
    truth::{Broken, Truth},
};
use domain::{
    Client, Id, Role,
    change::{Act, Device, Op, User},
    feed::{Claim, Entry, Record, Rules, Sent, Stream},
    merge::{Folded, Verdict, Why, apply},
    planted::{
        Bug::{BlobDroppedEarly, GrantOutsideTx, RestoreLowersGrants},
        planted,
    },
};
use hub::core::{Head, Ledger, Terms};
use std::collections::{BTreeMap, BTreeSet};

/// Who may do what with which client.
pub type Grants = BTreeMap<(Id<User>, Id<Client>), Role>;

/// One client at the hub.
#[derive(Clone, Default)]
pub struct Log {
    /// Its entries, each with its chain.
    pub entries: Vec<(Entry, [u8; 32])>,
    /// Its rows.
    pub rows: BTreeMap<Record, Folded>,
    /// What was decided of each change.
    pub known: BTreeMap<Id<Op>, Verdict>,
    /// Bodies of what is in no log.
    pub refused: BTreeMap<Id<Op>, Sent>,
    /// What waits for a person.
    pub quarantine: BTreeMap<Id<Op>, Sent>,
    /// Sealed partings that came.
    pub partings: BTreeSet<[u8; 16]>,
    /// The changes of each stream.
    pub streams: BTreeMap<Stream, Vec<Id<Op>>>,
    ops: BTreeSet<Id<Op>>,
}

impl Log {
    /// The rows as the log makes them.
    pub fn folded(&self) -> BTreeMap<Record, Folded> {
        let mut rows = BTreeMap::new();
        let shape = Program::Newer.play();
        for (entry, _) in &self.entries {
            let Some(write) = entry.sent.read(shape.columns) else { continue };
            let row = apply(rows.remove(&entry.sent.record()), &write, &entry.decided, shape);
            rows.extend(row.map(|r| (entry.sent.record(), r)));
        }
        rows
    }
    /// As a backup brings it back.
    fn restored(&self) -> Log {
        Log { rows: self.folded(), ..self.clone() }
    }
}

/// The hub: every copy of it, and its backup.
pub struct Hub {
    /// Its clients.
    pub logs: BTreeMap<Id<Client>, Log>,
    /// Who may do what.
    pub grants: Grants,
    /// The same, as a request may have read it before its transaction.
    pub stale: Grants,
    /// When each grant last changed.
    pub generations: BTreeMap<(Id<User>, Id<Client>), i64>,
    /// The newest generation.
    pub generation: i64,
    /// Which life.
    pub epoch: i64,
    /// Whether an admin must confirm the grants first.
    pub locked: bool,
    /// The newest checked backup.
    pub backup: Option<(BTreeMap<Id<Client>, Log>, Grants)>,
    /// Who is enrolled where.
    pub enrolled: BTreeMap<Id<Device>, Vec<Id<User>>>,
}

impl Hub {
    /// A hub of these clients.
    pub fn new(clients: &[Id<Client>]) -> Self {
        Hub {
            logs: clients.iter().map(|c| (*c, Log::default())).collect(),
            grants: Grants::new(),
            stale: Grants::new(),
            generations: BTreeMap::new(),
            generation: 0,
            epoch: 1,
            locked: false,
            backup: None,
            enrolled: BTreeMap::new(),
        }
    }
    /// What holds for a request that one copy of the hub answers.
    pub fn terms(&self, now: i64) -> Terms {
        Terms { locked: self.locked, epoch: self.epoch, now, key: KEY }
    }
    /// One client's part, for one transaction.
    pub fn desk<'h>(&'h mut self, client: Id<Client>, truth: &'h mut Truth) -> Desk<'h> {
        let Hub { logs, grants, stale, generations, backup, enrolled, .. } = self;
        Desk { client, log: logs.entry(client).or_default(), grants, stale, generations, backup, enrolled, truth }
    }
    /// Makes a backup and checks it.
    pub fn save(&mut self) {
        self.backup = Some((self.logs.clone(), self.grants.clone()));
    }
    /// Goes back to the backup; silently, as when a machine is copied, or as the book says.
    pub fn restore(&mut self, silently: bool) {
        let Some((logs, grants)) = &self.backup else { return };
        self.logs = logs.iter().map(|(c, l)| (*c, l.restored())).collect();
        if !silently {
            self.epoch += 1;
            self.grants = grants.clone();
            self.locked = !planted(RestoreLowersGrants);
        }
    }
    /// An admin confirms the grants: every generation rises.
    pub fn confirm(&mut self, truth: &Grants) {
        self.grants = truth.clone();
        self.locked = false;
        for generation in self.generations.values_mut() {
            self.generation += 1;
            *generation = self.generation;
        }
    }
    /// Whether somebody of the PC may see the client.
    pub fn readable(&self, users: &[Id<User>], client: Id<Client>) -> bool {
        users.iter().any(|u| self.grants.contains_key(&(*u, client)))
    }
}

/// One client's part of the hub, in one transaction.
pub struct Desk<'h> {
    client: Id<Client>,
    log: &'h mut Log,
    grants: &'h Grants,
    stale: &'h Grants,
    generations: &'h BTreeMap<(Id<User>, Id<Client>), i64>,
    backup: &'h Option<(BTreeMap<Id<Client>, Log>, Grants)>,
    enrolled: &'h BTreeMap<Id<Device>, Vec<Id<User>>>,
    truth: &'h mut Truth,
}

impl Desk<'_> {
    fn users(&self, device: Id<Device>) -> impl Iterator<Item = &Id<User>> {
        self.enrolled.get(&device).into_iter().flatten()
    }
    fn saved(&self) -> Option<&Log> {
        self.backup.as_ref().and_then(|b| b.0.get(&self.client))
    }
}

impl Ledger for Desk<'_> {
    type Error = Broken;
    fn client(&self) -> Id<Client> {
        self.client
    }
    fn head(&self) -> Result<Head, Broken> {
        let last = self.log.entries.last();
        Ok(last.map_or(Head::START, |(e, chain)| Head { seq: e.seq, chain: *chain, received_at: e.received_at }))
    }
    fn chain(&self, seq: i64) -> Result<Option<[u8; 32]>, Broken> {
        let at = usize::try_from(seq).unwrap_or(usize::MAX);
        Ok(if at == 0 { Some([0; 32]) } else { self.log.entries.get(at - 1).map(|e| e.1) })
    }
    fn entries(&self, after: i64, limit: usize) -> Result<Vec<Entry>, Broken> {
        let after = usize::try_from(after).unwrap_or(0);
        Ok(self.log.entries.iter().skip(after).take(limit).map(|e| e.0.clone()).collect())
    }
    fn verdict(&self, op: Id<Op>) -> Result<Option<Verdict>, Broken> {
        Ok(self.log.known.get(&op).copied())
    }
    fn row(&self, record: Record) -> Result<Option<Folded>, Broken> {
        Ok(self.log.rows.get(&record).cloned())
    }
    fn has(&self, record: Record) -> Result<bool, Broken> {
        Ok(self.log.rows.contains_key(&record))
    }
    fn taken(&self, claim: &Claim, but: Record) -> Result<bool, Broken> {
        let others = self.log.rows.iter().filter(|(record, _)| **record != but);
        Ok(others.filter_map(|(record, row)| Program::Newer.claim(*record, row)).any(|other| claim.meets(&other)))
    }
    fn refused_creation(&self, record: Record) -> Result<Option<Why>, Broken> {
        let creations = self.log.refused.values().filter(|s| s.record() == record && s.change.act == Act::Create);
        let mut why = creations.filter_map(|s| match self.log.known.get(&s.change.op) {
            Some(Verdict::Rejected(why)) => Some(*why),
            _ => None,
        });
        Ok(why.next_back())
    }
    fn last(&self, stream: Stream) -> Result<i64, Broken> {
        Ok(self.log.streams.get(&stream).map_or(0, |s| s.len() as i64))
    }
    fn numbered(&self, stream: Stream, number: i64) -> Result<Option<Id<Op>>, Broken> {
        let at = usize::try_from(number - 1).ok();
        Ok(at.and_then(|i| self.log.streams.get(&stream)?.get(i).copied()))
    }
    fn people(&self, device: Id<Device>) -> Result<Vec<(Id<User>, Role)>, Broken> {
        Ok(self.users(device).filter_map(|u| Some((*u, *self.grants.get(&(*u, self.client))?))).collect())
    }
    fn role(&self, user: Id<User>) -> Result<Option<Role>, Broken> {
        let read = if planted(GrantOutsideTx) { self.stale } else { self.grants };
        Ok(read.get(&(user, self.client)).copied())
    }
    fn generation(&self, device: Id<Device>) -> Result<i64, Broken> {
        let of = |u: &Id<User>| self.generations.get(&(*u, self.client)).copied();
        Ok(self.users(device).filter_map(of).max().unwrap_or(0))
    }
    fn durable(&self) -> Result<i64, Broken> {
        Ok(self.saved().map_or(0, |l| l.entries.len() as i64))
    }
    fn keeps_parting(&self, parting: [u8; 16]) -> Result<bool, Broken> {
        Ok(planted(BlobDroppedEarly) || self.saved().is_some_and(|l| l.partings.contains(&parting)))
    }
    fn append(&mut self, entry: Entry, chain: [u8; 32], row: Folded) -> Result<(), Broken> {
        let record = entry.sent.record();
        self.truth.watch(&entry, self.log.rows.get(&record), &row, &self.log.ops)?;
        fault::numbered(&entry);
        self.log.ops.insert(entry.op());
        self.log.entries.push((entry, chain));
        self.log.rows.insert(record, row);
        Ok(())
    }
    fn judge(&mut self, op: Id<Op>, verdict: Verdict) -> Result<(), Broken> {
        self.log.known.insert(op, verdict);
        Ok(())
    }
    fn keep_refused(&mut self, sent: &Sent) -> Result<(), Broken> {
        self.log.refused.insert(sent.change.op, sent.clone());
        Ok(())
    }
    fn quarantine(&mut self, sent: &Sent) -> Result<(), Broken> {
        self.log.quarantine.insert(sent.change.op, sent.clone());
        Ok(())
    }
    fn redact(&mut self, record: Record, redact: &dyn Fn(&mut Sent) -> bool) -> Result<(), Broken> {
        let Log { entries, refused, quarantine, .. } = &mut *self.log;
        let kept = entries.iter_mut().map(|e| &mut e.0.sent).chain(refused.values_mut()).chain(quarantine.values_mut());
        kept.filter(|sent| sent.record() == record).for_each(|sent| {
            redact(sent);
        });
        Ok(())
    }
    fn number(&mut self, stream: Stream, _: i64, op: Id<Op>) -> Result<(), Broken> {
        self.log.streams.entry(stream).or_default().push(op);
        Ok(())
    }
    fn keep_parting(&mut self, parting: [u8; 16]) -> Result<(), Broken> {
        self.log.partings.insert(parting);
        Ok(())
    }
}
