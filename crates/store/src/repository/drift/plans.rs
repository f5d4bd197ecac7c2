//! On an empty file too, each statement of the repository finds the index meant for it.
use crate::{
    Store,
    repository::{Mode, scope, tests},
};
use domain::{Id, Role};

/// Statements as the repository writes them, with the index each must find.
const READS: &str = "
SELECT code FROM line WHERE client_id = ?1 AND id = ?2
  => PRIMARY KEY (client_id=? AND id=?)
SELECT id, gone_at FROM production_entry_all WHERE client_id = ?1 AND id = ?2
  => PRIMARY KEY (client_id=? AND id=?)
SELECT id FROM work_order WHERE client_id = ?1 ORDER BY id LIMIT ?2 OFFSET ?3
  => PRIMARY KEY (client_id=?)
SELECT id, produced FROM production_entry WHERE client_id = ?1 AND line_shift_id = ?2 ORDER BY id
  => production_entry_line_shift_id (client_id=? AND line_shift_id=?)
SELECT id FROM reject_detail WHERE client_id = ?1 AND production_entry_id = ?2
  => reject_detail_production_entry_id (client_id=? AND production_entry_id=?)
SELECT d.id, r.affects FROM downtime_entry d LEFT JOIN downtime_reason_all r ON r.client_id = ?1 AND r.id = d.reason_id
    WHERE d.client_id = ?1 AND d.line_shift_id = ?2 ORDER BY d.id
  => downtime_entry_line_shift_id (client_id=? AND line_shift_id=?)
SELECT id FROM downtime_entry WHERE client_id = ?1 AND reason_id = ?2
  => downtime_entry_reason_id (client_id=? AND reason_id=?)
SELECT DISTINCT l.id FROM line_shift l JOIN production_entry e ON e.client_id = l.client_id AND e.line_shift_id = l.id
    WHERE l.client_id = ?1 AND e.client_id = ?1 AND e.work_order_id = ?2
  => production_entry_work_order_id (client_id=? AND work_order_id=?)
SELECT avg(l.crew) FROM line_shift l WHERE l.client_id = ?1 AND l.day BETWEEN ?2 AND ?3 AND l.shift_id = ?4
    AND l.line_id = ?5 AND l.crew IS NOT NULL
  => line_shift_day (client_id=? AND day>? AND day<?)
SELECT id FROM quality_entry WHERE client_id = ?1 AND day = ?2 AND shift_id IS ?3 AND line_id = ?4 ORDER BY id
  => quality_entry_day (client_id=? AND day=? AND shift_id=? AND line_id=?)
SELECT DISTINCT coalesce(q.work_order_id, j.work_order_id) FROM quality_entry q
    LEFT JOIN job_all j ON j.client_id = ?1 AND j.id = q.job_id WHERE q.client_id = ?1 AND q.day = ?2
  => quality_entry_day (client_id=? AND day=?)
SELECT l.day FROM quality_entry q JOIN line_shift l ON l.client_id = q.client_id AND l.day = q.day
    WHERE q.client_id = ?1 AND l.client_id = ?1 AND q.job_id = ?2
  => quality_entry_job_id (client_id=? AND job_id=?)
SELECT q.day FROM job_all j JOIN quality_entry q ON q.client_id = j.client_id AND q.job_id = j.id
    WHERE j.client_id = ?1 AND q.client_id = ?1 AND j.work_order_id = ?2
  => quality_entry_job_id (client_id=? AND job_id=?)
SELECT day FROM quality_entry WHERE client_id = ?1 AND work_order_id = ?2
  => quality_entry_work_order_id (client_id=? AND work_order_id=?)
SELECT DISTINCT l.id FROM line_shift l JOIN production_entry e ON e.client_id = l.client_id AND e.line_shift_id = l.id
    WHERE l.client_id = ?1 AND e.client_id = ?1 AND l.day = ?2 AND e.work_order_id IS ?3
  => line_shift_day (client_id=? AND day=?)
