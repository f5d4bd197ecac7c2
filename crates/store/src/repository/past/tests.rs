//! The walls and the rows of a moment in memory.
use super::{
    super::{
        attack::stage::{SECRET, Stage},
        gate::Mode,
        scope, tests,
    },
    HISTORY, Needed, Past, Then,
    place::Place,
};
use crate::Error;
use domain::*;

const ALL: Needed = Needed { from: Day(0), to: Day(40_000), with_orders: true };

/// What we see of everything at this moment.
fn then(stage: &Stage) -> Then {
    Then::At(stage.store.clock().now())
}

#[test]
fn every_table_is_placed_by_its_columns() {
    let placed = |table: &str| Place::of(SHAPES.iter().find(|s| s.table == table).unwrap());
    let below = |column, table| Place::Below { column, table };
    assert_eq!(placed("line_shift"), Place::Day);
    assert_eq!(placed("production_entry"), below("line_shift_id", "line_shift"));
    assert_eq!(placed("downtime_entry"), below("line_shift_id", "line_shift"));
    assert_eq!(placed("reject_detail"), below("production_entry_id", "production_entry"));
    for whole in ["client", "author", "calendar_day", "product_standard", "work_order", "import_batch"] {
        assert_eq!(placed(whole), Place::Whole, "{whole}");
    }
    assert_eq!(HISTORY, 30);
}

#[test]
fn what_is_placed_in_time_is_found_by_an_index() {
    let (_dir, store) = tests::store();
    let who = tests::person(&store, "ada", Role::Leader, &[Id::from_bytes([1; 16])]);
    let g = store.writer();
    scope::enter(&g, &who, None).unwrap();
    for shape in SHAPES {
        let place = Place::of(shape);
        let wanted = match place {
            Place::Whole => "(client_id=?)".to_string(),
            Place::Day => "(client_id=? AND day>? AND day<?)".to_string(),
            Place::Below { column, .. } => format!("(client_id=? AND {column}=?)"),
        };
        let sql = format!("EXPLAIN QUERY PLAN SELECT ver FROM {}_all WHERE {}", shape.table, place.rule());
        let mut stmt = g.conn.prepare(&sql).unwrap();
        let marks = vec![0; stmt.parameter_count()];
        let rows = stmt.query_map(rusqlite::params_from_iter(marks), |r| r.get::<_, String>(3)).unwrap();
        let plan: Vec<String> = rows.map(Result::unwrap).collect();
        let bare = plan.join(" | ").replace("id=? AND client_id=?", "client_id=?");
        assert!(shape.table == "client" || bare.contains(&wanted), "{}: wants {wanted}, finds {bare}", shape.table);
    }
}

/// What of a table of sums is the same in memory: the number of the transaction is the file's own.
fn compared(table: &str) -> &'static str {
    match table {
        "kpi_client_day" => "client_id, day, earned, available, earned_available",
        "kpi_client_in_work" => "client_id, day, start_entered, running, fixed_minutes",
        "kpi_client_crew" => "client_id, day",
        "kpi_client_rev" => "client_id",
        _ => "*",
    }
}

#[test]
fn a_reader_of_the_past_has_the_same_rows_and_the_same_walls() {
    let stage = Stage::new();
    let repo = stage.store.repository(&stage.ours).unwrap();
    let all = |sql: &str| {
        let of = |r: &super::Reader<'_>| {
            r.select(sql, &[], |row| (0..row.width()).map(|i| row.get::<Value>(i)).collect::<crate::Result<Vec<_>>>())
        };
        (repo.read(of).unwrap(), repo.read_as_of(&then(&stage), None, ALL, of).unwrap())
    };
    for shape in SHAPES {
        let (now, past) = all(&format!(
            "SELECT {} FROM {}_all ORDER BY id",
            shape.columns.iter().fold("client_id, id".to_string(), |l, c| l + ", " + c.name),
            shape.table
        ));
        assert!(!now.is_empty() && now == past, "{}: {now:?} is not {past:?}", shape.table);
        assert!(!format!("{past:?}").contains(SECRET), "{}", shape.table);
    }
    for (table, _) in super::super::tables().filter(|t| t.1 == super::super::Class::Sums) {
        let columns = compared(table);
        let (now, past) = all(&format!("SELECT {columns} FROM {table}"));
        assert_eq!(now, past, "{table}");
    }
    for sql in [
        "SELECT code FROM main.line",
        "SELECT chain FROM main.head",
        "SELECT * FROM temp.scope",
        "SELECT verifier FROM user",
    ] {
        let out = repo.read_as_of(&then(&stage), None, ALL, |r| r.select(sql, &[], |_| Ok(())));
        assert!(
            matches!(&out, Err(Error::Sql(e)) if e.to_string().contains("prohibited") || e.to_string().contains("authoriz")),
            "{sql}: {out:?}"
        );
    }
    let foreign = repo.read_as_of(&then(&stage), Some(&[stage.b]), ALL, |_| Ok(()));
    assert!(foreign.unwrap_err().is(Code::Missing));
}

#[test]
fn memory_holds_no_row_of_another_client_even_behind_the_walls() {
    let stage = Stage::new();
    let repo = stage.store.repository(&stage.ours).unwrap();
    repo.read(|file| {
        let edges = then(&stage).edges(file, &[stage.a])?;
        let past = Past::of(file, &stage.store.author, &edges, stage.store.clock().now(), ALL)?;
        for (table, _) in super::super::tables().filter(|t| t.1.key().is_some_and(|k| k.0 == "client_id")) {
            let sql = format!("SELECT count(*) FROM main.{table} WHERE client_id <> ?1");
            let mode = past.memory.gate.with(Mode::Write, || past.memory.conn.prepare(&sql).map(|_| ()));
            assert!(mode.is_err(), "the gate holds in memory, too");
        }
        past.memory.conn.authorizer(None::<fn(rusqlite::hooks::AuthContext<'_>) -> rusqlite::hooks::Authorization>)?;
        for (table, _) in super::super::tables().filter(|t| t.1.key().is_some_and(|k| k.0 == "client_id")) {
            let sql = format!("SELECT count(*) FROM main.{table} WHERE client_id <> ?1");
            let n: i64 = past.memory.conn.query_row(&sql, [stage.a.bytes().as_slice()], |r| r.get(0))?;
            assert_eq!(n, 0, "{table}");
        }
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_viewer_may_look_back_and_nobody_may_write_there() {
    let stage = Stage::new();
    let viewer = tests::person(&stage.store, "vic", Role::Viewer, &[stage.a]);
    let repo = stage.store.repository(&viewer).unwrap();
    let lines = repo.read_as_of(&then(&stage), None, ALL, |r| r.list::<Line>(stage.a, 9, 0)).unwrap();
    assert_eq!(lines.len(), 1);
    let sql = "DELETE FROM main.kpi_mark";
    let out = repo.read_as_of(&then(&stage), None, ALL, |r| r.select(sql, &[], |_| Ok(())));
    assert!(out.is_err());
}
