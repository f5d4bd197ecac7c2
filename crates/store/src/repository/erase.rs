//! A person taken out of rows, log and undo: names, notes and reasons go, hours and kinds of absence stay.
//!
//! A change of its own says so for each row, so that the rows stay the fold of the log, and everybody who has the log
//! does the same. Where a hub orders it, the words stay in the log until the change comes back: it may be refused.
use super::{
    About, Mode, Told, Writer,
    cell::key,
    log::{Entry, blob, dml},
    person::shape,
};
use crate::{Result, error::missing};
use domain::{
    Client, Employee, Id, PoolEmployee, Shape, Value,
    change::{self, Act, Op, seal},
    merge::{Decided, ERASES, Place, Write, apply, is_mark, left, mark},
};
use serde_json::json;

/// What an erasure found, and did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Gone {
    /// Rows about the person.
    pub rows: usize,
    /// Changes of theirs that told of him.
    pub changes: usize,
    /// Whether the hub has yet to take it into its order.
    pub waits: bool,
}

impl Writer<'_> {
    /// Takes a person of a roster out of rows, log and undo. The figures keep their values, and the chain its hashes.
    pub fn erase_person(&mut self, client: Id<Client>, employee: Id<Employee>) -> Result<Gone> {
        self.for_admin(client, "person_erased", employee)?;
        let rows = self.about(client, employee)?;
        if let Some(person) = self.find::<Employee>(client, employee)? {
            self.put(&Employee { active: false, ..person })?;
        }
        self.erase_rows(&rows)
    }
    /// The same of a person of the pool: what he was booked for stands, without his name.
    pub fn erase_pooled(&mut self, person: Id<PoolEmployee>) -> Result<Gone> {
        self.for_admin_of_pool("person_erased", person)?;
        let rows = self.about_pooled(person)?;
        if let Some(person) = self.find::<PoolEmployee>(Client::PLANT, person)? {
            self.put(&PoolEmployee { active: false, ..person })?;
        }
        self.erase_rows(&rows)
    }
    fn erase_rows(&mut self, rows: &[About]) -> Result<Gone> {
        // For good: it is no step that could be taken back.
        self.silent = true;
        let mut gone = Gone { rows: rows.len(), changes: 0, waits: false };
        for row in rows {
            gone.changes += self.erase_row(row)?;
            gone.waits |= self.log.is_joined(row.client)?;
        }
        Ok(gone)
    }
    /// Tells how many changes of the row told of the person.
    fn erase_row(&mut self, of: &About) -> Result<usize> {
        let shape = shape(of.table);
        let telling: Vec<Told> = self.changes_of(of)?.into_iter().filter(|told| tells(shape, told)).collect();
        let told = shape.personal().any(|name| of.values.iter().any(|(n, _, v)| *n == name && is_text(v)));
        if telling.is_empty() && !told {
            return Ok(0);
        }
        let op = self.append_erasure(shape, of)?;
        if !self.log.is_joined(of.client)? {
            self.redact(of, telling.iter(), &mark(op))?;
        }
        Ok(telling.iter().filter(|told| left(shape, &told.patch, "").is_some()).count())
    }
    /// Writes the change that erases, and the row as it makes it.
    fn append_erasure(&mut self, shape: &'static Shape, of: &About) -> Result<Id<Op>> {
        let (client, record) = (of.client, (shape.number, of.id));
        let old = self.shown(shape, client, of.id)?.ok_or_else(missing)?;
        let op = self.log.op(client)?;
        let mark = Value::Text(mark(op));
        let personal = |i: &usize| shape.personal().any(|name| name == shape.columns[*i].name);
        let said: Vec<usize> =
            (0..old.values.len()).filter(personal).filter(|i| matches!(old.values[*i], Value::Text(_))).collect();
        let patch = said.iter().map(|i| (Place::Column(*i), mark.clone())).collect();
        let write = Write { op, act: Act::Patch, patch, base: vec![], seen: vec![], closes: vec![], erases: true };
        let under = self.under_of(shape, client, of.id)?;
        let folded = apply(Some(old), &write, &Decided::WHOLE, shape).ok_or_else(missing)?;
        self.update_row(shape, client, of.id, &folded, &said)?;
        if let Some(under) = under {
            self.lay_over_of(shape, client, of.id, &under, &folded)?;
        }
        let patch = change::patch(shape.columns, &folded.values, said.into_iter());
        let base = json!({ ERASES: [] }).to_string();
        let (kind, record) = record;
        self.log.append(Entry { op, client, kind, record, act: Act::Patch, patch, base, was: None, reason: None })?;
        self.changed.insert(shape.table);
        self.sign(client)?;
        Ok(op)
    }
    /// Lets what an erasing change in a hub's order leaves of its row's changes be all that is in the file.
    ///
    /// Those after it in the order stay, and those that wait to be sent: they come back as the hub takes them.
    pub(super) fn redact_before(&mut self, client: Id<Client>, seq: i64, (number, id): (u8, [u8; 16])) -> Result<()> {
        let Some(shape) = domain::logged().find(|s| s.number == number) else { return Ok(()) };
        let of = About { client, table: shape.table, id, gone: false, values: vec![] };
        let ordered = |rule: &str| {
            let sql = format!("SELECT op FROM confirmation WHERE client_id = ?1 AND seq {rule} ?2");
            self.select(&sql, &[key(client), Value::Int(seq)], |r| r.get::<Id<Op>>(0))
        };
        let op = ordered("=")?.into_iter().next();
        let mark = mark(op.ok_or_else(missing)?);
        let later = ordered(">")?;
        let waiting: Vec<Id<Op>> = self.own_waiting(client, (number, id))?.into_iter().map(|w| w.0).collect();
        let all = self.changes_of(&of)?;
        // What any of them replaced stands in nobody's order.
        all.iter().try_for_each(|told| self.redact_was(&of, told, &mark))?;
        let stays = |op: &Id<Op>| later.contains(op) || waiting.contains(op);
        self.redact(&of, all.iter().filter(|told| !stays(&told.op)), &mark)
    }
    fn redact<'t>(&mut self, of: &About, changes: impl Iterator<Item = &'t Told>, mark: &str) -> Result<()> {
        for told in changes {
            self.redact_was(of, told, mark)?;
            if let Some(left) = left(shape(of.table), &told.patch, mark) {
                let written = *blake3::hash(told.patch.as_bytes()).as_bytes();
                self.give_way(of.client, told.op, &written, &left)?;
            }
        }
        Ok(())
    }
    fn redact_was(&self, of: &About, told: &Told, mark: &str) -> Result<()> {
        let Some(left) = told.was.as_deref().and_then(|was| left(shape(of.table), was, mark)) else { return Ok(()) };
        let values = [Value::Text(left), key(of.client), Value::Id(told.op.bytes())];
        self.local("UPDATE main.was SET was = ?1 WHERE client_id = ?2 AND op = ?3", &values)
    }
    /// Lets the patch of a change be what is left of it; the hash of what was written keeps the chain.
    pub(super) fn give_way(&self, client: Id<Client>, op: Id<Op>, written: &[u8; 32], left: &str) -> Result<()> {
        self.seal_left(client, op, written, left)?;
        self.at.gate.with(Mode::Redact, || -> Result<()> {
            // Prepared anew: a cached statement would outlive the open gate.
            let sql = "UPDATE main.change SET patch = ?1 WHERE client_id = ?2 AND op = ?3";
            let (client, op) = (client.bytes(), op.bytes());
            self.at.conn.prepare(sql)?.execute(rusqlite::params![left, blob(&client), blob(&op)])?;
            Ok(())
        })
    }
    /// Seals what is left of a patch to the hash of what was written.
    pub(super) fn seal_left(&self, client: Id<Client>, op: Id<Op>, written: &[u8; 32], left: &str) -> Result<()> {
        let seal = seal(self.log.key(), client, op, written, left);
        let (client, op) = (client.bytes(), op.bytes());
        let values = rusqlite::params![blob(&client), blob(&op), blob(written), blob(&seal)];
        dml(self.at, "INSERT INTO main.redaction VALUES (?1, ?2, ?3, ?4)", values).map(|_| ())
    }
}

/// Whether a change, or what it replaced, says anything of a person.
fn tells(shape: &Shape, told: &Told) -> bool {
    [Some(&told.patch), told.was.as_ref()].into_iter().flatten().any(|text| left(shape, text, "").is_some())
}

fn is_text(value: &Value) -> bool {
    matches!(value, Value::Text(text) if !is_mark(text))
}
