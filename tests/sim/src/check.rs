//! What must hold when everything has come to rest.
use crate::{
    device::Pc,
    file::File,
    hub::Log,
    table::{Program, keeps_total, number, part, told as told_of},
    truth::{Broken, need},
    world::{CLIENTS, World},
};
use domain::{
    Client, Id, Role, Value,
    change::{Act, Op},
    feed::{Entry, Record, Rules, Sent},
    merge::{Folded, Verdict, apply, is_mark, left, mark, name},
};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

impl World {
    /// Supervisors decide every open conflict; that must come to an end.
    pub fn settle(&mut self) -> Result<(), Broken> {
        for _ in 0..12 {
            self.drain()?;
            let mut decided = 0;
            for client in CLIENTS {
                for pc in 0..self.pcs.len() {
                    decided += self.decide_some(pc, client)?;
                }
            }
            if decided == 0 && !self.is_open() {
                return self.drain();
            }
        }
        need(false, "I23: deciding does not come to an end")
    }
    fn decide_some(&mut self, pc: usize, client: Id<Client>) -> Result<usize, Broken> {
        let grants = self.truth.grants.clone();
        let who = self.workers(pc, client, Role::Supervisor);
        let who = who.into_iter().find(|w| grants.get(&(w.0, client)) == Some(&Role::Supervisor));
        let file = self.pcs[pc].file(client);
        let (Some((user, _)), sync::device::Standing::Active) = (who, file.state.standing) else { return Ok(0) };
        let open = file.view.iter().filter(|r| !r.1.gone && !r.1.conflicts.is_empty());
        let open: Vec<(Record, Folded)> = open.map(|(r, row)| (*r, row.clone())).collect();
        let mut decided = 0;
        for (record, row) in open {
            if self.chance(0.7) {
                self.decide(pc, client, user, record, &row)?;
                decided += 1;
            }
        }
        Ok(decided)
    }
    /// Whether something waits that somebody could decide.
    fn is_open(&self) -> bool {
        let somebody = |client: Id<Client>| {
            let users = self.pcs.iter().flat_map(|p| &p.users);
            users.into_iter().any(|u| self.truth.grants.get(&(*u, client)) == Some(&Role::Supervisor))
        };
        let waits = |log: &Log| log.rows.values().any(|r| !r.gone && !r.conflicts.is_empty());
        self.hub.logs.iter().any(|(c, log)| waits(log) && somebody(*c))
    }
    /// Every promise, once nothing moves any more.
    pub fn check(&self) -> Result<(), Broken> {
        for (client, log) in &self.hub.logs {
            let rows = log.folded();
            need(rows == log.rows, "I16: the hub's rows are not the fold of its log")?;
            once(log)?;
            silent(log)?;
            sums(log, &rows)?;
            self.pairs(&rows)?;
            self.conflicts(log, &rows)?;
            self.gone(log)?;
            self.forks(log)?;
            need(rows.values().all(keeps_total), "RULE: a rule over several columns is broken at rest")?;
            need(rows.values().filter_map(part).all(|r| rows.contains_key(&r)), "REF: a row points to none")?;
            need(alone(&rows), "CLAIM: two rows take one thing at one time")?;
            for pc in &self.pcs {
                self.same(pc, *client, log, &rows)?;
            }
        }
        self.keeps_held()?;
        let here = self.copies(false);
        let lost = self.truth.obliged.iter().find(|op| !here.contains(op));
        need(lost.is_none(), "I1: a saved change is nowhere")
    }
    fn pairs(&self, rows: &BTreeMap<Record, Folded>) -> Result<(), Broken> {
        let entered = |(record, row): (&Record, &Folded)| {
            let pair = (*record, number(row, "good"), number(row, "scrap"));
            pair.1.is_none() || self.truth.pairs.contains(&pair)
        };
        need(rows.iter().all(entered), "GROUP: a mixture that nobody entered")
    }
    fn conflicts(&self, log: &Log, rows: &BTreeMap<Record, Folded>) -> Result<(), Broken> {
        let columns = Program::Newer.play().columns;
        for (i, (entry, _)) in log.entries.iter().enumerate() {
            if entry.decided.verdict != Verdict::Conflict {
                continue;
            }
            let record = entry.sent.record();
            let hands = self.truth.ops.values().filter(|o| o.0.record() == record).map(|o| o.1);
            need(hands.collect::<BTreeSet<_>>().len() > 1, "I21: a change conflicts with its own author's")?;
            let closes = |(later, _): &(domain::feed::Entry, [u8; 32])| {
                let write = later.sent.read(columns);
                let removes = later.sent.change.act == Act::Remove && later.decided.verdict == Verdict::Applied;
                later.sent.record() == record && write.is_some_and(|w| removes || w.closes.contains(&entry.op()))
            };
            let shut = log.entries[i + 1..].iter().any(closes);
            let open = rows[&record].conflicts.iter().any(|c| c.op == entry.op());
            need(shut || open, "CF: a conflict was lost")?;
        }
        Ok(())
    }
    /// "Gone" is said only of rows that were removed.
    fn gone(&self, log: &Log) -> Result<(), Broken> {
        let of = |act: Act| log.entries.iter().filter(move |e| e.0.sent.change.act == act).map(|e| e.0.sent.record());
        let (removed, made): (BTreeSet<_>, BTreeSet<_>) = (of(Act::Remove).collect(), of(Act::Create).collect());
        for (op, verdict) in &log.known {
            let Some((sent, _)) = self.truth.ops.get(op) else { continue };
            let record = sent.record();
            // A row of a file has an id that several people make: one creation may have been refused.
            let shared = record.1[0] == record.1[15] && record.1[0] < 4;
            let said = *verdict == Verdict::Gone;
            let fine = removed.contains(&record) || !made.contains(&record) || shared || self.truth.late.contains(op);
            need(!said || fine, "GONE: 'gone' for a row that nobody removed")?;
        }
        Ok(())
    }
    fn forks(&self, log: &Log) -> Result<(), Broken> {
        for ops in log.streams.values() {
            let mut hands: Vec<_> = ops.iter().filter_map(|op| self.truth.ops.get(op)).map(|o| o.1).collect();
            hands.dedup();
            let all: BTreeSet<_> = hands.iter().collect();
            need(all.len() == hands.len(), "FORK: two files wrote one stream unnoticed")?;
        }
        Ok(())
    }
    /// A PC has what the hub has, or nothing.
    fn same(&self, pc: &Pc, client: Id<Client>, log: &Log, rows: &BTreeMap<Record, Folded>) -> Result<(), Broken> {
        let Some(file) = pc.files.get(&client) else { return Ok(()) };
        if !self.hub.readable(&pc.users, client) {
            let empty = file.ops().is_empty() && file.rows.is_empty() && file.view.is_empty();
            return need(empty, "I6: something of a forgotten client is left");
        }
        let ends = file.log.last().map(|e| e.1) == log.entries.last().map(|e| e.1);
        need(ends && file.log.len() == log.entries.len(), "I3: a PC's log differs from the hub's")?;
        let lost = self.lost(log, file);
        let same = |(here, there): (&(Entry, _), &(Entry, _))| {
            here == there || lost.contains(&here.0.sent.record()) || bare(&here.0) == bare(&there.0)
        };
        need(file.log.iter().zip(&log.entries).all(same), "ERASED: a PC's log says other words than the hub's")?;
        let but = |rows: &BTreeMap<Record, Folded>, program| {
            let mut all = digests(program, rows);
            all.retain(|record, _| !lost.contains(record));
            all
        };
        let there = but(rows, Program::Newer);
        need(but(&file.rows, pc.program) == there, "I4: a PC's rows differ from the hub's")?;
        need(but(&file.view, pc.program) == there, "I4: what a person sees differs at rest")
    }
    /// Rows of which a PC took words out on an erasure that the hub lost in a restore and does not take again: its author
    /// has no right any more. The words are gone where they were; somebody has to erase anew.
    fn lost(&self, log: &Log, file: &File) -> BTreeSet<Record> {
        let erased = self.truth.ops.values().map(|o| &o.0).filter(|sent| sent.erases());
        let lost = erased.filter(|sent| log.known.get(&sent.change.op).is_none_or(|v| !v.is_logged()));
        let marks: Vec<String> = lost.map(|sent| mark(sent.change.op)).collect();
        let said = |sent: &Sent| marks.iter().any(|mark| sent.change.patch.contains(mark));
        file.log.iter().map(|e| &e.0.sent).filter(|sent| said(sent)).map(Sent::record).collect()
    }
}

