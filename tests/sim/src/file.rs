//! One client's part of a PC's file, in memory.
use crate::{table::Program, truth::Broken};
use domain::{
    Id, Role,
    change::{Op, User},
    feed::{Entry, Position, Record, Sent},
    merge::{Folded, Why, mark},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};
use sync::device::{Cut, Outgoing, Part, Standing, State};

/// The key of every chain in the play.
pub const KEY: [u8; 32] = [7; 32];

/// Numbers that are given once in a play.
pub type Fresh = Arc<AtomicU32>;

/// One client's part of a PC's file.
#[derive(Clone)]
pub struct File {
    /// What is kept beside rows and log.
    pub state: State,
    /// The log, each entry with its chain.
    pub log: Vec<(Entry, [u8; 32])>,
    /// Rows as the hub's order makes them.
    pub rows: BTreeMap<Record, Folded>,
    /// Rows on the screen.
    pub view: BTreeMap<Record, Folded>,
    /// One's own changes that have not come back.
    pub outgoing: Vec<Outgoing>,
    /// What was refused.
    pub refused: BTreeMap<Id<Op>, Sent>,
    /// What a rewind has cut off.
    pub cut: Vec<Cut>,
    /// Every change this file wrote.
    pub wrote: BTreeSet<Id<Op>>,
    /// Who may do what.
    pub roles: BTreeMap<Id<User>, Role>,
    /// The change of each number of this life.
    pub numbers: BTreeMap<i64, Id<Op>>,
    /// The hub's signatures over places.
    pub signed: BTreeMap<(i64, [u8; 32]), String>,
    /// What was put on the screen since the state was kept, in order, and how long the log was then.
    pub shown: Vec<(Record, usize)>,
    /// Sealed just now, to be put beside the file.
    pub sealed: Vec<Vec<Sent>>,
    fresh: Fresh,
}

impl File {
    /// A client of which nothing is known.
    pub fn new(fresh: Fresh, standing: Standing, generation: i64) -> Self {
        let incarnation = next(&fresh);
        File {
            state: State::new(standing, generation, incarnation),
            log: vec![],
            rows: BTreeMap::new(),
            view: BTreeMap::new(),
            outgoing: vec![],
            refused: BTreeMap::new(),
            cut: vec![],
            wrote: BTreeSet::new(),
            roles: BTreeMap::new(),
            numbers: BTreeMap::new(),
            signed: BTreeMap::new(),
            shown: vec![],
            sealed: vec![],
            fresh,
        }
    }
    /// Every change in the file, whatever became of it.
    pub fn ops(&self) -> BTreeSet<Id<Op>> {
        let outgoing = self.outgoing.iter().map(|o| o.sent.change.op);
        let cut = self.cut.iter().map(|c| c.entry.op());
        outgoing.chain(self.refused.keys().copied()).chain(cut).chain(self.log.iter().map(|e| e.0.op())).collect()
    }
    /// Writes one's own change: it is on the list before it is on the screen.
    pub fn write(&mut self, sent: Sent) {
        let (op, number) = (sent.change.op, self.state.next);
        self.numbers.insert(number, op);
        self.wrote.insert(op);
        self.state.next += 1;
        self.outgoing.push(Outgoing { number, sent, acknowledged: false });
    }
    /// Every record that anything is known of.
    pub fn records(&self) -> BTreeSet<Record> {
        let log = self.log.iter().map(|e| e.0.sent.record());
        log.chain(self.outgoing.iter().map(|o| o.sent.record())).chain(self.view.keys().copied()).collect()
    }
}

/// The next number of the play.
pub fn next(fresh: &AtomicU32) -> u32 {
    fresh.fetch_add(1, Ordering::Relaxed) + 1
}

