//! What several people wrote differently, and a person's decision on it.
use super::{Latest, Reader, Writer, cell::key, feed::shape, gate::Mode, writer::check};
use crate::{Result, error::missing};
use domain::{
    Client, Code, Entity, Id, Shape, Value, Verb,
    change::Op,
    merge::{Folded, Place},
};

/// A row in which values wait for a decision.
#[derive(Debug)]
pub struct Conflict {
    /// The table.
    pub shape: &'static Shape,
    /// The row.
    pub record: [u8; 16],
    /// What stands in its columns.
    pub values: Vec<Value>,
    /// Stands for the row with all that waits: another one after every change of either.
    pub version: String,
    /// The columns in dispute, each with who wrote what stands.
    pub stands: Vec<(usize, Option<Latest>)>,
    /// What waits, in the order in which it came.
    pub waits: Vec<Waits>,
}

/// What one change would have written.
#[derive(Debug)]
pub struct Waits {
    /// The change.
    pub op: Id<Op>,
    /// Who wrote it.
    pub by: Option<Latest>,
    /// Whether it would have taken the row away.
    pub removes: bool,
    /// Its values.
    pub values: Vec<(usize, Value)>,
    /// Whether it has values that only a newer program knows.
    pub newer: bool,
}

/// What a person decides of a row.
#[derive(Debug)]
pub struct Decision {
    /// The client.
    pub client: Id<Client>,
    /// The table's number.
    pub kind: u8,
    /// The row.
    pub record: [u8; 16],
    /// The row with all that waits, as the person saw it.
    pub version: String,
    /// The changes whose waiting ends.
    pub closes: Vec<Id<Op>>,
    /// What is to stand.
    pub settles: Settles,
}

/// What is to stand in a row.
#[derive(Debug)]
pub enum Settles {
    /// These values of columns in dispute; what is not named stays.
    Values(Vec<(usize, Value)>),
    /// Nothing: the row goes.
    Removed,
}

impl Reader<'_> {
    /// What waits in a client's rows, of the tables in which the person may decide.
    pub fn conflicts(&self, client: Id<Client>) -> Result<Vec<Conflict>> {
        let sql = "SELECT kind, record, row FROM main.waiting WHERE client_id = ?1 AND conflicts > 0";
        let mut all = vec![];
        for (kind, record, text) in self.beside(client, sql, row_beside)? {
            let Some(shape) = u8::try_from(kind).ok().and_then(shape) else { continue };
            let row = Folded::of_text(shape.columns, &text);
            if let Some(row) = row.filter(|_| self.session.may(Verb::Amend, shape.group).is_ok()) {
                all.push(self.conflict(client, shape, record, &row)?);
            }
        }
        Ok(all)
    }
    /// The rows of a client in which something waits, whoever may decide it.
    pub fn under_review<E: Entity>(&self, client: Id<Client>) -> Result<Vec<Id<E>>> {
        let sql =
            format!("SELECT record FROM main.waiting WHERE client_id = ?1 AND conflicts > 0 AND kind = {}", E::NUMBER);
        self.beside(client, &sql, |r| r.get(0))
    }
    /// Whether a row holds something of this file's own that its hub has not put in order yet.
    pub fn awaits_hub<E: Entity>(&self, client: Id<Client>, id: Id<E>) -> Result<bool> {
        let sql = format!("SELECT record FROM main.shade WHERE client_id = ?1 AND kind = {}", E::NUMBER);
        Ok(self.beside(client, &sql, |r| r.get::<[u8; 16]>(0))?.contains(&id.bytes()))
    }
    /// The clients in scope of which something is not settled: a change that the hub has not confirmed, or values that
    /// wait for a decision.
    pub fn unsettled(&self) -> Result<Vec<Id<Client>>> {
        let sql = "SELECT f.client_id FROM main.feed f
            WHERE EXISTS (SELECT 1 FROM main.shade s WHERE s.client_id = f.client_id)
            OR EXISTS (SELECT 1 FROM main.waiting w WHERE w.client_id = f.client_id AND w.conflicts > 0)";
        let all = self.opened(Mode::Admin, sql, &[], |row| row.get::<Id<Client>>(0))?;
        Ok(all.into_iter().filter(|client| self.session.covers(*client)).collect())
    }
    /// Reads what is kept beside the rows of a client in scope, by a statement of the store's own.
    pub(super) fn beside<T>(
        &self,
        client: Id<Client>,
        sql: &str,
        f: impl Fn(&super::Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        // Whether there is a log of it in scope.
        let here = match client == Client::PLANT {
            true => self.session.role().sees_pool(),
            false => self.first("SELECT 1 FROM position WHERE client_id = ?1", &[key(client)], |_| Ok(()))?.is_some(),
        };
        if here { self.opened(Mode::Admin, sql, &[key(client)], f) } else { Ok(vec![]) }
    }
    fn conflict(&self, client: Id<Client>, shape: &'static Shape, record: [u8; 16], row: &Folded) -> Result<Conflict> {
        let stands = disputed(shape, row, |_| true);
        let stands = stands.into_iter().map(|i| Ok((i, self.written(self, client, row.versions.column(i))?)));
        let waits = row.conflicts.iter().map(|c| {
            let known = |(place, value): &(Place, Value)| match place {
                Place::Column(i) => Some((*i, value.clone())),
                Place::Other(_) => None,
            };
            let values: Vec<_> = c.values.iter().filter_map(known).collect();
            let (removes, newer) = (c.values.is_empty(), values.len() < c.values.len());
            Ok(Waits { op: c.op, by: self.written(self, client, c.op)?, removes, values, newer })
        });
        Ok(Conflict {
            shape,
            record,
            values: row.values.clone(),
            version: version(shape, row),
            stands: stands.collect::<Result<_>>()?,
            waits: waits.collect::<Result<_>>()?,
        })
    }
}