fn digests(program: Program, rows: &BTreeMap<Record, Folded>) -> BTreeMap<Record, [u8; 32]> {
    let columns = program.play().columns;
    rows.iter().map(|(r, row)| (*r, row.digest(columns, r.0, &r.1))).collect()
}

/// Nobody else takes what a row takes.
fn alone(rows: &BTreeMap<Record, Folded>) -> bool {
    let claims: Vec<_> = rows.iter().filter_map(|(record, row)| Program::Newer.claim(*record, row)).collect();
    claims.iter().enumerate().all(|(i, one)| claims[..i].iter().all(|other| !one.meets(other)))
}

/// Each change is in the order once.
fn once(log: &Log) -> Result<(), Broken> {
    let ops: BTreeSet<Id<Op>> = log.entries.iter().map(|e| e.0.op()).collect();
    need(ops.len() == log.entries.len(), "I2: a change took effect twice")
}

/// An entry without the name of the erasure that took words out: of two, a restore may have turned the order round.
fn bare(entry: &Entry) -> Entry {
    let mut entry = entry.clone();
    let Ok(mut patch) = serde_json::from_str::<Json>(&entry.sent.change.patch) else { return entry };
    for column in Program::Newer.play().personal() {
        if patch[column].as_str().is_some_and(is_mark) {
            patch[column] = "erased".into();
        }
    }
    entry.sent.change.patch = patch.to_string();
    entry
}

