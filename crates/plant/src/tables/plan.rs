//! What the lines of a file would change here.
use super::{
    book::{Book, Record},
    called,
    door::{Door, start},
    keys::{self, folded},
    lines::{Line, Said, unknown},
    row::{Differs, is_same, merge, show},
};
use crate::import::{
    check::Errors,
    why::{RowError, Why, shorten},
};
use domain::{Client, Code, Fault, Id, Problems, Value, entities::Shape as Rows, workflow::Actor};
use std::collections::{BTreeMap, HashMap, HashSet};

/// A line's number, and what it says.
type Told = (u32, Vec<Value>);

/// A row to be written.
#[derive(Debug)]
pub(super) struct Planned {
    pub(super) line: u32,
    pub(super) client: Id<Client>,
    pub(super) record: Record,
    pub(super) new: bool,
}

/// What a file would change.
#[derive(Default, Debug)]
pub(super) struct Plan {
    /// Rows to write, parents first.
    pub(super) rows: Vec<Planned>,
    /// File lines that bring a client something.
    pub(super) brought: BTreeMap<Id<Client>, u32>,
    /// Codes of clients to be founded.
    pub(super) founded: Vec<String>,
    /// File lines that are here already.
    pub(super) already: u32,
}

/// The lines of one client beside its rows.
pub(super) struct Desk<'p, 'r, 'c> {
    pub(super) rows: &'static Rows,
    pub(super) door: &'p Door,
    pub(super) client: Id<Client>,
    pub(super) book: Book<'r, 'c>,
    pub(super) actor: &'p Actor<'p>,
    pub(super) plan: &'p mut Plan,
    pub(super) errors: &'p mut Errors,
    here: HashMap<String, Vec<Record>>,
    seen: HashMap<String, Vec<Record>>,
    stood: HashSet<[u8; 16]>,
    taken: HashSet<[u8; 16]>,
    /// The ids of the file's own codes, for rows that point to rows of their own table.
    own: HashMap<String, [u8; 16]>,
}

