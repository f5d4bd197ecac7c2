//! Ways to write, or to learn by writing, what is not in scope.
use super::{
    Attack,
    stage::{Stage, hex},
};

/// Every way to write into one table; without a row of B's own, any row.
pub(super) fn of(stage: &Stage, table: &str) -> Vec<Attack> {
    let (columns, row) = stage.row_of_b(table);
    let row = row.unwrap_or_else(|| panic!("B has no row in {table}"));
    let (list, values, column) = (columns.join(", "), row.join(", "), columns.last().unwrap());
    let mut all = ways(table, &list, &values, column);
    if let Some(at) = columns.iter().position(|c| c == "client_id" || c == "owner") {
        all.extend(of_b(table, &columns[at], &row[at], column));
    }
    all.into_iter().map(|(name, sql)| (format!("{table}, {name}"), sql)).collect()
}

fn ways(t: &str, list: &str, values: &str, c: &str) -> Vec<(&'static str, String)> {
    let into = format!("INTO main.{t}({list}) VALUES ({values})");
    let from = format!("SELECT {list} FROM main.{t}");
    vec![
        ("insert", format!("INSERT {into}")),
        ("insert or ignore", format!("INSERT OR IGNORE {into}")),
        ("insert or replace", format!("INSERT OR REPLACE {into}")),
        ("replace", format!("REPLACE {into}")),
        ("insert that returns", format!("INSERT {into} RETURNING {c}")),
        ("upsert", format!("INSERT {into} ON CONFLICT DO UPDATE SET {c} = excluded.{c}")),
        ("upsert of nothing", format!("INSERT {into} ON CONFLICT DO NOTHING")),
        ("insert from itself", format!("INSERT OR REPLACE INTO main.{t}({list}) {from}")),
        ("insert from a subquery", format!("INSERT INTO main.{t}({c}) VALUES ((SELECT {c} FROM main.{t} LIMIT 1))")),
        ("update of all", format!("UPDATE main.{t} SET {c} = {c}")),
        ("update or ignore", format!("UPDATE OR IGNORE main.{t} SET {c} = {c}")),
        ("update or replace", format!("UPDATE OR REPLACE main.{t} SET {c} = {c}")),
        ("update that returns", format!("UPDATE main.{t} SET {c} = {c} RETURNING {c}")),
        ("update from", format!("UPDATE main.{t} SET {c} = q.{c} FROM main.{t} q")),
        ("update from a subquery", format!("UPDATE main.{t} SET {c} = (SELECT {c} FROM main.{t} LIMIT 1)")),
        ("update by existence", format!("UPDATE main.{t} SET {c} = {c} WHERE EXISTS (SELECT 1 FROM main.{t})")),
        (
            "update with a borrowed name",
            format!("WITH line AS ({from}) UPDATE main.{t} SET {c} = (SELECT {c} FROM line)"),
        ),
        ("delete of all", format!("DELETE FROM main.{t}")),
        ("delete by existence", format!("DELETE FROM main.{t} WHERE EXISTS (SELECT 1 FROM main.{t})")),
        ("delete that returns", format!("DELETE FROM main.{t} RETURNING {c}")),
    ]
}

/// With the key of B's row.
fn of_b(t: &str, key: &str, b: &str, c: &str) -> Vec<(&'static str, String)> {
    vec![
        ("update of B's", format!("UPDATE main.{t} SET {c} = {c} WHERE {key} = {b}")),
        ("delete of B's", format!("DELETE FROM main.{t} WHERE {key} = {b}")),
        ("delete of B's that returns", format!("DELETE FROM main.{t} WHERE {key} = {b} RETURNING {c}")),
        ("moved to B", format!("UPDATE main.{t} SET {key} = {b} WHERE {key} <> {b}")),
        ("taken from B", format!("UPDATE main.{t} SET {key} = x'01010101010101010101010101010101' WHERE {key} = {b}")),
    ]
}

/// What the authorizer cannot see; the way of the store's own writes refuses it.
pub(super) fn beyond(stage: &Stage) -> Vec<Attack> {
    let own = format!("UPDATE main.line SET name = '' WHERE client_id = x'{}' AND", hex(stage.a));
    let (_, row) = stage.row_of_b("line");
    let key = row.unwrap()[..2].join(", ");
    let all = [
        ("guess by index", format!("{own} ({key}) IN (SELECT client_id, id FROM main.line)")),
        ("guess by index of no columns", format!("{own} ({key}, 1, 1) IN main.kpi_mark")),
        ("subquery", format!("{own} name = (SELECT name FROM main.line LIMIT 1)")),
        ("join by a column", "UPDATE main.line SET name = '' FROM main.line l JOIN main.shift USING (code)".into()),
    ];
    all.into_iter().map(|(n, s)| (n.to_string(), s)).collect()
}
