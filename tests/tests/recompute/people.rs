//! Absences, labour hours and staffing, from the rows alone.
use checks::Plant;
use domain::*;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

const FIRST: Day = Day(20_000);
const DAYS: i32 = 25;

/// Hours of a shift without clock times: the default of a client that set none.
const SHIFT: f64 = 8.0;

/// One row of attendance with what it comes to; written anew, of nothing but the definitions.
const ROWS: &str = "WITH raw AS (
    SELECT a.id, a.line_id, a.absence, e.department, a.scheduled_hours AS planned, a.absent_hours AS told,
      coalesce(a.scheduled_hours, 8.0) AS due,
      CASE WHEN a.actual_hours IS NOT NULL THEN a.actual_hours
        WHEN coalesce(a.normal_hours, a.double_hours, a.triple_hours) IS NULL THEN NULL
        ELSE coalesce(a.normal_hours, 0) + coalesce(a.double_hours, 0) + coalesce(a.triple_hours, 0) END AS worked
    FROM attendance_entry a JOIN employee e ON e.client_id = ?1 AND e.id = a.employee_id
    WHERE a.client_id = ?1 AND a.day BETWEEN ?2 AND ?3
  ), missing AS (
    SELECT raw.*, CASE WHEN told IS NOT NULL THEN told
        WHEN planned IS NOT NULL AND worked IS NOT NULL THEN max(planned - worked, 0.0)
        WHEN worked IS NULL AND absence IS NOT NULL AND absence <> 'late' THEN due
        ELSE 0.0 END AS hours
    FROM raw
  ), counted AS (
    SELECT missing.*,
      due - iif(absence IN ('vacation', 'holiday'), hours, 0.0) AS scheduled,
      iif(coalesce(absence, 'unscheduled') IN ('unscheduled', 'medical', 'personal', 'suspended'), hours, 0.0) AS gross,
      (SELECT sum(coalesce(c.hours, missing.hours)) FROM coverage_entry c
        WHERE c.client_id = ?1 AND c.attendance_entry_id = missing.id AND c.confirmed = 1) AS cover
    FROM missing
  )";

#[allow(clippy::too_many_lines, reason = "a client is many rows")]
/// A client with people, lists, covers and needs of every kind.
pub(crate) fn client(plant: &Plant, code: &str, mut seed: u64) -> Id<Client> {
    let mut next = move |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let id = Id::fact(Id::from_bytes([9; 16]), "client", code);
    plant
        .store
        .repository(&plant.admin)
        .unwrap()
        .write(|w| {
            w.found(&Client { client_id: id, id, code: code.into(), name: code.into(), active: true })?;
            let shift: Id<Shift> = w.fresh();
            w.put(&Shift { code: "DAY".into(), active: true, ..Shift::blank(id, shift) })?;
            let lines: [Id<Line>; 2] = [w.fresh(), w.fresh()];
            for (n, line) in lines.iter().enumerate() {
                w.put(&Line { code: format!("L{n}"), active: true, ..Line::blank(id, *line) })?;
            }
            let people: Vec<Id<Employee>> = (0..7).map(|_| w.fresh()).collect();
            for (n, person) in people.iter().enumerate() {
                let department = ["Sewing", "Cutting"].get(n % 3).map(|name| (*name).into());
                let (code, name) = (format!("P{n}"), format!("P{n}"));
                w.put(&Employee { code, name, department, active: true, ..Employee::blank(id, *person) })?;
            }
            for day in FIRST.to(FIRST.plus(DAYS - 1)) {
                for person in &people {
                    let split = next(3) == 0;
                    let mut some = |weight: u64, most: u64| (next(weight) > 0).then(|| next(most) as f64);
                    let row = AttendanceEntry {
                        employee_id: *person,
                        day,
                        shift_id: Some(shift),
                        line_id: Some(lines[usize::from(some(2, 1).is_some())]),
                        scheduled_hours: some(5, 3).map(|hours| 8.0 + hours),
                        actual_hours: if split { None } else { some(2, 11) },
                        normal_hours: if split { some(2, 8) } else { None },
                        double_hours: if split { some(2, 3) } else { None },
                        absent_hours: some(3, 8).filter(|_| !split),
                        absence: some(2, 7).map(|n| Absence::ALL[n as usize]),
                        ..AttendanceEntry::blank(id, AttendanceEntry::fact(id, *person, day, Some(shift)))
                    };
                    w.put(&row)?;
                    if next(3) == 0 {
                        let fresh = w.fresh();
                        let hours = (next(2) == 0).then(|| next(12) as f64);
                        let (attendance_entry_id, line_id) = (Some(row.id), row.line_id);
                        let confirmed = next(3) > 0;
                        let blank = CoverageEntry::blank(id, fresh);
                        w.put(&CoverageEntry {
                            attendance_entry_id,
                            day,
                            shift_id: Some(shift),
                            line_id,
                            hours,
                            confirmed,
                            ..blank
                        })?;
                    }
                }
                let fresh = w.fresh();
                let (required, actual) = (Some(1.0 + next(6) as f64), (next(2) == 0).then(|| next(6) as f64));
                let line_id = lines[next(2) as usize];
                w.put(&Staffing { day, shift_id: shift, line_id, required, actual, ..Staffing::blank(id, fresh) })?;
            }
            Ok(())
        })
        .unwrap();
    id
}

