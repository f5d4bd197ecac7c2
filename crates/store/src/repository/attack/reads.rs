//! Ways to read what is not in scope.
use super::{
    Attack, Class,
    stage::{Door, Stage},
};

fn named(list: &[(&str, &str)]) -> Vec<Attack> {
    list.iter().map(|(n, s)| (n.to_string(), s.to_string())).collect()
}

/// The ways into one table; `T` is the table, `C` one of its columns.
const OF: &[(&str, &str)] = &[
    ("main-qualified", "SELECT C FROM main.T"),
    ("quoted", "SELECT C FROM \"main\".\"T\""),
    ("other case", "SELECT C FROM MAIN.T"),
    ("all columns", "SELECT * FROM main.T"),
    ("count", "SELECT count(*) FROM main.T"),
    ("no column", "SELECT 1 FROM main.T"),
    ("count in a common table expression", "WITH x AS (SELECT 1 FROM main.T) SELECT count(*) FROM x"),
    ("borrowed name", "WITH T AS (SELECT * FROM main.T) SELECT C FROM T"),
    ("borrowed name, materialized", "WITH T AS MATERIALIZED (SELECT * FROM main.T) SELECT C FROM T"),
    ("borrowed name, not materialized", "WITH T AS NOT MATERIALIZED (SELECT * FROM main.T) SELECT C FROM T"),
    ("another's name borrowed", "WITH line AS (SELECT C FROM main.T) SELECT * FROM line"),
    ("name with removed rows borrowed", "WITH line_all AS (SELECT C FROM main.T) SELECT * FROM line_all"),
    (
        "guessed nonce",
        "WITH k00112233445566778899aabbccddeeff_T AS (SELECT * FROM main.T) SELECT * FROM k00112233445566778899aabbccddeeff_T",
    ),
    ("recursive borrowing", "WITH RECURSIVE T(n) AS (SELECT C FROM main.T UNION SELECT n FROM T) SELECT n FROM T"),
    ("alias", "SELECT * FROM (SELECT * FROM main.T) AS T"),
    ("alias of a view", "SELECT C FROM main.T AS line"),
    ("union", "SELECT code FROM line UNION ALL SELECT C FROM main.T"),
    ("except", "SELECT code FROM line EXCEPT SELECT C FROM main.T"),
    ("exists", "SELECT EXISTS (SELECT 1 FROM main.T)"),
    ("exists of a column", "SELECT 1 FROM line WHERE EXISTS (SELECT C FROM main.T)"),
    ("scalar subquery", "SELECT (SELECT C FROM main.T LIMIT 1) FROM line"),
    ("order by a subquery", "SELECT code FROM line ORDER BY (SELECT C FROM main.T LIMIT 1)"),
    ("in", "SELECT 1 FROM line WHERE code IN (SELECT C FROM main.T)"),
    ("in, by index", "SELECT x'00' IN (SELECT C FROM main.T)"),
    ("join", "SELECT l.code FROM line l JOIN main.T m ON m.C IS NOT NULL"),
    ("right join", "SELECT m.C FROM line l RIGHT JOIN main.T m ON 1 = 1"),
    ("rows multiplied", "SELECT l.code FROM line l, main.T"),
    ("window", "SELECT sum(1) OVER (ORDER BY C) FROM main.T"),
    ("group", "SELECT C, count(*) FROM main.T GROUP BY C"),
    ("values", "VALUES ((SELECT C FROM main.T LIMIT 1))"),
    ("view of one's own", "CREATE TEMP VIEW mine AS SELECT * FROM main.T"),
    ("table of one's own", "CREATE TEMP TABLE mine AS SELECT * FROM main.T"),
    ("bytecode", "EXPLAIN SELECT C FROM main.T"),
    ("plan", "EXPLAIN QUERY PLAN SELECT C FROM main.T"),
];

