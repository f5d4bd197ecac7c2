//! Undo: an ordinary change by the same person, on top of what it takes back.
use super::{Reader, Row, Writer, cell::key};
use crate::{Result, error::missing, values};
use domain::{
    Author, Client, Code, Entity, Fault, Group, Id, PoolBooking, PoolEmployee, Value, Verb,
    change::{Act, Op},
    merge::Folded,
    time::Instant,
};
use serde_json::{Map, Value as Json};
use std::{
    collections::{BTreeMap, HashMap},
    rc::Rc,
};

/// The versions that columns had before a change, by their names.
pub(super) type Bases = BTreeMap<String, Id<Op>>;

/// Whose and which row a change patched, which change it is, and what it rests on.
type Patch = ((Id<Client>, [u8; 16]), Id<Op>, String);

/// What an undo or redo did.
#[derive(Clone, Debug, PartialEq)]
pub struct Undone {
    /// The name of the step.
    pub what: String,
    /// Rows that changed.
    pub changed: usize,
    /// Rows that others had changed since; they stay.
    pub skipped: Vec<Skipped>,
}

/// A row an undo left as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Skipped {
    /// Its table.
    pub table: &'static str,
    /// Which row.
    pub id: [u8; 16],
    /// Who changed it since.
    pub author: Option<String>,
    /// When.
    pub at: Option<Instant>,
}

/// One change of the step that is taken back.
struct Past {
    client: Id<Client>,
    op: Id<Op>,
    kind: u8,
    record: [u8; 16],
    act: Act,
    was: Option<String>,
}

/// Which steps a person may take back, or take back the taking back of.
#[derive(Clone, Copy)]
enum Way {
    Undo,
    Redo,
}

impl Way {
    /// What a person is told where there is no such step.
    const fn nothing(self) -> Code {
        match self {
            Way::Undo => Code::NothingToUndo,
            Way::Redo => Code::NothingToRedo,
        }
    }
}

