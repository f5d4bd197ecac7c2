//! The file is what the entities say, and its statements find their indexes.
use super::{
    class::{Class, tables},
    tests,
};
use crate::{Store, keep::migrate};
use domain::{SHAPES, elements};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

mod plans;

#[path = "../../../../tests/src/snapshot.rs"]
mod snapshot;

fn kernel(store: &Store) -> Connection {
    store.vault.kernel().unwrap()
}

fn texts(c: &Connection, sql: &str) -> Vec<String> {
    let mut stmt = c.prepare(sql).unwrap();
    stmt.query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect()
}

/// Everything the schema says, in the order it was made, with its statistics.
fn schema(c: &Connection) -> String {
    let made =
        texts(c, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid");
    let sql = "SELECT printf('-- %-18s %-34s %s', tbl, idx, stat) FROM sqlite_stat1 ORDER BY tbl, idx";
    format!("{};\n\n-- Statistics shipped with it\n{}\n", made.join(";\n\n"), texts(c, sql).join("\n"))
}

#[test]
fn the_schema_is_as_reviewed() {
    let (_dir, store) = tests::store();
    snapshot::same("schema.sql", &schema(&kernel(&store)));
}

#[test]
fn down_and_up_again_gives_the_same_file() {
    let (_dir, store) = tests::store();
    let c = kernel(&store);
    let all = |c: &Connection| -> BTreeSet<String> {
        let sql = "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema
            UNION ALL SELECT tbl || ' ' || coalesce(idx, '') || ' ' || stat FROM sqlite_stat1";
        texts(c, sql).into_iter().collect()
    };
    let before = all(&c);
    migrate::to(&store.vault, 0).unwrap();
    assert_eq!(texts(&c, "SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"), Vec::<String>::new());
    migrate::up(&store.vault).unwrap();
    assert_eq!(before, all(&kernel(&store)));
}

#[test]
fn a_file_of_the_first_version_keeps_its_rows_and_gets_the_sums_it_lacks() {
    let tests::Floor { _dir, store, .. } = tests::floor();
    let rows = |c: &Connection| {
        let of = |table: &str| texts(c, &format!("SELECT hex(ver) FROM {table} ORDER BY client_id, id"));
        ["line_shift", "production_entry", "downtime_entry", "work_order"].map(of)
    };
    let sums = |c: &Connection| {
        texts(
            c,
            "SELECT day || ' ' || available || ' ' || earned || ' ' || earned_earned FROM kpi_client_day ORDER BY day",
        )
    };
    let c = kernel(&store);
    let before = (rows(&c), sums(&c));
    assert!(!before.1.is_empty());
    let (vault, clock) = (store.vault.clone(), store.clock.clone());
    drop((c, store));
    migrate::to(&vault, 1).unwrap();
    let store = Store::open(&vault, clock).unwrap();
    let c = kernel(&store);
    assert_eq!((rows(&c), sums(&c)), before);
    assert_eq!(texts(&c, "SELECT name FROM plant_setting"), Vec::<String>::new(), "the sums are still to be renewed");
}

#[test]
fn every_table_is_in_exactly_one_class() {
    let (_dir, store) = tests::store();
    let there =
        texts(&kernel(&store), "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
    let there: BTreeSet<_> = there.iter().map(String::as_str).collect();
    let classed: Vec<_> = tables().map(|t| t.0).collect();
    assert_eq!(there, classed.iter().copied().collect());
    assert_eq!(classed.len(), there.len(), "a table is in two classes");
}

#[test]
fn the_client_leads_the_key_and_every_index() {
    let (_dir, store) = tests::store();
    let c = kernel(&store);
    for (table, class) in tables() {
        let Some((key, _)) = class.key() else { continue };
        let first =
            format!("SELECT name FROM pragma_table_info('{table}') WHERE pk = 1 AND \"notnull\" = 1 AND type = 'BLOB'");
        assert_eq!(texts(&c, &first), [key], "the key of {table}");
        let leads = format!(
            "SELECT i.name FROM pragma_index_list('{table}') i WHERE NOT EXISTS
               (SELECT 1 FROM pragma_index_info(i.name) WHERE seqno = 0 AND name = '{key}')"
        );
        assert_eq!(texts(&c, &leads), Vec::<String>::new(), "indexes of {table} that {key} does not lead");
        let loose =
            format!("SELECT name FROM pragma_table_list('{table}') WHERE schema = 'main' AND (wr = 0 OR strict = 0)");
        assert_eq!(texts(&c, &loose), Vec::<String>::new(), "{table} is STRICT and WITHOUT ROWID");
    }
}

#[test]
fn columns_are_what_the_entities_declare() {
    let (_dir, store) = tests::store();
    let c = kernel(&store);
    for shape in SHAPES {
        let sql = format!(
            "SELECT name || ' ' || type || iif(\"notnull\", '', '?') FROM pragma_table_info('{}')",
            shape.table
        );
        let own = shape.columns.iter().map(|c| format!("{} {}{}", c.name, c.kind.sql(), if c.null { "?" } else { "" }));
        let head = ["client_id BLOB", "id BLOB"].map(String::from);
        let tail = ["gone_at INTEGER?", "ver BLOB"].map(String::from);
        let want: Vec<_> = head.into_iter().chain(own).chain(tail).collect();
        assert_eq!(texts(&c, &sql), want, "{}", shape.table);
    }
}

#[test]
fn references_stay_inside_the_client_and_never_cascade() {
    let (_dir, store) = tests::store();
    let c = kernel(&store);
    for shape in SHAPES {
        let sql = format!(
            "SELECT group_concat(\"from\" || '>' || \"table\" || '.' || coalesce(\"to\", 'client_id') || '/' || on_delete)
             FROM (SELECT * FROM pragma_foreign_key_list('{}') ORDER BY id, seq) GROUP BY id",
            shape.table
        );
        let refers = shape.columns.iter().filter_map(|c| Some((c.name, c.refers?)));
        let want =
            refers.map(|(column, table)| format!("client_id>{table}.client_id/RESTRICT,{column}>{table}.id/RESTRICT"));
        let client = (shape.table != "client").then(|| "client_id>client.client_id/RESTRICT".to_string());
        let want: BTreeSet<_> = want.chain(client).collect();
        assert_eq!(texts(&c, &sql).into_iter().collect::<BTreeSet<_>>(), want, "{}", shape.table);
    }
}

#[test]
fn every_index_has_statistics() {
    let (_dir, store) = tests::store();
    let c = kernel(&store);
    let known: BTreeSet<_> = texts(&c, "SELECT tbl || '.' || idx FROM sqlite_stat1").into_iter().collect();
    let views = tables().filter(|t| t.1.key().is_some()).map(|t| t.0);
    for table in views {
        let indexes =
            texts(&c, &format!("SELECT iif(origin = 'pk', '{table}', name) FROM pragma_index_list('{table}')"));
        for index in indexes {
            assert!(known.contains(&format!("{table}.{index}")), "{table}.{index} has no statistics");
        }
    }
    let sampled = texts(&c, "SELECT DISTINCT tbl FROM sqlite_stat4");
    let of_clients = |table: &&String| tables().any(|t| t.0 == **table && t.1.key().is_some());
    assert_eq!(sampled.iter().find(of_clients), None, "samples of rows would outlive a client");
}

#[test]
fn the_sums_have_a_column_for_each_element() {
    let (_dir, store) = tests::store();
    let c = kernel(&store);
    use elements::{Element, Family, order::InWork};
    let sums: BTreeMap<_, _> = [
        ("kpi_line_shift", (Family::LineShift.names(), false)),
        ("kpi_part", (Family::LineShift.names(), false)),
        ("kpi_quality", (Family::Quality.names(), false)),
        ("kpi_people", (Family::People.names(), false)),
        ("kpi_order", (Family::Orders.names(), false)),
        ("kpi_in_work", (&InWork::NAMES, false)),
        ("kpi_client_in_work", (&InWork::NAMES, false)),
        ("kpi_client_day", (&Element::NAMES[..Element::of_day().len()], true)),
    ]
    .into();
    for (table, (names, squares)) in sums {
        let there = texts(
            &c,
            &format!("SELECT name FROM pragma_table_info('{table}') WHERE type = 'REAL' AND name <> 'held_minutes'"),
        );
        let squares: &[&str] = if squares { elements::Square::NAMES } else { &[] };
        let want: Vec<_> = names.iter().chain(squares).map(ToString::to_string).collect();
        assert_eq!(there, want, "{table}");
    }
    assert_eq!(tables().filter(|t| t.1 == Class::Sums).count(), 11);
}