impl<'p, 'r, 'c> Desk<'p, 'r, 'c> {
    /// Reads what is here of a client.
    pub(super) fn of(
        (rows, door): (&'static Rows, &'p Door),
        client: Id<Client>,
        mut book: Book<'r, 'c>,
        actor: &'p Actor<'p>,
        plan: &'p mut Plan,
        errors: &'p mut Errors,
    ) -> store::Result<Self> {
        book.open(rows)?;
        let (mut here, mut taken): (HashMap<String, Vec<Record>>, _) = (HashMap::new(), HashSet::new());
        for record in book.records(rows)? {
            taken.insert(record.id);
            here.entry(key_of(rows, &record.values)).or_default().push(record);
        }
        let (seen, own, stood) = (HashMap::new(), HashMap::new(), taken.clone());
        Ok(Desk { rows, door, client, book, actor, plan, errors, here, seen, stood, taken, own })
    }
    /// Lays the lines beside the rows.
    pub(super) fn lay(&mut self, lines: &[&Line]) {
        self.own_codes(lines);
        let mut groups: Vec<(String, Vec<Told>)> = vec![];
        let mut at: HashMap<String, usize> = HashMap::new();
        for line in lines {
            let values = match self.resolve(line) {
                Ok(values) => values,
                Err(error) => {
                    self.errors.add([error]);
                    continue;
                }
            };
            let key = key_of(self.rows, &values);
            let place = *at.entry(key.clone()).or_insert(groups.len());
            if place == groups.len() {
                groups.push((key, vec![]));
            }
            groups[place].1.push((line.row, values));
        }
        groups.into_iter().for_each(|(key, group)| self.group(&key, group));
        self.parents_first();
    }
    /// Gives the file's own codes their ids, before any row points to them.
    fn own_codes(&mut self, lines: &[&Line]) {
        let code = self.rows.columns.iter().position(|c| c.name == "code");
        let Some(at) = code.filter(|_| self.points_home().is_some()) else { return };
        for line in lines {
            let Said::Value(Value::Text(code)) = &line.said[at] else { continue };
            let mut values = vec![Value::Null; self.rows.columns.len()];
            values[at] = Value::Text(code.clone());
            let key = key_of(self.rows, &values);
            let id = match self.here.get(&key).and_then(|rows| rows.first()) {
                Some(record) => record.id,
                None if self.own.contains_key(&folded(code)) => continue,
                None => self.free(&values, &key),
            };
            self.own.insert(folded(code), id);
        }
    }
    /// The column that points into the own table.
    fn points_home(&self) -> Option<usize> {
        self.rows.columns.iter().position(|c| c.refers == Some(self.rows.table))
    }
    /// The values of a line, with ids for names.
    fn resolve(&self, line: &Line) -> Result<Vec<Value>, RowError> {
        let columns = self.rows.columns.iter().zip(&line.said);
        columns
            .map(|(column, said)| match said {
                Said::Value(value) => Ok(value.clone()),
                Said::Name(text) => {
                    let own = (column.refers == Some(self.rows.table))
                        .then(|| self.own.get(&folded(text)).copied())
                        .flatten();
                    let names = column.refers.and_then(|table| self.book.names(table));
                    match own.or_else(|| names.and_then(|n| n.id(text))) {
                        Some(id) => Ok(Value::Id(id)),
                        None if keys::is_signature(self.rows, column) => Ok(Value::Null),
                        None => Err(unknown(line.row, column, text)),
                    }
                }
            })
            .collect()
    }
    /// Plans the lines of one key: first those that are here word for word, then those that say less, then the others.
    fn group(&mut self, key: &str, group: Vec<Told>) {
        let mut here = self.here.remove(key).unwrap_or_default();
        let rest = self.matched(key, group, &mut here, is_same);
        let says_no_more = |rows: &Rows, here: &[Value], says: &[Value]| matches!(merge(rows, here, says), Ok(None));
        for (line, values) in self.matched(key, rest, &mut here, says_no_more) {
            self.one(key, line, values, &mut here);
        }
    }
    /// Takes away the rows that are here already, and hands back the lines that found none.
    fn matched(
        &mut self,
        key: &str,
        group: Vec<Told>,
        here: &mut Vec<Record>,
        fits: impl Fn(&Rows, &[Value], &[Value]) -> bool,
    ) -> Vec<Told> {
        let mut rest = vec![];
        for (line, values) in group {
            match here.iter().position(|record| fits(self.rows, &record.values, &values)) {
                Some(at) => {
                    self.met(key, here.remove(at));
                    self.plan.already += 1;
                }
                None => rest.push((line, values)),
            }
        }
        rest
    }
    /// Remembers a row that a line was about: in most tables a second line of its key is about it, too.
    fn met(&mut self, key: &str, record: Record) {
        if !keys::repeats(self.rows) {
            self.seen.insert(key.into(), vec![record]);
        }
    }
    fn one(&mut self, key: &str, line: u32, says: Vec<Value>, here: &mut Vec<Record>) {
        let seen = self.seen.get(key).and_then(|s| s.first().cloned());
        let before = if here.is_empty() { seen } else { Some(here.remove(0)) };
        let planned = match &before {
            Some(record) => match merge(self.rows, &record.values, &says) {
                Ok(None) => {
                    self.plan.already += 1;
                    return;
                }
                Ok(Some(values)) => Ok(Record { id: record.id, values }),
                Err(differs) => Err(refusal(line, &says, &differs, self.rows)),
            },
            None => self.create(line, &says, key),
        };
        match planned.and_then(|record| self.judge(line, before.as_ref(), record)) {
            Ok(record) => {
                let new = before.is_none();
                self.met(key, record.clone());
                self.plan.rows.push(Planned { line, client: self.client, record, new });
                *self.plan.brought.entry(self.client).or_default() += 1;
            }
            Err(error) => self.errors.add([error]),
        }
    }
    /// A new row: what the line says, and what is usual.
    fn create(&mut self, line: u32, says: &[Value], key: &str) -> Result<Record, RowError> {
        let mut values = start(self.door, self.rows, self.client);
        for ((slot, says), column) in values.iter_mut().zip(says).zip(self.rows.columns) {
            if keys::is_signature(self.rows, column) {
                continue;
            }
            *slot = match says {
                Value::Null => keys::usual(self.rows, column, slot.clone())
                    .ok_or_else(|| RowError::new(line, Why::Empty).at(called(column)))?,
                said => said.clone(),
            };
        }
        let id = match self.rows.columns.iter().position(|c| c.name == "code").map(|at| &says[at]) {
            Some(Value::Text(code)) if self.own.contains_key(&folded(code)) => self.own[&folded(code)],
            _ if self.rows.table == "client" => self.client.bytes(),
            _ => self.free(&values, key),
        };
        Ok(Record { id, values })
    }
    /// The id that follows from the row, or the next of its key that is not taken.
    fn free(&mut self, values: &[Value], key: &str) -> [u8; 16] {
        if let Some(id) = (self.door.natural)(self.client, values) {
            return id;
        }
        let mut turn = 0;
        loop {
            let id = keys::id(self.rows, self.client, values, key, turn);
            if self.taken.insert(id) || turn > 1_000_000 {
                return id;
            }
            turn += 1;
        }
    }
    /// What the table's own rules and steps say to a row.
    fn judge(&self, line: u32, before: Option<&Record>, after: Record) -> Result<Record, RowError> {
        self.points_to_what_stands(line, before, &after)?;
        let mut problems = Problems::default();
        let checked = (self.door.check)(self.client, after.id, &after.values, &mut problems);
        checked.map_err(|fault| of_fault(line, &fault))?;
        if let Some(problem) = problems.0.first() {
            return Err(of_fault(line, &Fault::from(problem)));
        }
        let old = before.map(|b| b.values.as_slice());
        let step = (self.door.step)(self.client, after.id, old, &after.values, self.actor);
        step.map_err(|fault| of_fault(line, &fault))?;
        Ok(after)
    }
    /// Nothing new points to a row that was taken away.
    fn points_to_what_stands(&self, line: u32, before: Option<&Record>, after: &Record) -> Result<(), RowError> {
        for (at, column) in self.rows.columns.iter().enumerate() {
            let Value::Id(id) = &after.values[at] else { continue };
            let names = column.refers.and_then(|table| self.book.names(table));
            let same = before.is_some_and(|b| b.values[at] == after.values[at]);
            if let Some(names) = names.filter(|n| !same && n.is_gone(*id)) {
                return Err(unknown(line, column, names.text(*id)));
            }
        }
        Ok(())
    }
    /// Rows that point to rows of their own table follow those; without them they cannot be.
    fn parents_first(&mut self) {
        let Some(at) = self.points_home() else { return };
        let (own, others): (Vec<Planned>, Vec<Planned>) =
            std::mem::take(&mut self.plan.rows).into_iter().partition(|p| p.client == self.client);
        let mut waiting = own;
        let mut there = self.stood.clone();
        self.plan.rows = others;
        loop {
            let ready = |p: &Planned| !matches!(&p.record.values[at], Value::Id(parent) if !there.contains(parent));
            let (go, stay): (Vec<_>, Vec<_>) = waiting.into_iter().partition(ready);
            waiting = stay;
            if go.is_empty() {
                break;
            }
            there.extend(go.iter().map(|p| p.record.id));
            self.plan.rows.extend(go);
        }
        for planned in waiting {
            *self.plan.brought.entry(self.client).or_default() -= 1;
            let error = RowError::new(planned.line, Why::NoSuchRow).at(called(&self.rows.columns[at]));
            self.errors.add([error.value(show(&planned.record.values[0]))]);
        }
    }
}

