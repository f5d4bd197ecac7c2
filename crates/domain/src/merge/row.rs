//! A row as the changes so far have made it.
use super::{Column, Versions};
use crate::{Id, Shape, Value, change::Op};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// Where a value of a patch belongs.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Place {
    /// The column of this number.
    Column(usize),
    /// A column that this program does not know; it is kept all the same.
    Other(String),
}

/// A row as the changes so far have made it.
#[derive(Clone, PartialEq, Debug)]
pub struct Folded {
    /// The values of the entity's columns.
    pub values: Vec<Value>,
    /// Who wrote each.
    pub versions: Versions,
    /// Whether it was taken away.
    pub gone: bool,
    /// Values that wait for a decision, in the order in which they came.
    pub conflicts: Vec<Conflict>,
    /// Columns of a newer program, by name: value and who wrote it.
    pub others: Vec<(String, Value, Id<Op>)>,
}

/// What a change would have written, had nobody else written meanwhile.
#[derive(Clone, PartialEq, Debug)]
pub struct Conflict {
    /// The change.
    pub op: Id<Op>,
    /// Its values that wait; empty where it would have taken the row away.
    pub values: Vec<(Place, Value)>,
}

impl Folded {
    /// A row of nothing, made by a change.
    pub fn blank(op: Id<Op>, width: usize) -> Self {
        let versions = Versions::created(op);
        Folded { values: vec![Value::Null; width], versions, gone: false, conflicts: vec![], others: vec![] }
    }
    /// A row of which nobody else has anything waiting.
    pub fn of(values: Vec<Value>, versions: Versions, gone: bool) -> Self {
        Folded { values, versions, gone, conflicts: vec![], others: vec![] }
    }
    /// The value of a place; nothing where nobody wrote it.
    pub fn value(&self, place: &Place) -> &Value {
        match place {
            Place::Column(i) => self.values.get(*i).unwrap_or(&Value::Null),
            Place::Other(name) => self.other(name).map_or(&Value::Null, |o| &o.1),
        }
    }
    /// The change that wrote a place; none where nobody has.
    ///
    /// A creation leaves empty columns out, so that it has not written them.
    pub fn version(&self, place: &Place) -> Option<Id<Op>> {
        match place {
            Place::Column(i) => {
                let version = self.versions.column(*i);
                let unwritten = version == self.versions.maker() && *self.value(place) == Value::Null;
                (!unwritten).then_some(version)
            }
            Place::Other(name) => self.other(name).map(|o| o.2),
        }
    }
    /// Writes a value and who wrote it.
    pub fn set(&mut self, place: &Place, value: Value, op: Id<Op>) {
        match place {
            Place::Column(i) => {
                self.values[*i] = value;
                self.versions.set(*i, op);
            }
            Place::Other(name) => match self.others.iter_mut().find(|o| o.0 == *name) {
                Some(o) => (o.1, o.2) = (value, op),
                None => self.others.push((name.clone(), value, op)),
            },
        }
    }
    /// Every place that somebody wrote.
    pub fn places(&self) -> impl Iterator<Item = Place> + '_ {
        let columns = (0..self.values.len()).map(Place::Column);
        columns.chain(self.others.iter().map(|o| Place::Other(o.0.clone()))).filter(|p| self.version(p).is_some())
    }
    fn other(&self, name: &str) -> Option<&(String, Value, Id<Op>)> {
        self.others.iter().find(|o| o.0 == name)
    }
    /// What hub and devices compare: the row, who wrote it and what waits, by names of columns.
    pub fn digest(&self, columns: &[Column], kind: u8, record: &[u8; 16]) -> [u8; 32] {
        let name = |p: &Place| name(columns, p).to_string();
        let cell = |p: Place| (name(&p), json!([self.value(&p).to_json(), self.version(&p).map(Id::hex)]));
        let cells: BTreeMap<String, Json> = self.places().map(cell).collect();
        let values = |c: &Conflict| c.values.iter().map(|(p, v)| (name(p), v.to_json())).collect::<BTreeMap<_, _>>();
        let waits: BTreeMap<String, _> = self.conflicts.iter().map(|c| (c.op.hex(), values(c))).collect();
        let text = json!([kind, Id::<()>::from_bytes(*record).hex(), self.gone, cells, waits]).to_string();
        *blake3::hash(text.as_bytes()).as_bytes()
    }
}

/// The name of a place.
pub fn name<'n>(columns: &[Column], place: &'n Place) -> &'n str {
    match place {
        Place::Column(i) => columns.get(*i).map_or("", |c| c.name),
        Place::Other(name) => name,
    }
}

/// The place of a name.
pub fn place(columns: &[Column], name: &str) -> Place {
    columns.iter().position(|c| c.name == name).map_or_else(|| Place::Other(name.into()), Place::Column)
}

/// Adds a row's digest to those of others; the order does not matter, and adding it again takes it out.
pub fn mix(all: &mut [u8; 32], one: &[u8; 32]) {
    all.iter_mut().zip(one).for_each(|(a, b)| *a ^= b);
}

/// The columns of a table, and what they are to each other.
pub(super) fn together<'s>(shape: &'s Shape, place: &Place) -> impl Iterator<Item = usize> + 's {
    let unit = match place {
        Place::Column(i) => shape.columns[*i].together,
        Place::Other(_) => 0,
    };
    let members = shape.columns.iter().enumerate().filter(move |(_, c)| unit != 0 && c.together == unit);
    members.map(|(i, _)| i)
}
