//! Whoever alters the file beside the program is found, with the place.
use super::*;
use crate::{Clock, keep::Vault, session::NewAccount};
use domain::*;

const SECRET: &str = "copper kettle on mars";

struct Plant {
    _dir: tempfile::TempDir,
    store: Store,
    admin: Session,
    client: Id<Client>,
    entry: Id<ProductionEntry>,
}

#[allow(clippy::too_many_lines, reason = "a plant is many rows")]
/// Two days of one line; a correction, an undo and a removal are in the log.
fn plant() -> Plant {
    let dir = tempfile::tempdir().unwrap();
    let vault = Vault::new(dir.path().join("lineboard.db"), [7; 32]);
    let store = Store::create(&vault, Clock::fixed(1_750_000_000_000)).unwrap().cheap();
    let admin = store.first_start("ada", "Ada", SECRET, "en").unwrap();
    let write = |f: &mut dyn FnMut(&mut crate::Writer<'_>) -> Result<()>| {
        store.repository(&admin).unwrap().write(|w| f(w)).unwrap();
    };
    let (client, line, shift, product) =
        (Id::from_bytes([1; 16]), Id::from_bytes([2; 16]), Id::from_bytes([3; 16]), Id::from_bytes([4; 16]));
    let entry = |n: u8| Id::<ProductionEntry>::from_bytes([n; 16]);
    write(&mut |w| {
        let text = String::from;
        w.found(&Client { client_id: client, id: client, code: text("ACME"), name: text(""), active: true })?;
        let (code, name, basis) = (text("L1"), text(""), Basis::Labour);
        w.put(&Line { client_id: client, id: line, code, name, basis, parent_id: None, active: true })?;
        w.put(&Shift { client_id: client, id: shift, code: text("DAY"), name: text(""), active: true })?;
        w.put(&Product { client_id: client, id: product, code: text("P"), name: text(""), active: true })?;
        let (valid_from, minutes) = (Day(20_000), 0.1 + 0.2);
        let standard = Id::from_bytes([5; 16]);
        let operation_id = None;
        w.put(&ProductStandard {
            client_id: client,
            id: standard,
            product_id: product,
            operation_id,
            valid_from,
            minutes,
        })?;
        for (n, day) in [(10, 20_000), (11, 20_001)] {
            let open = LineShift::empty(client, Day(day), shift, line);
            w.put(&LineShift { crew: Some(30.5), net_minutes: Some(480.0), ..open.clone() })?;
            w.put(&made(client, entry(n), open.id, product))?;
            w.put(&made(client, entry(n + 10), open.id, product))?;
        }
        Ok(())
    });
    write(&mut |w| {
        let old: ProductionEntry = w.get(client, entry(10))?;
        w.put(&ProductionEntry { produced: Some(90), ..old })?;
        w.remove(client, entry(21))
    });
    write(&mut |w| w.undo().map(|_| ()));
    write(&mut |w| w.remove(client, entry(20)));
    Plant { _dir: dir, store, admin, client, entry: entry(10) }
}

fn made(
    client_id: Id<Client>,
    id: Id<ProductionEntry>,
    line_shift_id: Id<LineShift>,
    product: Id<Product>,
) -> ProductionEntry {
    ProductionEntry {
        client_id,
        id,
        line_shift_id,
        work_order_id: None,
        product_id: Some(product),
        operation_id: None,
        hour: None,
        produced: Some(100),
        defective: None,
        rework: None,
        repair: None,
        scrap: None,
        run_minutes: None,
        crew_assigned: None,
        crew_present: None,
        entry_method: None,
        note: None,
        import_batch_id: None,
        job_id: None,
    }
}