impl Writer<'_> {
    /// Takes back the person's newest step that still stands.
    pub fn undo(&mut self) -> Result<Undone> {
        self.take_back(Way::Undo)
    }
    /// Takes back the newest undo, unless something was written since.
    pub fn redo(&mut self) -> Result<Undone> {
        self.take_back(Way::Redo)
    }
    fn take_back(&mut self, way: Way) -> Result<Undone> {
        let Some((step, what)) = self.newest(way)? else { return Err(way.nothing().into()) };
        self.undoes = Some((step, matches!(way, Way::Undo)));
        self.undone = self.undone_since(step)?;
        self.names(what.clone());
        self.because(Some(format!("undo: {what}")));
        let mut out = Undone { what, changed: 0, skipped: vec![] };
        for past in self.past(step)? {
            self.reverse(&past, &mut out)?;
        }
        // A cover and its booking go back together or not at all.
        let whole = self.spans(step)?.iter().any(|(log, ..)| *log == Client::PLANT);
        if (whole || out.changed == 0) && !out.skipped.is_empty() {
            let who = out.skipped[0].author.clone().unwrap_or_default();
            return Err(Fault::new(Code::ChangedSince).with("who", who).into());
        }
        self.local("UPDATE main.step SET taken_back = 1 WHERE no = ?1", &[Value::Int(step)])?;
        Ok(out)
    }
    /// The newest step that stands and whose clients are all in scope still; an
    /// undo can be taken back until something else is written.
    fn newest(&self, way: Way) -> Result<Option<(i64, String)>> {
        let sql = match way {
            Way::Undo => {
                "SELECT no, what FROM main.step WHERE user_id = ?1 AND is_undo = 0 AND taken_back = 0
                ORDER BY no DESC LIMIT 100"
            }
            Way::Redo => {
                "SELECT no, what FROM main.step s WHERE user_id = ?1 AND is_undo = 1 AND taken_back = 0
                AND NOT EXISTS (SELECT 1 FROM main.step n WHERE n.user_id = ?1 AND n.no > s.no AND n.undoes IS NULL)
                ORDER BY no DESC LIMIT 100"
            }
        };
        let user = Value::Id(self.session().user().bytes());
        for (step, what) in self.privileged(sql, &[user], |r| Ok((r.get(0)?, r.get(1)?)))? {
            if self.spans(step)?.iter().all(|(client, ..)| self.reaches_log(*client)) {
                return Ok(Some((step, what)));
            }
        }
        Ok(None)
    }
    /// Whether the log is one the person may still write to.
    fn reaches_log(&self, log: Id<Client>) -> bool {
        let pool = log == Client::PLANT && self.session().may(Verb::Update, Group::Pool).is_ok();
        pool || self.session().covers(log)
    }
    /// The clients a step wrote to, with the first and last place in their logs.
    fn spans(&self, step: i64) -> Result<Vec<(Id<Client>, i64, i64)>> {
        let sql = "SELECT client_id, first_seq, last_seq FROM main.step_client WHERE step = ?1";
        self.privileged(sql, &[Value::Int(step)], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
    }
    /// The step's changes, newest first, as far as they are in scope.
    fn past(&self, step: i64) -> Result<Vec<Past>> {
        let mut out = vec![];
        // Bookings come after the covers that say who may know of them.
        let (plant, clients): (Vec<_>, Vec<_>) = self.spans(step)?.into_iter().partition(|s| s.0 == Client::PLANT);
        for (client, first, last) in clients {
            let mut own = self.own_between(client, first, last, "client_id, op, kind, record, act", |r| {
                let kind = u8::try_from(r.get::<i64>(2)?).unwrap_or(0);
                Ok(Past { client: r.get(0)?, op: r.get(1)?, kind, record: r.get(3)?, act: r.get(4)?, was: None })
            })?;
            own.reverse();
            out.append(&mut own);
        }
        if !plant.is_empty() {
            out.extend(self.past_of_plant(step)?);
        }
        out.iter_mut().try_for_each(|p| -> Result<()> {
            if p.act == Act::Patch {
                let sql = "SELECT was FROM main.was WHERE client_id = ?1 AND op = ?2";
                let values = [key(p.client), Value::Id(p.op.bytes())];
                p.was = self.privileged(sql, &values, |r| r.get(0))?.into_iter().next();
            }
            Ok(())
        })?;
        Ok(out)
    }
    /// What one's own changes of these numbers say, in their order.
    ///
    /// Where the file orders the log, a change's number is its place; where a hub does, the list of one's own tells it.
    fn own_between<T>(
        &self,
        client: Id<Client>,
        first: i64,
        last: i64,
        columns: &str,
        mut of: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let values = [key(client), Value::Int(first), Value::Int(last)];
        if !self.log.is_joined(client)? {
            let columns = columns.split(", ").map(|c| format!("c.{c}")).collect::<Vec<_>>().join(", ");
            let sql = format!(
                "SELECT {columns} FROM confirmation n CROSS JOIN change c ON c.client_id = n.client_id AND c.op = n.op
                 WHERE n.client_id = ?1 AND n.seq BETWEEN ?2 AND ?3 ORDER BY n.seq"
            );
            return self.select(&sql, &values, of);
        }
        let sql = "SELECT op FROM main.own_change WHERE client_id = ?1 AND dev_seq BETWEEN ?2 AND ?3 ORDER BY dev_seq";
        let mut out = vec![];
        for op in self.privileged(sql, &values, |r| r.get::<Id<Op>>(0))? {
            let sql = format!("SELECT {columns} FROM change WHERE client_id = ?1 AND op = ?2");
            out.extend(self.first(&sql, &[key(client), Value::Id(op.bytes())], &mut of)?);
        }
        Ok(out)
    }
    /// The same of the plant's log, which nobody reads but of his own steps.
    fn past_of_plant(&self, step: i64) -> Result<Vec<Past>> {
        let sql = "SELECT op, kind, record, act FROM plant_step WHERE step = ?1 ORDER BY seq DESC";
        self.select(sql, values![step], |r| {
            let kind = u8::try_from(r.get::<i64>(1)?).unwrap_or(0);
            Ok(Past { client: Client::PLANT, op: r.get(0)?, kind, record: r.get(2)?, act: r.get(3)?, was: None })
        })
    }
    fn reverse(&mut self, past: &Past, out: &mut Undone) -> Result<()> {
        macro_rules! by_kind {
            ($($name:ident),* $(,)?) => { match past.kind {
                // A person's own name stays known wherever his rows were seen.
                n if n == Author::NUMBER => Ok(()),
                $(n if n == <domain::$name as Entity>::NUMBER => self.reverse_as::<domain::$name>(past, out),)*
                n if n == PoolEmployee::NUMBER => self.reverse_as::<PoolEmployee>(past, out),
                n if n == PoolBooking::NUMBER => self.reverse_as::<PoolBooking>(past, out),
                _ => Ok(()),
            } };
        }
        domain::entities!(by_kind)
    }
    fn reverse_as<E: Entity>(&mut self, past: &Past, out: &mut Undone) -> Result<()> {
        let id = Id::<E>::from_bytes(past.record);
        let Some(old) = self.current(past.client, id)? else { return Ok(()) };
        let row = E::of(past.client, id, old.values.clone()).ok_or_else(missing)?;
        let fresh = match past.act {
            Act::Create | Act::Restore => !old.gone && self.untouched::<E>(&old, past),
            Act::Remove => old.gone,
            Act::Patch => !old.gone,
        };
        if !fresh {
            out.skipped.push(self.skipped::<E>(past)?);
            return Ok(());
        }
        match past.act {
            Act::Create | Act::Restore => self.withdraw(&row)?,
            Act::Remove => self.bring_back(&row)?,
            Act::Patch => return self.patch_back::<E>(past, &old, out),
        }
        out.changed += 1;
        Ok(())
    }
    /// Whether no column was written since the row was made, but by this undo and what was taken back.
    fn untouched<E: Entity>(&self, row: &Folded, past: &Past) -> bool {
        let columns = E::COLUMNS.iter().enumerate();
        past.act == Act::Restore || columns.into_iter().all(|(i, c)| self.is_own(past, c.name, row.versions.column(i)))
    }
    /// Whether a column stands as the change left it.
    ///
    /// What the person wrote later and took back himself is as if it never was: so undo goes on, step by step.
    fn is_own(&self, past: &Past, column: &str, version: Id<Op>) -> bool {
        let older = |op: &Id<Op>| self.undone.get(op)?.get(column).copied();
        let mut versions = std::iter::successors(Some(version), older).take(self.undone.len() + 1);
        versions.any(|version| version == past.op || self.reversed.contains(&version))
    }
    /// The changes by which the person took back later steps, each with the versions its columns had before those.
    fn undone_since(&self, step: i64) -> Result<HashMap<Id<Op>, Rc<Bases>>> {
        let sql = "SELECT no, undoes FROM main.step WHERE user_id = ?1 AND no > ?2 AND undoes IS NOT NULL";
        let values = [Value::Id(self.session().user().bytes()), Value::Int(step)];
        let mut all = HashMap::new();
        for (by, of) in self.privileged(sql, &values, |r| Ok((r.get(0)?, r.get(1)?)))? {
            let mut before: HashMap<_, Bases> = HashMap::new();
            for (row, _, base) in self.patches(of)? {
                let bases = before.entry(row).or_default();
                // Of a column that the step wrote twice, what was there first.
                for (column, op) in bases_of(&base) {
                    bases.entry(column).or_insert(op);
                }
            }
            let before: HashMap<_, _> = before.into_iter().map(|(row, bases)| (row, Rc::new(bases))).collect();
            let patches = self.patches(by)?.into_iter();
            all.extend(patches.filter_map(|(row, op, _)| Some((op, before.get(&row)?.clone()))));
        }
        Ok(all)
    }
    /// The patches of a step in place: whose and which row, which change, and what it rests on.
    fn patches(&self, step: i64) -> Result<Vec<Patch>> {
        let mut out = vec![];
        for (client, first, last) in self.spans(step)? {
            let patch = |r: &Row<'_>| Ok((((client, r.get(0)?), r.get(1)?, r.get(2)?), r.get::<Act>(3)?));
            let found = if client == Client::PLANT {
                let sql = "SELECT record, op, base, act FROM plant_step WHERE step = ?1 ORDER BY seq";
                self.select(sql, values![step], patch)?
            } else {
                self.own_between(client, first, last, "record, op, base, act", patch)?
            };
            out.extend(found.into_iter().filter(|(_, act)| *act == Act::Patch).map(|(patch, _)| patch));
        }
        Ok(out)
    }
    fn withdraw<E: Entity>(&mut self, row: &E) -> Result<()> {
        self.session().may(Verb::Remove, E::GROUP)?;
        self.guard_closed(row)?;
        self.erase(row)
    }
    fn bring_back<E: Entity>(&mut self, row: &E) -> Result<()> {
        self.session().may(Verb::Create, E::GROUP)?;
        self.guard_closed(row)?;
        self.revive(row)
    }
    /// Only columns whose shown version is the change being undone go back.
    fn patch_back<E: Entity>(&mut self, past: &Past, old: &Folded, out: &mut Undone) -> Result<()> {
        let was: Map<String, Json> = past.was.as_deref().and_then(|t| serde_json::from_str(t).ok()).unwrap_or_default();
        let (mut values, mut stayed) = (old.values.clone(), false);
        for (i, column) in E::COLUMNS.iter().enumerate() {
            let Some(json) = was.get(column.name) else { continue };
            match Value::from_json(column.kind, json) {
                // A column that the step wrote twice goes back twice.
                Some(v) if self.is_own(past, column.name, old.versions.column(i)) => values[i] = v,
                _ => stayed = true,
            }
        }
        if stayed {
            out.skipped.push(self.skipped::<E>(past)?);
        }
        let row = E::of(past.client, Id::from_bytes(past.record), values).ok_or_else(missing)?;
        if self.put(&row)? != super::Put::Same {
            out.changed += 1;
        }
        Ok(())
    }
    fn skipped<E: Entity>(&self, past: &Past) -> Result<Skipped> {
        let by = newest_author(self, past)?;
        Ok(Skipped { table: E::TABLE, id: past.record, author: by.as_ref().map(|b| b.0.clone()), at: by.map(|b| b.1) })
    }
}

/// What each column of a change rests on; what two people wrote at once rests on nobody's version alone.
fn bases_of(base: &str) -> impl Iterator<Item = (String, Id<Op>)> {
    let map: BTreeMap<String, Vec<String>> = serde_json::from_str(base).unwrap_or_default();
    let alone = |ops: &Vec<String>| if let [op] = &ops[..] { op.parse().ok() } else { None };
    map.into_iter().filter_map(move |(column, ops)| Some((column, alone(&ops)?)))
}

fn newest_author(r: &Reader<'_>, past: &Past) -> Result<Option<(String, Instant)>> {
    let latest = r.latest(past.client, past.record)?;
    Ok(latest.and_then(|l| l.author.map(|name| (name, l.at))))
}

#[cfg(test)]
mod tests;