impl Part for File {
    type Error = Broken;
    fn state(&self) -> Result<State, Broken> {
        Ok(self.state.clone())
    }
    fn keep(&mut self, state: &State) -> Result<(), Broken> {
        self.state = state.clone();
        self.shown.clear();
        Ok(())
    }
    fn fresh_incarnation(&mut self) -> Result<u32, Broken> {
        Ok(next(&self.fresh))
    }
    fn key(&self) -> Result<[u8; 32], Broken> {
        Ok(KEY)
    }
    fn keep_key(&mut self, _: [u8; 32]) -> Result<(), Broken> {
        Err(Broken("all chains of the play go by one key".into()))
    }
    fn chain(&self, seq: i64) -> Result<[u8; 32], Broken> {
        // A cursor beyond the log is a planted fault.
        let seq = usize::try_from(seq).unwrap_or(0).min(self.log.len());
        Ok(if seq == 0 { [0; 32] } else { self.log[seq - 1].1 })
    }
    fn entries(&self, after: i64) -> Result<Vec<Entry>, Broken> {
        let after = usize::try_from(after).unwrap_or(0).min(self.log.len());
        Ok(self.log[after..].iter().map(|e| e.0.clone()).collect())
    }
    fn history(&self, record: Record) -> Result<Vec<Entry>, Broken> {
        Ok(self.log.iter().filter(|e| e.0.sent.record() == record).map(|e| e.0.clone()).collect())
    }
    fn wrote(&self, op: Id<Op>) -> Result<bool, Broken> {
        Ok(self.wrote.contains(&op))
    }
    fn append(&mut self, entry: &Entry, chain: [u8; 32]) -> Result<(), Broken> {
        self.log.push((entry.clone(), chain));
        Ok(())
    }
    fn redact(&mut self, erasing: &Entry) -> Result<(), Broken> {
        let (shape, record, mark) = (Program::Newer.play(), erasing.sent.record(), mark(erasing.op()));
        let before = self.log.iter_mut().map(|e| &mut e.0).filter(|e| e.seq < erasing.seq).map(|e| &mut e.sent);
        let kept = before.chain(self.refused.values_mut()).chain(self.cut.iter_mut().map(|c| &mut c.entry.sent));
        kept.filter(|sent| sent.record() == record).for_each(|sent| {
            sent.redact(shape, &mark);
        });
        Ok(())
    }
    fn truncate(&mut self, seq: i64) -> Result<(), Broken> {
        self.log.truncate(usize::try_from(seq).unwrap_or(0));
        Ok(())
    }
    fn confirmed(&self, record: Record) -> Result<Option<Folded>, Broken> {
        Ok(self.rows.get(&record).cloned())
    }
    fn confirm(&mut self, record: Record, row: Option<Folded>) -> Result<(), Broken> {
        put(&mut self.rows, record, row);
        Ok(())
    }
    fn show(&mut self, record: Record, row: Option<Folded>) -> Result<(), Broken> {
        put(&mut self.view, record, row);
        self.shown.push((record, self.log.len()));
        Ok(())
    }
    fn outgoing(&self) -> Result<Vec<Outgoing>, Broken> {
        Ok(self.outgoing.clone())
    }
    fn outgoing_of(&self, record: Record) -> Result<Vec<Sent>, Broken> {
        Ok(self.outgoing.iter().filter(|o| o.sent.record() == record).map(|o| o.sent.clone()).collect())
    }
    fn acknowledge(&mut self, op: Id<Op>) -> Result<(), Broken> {
        self.outgoing.iter_mut().filter(|o| o.sent.change.op == op).for_each(|o| o.acknowledged = true);
        Ok(())
    }
    fn forget_acknowledgements(&mut self) -> Result<(), Broken> {
        self.outgoing.iter_mut().for_each(|o| o.acknowledged = false);
        Ok(())
    }
    fn returned(&mut self, op: Id<Op>) -> Result<Option<Sent>, Broken> {
        let at = self.outgoing.iter().position(|o| o.sent.change.op == op);
        Ok(at.map(|i| self.outgoing.remove(i).sent))
    }
    fn renumber(&mut self) -> Result<i64, Broken> {
        self.outgoing.iter_mut().zip(1..).for_each(|(o, n)| o.number = n);
        self.numbers = self.outgoing.iter().map(|o| (o.number, o.sent.change.op)).collect();
        Ok(self.outgoing.len() as i64 + 1)
    }
    fn numbered(&self, number: i64) -> Result<Option<Id<Op>>, Broken> {
        Ok(self.numbers.get(&number).copied())
    }
    fn refuse(&mut self, sent: Sent, _: Option<Why>) -> Result<(), Broken> {
        self.refused.insert(sent.change.op, sent);
        Ok(())
    }
    fn unrefuse(&mut self, op: Id<Op>) -> Result<(), Broken> {
        self.refused.remove(&op);
        Ok(())
    }
    fn refused(&self) -> Result<Vec<Sent>, Broken> {
        Ok(self.refused.values().cloned().collect())
    }
    fn cut(&self) -> Result<Vec<Cut>, Broken> {
        Ok(self.cut.clone())
    }
    fn keep_cut(&mut self, cut: Vec<Cut>) -> Result<(), Broken> {
        self.cut = cut;
        Ok(())
    }
    fn signature(&self, at: Position) -> Result<Option<String>, Broken> {
        Ok(self.signed.get(&(at.seq, at.chain)).cloned())
    }
    fn keep_signature(&mut self, at: Position, signature: &str, durable: i64) -> Result<(), Broken> {
        self.signed.retain(|place, _| place.0 >= durable);
        self.signed.insert((at.seq, at.chain), signature.into());
        Ok(())
    }
    fn keep_roles(&mut self, roles: &[(Id<User>, Role)]) -> Result<(), Broken> {
        self.roles = roles.iter().copied().collect();
        Ok(())
    }
    fn seal(&mut self, changes: Vec<Sent>) -> Result<(), Broken> {
        self.sealed.push(changes);
        Ok(())
    }
    fn wipe(&mut self, left: &State) -> Result<bool, Broken> {
        // In two pieces: whatever happens between them happens to half a client.
        if !self.log.is_empty() {
            self.log.clear();
            return Ok(false);
        }
        let (fresh, sealed) = (self.fresh.clone(), std::mem::take(&mut self.sealed));
        *self = File { state: left.clone(), sealed, ..File::new(fresh, left.standing, left.generation) };
        Ok(true)
    }
}

fn put(rows: &mut BTreeMap<Record, Folded>, record: Record, row: Option<Folded>) {
    match row {
        Some(row) => rows.insert(record, row),
        None => rows.remove(&record),
    };
}