/// The ways into a table that has no view: its plain name is the table.
const BARE: &[(&str, &str)] = &[
    ("bare", "SELECT C FROM T"),
    ("bare count", "SELECT count(*) FROM T"),
    ("bare rows multiplied", "SELECT l.code FROM line l, T"),
    ("bare exists", "SELECT EXISTS (SELECT 1 FROM T)"),
    ("bare count in a common table expression", "WITH x AS (SELECT count(*) FROM T) SELECT * FROM x"),
];

/// Every way into one table.
pub(super) fn of(stage: &Stage, table: &str, class: Class) -> Vec<Attack> {
    let (columns, _) = stage.row_of_b(table);
    let column = columns.last().unwrap();
    let bare: &[_] = if class.key().is_none() { BARE } else { &[] };
    let each = OF.iter().chain(bare);
    each.map(|(name, sql)| (format!("{table}, {name}"), fill(sql, table, column))).collect()
}

/// Puts names where the capital letters stand alone.
fn fill(sql: &str, table: &str, column: &str) -> String {
    let mark = |c: char| !c.is_ascii_alphanumeric() && c != '_';
    let mut out = String::new();
    for word in sql.split_inclusive(mark) {
        let (name, rest) = word.split_at(word.trim_end_matches(mark).len());
        match name {
            "T" => out += table,
            "C" => out += column,
            _ => out += &name.replace("_T", &format!("_{table}")),
        }
        out += rest;
    }
    out
}

/// Ways that name no table of ours.
pub(super) fn anywhere(door: Door) -> Vec<Attack> {
    let mut all = named(ANYWHERE);
    // Where accounts are written the store's own tables are open.
    if door != Door::Admin {
        all.extend(named(POSITION));
    }
    if door != Door::Scope {
        all.extend(named(SCOPE));
    }
    if door != Door::Write {
        all.extend(named(TRANSACTIONS));
    }
    all.extend(PRAGMAS.iter().map(|p| (format!("pragma {p}"), format!("PRAGMA {p}"))));
    all
}

const ANYWHERE: &[(&str, &str)] = &[
    ("schema", "SELECT sql FROM main.sqlite_schema"),
    ("schema by its old name", "SELECT sql FROM sqlite_master"),
    ("schema count", "SELECT count(*) FROM sqlite_schema"),
    ("temp schema", "SELECT sql FROM sqlite_temp_schema"),
    ("temp schema, qualified", "SELECT name FROM temp.sqlite_schema"),
    ("temp schema count", "SELECT count(*) FROM sqlite_temp_master"),
    ("statistics", "SELECT * FROM sqlite_stat1"),
    ("statistics count", "SELECT count(*) FROM sqlite_stat1"),
    ("statistics changed", "DELETE FROM main.sqlite_stat1"),
    ("schema changed", "UPDATE main.sqlite_schema SET sql = ''"),
    ("table-valued pragma", "SELECT * FROM pragma_table_list"),
    ("table-valued pragma of columns", "SELECT name FROM pragma_table_info('line')"),
    ("absences as they are", "SELECT absence FROM absence_as_it_is"),
    ("absences as they are, of temp", "SELECT absence FROM temp.absence_as_it_is"),
    ("absences as they are, counted", "SELECT count(*) FROM absence_as_it_is"),
    ("absences as they are, multiplied", "SELECT l.code FROM line l, absence_as_it_is"),
    ("the plant's log", "SELECT patch FROM plant_as_told"),
    ("the plant's log, of temp", "SELECT patch FROM temp.plant_as_told"),
    ("the plant's log, counted", "SELECT count(*) FROM plant_as_told"),
    ("the plant's log, multiplied", "SELECT l.code FROM line l, plant_as_told"),
    (
        "the plant's log, borrowed",
        "WITH plant_as_told AS (SELECT patch FROM main.change) SELECT patch FROM plant_as_told",
    ),
    (
        "name of absences borrowed",
        "WITH absence_as_it_is AS (SELECT absence FROM main.attendance_entry) SELECT absence FROM absence_as_it_is",
    ),
    ("pages", "SELECT * FROM dbstat"),
    ("pages count", "SELECT count(*) FROM dbstat"),
    ("pages as they are", "SELECT data FROM sqlite_dbpage"),
    ("one page as it is", "SELECT data FROM sqlite_dbpage('main') WHERE pgno = 2"),
    ("pages written over", "UPDATE sqlite_dbpage SET data = zeroblob(4096) WHERE pgno = 2"),
    ("attach", "ATTACH 'x.db' AS x"),
    ("attach with a key", "ATTACH DATABASE 'x.db' AS x KEY ''"),
    ("detach", "DETACH main"),
    ("reindex", "REINDEX"),
    ("analyze", "ANALYZE"),
    ("drop a view", "DROP VIEW temp.line"),
    ("drop a table", "DROP TABLE main.line"),
    ("drop a trigger", "DROP TRIGGER main.change_stays"),
    ("drop an index", "DROP INDEX main.line_code"),
    ("create a table", "CREATE TABLE main.t(a)"),
    ("create an index", "CREATE INDEX main.i ON line(code)"),
    ("create a trigger", "CREATE TEMP TRIGGER t AFTER INSERT ON main.line BEGIN DELETE FROM main.line; END"),
    ("create a virtual table", "CREATE VIRTUAL TABLE main.v USING fts5(a)"),
    ("alter", "ALTER TABLE main.line RENAME TO mine"),
    ("load_extension", "SELECT load_extension('x')"),
    ("sqlcipher_export", "SELECT sqlcipher_export('main')"),
    ("fts3_tokenizer", "SELECT fts3_tokenizer('simple')"),
    ("randomblob", "SELECT randomblob(9)"),
    ("zeroblob", "SELECT zeroblob(9)"),
    ("hex", "SELECT hex('x')"),
    ("sqlite_version", "SELECT sqlite_version()"),
];

