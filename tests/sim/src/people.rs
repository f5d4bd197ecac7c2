//! What people do at a PC: enter, correct, take away, undo, decide.
use crate::{
    device::Deed,
    fault,
    file::{File, next},
    table::{KIND, Program, keeps_total, number, policy},
    truth::Broken,
    world::World,
};
use domain::{
    Client, Column, Id, Role, Value,
    change::{Act, Op, User},
    feed::{Entry, Record},
    merge::{Decided, Fate, Folded, Place, Policy, Verdict, Write, name, place},
    planted::{
        Bug::{GroupSplit, UndoIgnoresBase},
        planted,
    },
};
use std::collections::BTreeMap;
use sync::device::{Standing, refresh, under};

/// Values by the names of their columns.
type Values = BTreeMap<String, Value>;

impl World {
    /// Somebody does something at a PC.
    pub fn person(&mut self, pc: usize, client: Id<Client>) -> Result<(), Broken> {
        let file = self.pcs[pc].file(client);
        if file.state.standing != Standing::Active || file.outgoing.len() > 12 {
            return Ok(());
        }
        let view = file.view.clone();
        let who: Vec<_> = self.workers(pc, client, Role::Operator);
        let Some((user, role)) = self.pick(&who) else { return Ok(()) };
        let supervises = role == Role::Supervisor;
        let live: Vec<Record> = view.iter().filter(|r| !r.1.gone).map(|r| *r.0).collect();
        let dead: Vec<Record> = view.iter().filter(|r| r.1.gone).map(|r| *r.0).collect();
        let x = self.dice.f64();
        if live.is_empty() || (x < 0.2 && live.len() < 5) {
            return self.enter(pc, client, user, &view);
        }
        let record = live[self.dice.usize(0..live.len())];
        let row = &view[&record];
        match x {
            _ if supervises && !row.conflicts.is_empty() && x < 0.6 => self.decide(pc, client, user, record, row),
            _ if supervises && x < 0.3 => self.write(pc, client, user, Act::Remove, record, &Values::new(), &[], None),
            _ if supervises && !dead.is_empty() && x < 0.37 => {
                let record = dead[self.dice.usize(0..dead.len())];
                self.write(pc, client, user, Act::Restore, record, &Values::new(), &[], None)
            }
            _ if x < 0.47 => self.undo(pc, client, user),
            _ if supervises && x < 0.5 => self.erase(pc, client, user, record),
            _ => self.correct(pc, client, user, record, row),
        }
    }
    /// The people of a PC who are at least this, as far as it knows.
    pub fn workers(&mut self, pc: usize, client: Id<Client>, least: Role) -> Vec<(Id<User>, Role)> {
        let users = self.pcs[pc].users.clone();
        let roles = &self.pcs[pc].file(client).roles;
        users.iter().filter_map(|u| Some((*u, *roles.get(u)?))).filter(|w| w.1 >= least).collect()
    }
    fn pick<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        (!all.is_empty()).then(|| all[self.dice.usize(0..all.len())])
    }
    /// A new row; one brought in by a file has an id that others make, too.
    fn enter(
        &mut self,
        pc: usize,
        client: Id<Client>,
        user: Id<User>,
        view: &BTreeMap<Record, Folded>,
    ) -> Result<(), Broken> {
        let id = if self.chance(0.3) {
            [self.dice.u8(1..=3); 16]
        } else {
            (u128::from(next(&self.fresh)) | (1 << 120)).to_be_bytes()
        };
        if view.contains_key(&(KIND, id)) {
            return Ok(());
        }
        let mut values = Values::from([
            ("key".into(), Value::Text(Id::<()>::from_bytes(id).hex())),
            ("count".into(), Value::Int(self.dice.i64(0..=99))),
            ("good".into(), Value::Int(self.dice.i64(0..=5))),
            ("scrap".into(), Value::Int(0)),
            ("total".into(), Value::Int(10)),
        ]);
        let all: Vec<Record> = view.keys().copied().collect();
        if let Some((_, whole)) = self.pick(&all).filter(|_| self.chance(0.2)) {
            values.insert("part".into(), Value::Id(whole));
        }
        // Some leave the count empty; others fill it in.
        if self.chance(0.2) {
            values.remove("count");
        }
        self.write(pc, client, user, Act::Create, (KIND, id), &values, &[], None)
    }
    fn correct(
        &mut self,
        pc: usize,
        client: Id<Client>,
        user: Id<User>,
        record: Record,
        row: &Folded,
    ) -> Result<(), Broken> {
        let mut values = Values::new();
        for _ in 0..self.dice.usize(1..=2) {
            let newer = self.pcs[pc].program == Program::Newer;
            let columns = ["note", "moved", "lines", "count", "count", "good", "good", "total", "peak", "later"];
            let column = columns[self.dice.usize(0..if newer { 10 } else { 9 })];
            let total = number(row, "total").unwrap_or(20);
            match column {
                "good" => self.split(&mut values, row, total),
                "total" => {
                    let least = number(row, "good").unwrap_or(0) + number(row, "scrap").unwrap_or(0);
                    values.insert("total".into(), Value::Int(self.dice.i64(least..=least.max(20))));
                }
                "lines" => {
                    values.insert("lines".into(), Value::Text(self.dice.u8(1..=9).to_string()));
                }
                other => {
                    values.insert(other.into(), Value::Int(self.dice.i64(1..=9)));
                }
            }
        }
        if values.contains_key("good") || values.contains_key("scrap") {
            values.remove("total");
        }
        if self.chance(0.03) {
            // An impossible change that got through a form.
            values.insert("key".into(), Value::Text("other".into()));
        }
        self.write(pc, client, user, Act::Patch, record, &values, &[], None)
    }
    /// Good and scrap, entered together.
    fn split(&mut self, values: &mut Values, row: &Folded, total: i64) {
        let good = self.dice.i64(0..=total);
        let scrap = self.dice.i64(0..=total - good);
        if !planted(GroupSplit) {
            values.extend([("good".into(), Value::Int(good)), ("scrap".into(), Value::Int(scrap))]);
        } else if self.dice.bool() {
            values.insert("good".into(), Value::Int(good.min(total - number(row, "scrap").unwrap_or(0))));
        } else {
            values.insert("scrap".into(), Value::Int(scrap.min(total - number(row, "good").unwrap_or(0))));
        }
    }
    /// A supervisor decides what waits in a row.
    pub fn decide(
        &mut self,
        pc: usize,
        client: Id<Client>,
        user: Id<User>,
        record: Record,
        row: &Folded,
    ) -> Result<(), Broken> {
        let columns = self.pcs[pc].program.play().columns;
        let closes: Vec<Id<Op>> = row.conflicts.iter().map(|c| c.op).collect();
        let chosen = &row.conflicts[self.dice.usize(0..row.conflicts.len())];
        if chosen.values.is_empty() && self.dice.bool() {
            return self.write(pc, client, user, Act::Remove, record, &Values::new(), &closes, None);
        }
        let named = |p: &Place| name(columns, p).to_string();
        let mut waits: Vec<String> = row.conflicts.iter().flat_map(|c| c.values.iter().map(|v| named(&v.0))).collect();
        if waits.iter().any(|c| c == "good" || c == "scrap") {
            waits.extend(["good".into(), "scrap".into()]);
        }
        let now = |c: &String| (c.clone(), row.value(&place(columns, c)).clone());
        let stands: Values = waits.iter().map(now).collect();
        let mut values = stands.clone();
        if self.dice.bool() {
            values.extend(chosen.values.iter().map(|(p, v)| (named(p), v.clone())));
        }
        if !keeps_total(&self.after(pc, row, &values)) {
            values = stands;
        }
        self.write(pc, client, user, Act::Patch, record, &values, &closes, None)
    }
    fn after(&self, pc: usize, row: &Folded, values: &Values) -> Folded {
        let columns = self.pcs[pc].program.play().columns;
        let mut row = row.clone();
        values.iter().for_each(|(c, v)| row.set(&place(columns, c), v.clone(), Id::from_bytes([0; 16])));
        row
    }
    /// A change that puts back, offered only while what it undoes is still what the screen shows.
    fn undo(&mut self, pc: usize, client: Id<Client>, user: Id<User>) -> Result<(), Broken> {
        let (columns, device) = (self.pcs[pc].program.play().columns, self.pcs[pc].device);
        let file = self.pcs[pc].file(client);
        let mine = file.log.iter().filter(|(e, _)| {
            let fine = matches!(e.decided.verdict, Verdict::Applied | Verdict::Merged);
            e.sent.change.device == device && e.sent.change.act == Act::Patch && fine
        });
        let mine: Vec<_> = mine.map(|e| e.0.clone()).collect();
        let from = mine.len().saturating_sub(6);
        if mine.is_empty() {
            return Ok(());
        }
        let undone = &mine[self.dice.usize(from..mine.len())];
        let (record, op) = (undone.sent.record(), undone.op());
        let file = self.pcs[pc].file(client);
        let Some(row) = file.view.get(&record).filter(|r| !r.gone).cloned() else { return Ok(()) };
        let before = was(columns, file, undone);
        let Some(write) = undone.sent.read(columns) else { return Ok(()) };
        let mut values = Values::new();
        for (at, value) in fated(&write, &undone.decided, Fate::Add) {
            if let Value::Int(n) = value {
                values.insert(name(columns, at).into(), Value::Int(-n));
            }
        }
        for (at, _) in fated(&write, &undone.decided, Fate::Set) {
            let column = name(columns, at);
            let own = row.version(at) == Some(op) || planted(UndoIgnoresBase);
            let puts = !matches!(policy(column), Policy::Add | Policy::Fixed | Policy::Max | Policy::Append);
            if let Some(was) = before.get(column).filter(|_| own && puts) {
                values.insert(column.into(), was.clone());
            }
        }
        let sums = |c: &String| policy(c) == Policy::Add;
        let sets: Values = values.iter().filter(|(c, _)| !sums(c)).map(|(c, v)| (c.clone(), v.clone())).collect();
        if values.is_empty() || !keeps_total(&self.after(pc, &row, &sets)) {
            return Ok(());
        }
        self.write(pc, client, user, Act::Patch, record, &values, &[], Some(op))
    }
    #[allow(clippy::too_many_arguments, reason = "who, where, what and why of one change")]
    fn write(
        &mut self,
        pc: usize,
        client: Id<Client>,
        user: Id<User>,
        act: Act,
        record: Record,
        values: &Values,
        closes: &[Id<Op>],
        undoes: Option<Id<Op>>,
    ) -> Result<(), Broken> {
        let columns = self.pcs[pc].program.play().columns;
        let patch = values.iter().map(|(c, v)| (place(columns, c), v.clone())).collect();
        self.put(pc, client, &Deed { user, act, record, patch, closes, erases: false }, undoes)?;
        let file = self.pcs[pc].file(client);
        if let Some(row) =
            file.view.get(&record).filter(|_| values.contains_key("good") || values.contains_key("scrap"))
        {
            self.truth.pairs.insert((record, number(row, "good"), number(row, "scrap")));
        }
        Ok(())
    }
    /// Somebody asks to be forgotten.
    fn erase(&mut self, pc: usize, client: Id<Client>, user: Id<User>, record: Record) -> Result<(), Broken> {
        self.put(pc, client, &Deed { user, act: Act::Patch, record, patch: vec![], closes: &[], erases: true }, None)
    }
    fn put(&mut self, pc: usize, client: Id<Client>, what: &Deed<'_>, undoes: Option<Id<Op>>) -> Result<(), Broken> {
        let (program, hand, now, record) = (self.pcs[pc].program, self.pcs[pc].hand(), self.now, what.record);
        let sent = self.pcs[pc].change(client, now, what);
        let row = self.pcs[pc].file(client).view.get(&record).cloned();
        self.truth.saw(&sent, hand, row.as_ref(), undoes, program);
        self.note_numbers(pc, client, &sent)?;
        let file = self.pcs[pc].file(client);
        file.write(sent);
        refresh(file, &program, &[record].into())
    }
    /// For the fault of numbers as versions: the number under each value shown.
    fn note_numbers(&mut self, pc: usize, client: Id<Client>, sent: &domain::feed::Sent) -> Result<(), Broken> {
        if !planted(domain::planted::Bug::SeqReuse) {
            return Ok(());
        }
        let (program, stream) = (self.pcs[pc].program, self.pcs[pc].stream(client));
        let file = self.pcs[pc].file(client);
        let row = under(file, &program, sent.record())?;
        let op = sent.change.op;
        fault::written(op, 0, stream);
        for (at, _) in sent.read(program.play().columns).map(|w| w.patch).unwrap_or_default() {
            let version = row.as_ref().and_then(|r| r.version(&at));
            let seq = version.and_then(|v| file.log.iter().find(|e| e.0.op() == v)).map_or(0, |e| e.0.seq);
            let covered = file.outgoing.iter().find(|o| {
                let writes = o.sent.read(program.play().columns).is_some_and(|w| w.value(&at).is_some());
                o.sent.record() == sent.record() && writes
            });
            let seq = covered.and_then(|o| fault::based_on(o.sent.change.op, &at)).unwrap_or(seq);
            fault::based(op, &at, seq, stream);
        }
        Ok(())
    }
}

/// The values of a row before an entry, as far as earlier entries set them.
fn was(columns: &[Column], file: &File, undone: &Entry) -> Values {
    let earlier = file.log.iter().map(|e| &e.0).take_while(|e| e.seq < undone.seq);
    let mut values = Values::new();
    for entry in earlier.filter(|e| e.sent.record() == undone.sent.record()) {
        let Some(write) = entry.sent.read(columns) else { continue };
        let set = fated(&write, &entry.decided, Fate::Set);
        values.extend(set.map(|(p, v)| (name(columns, p).to_string(), v.clone())));
    }
    values
}

/// The columns of a change that had this fate.
fn fated<'w>(write: &'w Write, decided: &'w Decided, fate: Fate) -> impl Iterator<Item = &'w (Place, Value)> {
    let fates = write.patch.iter().enumerate();
    fates.filter(move |(i, _)| *decided.fates.get(*i).unwrap_or(&Fate::Set) == fate).map(|(_, p)| p)
}
