//! A plant that outgrew its keeper moves to another database: all that the hub is goes along, word for word.
//!
//! The seed goes, too: PCs know the hub again by what it signs, and need nothing but its new address.
use super::after::name_all;
use crate::{
    Error, Hub,
    base::{Base, Row, Tx, Value, Way, given},
};
use std::fmt::Write;

/// A table: its columns, of which the first so many name a row.
struct Table(&'static str, &'static [&'static str], usize);

/// In an order in which what is pointed to comes before what points.
///
/// Codes, passes and wrong tries are for minutes and stay behind. How far backups reach does not go along: of the new place there is none yet.
const TABLES: &[Table] = &[
    Table("client", &["id", "name"], 1),
    Table("person", &["id", "login", "name", "role", "active", "verifier"], 1),
    Table("device", &["id", "name", "key", "enrolled_at", "withdrawn", "anew"], 1),
    Table("device_person", &["device", "person", "active", "generation"], 2),
    Table(
        "token",
        &["hash", "device", "family", "parent", "asked_at", "renews", "expires_at", "shown", "replaced", "ended"],
        1,
    ),
    Table("seen", &["device", "at"], 1),
    Table("deed", &["id", "at", "person", "device", "what"], 1),
    Table("client_head", &["client_id", "seq", "chain", "received_at", "key"], 1),
    Table("granted", &["client_id", "person", "active", "generation"], 2),
    Table(
        "entry",
        &["client_id", "seq", "chain", "received_at", "device", "incarnation", "verdict", "fates", "sent"],
        2,
    ),
    Table("verdict", &["client_id", "op", "verdict", "why"], 2),
    Table("numbered", &["client_id", "device", "incarnation", "number", "op"], 4),
    Table("folded", &["client_id", "kind", "record", "row"], 3),
    Table("claim", &["client_id", "kind", "record", "what", "from_at", "to_at"], 3),
    Table("refused", &["client_id", "kind", "record", "op", "creates", "why", "sent"], 4),
    Table("quarantine", &["client_id", "op", "hash", "received_at", "sent"], 3),
    Table("parting", &["client_id", "parting", "received_at"], 2),
];

/// Rows in memory at once.
const AT_ONCE: usize = 200;

impl<B: Base> Hub<B> {
    /// Becomes the hub that another database holds; one that has become it already stays as it is.
    ///
    /// # Errors
    /// Where it holds a hub of its own, with clients, people or PCs; those of either database.
    pub(crate) async fn take_over<T: Tx>(&self, from: &T) -> Result<(), Error> {
        let mut way = self.way().await?;
        let to = way.begin().await?;
        let state = "SELECT epoch, locked, generation, seed FROM hub.state";
        let theirs = from.row(state, &[]).await?.ok_or(Error::Unknown("state of the hub"))?;
        let own = to.row(state, &[]).await?.ok_or(Error::Unknown("state of the hub"))?;
        if own.hash(3)? == theirs.hash(3)? {
            return Ok(());
        }
        empty(&to).await?;
        let sql = "UPDATE hub.state SET epoch = $1, locked = $2, generation = $3, seed = $4";
        to.run(sql, given![theirs.number(0)?, theirs.yes(1)?, theirs.number(2)?, theirs.hash(3)?]).await?;
        let logs = name_all(from).await?;
        to.see_clients(&logs).await?;
        for table in TABLES {
            copy(from, &to, table).await?;
        }
        to.commit().await
    }
}

/// Nothing is written over: only a hub that nobody has begun to use becomes another.
async fn empty<T: Tx>(tx: &T) -> Result<(), Error> {
    for table in ["client", "person", "device"] {
        if tx.row(&format!("SELECT 1 FROM hub.{table} LIMIT 1"), &[]).await?.is_some() {
            return Err(Error::InUse);
        }
    }
    Ok(())
}

async fn copy<F: Tx, T: Tx>(from: &F, to: &T, table: &Table) -> Result<(), Error> {
    let mut last: Option<Row> = None;
    loop {
        let (sql, after) = page(table, last.as_ref());
        let rows = from.rows(&sql, &after).await?;
        if rows.is_empty() {
            return Ok(());
        }
        let values: Vec<Value> = rows.iter().flat_map(|row| row.0.iter().cloned()).collect();
        to.run(&insert(table, rows.len()), &values).await?;
        last = rows.into_iter().next_back();
    }
}

/// The rows that follow a row, and what names that.
fn page(Table(name, columns, key): &Table, last: Option<&Row>) -> (String, Vec<Value>) {
    let (all, names) = (columns.join(", "), columns[..*key].join(", "));
    let places: Vec<String> = (1..=*key).map(|i| format!("${i}")).collect();
    let after = last.map_or(String::new(), |_| format!("WHERE ({names}) > ({})", places.join(", ")));
    let sql = format!("SELECT {all} FROM hub.{name} {after} ORDER BY {names} LIMIT {AT_ONCE}");
    (sql, last.map_or(vec![], |row| row.0[..*key].to_vec()))
}

fn insert(Table(name, columns, _): &Table, rows: usize) -> String {
    let mut sql = format!("INSERT INTO hub.{name} ({}) VALUES ", columns.join(", "));
    for row in 0..rows {
        let places = (1..=columns.len()).map(|i| format!("${}", row * columns.len() + i));
        let _ = write!(sql, "{}({})", if row > 0 { ", " } else { "" }, places.collect::<Vec<_>>().join(", "));
    }
    sql
}