/// Ways from the ends of the logs, which are shown, to their chains, which are not.
const POSITION: &[(&str, &str)] = &[
    ("chain under a borrowed name", "WITH position AS (SELECT chain FROM main.head) SELECT chain FROM position"),
    ("all of a borrowed name", "WITH position AS (SELECT * FROM main.head) SELECT seq FROM position"),
    ("chain by an alias", "SELECT position.chain FROM main.head AS position"),
    (
        "chain beside the position",
        "SELECT p.seq, h.chain FROM position p JOIN main.head h ON h.client_id = p.client_id",
    ),
    ("ends counted beside the position", "SELECT p.seq FROM position p, main.head"),
    (
        "guessed nonce of the position",
        "WITH k00112233445566778899aabbccddeeff_position AS (SELECT * FROM main.head) SELECT chain FROM k00112233445566778899aabbccddeeff_position",
    ),
];

const SCOPE: &[(&str, &str)] = &[
    ("scope read", "SELECT * FROM temp.scope"),
    ("scope count", "SELECT count(*) FROM scope"),
    ("scope granted", "INSERT INTO temp.scope VALUES (x'02020202020202020202020202020202', 1)"),
    ("scope changed", "UPDATE temp.scope SET can_write = 1"),
    ("scope replaced", "REPLACE INTO scope VALUES (x'02020202020202020202020202020202', 1)"),
    ("scope emptied", "DELETE FROM temp.scope"),
    ("owner read", "SELECT owner FROM who"),
    ("owner count", "SELECT count(*) FROM who"),
    ("owner granted", "INSERT INTO temp.who VALUES (x'02020202020202020202020202020202', 1)"),
];

/// SQLite counts these as reading, yet they would end the writer's transaction.
const TRANSACTIONS: &[(&str, &str)] = &[
    ("begin", "BEGIN"),
    ("begin immediate", "BEGIN IMMEDIATE"),
    ("commit", "COMMIT"),
    ("rollback", "ROLLBACK"),
    ("savepoint", "SAVEPOINT s"),
    ("release", "RELEASE attack"),
    ("rollback to", "ROLLBACK TO attack"),
];