impl Plant {
    fn check(&self) -> Report {
        self.store.verify(&self.admin, &mut |_, _| {}).unwrap()
    }
    /// What somebody with the key does beside the program: triggers are dropped and put back.
    fn tamper(&self, sql: &str) {
        let c = self.store.vault.kernel().unwrap();
        let mut stmt = c.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").unwrap();
        let triggers: Vec<(String, String)> =
            stmt.query_map([], |r| Ok((r.get(0)?, r.get(1)?))).unwrap().map(|r| r.unwrap()).collect();
        c.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        triggers.iter().for_each(|t| c.execute_batch(&format!("DROP TRIGGER {}", t.0)).unwrap());
        c.execute_batch(sql).unwrap();
        triggers.iter().for_each(|t| c.execute_batch(&t.1).unwrap());
    }
    /// The names of checks that found something, and the first place of the wanted one.
    fn found(&self, check: &str) -> (Vec<&'static str>, Place) {
        let report = self.check();
        let broken = report.checks.iter().filter(|c| c.broken > 0).map(|c| c.name).collect();
        let place = report.checks.iter().find(|c| c.name == check).and_then(|c| c.places.first().cloned());
        (broken, place.unwrap_or_default())
    }
}

fn words(p: &Place) -> (&str, &str, Option<&str>, Option<&str>) {
    (p.what, p.table.as_str(), p.row.as_deref(), p.detail.as_deref())
}

#[test]
fn a_file_that_only_the_program_wrote_is_sound() {
    let p = plant();
    let report = p.check();
    assert_eq!(report.first(), None);
    assert!(report.is_sound());
    let names: Vec<_> = report.checks.iter().map(|c| c.name).collect();
    assert_eq!(names, ["integrity", "drift", "log", "confirmations", "rows", "sums", "events"]);
    assert!(report.checks.iter().all(|c| c.looked_at > 0), "{report:?}");
    assert_eq!((report.counts["production_entry"], report.counts["line_shift"], report.counts["client"]), (4, 2, 1));
    assert_eq!(report.counts["change"], report.counts["confirmation"]);
}

#[test]
fn one_changed_byte_of_a_patch_is_named() {
    let p = plant();
    p.tamper("UPDATE change SET patch = replace(patch, '\"produced\":90', '\"produced\":91')");
    let (broken, place) = p.found("log");
    assert_eq!(broken, ["log"], "it was undone, so that the row does not show it");
    let (what, table, _, detail) = words(&place);
    assert_eq!((what, table, detail), ("altered", "change", Some(p.entry.to_string().as_str())));
    assert_eq!(place.client.as_deref(), Some("ACME"));
}

/// The plant with a person who was erased from it.
fn erased() -> Plant {
    let p = plant();
    let id = Id::from_bytes([60; 16]);
    let (code, name, note) = ("P1".into(), "Ann".into(), Some("tall".into()));
    let person = Employee { code, name, note, active: true, ..Employee::blank(p.client, id) };
    let repo = p.store.repository(&p.admin).unwrap();
    repo.write(|w| w.put(&person)).unwrap();
    assert_eq!(
        repo.write(|w| w.erase_person(p.client, id)).unwrap(),
        crate::Gone { rows: 1, changes: 1, waits: false }
    );
    p
}

#[test]
fn a_log_from_which_a_person_was_erased_is_sound() {
    let p = erased();
    let report = p.check();
    assert!(report.is_sound(), "{:?}", report.first());
}

#[test]
fn what_an_erasure_left_cannot_be_altered_unseen() {
    for sql in [
        "UPDATE change SET patch = replace(patch, 'erased-', 'traced-') WHERE patch LIKE '%erased-%'",
        "UPDATE redaction SET patch_hash = zeroblob(32)",
        "DELETE FROM redaction",
    ] {
        let p = erased();
        p.tamper(sql);
        let (broken, place) = p.found("log");
        assert!(broken.contains(&"log") && place.what == "altered", "{sql}: {broken:?} {place:?}");
    }
}

#[test]
fn nothing_but_an_erasure_writes_over_a_patch() {
    let p = erased();
    let c = p.store.vault.kernel().unwrap();
    let of_others = "kind <> (SELECT kind FROM change WHERE patch LIKE '%erased-%')";
    for sql in [
        format!("UPDATE change SET patch = '{{}}' WHERE {of_others}"),
        "UPDATE change SET reason = 'x'".to_owned(),
        "UPDATE change SET base = '{}' WHERE patch LIKE '%erased-%'".to_owned(),
        "UPDATE redaction SET seal = zeroblob(32)".to_owned(),
        "DELETE FROM redaction".to_owned(),
    ] {
        let said = c.execute_batch(&sql).unwrap_err().to_string();
        assert!(said.contains("append-only"), "{sql}: {said}");
    }
}