/// What makes a row the same row, as one text.
fn key_of(rows: &Rows, values: &[Value]) -> String {
    let part = |name: &&str| {
        let value = rows.columns.iter().position(|c| c.name == *name).map_or(&Value::Null, |at| &values[at]);
        match value {
            Value::Null => String::new(),
            Value::Id(id) => Id::<()>::from_bytes(*id).hex(),
            Value::Text(text) => folded(text),
            other => show(other),
        }
    };
    keys::key(rows).iter().map(part).collect::<Vec<_>>().join("/")
}

fn refusal(line: u32, says: &[Value], differs: &Differs, rows: &'static Rows) -> RowError {
    let column = &rows.columns[differs.at];
    let error = RowError::new(line, Why::DiffersHere).at(called(column));
    error.value(shown(column, &says[differs.at])).with("here", shown(column, &differs.here))
}

/// A value as a person reads it in an error.
fn shown(column: &domain::Column, value: &Value) -> String {
    match value {
        Value::Int(n) if column.kind == domain::Kind::Day => {
            i32::try_from(*n).map_or_else(|_| n.to_string(), |d| domain::Day(d).to_string())
        }
        Value::Int(n) if column.kind == domain::Kind::Bool => if *n == 0 { "no" } else { "yes" }.into(),
        other => show(other),
    }
}

fn of_fault(line: u32, fault: &Fault) -> RowError {
    let mut error = RowError::new(line, Why::Empty);
    error.code = Code::of(&fault.code).map_or(Code::BadInput.word(), Code::word);
    error.field.clone_from(&fault.field);
    error.value = fault.params.get("value").map(|v| shorten(v));
    error.params.clone_from(&fault.params);
    error
}
