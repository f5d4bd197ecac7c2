//! What rows are called in files, and which row a name means.
use super::{
    keys::{folded, key, repeats},
    shape_of,
};
use domain::{Client, Day, Id, Value, entities::Shape as Rows};
use std::collections::{BTreeMap, HashMap, HashSet};
use store::Reader;

/// A row of any table.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Record {
    pub(super) id: [u8; 16],
    pub(super) values: Vec<Value>,
}

/// The names of one table's rows.
#[derive(Default)]
pub(super) struct Names {
    texts: HashMap<[u8; 16], String>,
    ids: HashMap<String, [u8; 16]>,
    gone: HashSet<[u8; 16]>,
}

/// The tables of one client, each read when it is first asked for.
pub(super) struct Book<'r, 'c> {
    reader: &'r Reader<'c>,
    client: Id<Client>,
    names: BTreeMap<&'static str, Names>,
}

impl Names {
    /// What people call a row.
    pub(super) fn text(&self, id: [u8; 16]) -> &str {
        self.texts.get(&id).map_or("", String::as_str)
    }
    /// The row of a name.
    pub(super) fn id(&self, text: &str) -> Option<[u8; 16]> {
        self.ids.get(&folded(text)).copied()
    }
    /// Whether the row was taken away: what names it stays, but nothing new does.
    pub(super) fn is_gone(&self, id: [u8; 16]) -> bool {
        self.gone.contains(&id)
    }
    /// Gives a row its name; a second row of the same name is called `name#2`.
    fn give(&mut self, text: String, id: [u8; 16]) {
        let (mut name, mut turn) = (text.clone(), 1);
        while self.ids.contains_key(&folded(&name)) {
            turn += 1;
            name = format!("{text}#{turn}");
        }
        self.ids.insert(folded(&name), id);
        self.texts.insert(id, name);
    }
}

impl<'r, 'c> Book<'r, 'c> {
    /// Of one client.
    pub(super) fn of(reader: &'r Reader<'c>, client: Id<Client>) -> Self {
        Book { reader, client, names: BTreeMap::new() }
    }
    /// The rows of a table that are here.
    pub(super) fn records(&self, rows: &Rows) -> store::Result<Vec<Record>> {
        Ok(self.all(rows, "")?.into_iter().map(|(record, _)| record).collect())
    }
    /// Rows with whether each was taken away; `_all` reads those too.
    fn all(&self, rows: &Rows, which: &str) -> store::Result<Vec<(Record, bool)>> {
        let columns: Vec<&str> = rows.columns.iter().map(|c| c.name).collect();
        let (list, table) = (columns.join(", "), rows.table);
        let sql = format!("SELECT id, gone_at, {list} FROM {table}{which} WHERE client_id = ?1 ORDER BY id");
        self.reader.select(&sql, store::values![self.client], |row| {
            let values = (0..columns.len()).map(|i| row.get(i + 2)).collect::<store::Result<_>>()?;
            Ok((Record { id: row.get(0)?, values }, row.get::<Option<i64>>(1)?.is_some()))
        })
    }
    /// Reads the names of every table that a table's columns point into.
    pub(super) fn open(&mut self, rows: &Rows) -> store::Result<()> {
        rows.columns.iter().filter_map(|c| c.refers).try_for_each(|table| self.learn(table))
    }
    /// Reads the names of a table's rows, after those they are made of.
    fn learn(&mut self, table: &'static str) -> store::Result<()> {
        let Some(rows) = shape_of(table).filter(|_| !self.names.contains_key(table)) else { return Ok(()) };
        for part in key(rows) {
            if let Some(other) = rows.columns.iter().find(|c| c.name == *part).and_then(|c| c.refers) {
                self.learn(other)?;
            }
        }
        let mut all: Vec<_> =
            self.all(rows, "_all")?.into_iter().map(|(r, gone)| (gone, self.name(rows, &r), r)).collect();
        if repeats(rows) {
            // Equal names are counted in the order of what the rows say, which is the same on every PC.
            all.sort_by_cached_key(|(gone, name, r)| (*gone, name.clone(), plain(r), r.id));
        }
        all.sort_by_key(|(gone, ..)| *gone);
        let mut names = Names::default();
        for (gone, name, record) in all {
            names.give(name, record.id);
            names.gone.extend(gone.then_some(record.id));
        }
        self.names.insert(table, names);
        Ok(())
    }
    /// The names of a table that was opened.
    pub(super) fn names(&self, table: &str) -> Option<&Names> {
        self.names.get(table)
    }
    /// What people call a row: its code, or what makes it up with slashes between.
    fn name(&self, rows: &Rows, record: &Record) -> String {
        let part = |name: &&str| {
            let at = rows.columns.iter().position(|c| c.name == *name)?;
            Some(self.shown(rows.columns[at].refers, rows.columns[at].kind, &record.values[at]))
        };
        let parts: Vec<String> = key(rows).iter().filter_map(part).collect();
        let name = parts.join("/").trim_end_matches('/').to_string();
        if name.is_empty() { Id::<()>::from_bytes(record.id).hex() } else { name }
    }
    fn shown(&self, refers: Option<&str>, kind: domain::Kind, value: &Value) -> String {
        match value {
            Value::Null => String::new(),
            Value::Int(day) if kind == domain::Kind::Day => {
                i32::try_from(*day).map_or_else(|_| String::new(), |d| Day(d).to_string())
            }
            Value::Int(n) => n.to_string(),
            Value::Real(x) => x.to_string(),
            Value::Text(text) => text.trim().to_string(),
            Value::Id(id) => refers.and_then(|t| self.names.get(t)).map_or("", |n| n.text(*id)).to_string(),
        }
    }
}

/// What a row says apart from what it points to.
fn plain(record: &Record) -> String {
    let said = record.values.iter().filter(|v| !matches!(v, Value::Id(_)));
    said.map(|v| format!("{v:?}\u{1f}")).collect()
}