/// The number of a table, and a row of it as it is kept beside.
fn row_beside(r: &super::Row<'_>) -> Result<(i64, [u8; 16], String)> {
    Ok((r.get(0)?, r.get(1)?, r.get(2)?))
}

/// The columns in which something waits, each with those written together with it.
fn disputed(shape: &Shape, row: &Folded, of: impl Fn(Id<Op>) -> bool) -> Vec<usize> {
    let waiting = row.conflicts.iter().filter(|c| of(c.op)).flat_map(|c| &c.values);
    let columns: Vec<usize> =
        waiting.filter_map(|(p, _)| if let Place::Column(i) = p { Some(*i) } else { None }).collect();
    super::feed::whole_units(shape, &columns)
}

fn version(shape: &Shape, row: &Folded) -> String {
    blake3::hash(row.text(shape.columns).as_bytes()).to_hex()[..32].to_string()
}

impl Writer<'_> {
    /// Ends the waiting of changes: what is decided stands, and the others were seen.
    ///
    /// It is no step to take back: what waited would not come back with it.
    ///
    /// # Errors
    /// `missing` where nothing waits, `changed_since` where the row or what
    /// waits in it is not as the person saw it, and those of the table.
    pub fn decide(&mut self, decision: &Decision) -> Result<()> {
        macro_rules! by_kind {
            ($($name:ident),* $(,)?) => { match decision.kind {
                $(n if n == <domain::$name as Entity>::NUMBER => self.decide_on::<domain::$name>(decision),)*
                _ => Err(missing()),
            } };
        }
        self.silent = true;
        domain::entities!(by_kind)
    }
    fn decide_on<E: Entity>(&mut self, d: &Decision) -> Result<()> {
        self.session().may(Verb::Amend, E::GROUP)?;
        let id = Id::<E>::from_bytes(d.record);
        let there = self.find(d.client, id)?.and(self.current(d.client, id)?);
        let old = there.filter(|row| !row.conflicts.is_empty()).ok_or_else(missing)?;
        let waits = |op: &Id<Op>| old.conflicts.iter().any(|c| c.op == *op);
        if version(&E::SHAPE, &old) != d.version || d.closes.is_empty() || !d.closes.iter().all(waits) {
            return Err(Code::ChangedSince.into());
        }
        let before = E::of(d.client, id, old.values.clone()).ok_or_else(missing)?;
        match &d.settles {
            Settles::Removed => {
                self.session().may(Verb::Remove, E::GROUP)?;
                self.take_away(&before, &d.closes)
            }
            Settles::Values(values) => self.settle_values(&before, old, values, &d.closes),
        }
    }
    /// Every column in dispute is written, also where its value stays: so who decided is who wrote it.
    fn settle_values<E: Entity>(
        &mut self,
        before: &E,
        old: Folded,
        values: &[(usize, Value)],
        closes: &[Id<Op>],
    ) -> Result<()> {
        let columns = disputed(&E::SHAPE, &old, |op| closes.contains(&op));
        let mut after = old.values.clone();
        for (i, value) in values {
            *after.get_mut(*i).filter(|_| columns.contains(i)).ok_or(Code::BadInput)? = value.clone();
        }
        let row = E::of(before.client(), before.id(), after).ok_or(Code::BadInput)?;
        check(&row)?;
        self.guard_patch(before, &row)?;
        self.write_deciding(&row, before, old, &columns, closes)
    }
}