const PRAGMAS: &[&str] = &[
    "table_info(line)",
    "table_list",
    "index_list(line)",
    "database_list",
    "function_list",
    "module_list",
    "compile_options",
    "writable_schema=ON",
    "recursive_triggers=OFF",
    "foreign_keys=OFF",
    "defer_foreign_keys=ON",
    "trusted_schema=ON",
    "query_only=ON",
    "ignore_check_constraints=ON",
    "journal_mode=DELETE",
    "synchronous=OFF",
    "temp_store_directory='.'",
    "user_version=9",
    "integrity_check",
    "quick_check",
    "foreign_key_check",
    "optimize",
    "wal_checkpoint",
    "data_version",
    "page_count",
    "key='x'",
    "rekey='x'",
    "hexkey='00'",
    "hexrekey='00'",
    "textkey='x'",
    "textrekey='x'",
    "cipher='x'",
    "cipher_version",
    "cipher_provider",
    "cipher_provider_version",
    "cipher_settings",
    "cipher_default_settings",
    "cipher_salt",
    "cipher_log='leak.log'",
    "cipher_log_level=TRACE",
    "cipher_log_source=CORE",
    "cipher_profile='leak.log'",
    "cipher_trace='leak.log'",
    "cipher_status",
    "cipher_fips_status",
    "cipher_plaintext_header_size=32",
    "cipher_default_plaintext_header_size=32",
    "cipher_page_size=1024",
    "cipher_default_page_size=1024",
    "cipher_use_hmac=OFF",
    "cipher_default_use_hmac=OFF",
    "cipher_hmac_algorithm=HMAC_SHA1",
    "cipher_default_hmac_algorithm=HMAC_SHA1",
    "cipher_hmac_pgno=le",
    "cipher_hmac_salt_mask=\"x'00'\"",
    "cipher_kdf_algorithm=PBKDF2_HMAC_SHA1",
    "cipher_default_kdf_algorithm=PBKDF2_HMAC_SHA1",
    "kdf_iter=1",
    "fast_kdf_iter=1",
    "cipher_default_kdf_iter=1",
    "cipher_compatibility=1",
    "cipher_default_compatibility=1",
    "cipher_integrity_check",
    "cipher_migrate",
    "cipher_memory_security=OFF",
    "cipher_store_pass=1",
    "cipher_add_random=\"x'00'\"",
    "cipher_test_on=fail_encrypt",
    "cipher_test_off=fail_encrypt",
    "cipher_test_rand=1",
    "cipher_license=x",
];

/// What the authorizer cannot see; the way of hand-written SQL refuses it.
pub(super) fn beyond() -> Vec<Attack> {
    named(&[
        ("full join by a column", "WITH g(code) AS (VALUES ('')) SELECT code FROM g FULL JOIN main.line USING (code)"),
        (
            "full join in other case",
            "WITH g(code) AS (VALUES ('')) SELECT code FROM g FULL JOIN main.line\nuSiNg(code)",
        ),
        (
            "guess by join",
            "WITH g(code) AS (VALUES ('SECRET-B line code')) SELECT code FROM g JOIN main.line USING (code)",
        ),
        ("guess of an account", "WITH g(name) AS (VALUES ('ada')) SELECT name FROM g JOIN user USING(name)"),
        ("natural join", "WITH g(name) AS (VALUES ('')) SELECT name FROM g NATURAL/**/FULL JOIN user"),
        ("natural join, commented", "WITH g(code) AS (VALUES ('')) SELECT code FROM g/**/NATURAL JOIN main.line"),
        ("the nonce by a plan", "EXPLAIN QUERY PLAN SELECT * FROM line l LEFT JOIN change c ON c.record = l.id"),
        ("bytecode of a view", "EXPLAIN SELECT * FROM line"),
        ("a write", "DELETE FROM main.kpi_mark"),
        ("a write that returns", "UPDATE main.line SET name = '' RETURNING name"),
        ("end of the transaction", "COMMIT"),
    ])
}
