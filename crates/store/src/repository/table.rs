//! A row as its table holds it, read and written whole or by column.
use super::{
    Writer,
    cell::{Bound, key},
    log::dml,
};
use crate::{Error, Result, error::missing};
use domain::{
    Client, Id, Shape, Value,
    entities::logged,
    merge::{Folded, Versions},
};
use rusqlite::ToSql;
use std::{collections::HashMap, sync::LazyLock};

impl Writer<'_> {
    /// The row as its table holds it, also when it was taken away.
    pub(super) fn table_row(&self, shape: &Shape, client: Id<Client>, id: [u8; 16]) -> Result<Option<Folded>> {
        let n = shape.columns.len();
        self.first(&texts(shape).read, &[key(client), Value::Id(id)], |r| {
            let values = (0..n).map(|i| r.get(i)).collect::<Result<_>>()?;
            let versions = Versions::of_bytes(r.get(n + 1)?).ok_or_else(|| Error::Misfit(n + 1, shape.table.into()))?;
            Ok(Folded::of(values, versions, r.get::<Option<i64>>(n)?.is_some()))
        })
    }
    /// Writes a row that is new.
    pub(super) fn insert_row(&self, shape: &Shape, client: Id<Client>, id: [u8; 16], made: &Folded) -> Result<()> {
        self.place_row(&texts(shape).insert, client, id, made)
    }
    /// Makes a row what it is to be, whether it is new or not.
    pub(super) fn put_row(&self, shape: &Shape, client: Id<Client>, id: [u8; 16], made: &Folded) -> Result<()> {
        self.place_row(&texts(shape).put, client, id, made)
    }
    fn place_row(&self, sql: &str, client: Id<Client>, id: [u8; 16], made: &Folded) -> Result<()> {
        let gone = if made.gone { Value::Int(self.now().0) } else { Value::Null };
        let head = [key(client), Value::Id(id)];
        let all = head.iter().chain(&made.values).chain([&gone]).map(|v| Box::new(Bound(v)) as Box<dyn ToSql + '_>);
        let all: Vec<_> = all.chain([Box::new(made.versions.bytes()) as Box<dyn ToSql>]).collect();
        dml(self.at, sql, rusqlite::params_from_iter(all)).map(|_| ())
    }
    /// Writes some columns of a row.
    ///
    /// # Errors
    /// `missing` where it is not there.
    pub(super) fn update_row(
        &self,
        shape: &Shape,
        client: Id<Client>,
        id: [u8; 16],
        row: &Folded,
        columns: &[usize],
    ) -> Result<()> {
        let sets: String = columns.iter().map(|&i| format!("{} = ?, ", shape.columns[i].name)).collect();
        let sql = format!("UPDATE main.{} SET {sets}ver = ? WHERE client_id = ? AND id = ?", shape.table);
        let keys = [key(client), Value::Id(id)];
        let mut all: Vec<Box<dyn ToSql + '_>> = vec![];
        all.extend(columns.iter().map(|&i| Box::new(Bound(&row.values[i])) as Box<dyn ToSql + '_>));
        all.push(Box::new(row.versions.bytes()));
        all.extend(keys.iter().map(|v| Box::new(Bound(v)) as Box<dyn ToSql + '_>));
        one(dml(self.at, &sql, rusqlite::params_from_iter(all))?)
    }
    /// Says since when a row is gone, or that it is there.
    ///
    /// # Errors
    /// `missing` where there is none.
    pub(super) fn set_gone(&self, shape: &Shape, client: Id<Client>, id: [u8; 16], at: Option<i64>) -> Result<()> {
        let sql = format!("UPDATE main.{} SET gone_at = ?1 WHERE client_id = ?2 AND id = ?3", shape.table);
        one(dml(self.at, &sql, rusqlite::params![at, client.bytes().as_slice(), id.as_slice()])?)
    }
}

/// What is said to SQLite of a table's rows.
struct Texts {
    read: String,
    insert: String,
    put: String,
}

/// They are put together once: a page of a log says them for each of its rows.
fn texts(shape: &Shape) -> &'static Texts {
    static ALL: LazyLock<HashMap<u8, Texts>> = LazyLock::new(|| logged().map(|s| (s.number, Texts::of(s))).collect());
    &ALL[&shape.number]
}

impl Texts {
    fn of(shape: &Shape) -> Texts {
        let (table, names) = (shape.table, shape.columns.iter().map(|c| format!("{}, ", c.name)).collect::<String>());
        let marks = "?, ".repeat(shape.columns.len() + 3);
        let insert = format!("INSERT INTO main.{table}(client_id, id, {names}gone_at, ver) VALUES ({marks}?)");
        let all = shape.columns.iter().map(|c| c.name).chain(["gone_at", "ver"]);
        let sets = all.map(|n| format!("{n} = excluded.{n}")).collect::<Vec<_>>().join(", ");
        Texts {
            read: format!("SELECT {names}gone_at, ver FROM {table}_all WHERE client_id = ?1 AND id = ?2"),
            put: format!("{insert} ON CONFLICT DO UPDATE SET {sets}"),
            insert,
        }
    }
}

fn one(rows: usize) -> Result<()> {
    if rows == 1 { Ok(()) } else { Err(missing()) }
}
