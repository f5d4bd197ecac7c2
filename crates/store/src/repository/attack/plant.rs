//! The plant's own tables: no client is in them, and of another client's bookings only the time is shown.
use super::stage::{Door, Stage, hex, run};
use crate::repository::{scope, tests};
use domain::*;

/// Every word of an answer to a question of a person's.
fn asked(stage: &Stage, who: &crate::Session, sql: &str) -> String {
    let g = stage.store.readers.get().unwrap();
    scope::enter(&g, who, None).unwrap();
    run(&g.conn, sql).unwrap()
}

/// The booking of a client's cover.
fn token(stage: &Stage, client: Id<Client>) -> String {
    let sql =
        format!("SELECT booking FROM coverage_entry WHERE client_id = x'{}' AND booking IS NOT NULL", hex(client));
    let kernel = stage.store.vault.kernel().unwrap();
    kernel.query_row(&sql, [], |r| r.get(0)).unwrap()
}

#[test]
fn a_booking_for_another_client_is_busy_from_to_and_nothing_else() {
    let stage = Stage::new();
    let (ours, theirs) = (token(&stage, stage.a), token(&stage, stage.b));
    let sue = tests::person(&stage.store, "bea", Role::Supervisor, &[stage.a]);
    for who in [&stage.ours, &sue] {
        for view in ["pool_booking", "pool_booking_all"] {
            let seen = asked(&stage, who, &format!("SELECT token FROM {view}"));
            assert!(seen.contains(&ours) && !seen.contains(&theirs), "{view}: {seen}");
        }
        let busy = asked(&stage, who, "SELECT * FROM pool_busy");
        assert_eq!(busy.lines().count(), 2, "both are busy: {busy}");
        assert!(!busy.contains(&theirs) && !busy.contains(&ours), "{busy}");
    }
    let g = stage.store.readers.get().unwrap();
    let columns = g.conn.prepare("SELECT * FROM pool_busy").unwrap().column_names().join(" ");
    assert_eq!(columns, "pool_employee_id from_utc to_utc");
}

#[test]
fn the_plant_s_log_is_in_no_view_but_one_s_own_steps() {
    let stage = Stage::new();
    let plant = format!("client_id = x'{}'", hex(Client::PLANT));
    for table in ["change", "confirmation", "position"] {
        let rows = asked(&stage, &stage.ours, &format!("SELECT count(*) FROM {table} WHERE {plant}"));
        assert_eq!(rows, "[Integer(0)]", "{table}");
    }
    assert_eq!(asked(&stage, &stage.ours, "SELECT * FROM plant_step"), "", "the admin's steps are shown to us");
}

#[test]
fn a_viewer_and_an_operator_see_and_write_nothing_of_the_pool() {
    let stage = Stage::new();
    for role in [Role::Viewer, Role::Operator] {
        let who = tests::person(&stage.store, role.word(), role, &[stage.a]);
        for view in
            ["pool_employee", "pool_employee_all", "pool_booking", "pool_booking_all", "pool_busy", "plant_newest"]
        {
            assert_eq!(asked(&stage, &who, &format!("SELECT * FROM {view}")), "", "{view} as {}", role.word());
        }
        for sql in [
            "UPDATE main.pool_employee SET name = 'x'",
            "UPDATE main.pool_booking SET state = 'released'",
            &format!("INSERT INTO main.head VALUES (x'{}', 9, x'', 9, x'', 9)", hex(Client::PLANT)),
        ] {
            stage.attack_as(&who, sql).unwrap_or_else(|what| panic!("{} {sql}: {what}", role.word()));
        }
    }
}

#[test]
fn a_booking_is_made_in_one_s_own_name_and_another_client_s_is_not_written() {
    let stage = Stage::new();
    let theirs = token(&stage, stage.b);
    let of_theirs = format!("WHERE token = '{theirs}'");
    for sql in [
        format!("UPDATE main.pool_booking SET state = 'released' {of_theirs}"),
        format!("UPDATE main.pool_booking SET to_utc = to_utc - 1 {of_theirs}"),
        format!("UPDATE main.pool_booking SET gone_at = 1 {of_theirs}"),
        format!("UPDATE main.pool_booking SET booked_by = x'{}' WHERE token <> '{theirs}'", hex(stage.b)),
        format!("UPDATE main.pool_booking SET client_id = x'{}'", hex(stage.a)),
    ] {
        stage.attack(Door::Write, &sql).unwrap_or_else(|what| panic!("{sql}: {what}"));
    }
    for table in ["pool_employee", "pool_booking"] {
        assert!(stage.is_denied(Door::Write, &format!("DELETE FROM main.{table}")), "{table}");
    }
}

#[test]
fn a_table_of_the_plant_cannot_hold_a_client() {
    let stage = Stage::new();
    let kernel = stage.store.vault.kernel().unwrap();
    for table in ["pool_employee", "pool_booking"] {
        let sql = format!("UPDATE {table} SET client_id = x'{}'", hex(stage.b));
        let told = run(&kernel, &sql).unwrap_err().to_string();
        assert!(told.contains("CHECK") || told.contains("FOREIGN KEY"), "{table}: {told}");
    }
    let id = Client::PLANT;
    let admin = tests::person(&stage.store, "eve", Role::Admin, &[]);
    let founded = stage
        .store
        .repository(&admin)
        .unwrap()
        .write(|w| w.found(&Client { client_id: id, id, code: "PLANT".into(), name: String::new(), active: true }));
    assert!(founded.unwrap_err().is(Code::BadInput));
}
