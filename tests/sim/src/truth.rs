//! What the play knows and nobody in it: it sees everything and changes nothing.
use crate::table::{Program, is_decision, is_reviewed, keeps_total};
use domain::{
    Client, Id, Role,
    change::{Act, Device, Op, User},
    feed::{Entry, Record, Sent},
    merge::{Fate, Folded, Place, Verdict, Write, name},
};
use std::collections::{BTreeMap, BTreeSet};

/// A promise that was broken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Broken(pub String);

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
impl std::error::Error for Broken {}

/// The promise must hold.
pub fn need(holds: bool, what: &str) -> Result<(), Broken> {
    if holds { Ok(()) } else { Err(Broken(what.into())) }
}

/// Whose hand wrote: a PC, in one life of its file.
pub type Hand = (usize, u32);

/// What the play knows of the changes written, and of who may do what.
#[derive(Default)]
pub struct Truth {
    /// Who really may do what.
    pub grants: BTreeMap<(Id<User>, Id<Client>), Role>,
    /// Which PC ever had somebody who may see the client.
    pub ever: BTreeSet<(Id<Device>, Id<Client>)>,
    /// Every change written, and whose hand it was.
    pub ops: BTreeMap<Id<Op>, (Sent, Hand)>,
    /// The changes its author had seen under a column, straight or through others.
    pub seen: BTreeMap<Id<Op>, BTreeMap<String, BTreeSet<Id<Op>>>>,
    /// Good and scrap as somebody entered them together.
    pub pairs: BTreeSet<(Record, Option<i64>, Option<i64>)>,
    /// What must be somewhere.
    pub obliged: BTreeSet<Id<Op>>,
    /// The decision that stands on a column.
    pub decided: BTreeMap<(Record, String), Id<Op>>,
    /// The generation at which a PC forgot a client.
    pub purged: BTreeMap<(usize, Id<Client>), i64>,
    /// Sent to an earlier life of the hub: may be judged too early.
    pub late: BTreeSet<Id<Op>>,
    /// What a file held when a rewind came.
    pub held: BTreeMap<(usize, u32, Id<Client>), BTreeSet<Id<Op>>>,
    /// Entries being returned: their rights were asked long ago.
    pub returning: bool,
}

impl Truth {
    /// Notes a change as it is written, and what its author saw.
    pub fn saw(&mut self, sent: &Sent, hand: Hand, row: Option<&Folded>, undoes: Option<Id<Op>>, program: Program) {
        let op = sent.change.op;
        let columns = program.play().columns;
        let mut mine = BTreeMap::new();
        for (at, _) in sent.read(columns).map(|w| w.patch).unwrap_or_default() {
            let column = name(columns, &at).to_string();
            let shown = undoes.or_else(|| row.and_then(|r| r.version(&at)));
            let mut all: BTreeSet<Id<Op>> = shown.into_iter().collect();
            let before = shown.and_then(|s| self.seen.get(&s)?.get(&column).cloned());
            all.extend(before.unwrap_or_default());
            mine.insert(column, all);
        }
        self.seen.insert(op, mine);
        self.ops.insert(op, (sent.clone(), hand));
        self.obliged.insert(op);
    }
    fn hand(&self, op: Id<Op>) -> Option<Hand> {
        self.ops.get(&op).map(|o| o.1)
    }
    fn has_seen(&self, op: Id<Op>, column: &str, other: Id<Op>) -> bool {
        self.seen.get(&op).and_then(|s| s.get(column)).is_some_and(|s| s.contains(&other))
    }
    /// Watches the hub take an entry into its log.
    pub fn watch(
        &mut self,
        entry: &Entry,
        before: Option<&Folded>,
        after: &Folded,
        in_log: &BTreeSet<Id<Op>>,
    ) -> Result<(), Broken> {
        let columns = Program::Newer.play().columns;
        let Some(write) = entry.sent.read(columns) else { return Err(Broken("READ: an entry cannot be read".into())) };
        self.authorized(entry, &write)?;
        if let Some(row) = before {
            need(!row.gone || write.act == Act::Restore || after.gone, "I8: resurrection")?;
            self.watch_removal(&write, row, after)?;
            for (i, (at, value)) in write.patch.iter().enumerate() {
                if row.value(at) != value && *entry.decided.fates.get(i).unwrap_or(&Fate::Set) == Fate::Set {
                    self.watch_set(&write, row, at, in_log)?;
                }
            }
            let waits =
                write.patch.iter().enumerate().filter(|(i, _)| entry.decided.fates.get(*i) == Some(&Fate::Wait));
            let waits: Vec<_> = waits.map(|(_, p)| p).collect();
            let differs = waits.is_empty() || waits.iter().any(|(at, v)| row.value(at) != v);
            need(differs, "CF: equal values were put to review")?;
            if write.act == Act::Patch && !write.erases {
                let closed = row.conflicts.iter().filter(|c| !after.conflicts.contains(c));
                let named = closed.into_iter().all(|c| write.closes.contains(&c.op));
                need(named, "CF: a decision closed a conflict that nobody looked at")?;
            }
        }
        if !write.closes.is_empty() && entry.decided.verdict != Verdict::Conflict {
            let places = write.patch.iter().map(|(at, _)| (entry.sent.record(), name(columns, at).to_string()));
            self.decided.extend(places.map(|p| (p, write.op)));
        }
        need(keeps_total(after), "RULE: a rule over several columns is broken in the folded row")
    }
    fn authorized(&self, entry: &Entry, write: &Write) -> Result<(), Broken> {
        let role = self.grants.get(&(entry.sent.change.user, entry.sent.change.client));
        let least = if is_decision(write) { Role::Supervisor } else { Role::Operator };
        let may = self.returning || role.is_some_and(|r| *r >= least);
        need(may, "I7: a change of an ungranted user or role was accepted")
    }
    fn watch_removal(&self, write: &Write, row: &Folded, after: &Folded) -> Result<(), Broken> {
        if row.gone || !after.gone {
            return Ok(());
        }
        for at in row.places().filter(|p| is_reviewed(Program::Newer.play().columns, p)) {
            let Some(version) = row.version(&at) else { continue };
            let other = self.hand(version) != self.hand(write.op);
            need(!other || write.rests_on(&at, version), "I12: removed over an unseen value")?;
        }
        Ok(())
    }
    fn watch_set(&self, write: &Write, row: &Folded, at: &Place, in_log: &BTreeSet<Id<Op>>) -> Result<(), Broken> {
        let columns = Program::Newer.play().columns;
        let column = name(columns, at);
        if !is_reviewed(columns, at) {
            return Ok(());
        }
        if let Some(version) = row.version(at).filter(|v| self.hand(*v) != self.hand(write.op)) {
            need(self.has_seen(write.op, column, version), "I12: silently overwrote a value its author never saw")?;
        }
        let record = self.ops.get(&write.op).map(|o| o.0.record()).unwrap_or_default();
        let Some(decision) = self.decided.get(&(record, column.into())).filter(|d| in_log.contains(d)) else {
            return Ok(());
        };
        let Some((sent, hand)) = self.ops.get(decision) else { return Ok(()) };
        let stands = sent.read(columns).is_some_and(|w| w.value(at) == Some(row.value(at)));
        let overturned = stands && Some(*hand) != self.hand(write.op) && !self.has_seen(write.op, column, *decision);
        need(!overturned, "CF: a decision was silently overturned")
    }
}