SELECT opportunities FROM part_opportunities WHERE client_id = ?1 AND product_id = ?2 ORDER BY id DESC LIMIT 1
  => part_opportunities_product_id (client_id=? AND product_id=?)
SELECT inspected FROM kpi_quality WHERE client_id = ?1 AND day BETWEEN ?2 AND ?3
    ORDER BY client_id, day, shift_id, line_id
  => PRIMARY KEY (client_id=? AND day>? AND day<?)
SELECT id FROM shift_time WHERE client_id = ?1 AND shift_id = ?2
  => shift_time_shift_id (client_id=? AND shift_id=?)
SELECT id FROM line_calendar WHERE client_id = ?1 AND line_id = ?2 AND shift_id = ?3
  => line_calendar_line_id (client_id=? AND line_id=?)
SELECT id FROM product_standard WHERE client_id = ?1 AND product_id = ?2
  => product_standard_product_id (client_id=? AND product_id=?)
SELECT id FROM line WHERE client_id = ?1 AND code = ?2
  => line_code (client_id=? AND code=?)
SELECT earned FROM kpi_client_day WHERE client_id = ?1 AND day BETWEEN ?2 AND ?3
  => PRIMARY KEY (client_id=? AND day>? AND day<?)
SELECT earned FROM kpi_line_shift WHERE client_id = ?1 AND day = ?2 AND shift_id = ?3 AND line_id = ?4
  => PRIMARY KEY (client_id=? AND day=? AND shift_id=? AND line_id=?)
SELECT day FROM kpi_line_shift WHERE client_id = ?1 AND shift_id = ?2 AND line_id = ?3 AND day BETWEEN ?4 AND ?5
    AND (sources & 240) <> 0
  => kpi_line_shift_mean (client_id=? AND shift_id=? AND line_id=? AND day>? AND day<?)
SELECT day FROM kpi_line_shift WHERE client_id = ?1 AND day BETWEEN ?4 AND ?5 AND (sources & 14680064) <> 0
  => kpi_line_shift_shown (client_id=? AND day>? AND day<?)
SELECT day FROM kpi_mark WHERE client_id = ?1 AND day < ?2
  => PRIMARY KEY (client_id=? AND day<?)
SELECT at FROM change WHERE client_id = ?1 AND record = ?2 AND op <= ?3 ORDER BY op DESC LIMIT 1
  => change_record (client_id=? AND record=? AND op<?)
SELECT op FROM change WHERE client_id = ?1 ORDER BY op DESC LIMIT 1
  => PRIMARY KEY (client_id=?)
SELECT promised FROM kpi_order WHERE client_id = ?1 AND promised BETWEEN ?2 AND ?3 ORDER BY promised, work_order_id
  => kpi_order_promised (client_id=? AND promised>? AND promised<?)
SELECT held_minutes FROM kpi_order WHERE client_id = ?1 AND start_minute < ?2 AND open = 1
    AND (end_minute IS NULL OR end_minute > ?3) ORDER BY work_order_id
  => kpi_order_open (client_id=?)
SELECT work_order_id, NULL, promised, settled, sources, shipped_orders, unshipped_orders FROM kpi_order
    WHERE client_id = ?1 AND promised BETWEEN ?2 AND ?3 ORDER BY promised, work_order_id
  => COVERING INDEX kpi_order_promised (client_id=? AND promised>? AND promised<?)
SELECT work_order_id, NULL, start_minute, end_minute, held_minutes, held_until, held_since, sources FROM kpi_order
    WHERE client_id = ?1 AND start_minute < ?2 AND open = 1 AND (end_minute IS NULL OR end_minute > ?3)
    ORDER BY work_order_id
  => COVERING INDEX kpi_order_open (client_id=?)
