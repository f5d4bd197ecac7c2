//! The walls of the book: a page reads and writes the rows of the clients it named, and no others.
use crate::{Error, Result};
use rusqlite::Connection;
use std::fmt::Write;

/// Whose rows are a client's.
pub(super) const WALLED: [&str; 10] =
    ["client_head", "granted", "entry", "verdict", "numbered", "folded", "claim", "refused", "quarantine", "parting"];

/// Words behind which a statement names the table it writes.
const WRITES: [&str; 3] = ["INSERT INTO hub.", "UPDATE hub.", "DELETE FROM hub."];

/// Puts a view before each walled table, and a guard on it.
pub(super) fn raise(c: &Connection) -> Result<()> {
    let mut sql = String::from(
        "CREATE TEMP TABLE named_client (id BLOB PRIMARY KEY) WITHOUT ROWID;
         CREATE TEMP TABLE named_person (id BLOB PRIMARY KEY) WITHOUT ROWID;",
    );
    for table in WALLED {
        // Which clients the people of a PC may see is asked before the clients can be named.
        let or = if table == "granted" { "OR person IN (SELECT id FROM temp.named_person)" } else { "" };
        let _ = write!(
            sql,
            "CREATE TEMP VIEW {table} AS SELECT * FROM main.{table}
               WHERE client_id IN (SELECT id FROM temp.named_client) {or};"
        );
        for (does, row) in [("INSERT", "NEW"), ("UPDATE", "OLD"), ("UPDATE", "NEW"), ("DELETE", "OLD")] {
            let _ = write!(
                sql,
                "CREATE TEMP TRIGGER {table}_{does}_{row} BEFORE {does} ON main.{table}
                   WHEN {row}.client_id NOT IN (SELECT id FROM temp.named_client)
                   BEGIN SELECT RAISE(ABORT, 'a client that the page did not name'); END;"
            );
        }
    }
    Ok(c.execute_batch(&sql)?)
}

/// The statement as SQLite is given it: what it writes is the table, what it reads is the view before it.
///
/// # Errors
/// Where it names a table otherwise than as the hub's.
pub(super) fn named(sql: &str) -> Result<String> {
    if ["main.", "temp.", "sqlite_", "pragma"].iter().any(|past| sql.to_lowercase().contains(past)) {
        return Err(Error::Unsound);
    }
    let mut sql = sql.to_owned();
    for writes in WRITES {
        sql = sql.replace(writes, &writes.replace("hub.", "main."));
    }
    // Nobody else writes while a page is open: there is nothing to be held besides.
    Ok(sql.replace("hub.", "").replace(" FOR UPDATE", "").replace(" FOR SHARE", "").replace('$', "?"))
}