#[test]
fn a_changed_hash_breaks_both_chains() {
    let p = plant();
    p.tamper("UPDATE change SET hash = zeroblob(32) WHERE dev_seq = 3");
    let (broken, place) = p.found("log");
    assert_eq!(broken, ["log", "confirmations"]);
    assert_eq!((place.what, place.row.as_deref()), ("altered", Some("3")));
}

#[test]
fn a_missing_confirmation_is_named_in_the_middle_and_at_the_end() {
    let p = plant();
    p.tamper("DELETE FROM confirmation WHERE seq = 4");
    let (broken, place) = p.found("confirmations");
    assert!(broken.contains(&"confirmations"), "{broken:?}");
    assert_eq!(words(&place), ("gap", "confirmation", Some("4"), None));
    let p = plant();
    p.tamper("DELETE FROM confirmation WHERE seq = (SELECT max(seq) FROM confirmation)");
    let last = p.found("confirmations").1;
    assert_eq!((last.what, last.table.as_str()), ("end", "confirmation"));
}

#[test]
fn a_missing_change_is_named() {
    let p = plant();
    p.tamper("DELETE FROM change WHERE dev_seq = 5");
    let (broken, place) = p.found("log");
    assert!(broken.contains(&"integrity"), "a confirmation of nothing: {broken:?}");
    assert_eq!(words(&place), ("gap", "change", Some("6"), None));
    assert_eq!(p.found("integrity").1.what, "reference");
}

#[test]
fn other_decisions_and_moments_break_the_keyed_chain() {
    for sql in
        ["UPDATE confirmation SET decision = 2 WHERE seq = 2", "UPDATE confirmation SET received_at = 1 WHERE seq = 2"]
    {
        let p = plant();
        p.tamper(sql);
        let place = p.found("confirmations").1;
        assert_eq!(words(&place), ("chain", "confirmation", Some("2"), None), "{sql}");
    }
}

#[test]
fn a_changed_sum_is_named_by_its_day_and_made_right_again() {
    for sql in [
        "UPDATE kpi_line_shift SET earned = earned + 1 WHERE day = 20001",
        "UPDATE kpi_client_day SET earned_earned = earned_earned + 1 WHERE day = 20001",
        "DELETE FROM kpi_line_shift WHERE day = 20001",
        "INSERT INTO kpi_mark SELECT client_id, day, shift_id, line_id FROM kpi_line_shift WHERE day = 20001",
        "UPDATE kpi_line_shift SET sources = 0 WHERE day = 20001",
        "UPDATE kpi_quality SET inspected = inspected + 1 WHERE day = 20001",
        "DELETE FROM kpi_quality WHERE day = 20001",
    ] {
        let p = plant();
        p.tamper(sql);
        let (broken, place) = p.found("sums");
        assert_eq!(
            (broken, place.what, place.row.as_deref()),
            (vec!["sums"], "sum_differs", Some("2024-10-05")),
            "{sql}"
        );
        p.store.rebuild_sums(&p.admin, &mut |_, _| {}).unwrap();
        assert_eq!(p.check().first(), None, "{sql}");
    }
}

#[test]
fn sums_of_no_line_shift_are_named_and_taken_out() {
    let p = plant();
    p.tamper(
        "CREATE TEMP TABLE t AS SELECT * FROM kpi_line_shift WHERE day = 20001; UPDATE t SET day = 20005;
         INSERT INTO kpi_line_shift SELECT * FROM t",
    );
    assert_eq!(p.found("sums").1.row.as_deref(), Some("2024-10-09"));
    p.store.rebuild_sums(&p.admin, &mut |_, _| {}).unwrap();
    assert_eq!(p.check().first(), None);
}

#[test]
fn a_row_changed_beside_the_log_is_named_with_its_column() {
    let p = plant();
    p.tamper("UPDATE production_entry SET produced = 95 WHERE id = x'0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a'");
    let (broken, place) = p.found("rows");
    assert_eq!(broken, ["rows", "sums"]);
    let id = p.entry.to_string();
    assert_eq!(words(&place), ("row_differs", "production_entry", Some(id.as_str()), Some("produced")));
}