SELECT work_order_id FROM kpi_order WHERE client_id = ?1 AND promised IS NULL AND void = 0
  => kpi_order_promised (client_id=? AND promised=?)
SELECT work_order_id FROM kpi_order WHERE client_id = ?1 AND open = 1 AND start_minute IS NULL
  => kpi_order_unstarted (client_id=?)
SELECT held_minutes FROM kpi_order WHERE client_id = ?1 AND start_minute < ?2 AND open = 0 AND end_minute > ?3
    ORDER BY +work_order_id
  => kpi_order_end (client_id=? AND end_minute>?)
SELECT start_minute FROM kpi_order WHERE client_id = ?1 AND open = 1 AND start_minute IS NOT NULL
  => kpi_order_open (client_id=?)
SELECT running FROM kpi_client_in_work WHERE client_id = ?1 AND day > ?2 ORDER BY day
  => PRIMARY KEY (client_id=? AND day>?)
SELECT day, running FROM kpi_client_in_work WHERE client_id = ?2 AND rev > ?1
  => kpi_client_in_work_rev (client_id=? AND rev>?)
SELECT day, crews FROM kpi_client_crew WHERE client_id = ?2 AND rev > ?1
  => kpi_client_crew_rev (client_id=? AND rev>?)
SELECT day FROM kpi_in_work WHERE client_id = ?1 AND work_order_id = ?2 ORDER BY day
  => kpi_in_work_order (client_id=? AND work_order_id=?)
SELECT sum(running) FROM kpi_in_work WHERE client_id = ?1 AND day = ?2
  => PRIMARY KEY (client_id=? AND day=?)
SELECT promised, client_id FROM kpi_order WHERE ahead = 1 AND +promised IS NOT NULL
  => kpi_order_ahead (client_id=?)
SELECT id, day, quantity FROM shipment WHERE client_id = ?1 AND work_order_id = ?2 ORDER BY day, id
  => shipment_work_order_id (client_id=? AND work_order_id=?)
SELECT id FROM hold_entry WHERE client_id = ?1 AND work_order_id = ?2
  => hold_entry_work_order_id (client_id=? AND work_order_id=?)
SELECT min(l.day), max(l.day) FROM production_entry e JOIN line_shift l ON l.client_id = e.client_id AND l.id = e.line_shift_id
    WHERE e.client_id = ?1 AND l.client_id = ?1 AND e.work_order_id = ?2 AND e.produced > 0
  => production_entry_work_order_id (client_id=? AND work_order_id=?)
SELECT c.at FROM change c WHERE c.client_id = ?1 AND c.record = ?2 ORDER BY c.op DESC LIMIT 1
  => change_record (client_id=? AND record=?)
SELECT c.op FROM confirmation n CROSS JOIN change c ON c.client_id = n.client_id AND c.op = n.op
    WHERE n.client_id = ?1 AND n.seq BETWEEN ?2 AND ?3 ORDER BY n.seq DESC
  => PRIMARY KEY (client_id=? AND op=?)
SELECT kind, record, iif(act = ?3, patch, NULL) FROM change WHERE client_id = ?1 AND op > ?2
  => PRIMARY KEY (client_id=? AND op>?)
SELECT op, act, patch, base FROM change WHERE client_id = ?1 AND record = ?2 AND op <= ?3 AND kind = ?4
    ORDER BY op
  => change_record (client_id=? AND record=? AND op<?)
SELECT op, received_at FROM confirmation WHERE client_id = ?1 AND seq = ?2
  => PRIMARY KEY (client_id=? AND seq=?)
SELECT client_id, seq FROM position
  => PRIMARY KEY (client_id=?)
SELECT count(*) FROM pool_busy WHERE pool_employee_id = ?1 AND from_utc > ?4 AND from_utc < ?3 AND to_utc > ?2
  => pool_booking_pool_employee_id (client_id=? AND pool_employee_id=? AND from_utc>? AND from_utc<?)
