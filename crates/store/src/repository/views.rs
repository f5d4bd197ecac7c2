//! The shadow views and guard triggers of one connection.
mod plant;

pub(super) use plant::TOLD;

use super::{
    class::{Class, OF_CLIENTS, tables},
    gate::ABSENCES,
};
use domain::{SHAPES, entities::Shape};
use std::fmt::Write;

/// The lists of whose rows are in scope; filled by `enter`, read by views and guards only.
const LISTS: &str = "
CREATE TEMP TABLE scope(client_id BLOB NOT NULL PRIMARY KEY, can_write INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TEMP TABLE who(
  owner BLOB NOT NULL PRIMARY KEY, can_write INTEGER NOT NULL, sees_people INTEGER NOT NULL,
  sees_pool INTEGER NOT NULL, leads INTEGER NOT NULL, sees_all INTEGER NOT NULL
) STRICT, WITHOUT ROWID;";

/// Rights that name a client.
pub(super) const RIGHTS: &[&str] = &["user_client", "user_line"];

/// The end of a client's log: all that is shown of `head`, whose chain is the store's own.
const POSITION: &str = "position";

/// The bare names that are views of more than one table, or of a part of one.
pub(super) const EXTRA: &[&str] = &[POSITION, plant::BUSY, plant::STEPS, plant::NEWEST];

/// The triggers of the file itself, with each table that it may look into while rows are written.
pub(super) const GUARDS: &[(&str, &str)] = &[
    ("pool_booking_is_free", "pool_booking"),
    ("pool_booking_stays_free", "pool_booking"),
    ("pool_booking_is_free", "feed"),
    ("pool_booking_stays_free", "feed"),
    ("confirmation_stays", "feed"),
    ("change_stays", "feed"),
    ("redaction_stays", "feed"),
];

/// Everything a connection gets before its authorizer.
pub(super) fn script(nonce: &str, writer: bool) -> String {
    let mut sql = format!("BEGIN;{LISTS}");
    for (table, class) in tables() {
        let Some((key, list)) = class.key() else { continue };
        if class == Class::Plant {
            continue;
        }
        shadow(&mut sql, nonce, table, class, key, list);
        if writer {
            guards(&mut sql, nonce, table, key, list);
        }
    }
    plant::views(&mut sql, nonce);
    if writer {
        plant::guards(&mut sql, nonce);
    }
    position(&mut sql, nonce);
    absences(&mut sql, nonce);
    if writer {
        OF_CLIENTS.iter().for_each(|table| guards(&mut sql, nonce, table, "client_id", "scope"));
    }
    sql + "COMMIT;"
}

/// Shadows a table with a view of the rows in scope.
///
/// The inner view carries the nonce: the authorizer trusts an accessor by its
/// name, and a common table expression could otherwise borrow the name.
fn shadow(sql: &mut String, nonce: &str, table: &str, class: Class, key: &str, list: &str) {
    let rows = format!("FROM main.{table} WHERE {key} IN (SELECT {key} FROM temp.{list})");
    let columns = columns(table);
    let _ = match class {
        Class::Client => write!(
            sql,
            "CREATE TEMP VIEW \"{nonce}_{table}\" AS SELECT {columns} {rows} AND gone_at IS NULL;
             CREATE TEMP VIEW {table} AS SELECT * FROM temp.\"{nonce}_{table}\";
             CREATE TEMP VIEW \"{nonce}_{table}_all\" AS SELECT {columns} {rows};
             CREATE TEMP VIEW {table}_all AS SELECT * FROM temp.\"{nonce}_{table}_all\";"
        ),
        Class::Log if table == "change" => write!(sql, "{}", history(nonce)),
        _ => write!(
            sql,
            "CREATE TEMP VIEW \"{nonce}_{table}\" AS SELECT * {rows};
             CREATE TEMP VIEW {table} AS SELECT * FROM temp.\"{nonce}_{table}\";"
        ),
    };
}

/// Why people in scope were absent, for sums alone: the authorizer opens it to no other question.
fn absences(sql: &mut String, nonce: &str) {
    let _ = write!(
        sql,
        "CREATE TEMP VIEW \"{nonce}_{ABSENCES}\" AS SELECT client_id, id, day, shift_id, line_id, absence
           FROM main.attendance_entry WHERE client_id IN (SELECT client_id FROM temp.scope) AND gone_at IS NULL;
         CREATE TEMP VIEW {ABSENCES} AS SELECT * FROM temp.\"{nonce}_{ABSENCES}\";"
    );
}

/// Whether the session may see what concerns a person.
const SEES: &str = "(SELECT sees_people FROM temp.who)";

/// The columns of a table as its view shows them: what concerns a person is empty for those who may not see it.
fn columns(table: &str) -> String {
    let Some(shape) = SHAPES.iter().find(|s| s.table == table && !s.hidden.is_empty()) else { return "*".into() };
    let own = shape.columns.iter().map(|c| match shape.hidden.contains(&c.name) {
        true => format!("iif({SEES}, {0}, NULL) AS {0}", c.name),
        false => c.name.to_string(),
    });
    let names = ["client_id", "id"].map(String::from).into_iter().chain(own);
    names.chain(["gone_at", "ver"].map(String::from)).collect::<Vec<_>>().join(", ")
}

/// A patch as the log shows it: without what concerns a person, for those who may not see it.
fn patch() -> String {
    let cases = SHAPES.iter().filter(|s| !s.hidden.is_empty()).map(|Shape { number, hidden, .. }| {
        let paths: Vec<_> = hidden.iter().map(|column| format!("'$.{column}'")).collect();
        format!("WHEN {number} THEN json_remove(c.patch, {})", paths.join(", "))
    });
    format!("iif({SEES}, c.patch, CASE c.kind {} ELSE c.patch END)", cases.collect::<Vec<_>>().join(" "))
}

/// The log with people and PCs as ids instead of the file's small numbers.
fn history(nonce: &str) -> String {
    format!(
        "CREATE TEMP VIEW \"{nonce}_change\" AS SELECT c.client_id, c.op, c.dev_seq, c.incarnation, c.kind, c.record,
           c.act, {} AS patch, c.base, c.at, c.reason, c.schema_v, c.hash, u.id AS user_id, d.id AS device_id, d.name AS device
           FROM main.change c CROSS JOIN main.peer u ON u.no = c.user_no CROSS JOIN main.peer d ON d.no = c.device_no
           WHERE c.client_id IN (SELECT client_id FROM temp.scope);
         CREATE TEMP VIEW change AS SELECT * FROM temp.\"{nonce}_change\";",
        patch()
    )
}

/// The last position of each log in scope, read in one small table.
fn position(sql: &mut String, nonce: &str) {
    let _ = write!(
        sql,
        "CREATE TEMP VIEW \"{nonce}_{POSITION}\" AS SELECT client_id, seq FROM main.head
           WHERE client_id IN (SELECT client_id FROM temp.scope);
         CREATE TEMP VIEW {POSITION} AS SELECT * FROM temp.\"{nonce}_{POSITION}\";"
    );
}

/// Whether the plant's log stands in the table beside the clients'.
fn table_of_logs(table: &str) -> bool {
    ["change", "confirmation"].contains(&table) || OF_CLIENTS.contains(&table)
}

/// Refuses writes of rows out of scope, whatever statement makes them.
fn guards(sql: &mut String, nonce: &str, table: &str, key: &str, list: &str) {
    let plant = if table_of_logs(table) { plant::may_log } else { |_: &str| String::new() };
    let foreign = |row: &str| {
        format!("NOT EXISTS (SELECT 1 FROM temp.{list} WHERE {key} = {row}.{key} AND can_write = 1){}", plant(row))
    };
    let moved = format!("{} OR NEW.{key} IS NOT OLD.{key}", foreign("OLD"));
    for (verb, when) in [("INSERT", foreign("NEW")), ("UPDATE", moved), ("DELETE", foreign("OLD"))] {
        let _ = write!(
            sql,
            "CREATE TEMP TRIGGER \"{nonce}_{table}_{verb}\" BEFORE {verb} ON main.{table} WHEN {when}
             BEGIN SELECT RAISE(ABORT, 'XCLIENT {verb} {table}'); END;"
        );
    }
}
