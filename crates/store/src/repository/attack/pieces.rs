//! Where the pieces meet: caches, other connections, rollbacks and panics.
use super::{
    Class,
    stage::{Door, SECRET, Stage, run},
    tables,
};
use crate::{
    Error,
    repository::{Mode, Reader, Tx, scope},
};
use domain::*;
use std::panic::{AssertUnwindSafe, catch_unwind};

fn names(stage: &Stage) -> Vec<String> {
    let repo = stage.store.repository(&stage.ours).unwrap();
    repo.read(|r| r.select("SELECT name FROM client", &[], |row| row.get(0))).unwrap()
}

#[test]
fn a_write_judged_while_open_is_refused_from_the_cache() {
    let stage = Stage::new();
    let g = stage.store.writer();
    scope::enter(&g, &stage.ours, None).unwrap();
    let reader =
        Reader { conn: &g.conn, session: &stage.ours, now: stage.store.clock().now(), gate: &g.gate, known: None };
    for (mode, sql) in [(Mode::Write, "UPDATE main.line SET code = code"), (Mode::Scope, "DELETE FROM temp.scope")] {
        g.gate.with(mode, || drop(g.conn.prepare_cached(sql).unwrap()));
        let out = reader.select(sql, &[], |_| Ok(()));
        assert!(matches!(out, Err(Error::NotReadOnly)), "{sql}: {out:?}");
    }
}

#[test]
fn rows_are_written_after_another_connection_changed_the_schema() {
    let stage = Stage::new();
    let repo = stage.store.repository(&stage.ours).unwrap();
    let rename = |name: &str| {
        repo.write(|w| {
            let line: Line = w.list(stage.a, 1, 0)?.remove(0);
            w.put(&Line { name: name.into(), ..line })
        })
    };
    rename("before").unwrap();
    let kernel = stage.store.vault.kernel().unwrap();
    kernel
        .execute_batch("CREATE INDEX later ON line(client_id, name); ALTER TABLE line ADD COLUMN colour TEXT")
        .unwrap();
    rename("after").unwrap();
    let colour = repo.read(|r| r.select("SELECT colour FROM line", &[], |row| row.get::<Option<String>>(0))).unwrap();
    assert_eq!(colour, [None], "the view shows a new column");
}

#[test]
fn a_viewers_own_clients_stay_as_they_are() {
    let stage = Stage::new();
    let viewer = crate::repository::tests::person(&stage.store, "vic", Role::Viewer, &[stage.a]);
    let own = format!("WHERE client_id = x'{}'", stage.a.hex());
    for sql in ["UPDATE main.line SET name = ''", "DELETE FROM main.kpi_mark", "UPDATE main.shift SET active = 0"] {
        stage.attack_as(&viewer, &format!("{sql} {own}")).unwrap_or_else(|what| panic!("{sql}: {what}"));
    }
}

#[test]
fn our_own_rows_and_log_are_not_deleted_for_good() {
    let stage = Stage::new();
    for (table, _) in tables().filter(|t| matches!(t.1, Class::Client | Class::Log)) {
        let sql = format!("DELETE FROM main.{table} WHERE client_id = x'{}'", stage.a.hex());
        assert!(stage.is_denied(Door::Write, &sql), "{sql}");
    }
}

#[test]
fn our_own_log_is_not_written_over_either() {
    let stage = Stage::new();
    for table in ["change", "confirmation"] {
        let (_, row) = stage.row_of_a(table);
        let values = row.unwrap().join(", ");
        for verb in ["INSERT OR REPLACE", "REPLACE"] {
            let sql = format!("{verb} INTO main.{table} VALUES ({values})");
            stage.attack(Door::Write, &sql).unwrap_or_else(|what| panic!("{sql}: {what}"));
        }
    }
}

#[test]
fn the_file_is_not_copied_outside_a_transaction_either() {
    let stage = Stage::new();
    for door in Door::ALL {
        for sql in ["VACUUM", "VACUUM INTO 'leak.db'", "ATTACH 'leak.db' AS x"] {
            stage.attack_alone(door, sql).unwrap_or_else(|what| panic!("{door:?} {sql}: {what}"));
        }
    }
}

