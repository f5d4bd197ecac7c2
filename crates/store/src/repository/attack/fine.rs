//! What must go on working behind the walls.
use super::{
    stage::{SECRET, Stage, hex, run},
    tables,
};
use crate::repository::{class::Class, scope};

/// Questions any screen may ask.
const FINE: &[&str] = &[
    "WITH x AS (SELECT produced FROM production_entry) SELECT sum(produced) FROM x",
    "WITH x AS (SELECT produced FROM production_entry) SELECT count(*) FROM x",
    "SELECT count(*) FROM (SELECT code FROM line)",
    "SELECT count(*) FROM production_entry e JOIN product p ON p.client_id = e.client_id AND p.id = e.product_id",
    "SELECT count(*) FROM line l LEFT JOIN change c ON c.client_id = l.client_id AND c.record = l.id",
    "SELECT patch ->> 'produced' FROM change WHERE kind = 16",
    "SELECT count(json_extract(patch, '$.produced')) FROM change",
    "SELECT count(*) FROM change c, json_each(c.patch) j",
    "SELECT value FROM json_each('[1, 2]')",
    "SELECT count(*) FROM line WHERE code IN (SELECT value FROM json_each('[\"OURS-A line code\"]'))",
    "SELECT day, sum(produced) OVER (ORDER BY day) FROM kpi_client_day",
    "SELECT row_number() OVER (ORDER BY code) FROM line",
    "WITH RECURSIVE d(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM d WHERE n < 5) SELECT n FROM d",
    "SELECT code FROM line UNION SELECT code FROM shift",
    "SELECT EXISTS (SELECT 1 FROM line)",
    "SELECT key FROM draft",
    "SELECT client_id, seq FROM position",
    "SELECT count(*) FROM position",
    "SELECT code FROM pool_employee",
    "SELECT token FROM pool_booking",
    "SELECT pool_employee_id, from_utc, to_utc FROM pool_busy",
    "SELECT count(*) FROM pool_busy",
    "SELECT op FROM plant_newest",
];

#[test]
fn the_questions_of_every_screen_still_run() {
    let stage = Stage::new();
    let g = stage.store.readers.get().unwrap();
    scope::enter(&g, &stage.ours, None).unwrap();
    for sql in FINE {
        let rows = run(&g.conn, sql).unwrap_or_else(|e| panic!("{sql}: {e}"));
        assert!(!rows.is_empty(), "{sql} gave nothing");
        assert!(!rows.contains(SECRET), "{sql} gave {rows}");
    }
}

#[test]
fn every_view_shows_our_rows_and_none_of_theirs() {
    let stage = Stage::new();
    let g = stage.store.readers.get().unwrap();
    scope::enter(&g, &stage.ours, None).unwrap();
    let foreign = format!("{:?}", stage.b.bytes());
    for (table, class) in tables().filter(|(_, class)| class.key().is_some()) {
        let all = matches!(class, Class::Client | Class::Plant).then(|| format!("{table}_all"));
        for name in [Some(table.to_string()), all].into_iter().flatten() {
            let rows = run(&g.conn, &format!("SELECT * FROM {name}")).unwrap();
            let ours = table == "saved_filter" || !rows.is_empty();
            assert!(ours, "{name} shows nothing");
            let blob = foreign.trim_matches(['[', ']']);
            assert!(!rows.contains(SECRET) && !rows.contains(blob), "{name} shows {rows}");
        }
    }
    drop(g);
    let rest = stage.store.readers.get().unwrap();
    scope::leave(&rest).unwrap();
    assert_eq!(run(&rest.conn, "SELECT code FROM line").unwrap(), "", "a connection at rest shows rows");
    assert_eq!(hex(stage.b).len(), 32);
}

#[test]
fn the_end_of_our_log_is_shown_and_nothing_else_of_it() {
    let stage = Stage::new();
    let g = stage.store.readers.get().unwrap();
    scope::enter(&g, &stage.ours, None).unwrap();
    let columns = g.conn.prepare("SELECT * FROM position").unwrap().column_names().join(" ");
    assert_eq!(columns, "client_id seq");
    for hidden in ["dev_seq", "hash", "chain", "received_at"] {
        assert!(run(&g.conn, &format!("SELECT {hidden} FROM position")).is_err(), "{hidden} is shown");
    }
    let ends = format!("SELECT hex(client_id), seq FROM main.head WHERE client_id = x'{}'", hex(stage.a));
    let end = run(&stage.store.vault.kernel().unwrap(), &ends).unwrap();
    let seq = run(&g.conn, "SELECT seq FROM position").unwrap();
    assert!(end.contains(&hex(stage.a).to_uppercase()) && end.contains(seq.trim_matches(['[', ']'])), "{end} {seq}");
}