type Figures = BTreeMap<Option<String>, [f64; 4]>;

/// Scheduled, gross, net and worked hours, by a column.
fn by_sql(plant: &Plant, client: Id<Client>, by: &str) -> Figures {
    let sql = format!(
        "{ROWS} SELECT {by}, sum(scheduled), sum(gross), sum(gross - min(gross, coalesce(cover, 0.0))),
         sum(coalesce(worked, 0.0)) FROM counted GROUP BY 1"
    );
    let values = store::values![client, FIRST, FIRST.plus(DAYS - 1)];
    let rows = plant.store.repository(&plant.admin).unwrap().read(|r| {
        r.select(&sql, values, |row| {
            Ok((row.get::<Option<String>>(0)?, [row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?]))
        })
    });
    rows.unwrap().into_iter().collect()
}

fn asked(plant: &Plant, client: Id<Client>, kpi: &str, by: &[&str]) -> Vec<Json> {
    let ask = json!({ "kpi": kpi, "clients": [client], "from": FIRST, "to": FIRST.plus(DAYS - 1), "by": by });
    plant.call(&plant.admin, "kpi_ask", ask).unwrap()["rows"].as_array().unwrap().clone()
}

fn near(a: &Json, b: f64) -> bool {
    a.as_f64().is_some_and(|a| (a - b).abs() <= 1e-9 * b.abs().max(1.0))
}

#[test]
fn absences_and_labour_hours_are_what_plain_sql_makes_of_the_rows() {
    assert!((SHIFT - 8.0).abs() < f64::EPSILON, "the SQL says 8.0");
    let plant = Plant::new();
    for (code, seed) in [("ACME", 3), ("BOLT", 17)] {
        let id = client(&plant, code, seed);
        for (by, column) in [(None, "NULL"), (Some("department"), "department")] {
            let (wanted, groups): (_, Vec<&str>) = (by_sql(&plant, id, column), by.into_iter().collect());
            let (absent, labour) =
                (asked(&plant, id, "absenteeism", &groups), asked(&plant, id, "labour_hours", &groups));
            assert_eq!([absent.len(), labour.len()], [wanted.len(); 2]);
            for (name, [scheduled, gross, net, worked]) in &wanted {
                let is = |row: &&Json| by.is_none_or(|by| row["by"][by] == name.as_deref().unwrap_or("—"));
                let row = absent.iter().find(is).unwrap();
                assert!(*gross > *net && *net > 0.0, "the case is worth nothing");
                assert!(
                    near(&row["numerator"], *net) && near(&row["denominator"], *scheduled),
                    "{code} {name:?}: {row}"
                );
                assert!(near(&row["value"], 100.0 * net / scheduled), "{code} {name:?}: {row}");
                assert!(near(&row["beside"]["value"], 100.0 * gross / scheduled), "{code} {name:?}: {row}");
                assert!(near(&labour.iter().find(is).unwrap()["value"], *worked), "{code} {name:?}");
            }
        }
    }
}

/// People needed and there, where it is told or a list says who came; of two rows the newer.
const STAFFED: &str = "SELECT sum(required), sum(there) FROM (
    SELECT s.required, coalesce(s.actual, (
        SELECT sum(CASE
          WHEN coalesce(a.actual_hours, a.normal_hours, a.double_hours) IS NOT NULL
            THEN coalesce(a.actual_hours, coalesce(a.normal_hours, 0) + coalesce(a.double_hours, 0)) > 0
          WHEN a.scheduled_hours IS NOT NULL AND a.absent_hours IS NOT NULL THEN a.absent_hours < a.scheduled_hours
          ELSE coalesce(a.absence, 'late') = 'late' END)
        FROM attendance_entry a WHERE a.client_id = ?1 AND a.day = s.day AND a.shift_id = s.shift_id
          AND a.line_id = s.line_id)) AS there
    FROM staffing s WHERE s.client_id = ?1 AND s.day BETWEEN ?2 AND ?3) WHERE there IS NOT NULL";

#[test]
fn staffing_coverage_is_what_plain_sql_makes_of_the_rows() {
    let plant = Plant::new();
    let id = client(&plant, "ACME", 29);
    let values = store::values![id, FIRST, FIRST.plus(DAYS - 1)];
    let read = |r: &store::Reader<'_>| r.first(STAFFED, values, |row| Ok((row.get::<f64>(0)?, row.get::<f64>(1)?)));
    let (required, there) = plant.store.repository(&plant.admin).unwrap().read(read).unwrap().unwrap();
    let row = asked(&plant, id, "coverage", &[]).remove(0);
    assert!(near(&row["denominator"], required) && near(&row["numerator"], there), "{required} {there}: {row}");
}