/// Of who was erased, nothing is said in what was written before, nor by whoever had not heard of it.
fn silent(log: &Log) -> Result<(), Broken> {
    let shape = Program::Newer.play();
    let mut rows: BTreeMap<Record, Folded> = BTreeMap::new();
    for (i, (entry, _)) in log.entries.iter().enumerate() {
        let (record, sent) = (entry.sent.record(), &entry.sent);
        let Some(write) = sent.read(shape.columns) else { continue };
        let says = |sent: &Sent| left(shape, &sent.change.patch, "").is_some();
        let before = |e: &&(Entry, [u8; 32])| e.0.sent.record() == record && says(&e.0.sent);
        let told = write.erases && log.entries[..i].iter().any(|e| before(&e));
        let late = rows.get(&record).and_then(told_of).is_some_and(is_mark) && says(sent);
        need(!told && !late, "ERASED: the hub's log tells of who was erased")?;
        let row = apply(rows.remove(&record), &write, &entry.decided, shape);
        rows.extend(row.map(|row| (record, row)));
    }
    Ok(())
}

/// What is added up is added once.
fn sums(log: &Log, rows: &BTreeMap<Record, Folded>) -> Result<(), Broken> {
    let columns = Program::Newer.play().columns;
    let mut wanted: BTreeMap<(Record, &str), i64> = BTreeMap::new();
    for (entry, _) in &log.entries {
        for (at, value) in entry.sent.read(columns).map(|w| w.patch).unwrap_or_default() {
            let column = name(columns, &at).to_string();
            let Some(column) = ["moved", "later"].into_iter().find(|c| *c == column) else { continue };
            if let Value::Int(n) = value {
                *wanted.entry((entry.sent.record(), column)).or_default() += n;
            }
        }
    }
    let found = |r: &Record, row: &Folded| ["moved", "later"].map(|c| number(row, c).map(|n| ((*r, c), n)));
    let found: BTreeMap<_, _> = rows.iter().flat_map(|(r, row)| found(r, row)).flatten().collect();
    need(wanted == found, "ADD: a sum is not exact")
}