#[test]
fn guards_hold_after_a_table_was_built_anew() {
    let stage = Stage::new();
    drop(stage.store.writer());
    let kernel = stage.store.vault.kernel().unwrap();
    kernel
        .execute_batch(
            "PRAGMA foreign_keys=OFF; BEGIN; CREATE TABLE built AS SELECT * FROM operation; DROP TABLE operation;
             ALTER TABLE built RENAME TO operation; COMMIT;",
        )
        .unwrap();
    stage.attack(Door::Write, "UPDATE main.operation SET name = 'x'").unwrap();
    stage.attack(Door::Reader, "SELECT name FROM main.operation").unwrap();
    assert_eq!(names(&stage), ["OURS-A client name"]);
}

#[test]
fn the_scope_changes_only_outside_a_transaction() {
    let stage = Stage::new();
    let g = stage.store.writer();
    let tx = Tx::begin(&g, "BEGIN").unwrap();
    assert!(catch_unwind(AssertUnwindSafe(|| scope::enter(&g, &stage.ours, None))).is_err());
    drop(tx);
    assert!(g.conn.is_autocommit(), "the transaction was rolled back behind the closed gate");
}

#[test]
fn a_client_admitted_in_a_transaction_that_fails_is_not_in_scope_after_it() {
    let stage = Stage::new();
    let admin = crate::repository::tests::person(&stage.store, "eve", Role::Admin, &[]);
    let id = Id::from_bytes([9; 16]);
    let failed = stage.store.repository(&admin).unwrap().write(|w| {
        w.found(&Client { client_id: id, id, code: "NEW".into(), name: "new".into(), active: true })?;
        assert_eq!(w.list::<Client>(id, 9, 0)?.len(), 1, "it is in scope at once");
        Err::<(), _>(crate::missing())
    });
    assert!(failed.is_err());
    let g = stage.store.writer();
    assert_eq!(run(&g.conn, "SELECT name FROM client").unwrap(), "");
    drop(g);
    assert_eq!(names(&stage), ["OURS-A client name"]);
}

#[test]
fn a_panic_in_a_command_leaves_the_gate_closed_and_no_transaction() {
    let stage = Stage::new();
    let repo = stage.store.repository(&stage.ours).unwrap();
    let before = stage.everything();
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        repo.write(|w| -> crate::Result<()> {
            let line: Line = w.list(stage.a, 1, 0)?.remove(0);
            w.put(&Line { name: "half".into(), ..line })?;
            panic!("in a command")
        })
    }));
    assert!(panicked.is_err() && stage.store.writer().conn.is_autocommit());
    assert!(before == stage.everything(), "half a write stayed");
    stage.attack(Door::Writer, "DELETE FROM main.kpi_mark").unwrap();
    assert_eq!(names(&stage), ["OURS-A client name"]);
}

#[test]
fn a_row_cannot_hang_on_another_clients_row() {
    let stage = Stage::new();
    let repo = stage.store.repository(&stage.ours).unwrap();
    let out = repo.write(|w| {
        let entry: ProductionEntry = w.list(stage.a, 1, 0)?.remove(0);
        let theirs = LineShift::fact(stage.b, Day(20_000), Id::from_bytes([1; 16]), Id::from_bytes([1; 16]));
        w.put(&ProductionEntry { line_shift_id: theirs, ..entry })
    });
    let said = Fault::from(out.unwrap_err());
    assert!(!format!("{said:?}").contains(SECRET));
}

#[test]
fn nothing_of_a_client_lies_readable_in_the_folder() {
    let stage = Stage::new();
    for file in std::fs::read_dir(stage.dir.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        for mark in ["SECRET-B", "OURS-A", "SQLite format 3", "CREATE TABLE"] {
            assert!(!bytes.windows(mark.len()).any(|w| w == mark.as_bytes()), "{mark} stands in a file");
        }
    }
}