#[test]
fn a_row_brought_back_lost_or_invented_is_named() {
    let p = plant();
    p.tamper("UPDATE production_entry SET gone_at = NULL");
    assert_eq!(p.found("rows").1.detail.as_deref(), Some("gone_at"));
    let p = plant();
    p.tamper("DELETE FROM product_standard");
    assert_eq!(p.found("rows").1.what, "row_lost");
    let p = plant();
    p.tamper(
        "CREATE TEMP TABLE t AS SELECT * FROM production_entry LIMIT 1; UPDATE t SET id = zeroblob(16);
         INSERT INTO production_entry SELECT * FROM t",
    );
    let place = p.found("rows").1;
    assert_eq!((place.what, place.table.as_str()), ("unlogged", "production_entry"));
}

#[test]
fn a_lost_index_a_new_trigger_and_new_statistics_are_drift() {
    for (sql, what) in [
        ("DROP INDEX change_record", "schema_lost"),
        ("CREATE TABLE spy(x)", "schema_stranger"),
        ("CREATE TRIGGER t AFTER INSERT ON client BEGIN SELECT 1; END", "schema_stranger"),
        ("UPDATE sqlite_stat1 SET stat = '1 1' WHERE idx = 'change_record'", "schema_differs"),
    ] {
        let p = plant();
        p.tamper(sql);
        let (broken, place) = p.found("drift");
        assert_eq!((broken, place.what), (vec!["drift"], what), "{sql}");
    }
}

#[test]
fn a_changed_event_is_named() {
    let p = plant();
    p.tamper("UPDATE security_event SET what = 'nobody'");
    assert_eq!(words(&p.found("events").1), ("chain", "security_event", Some("1"), None));
}

#[test]
fn a_damaged_page_is_found_and_stops_nothing_else() {
    use std::io::{Read, Seek, SeekFrom, Write};
    let p = plant();
    let c = p.store.vault.kernel().unwrap();
    c.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    let page: u64 = c
        .query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'reject_detail'", [], |r| r.get::<_, i64>(0))
        .unwrap() as u64;
    let mut file = std::fs::OpenOptions::new().read(true).write(true).open(p.store.vault.path()).unwrap();
    let mut byte = [0];
    file.seek(SeekFrom::Start((page - 1) * 4096 + 100)).unwrap();
    file.read_exact(&mut byte).unwrap();
    file.seek(SeekFrom::Current(-1)).unwrap();
    file.write_all(&[byte[0] ^ 1]).unwrap();
    let report = p.check();
    assert_eq!(report.checks.len(), 7);
    let (check, place) = report.first().unwrap();
    assert_eq!((check, place.what), ("integrity", "page"));
}

#[test]
fn only_an_admin_may_look_and_repair() {
    let p = plant();
    let new = NewAccount {
        name: "lea".into(),
        display_name: "Lea".into(),
        role: Role::Poweruser,
        clients: vec![p.client],
        password: SECRET.into(),
        forced_change: false,
        language: "en".into(),
    };
    p.store.user_add(&p.admin, &new).unwrap();
    let lea = p.store.login("lea", SECRET).unwrap();
    assert!(p.store.verify(&lea, &mut |_, _| {}).unwrap_err().is(Code::Forbidden));
    assert!(p.store.rebuild_sums(&lea, &mut |_, _| {}).unwrap_err().is(Code::Forbidden));
}

#[test]
fn a_client_no_longer_served_is_checked_too() {
    let p = plant();
    let repo = p.store.repository(&p.admin).unwrap();
    repo.write(|w| {
        let old: Client = w.get(p.client, p.client)?;
        w.put(&Client { active: false, ..old })
    })
    .unwrap();
    p.tamper("UPDATE kpi_line_shift SET earned = earned + 1 WHERE day = 20001");
    assert_eq!(p.found("sums").0, ["sums"]);
}

#[test]
fn progress_only_grows_and_ends() {
    let p = plant();
    let mut heard = vec![];
    p.store.verify(&p.admin, &mut |done, all| heard.push((done, all))).unwrap();
    assert!(heard.is_sorted_by_key(|h| h.0) && heard.last().is_some_and(|(done, all)| done == all), "{heard:?}");
}