SELECT pool_employee_id FROM pool_busy WHERE from_utc > ?3 AND from_utc < ?2 AND to_utc > ?1
    ORDER BY pool_employee_id, from_utc
  => pool_booking_from_utc (client_id=? AND from_utc>? AND from_utc<?)
SELECT pool_employee_id, from_utc, token FROM pool_booking
    WHERE from_utc > ?3 AND from_utc < ?2 AND to_utc > ?1 AND state <> 'released'
  => pool_booking_from_utc (client_id=? AND from_utc>? AND from_utc<?)
SELECT id FROM pool_booking WHERE client_id = ?1 AND token = ?2
  => pool_booking_token (client_id=? AND token=?)
SELECT 1 FROM coverage_entry WHERE booking = ?1 AND id IS NOT ?2 LIMIT 1
  => coverage_entry_booking (client_id=? AND booking=?)
SELECT op FROM plant_newest WHERE ?1 IS NOT NULL
  => PRIMARY KEY (client_id=?)
SELECT op, kind, record, act FROM plant_step WHERE step = ?1 ORDER BY seq DESC
  => PRIMARY KEY (client_id=? AND seq>? AND seq<?)
SELECT body FROM draft WHERE key = ?1
  => PRIMARY KEY (owner=? AND key=?)";

const WRITES: &str = "
UPDATE main.production_entry SET produced = ?, ver = ? WHERE client_id = ? AND id = ?
  => PRIMARY KEY (client_id=? AND id=?)
DELETE FROM main.kpi_part WHERE client_id = ?1 AND day = ?2 AND shift_id = ?3 AND line_id = ?4
  => PRIMARY KEY (client_id=? AND day=? AND shift_id=? AND line_id=?)
DELETE FROM main.kpi_order WHERE client_id = ?1 AND work_order_id = ?2
  => PRIMARY KEY (client_id=? AND work_order_id=?)
DELETE FROM main.draft WHERE owner = ?1 AND key = ?2
  => PRIMARY KEY (owner=? AND key=?)";

/// The statements of a list with their indexes.
fn listed(list: &str) -> Vec<(String, String)> {
    let (mut all, mut sql) = (vec![], String::new());
    for line in list.lines() {
        match line.trim().strip_prefix("=> ") {
            Some(index) => all.push((std::mem::take(&mut sql), index.to_string())),
            None => sql += &format!("{} ", line.trim()),
        }
    }
    all
}

fn plan(c: &rusqlite::Connection, sql: &str) -> String {
    let mut stmt = c.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let marks = vec![0; stmt.parameter_count()];
    let rows = stmt.query_map(rusqlite::params_from_iter(marks), |r| r.get::<_, String>(3)).unwrap();
    rows.map(Result::unwrap).collect::<Vec<_>>().join(" | ")
}

fn stage() -> (tempfile::TempDir, Store) {
    let (dir, store) = tests::store();
    let who = tests::person(&store, "ada", Role::Leader, &[Id::from_bytes([1; 16])]);
    scope::enter(&store.writer(), &who, None).unwrap();
    (dir, store)
}

#[test]
fn every_question_of_the_repository_finds_its_index_on_an_empty_file() {
    let (_dir, store) = stage();
    let g = store.writer();
    for (sql, index) in listed(READS) {
        let found = plan(&g.conn, &sql);
        assert!(found.contains(&index), "{sql}\n  wants {index}\n  finds {found}");
        assert!(!found.contains("SCAN main"), "{sql}\n  reads a whole table: {found}");
    }
}

#[test]
fn every_write_of_the_repository_finds_its_index_on_an_empty_file() {
    let (_dir, store) = stage();
    let g = store.writer();
    for (sql, index) in listed(WRITES) {
        let found = g.gate.with(Mode::Write, || plan(&g.conn, &sql));
        assert!(found.contains(&index), "{sql}\n  wants {index}\n  finds {found}");
    }
}
