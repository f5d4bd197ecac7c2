//! Two clients in one file: A is ours, B must stay unseen and untouched.
use crate::{
    Store,
    repository::{Guarded, Mode, scope, tests},
    session::Session,
};
use domain::*;
use rusqlite::{Connection, types::ValueRef};

#[path = "../../../../../tests/src/row.rs"]
mod row;

pub(super) use row::{id_of, row};

/// The mark of every text of B.
pub(super) const SECRET: &str = "SECRET-B";

pub(super) struct Stage {
    _dir: tempfile::TempDir,
    pub(super) store: Store,
    /// Sees A alone.
    pub(super) ours: Session,
    pub(super) a: Id<Client>,
    pub(super) b: Id<Client>,
}

impl Stage {
    pub(super) fn new() -> Self {
        let (dir, store) = tests::store();
        let admin = tests::person(&store, "ada", Role::Admin, &[]);
        let [a, b] = [1, 2].map(|n| Id::<Client>::from_bytes([n; 16]));
        for (client, mark) in [(a, "OURS-A"), (b, SECRET)] {
            store
                .repository(&admin)
                .unwrap()
                .write(|w| {
                    w.found(&row(client, mark))?;
                    macro_rules! put {
                    ($($name:ident),* $(,)?) => { $(if stringify!($name) != "Client" && stringify!($name) != "Author" {
                        w.put(&row::<$name>(client, mark))?;
                    })* };
                }
                    entities!(put);
                    Ok(())
                })
                .unwrap();
        }
        let ours = tests::person(&store, "sue", Role::Leader, &[a]);
        Stage { _dir: dir, store, ours, a, b }
    }
    pub(super) fn probe(&self) {
        let g = self.store.readers.get().unwrap();
        scope::enter(&g, &self.ours, None).unwrap();
        for sql in [
            "SELECT code FROM (SELECT 'zz' AS code) RIGHT JOIN main.line USING (code)",
            "SELECT 1 FROM (VALUES('SECRET-B line code')) AS g(code) JOIN main.line USING (code)",
            "WITH g(code) AS (VALUES('SECRET-B line code')) SELECT code FROM g JOIN main.line USING (code)",
            "WITH g(code,name,client_id) AS (VALUES('','','')) SELECT code,name,hex(client_id) FROM g FULL JOIN main.line USING (code,name,client_id)",
            "WITH g(code,name,client_id) AS (VALUES('','','')) SELECT code,name FROM g FULL JOIN main.line USING (code,name,client_id)",
            "WITH g(name, verifier) AS (VALUES('','')) SELECT * FROM g NATURAL FULL JOIN user",
            "SELECT count(*) FROM user",
            "SELECT count(*) FROM main.user",
            "SELECT count(*) FROM main.line",
            "SELECT count(*) FROM sqlite_schema",
            "SELECT count(*) FROM scope",
            "SELECT count(*) FROM dbstat",
            "SELECT count(*) FROM MAIN.line",
            "SELECT l.code FROM line l, user",
            "EXPLAIN QUERY PLAN SELECT * FROM line l LEFT JOIN change c ON c.record = l.id",
            "EXPLAIN QUERY PLAN SELECT DISTINCT l.code FROM line l LEFT JOIN shift c ON c.id = l.id",
            "EXPLAIN SELECT * FROM line",
            "EXPLAIN SELECT code FROM main.line",
            "SELECT value FROM json_each('[1,2]')",
            "WITH x AS (SELECT code FROM line) SELECT count(*) FROM x",
            "SELECT count(*) FROM (SELECT code FROM line)",
            "SELECT count(*) FROM line",
            "SELECT sum(1) OVER () FROM line",
        ] {
            println!("{sql}\n    -> {}  {}", run(&g.conn, sql), g.gate.denied().unwrap_or_default());
        }
        drop(g);
        let w = self.store.writer();
        scope::enter(&w, &self.ours, None).unwrap();
        let (b, e, a) = (hex(&self.b.bytes()), hex(&id_of(self.b, "production_entry")), hex(&self.a.bytes()));
        for sql in [
            format!(
                "UPDATE main.line SET name = 'x' WHERE client_id = x'{a}' AND (x'{b}', x'{e}') IN (SELECT client_id, id FROM main.production_entry)"
            ),
            format!(
                "UPDATE main.line SET name = 'x' WHERE client_id = x'{a}' AND 'SECRET-B line code' IN (SELECT code FROM main.line)"
            ),
            "DELETE FROM main.was".into(),
            "DELETE FROM main.head".into(),
            "UPDATE main.peer SET name = 'x'".into(),
        ] {
            println!(
                "W {sql}\n    -> {}  {}",
                w.gate.with(Mode::Write, || run(&w.conn, &sql)),
                w.gate.denied().unwrap_or_default()
            );
        }
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Runs a statement as it is: its rows as text, or why not.
pub(super) fn run(c: &Connection, sql: &str) -> String {
    let run = || -> rusqlite::Result<String> {
        let mut stmt = c.prepare(sql)?;
        let n = stmt.column_count();
        let (mut rows, mut out) = (stmt.query([])?, vec![]);
        while let Some(r) = rows.next()? {
            let cells = (0..n).map(|i| match r.get_ref(i) {
                Ok(ValueRef::Text(t)) => String::from_utf8_lossy(t).into(),
                v => format!("{v:?}"),
            });
            out.push(cells.collect::<Vec<_>>().join(","));
        }
        Ok(format!("{} rows: {}", out.len(), out.join(" | ")))
    };
    run().unwrap_or_else(|e| format!("ERR {e}"))
}
