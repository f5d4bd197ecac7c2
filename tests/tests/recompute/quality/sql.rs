//! The sums of inspections in SQL alone, and the engine's answers beside them.
use super::stage::DAY;
use domain::{Client, Day, Id, Value};
use plant::kpi::{self, Answer, AnswerRow, Ask};
use std::collections::BTreeMap;
use store::{Reader, values};

/// What is counted of each row: which thing, how many, and the chances for a defect.
const ROWS: &str = "WITH told AS (
    SELECT q.day, q.line_id AS line, q.shift_id AS shift, coalesce(q.operation_id, j.operation_id) AS step,
      coalesce(q.product_id, j.product_id, o.product_id) AS product, q.job_id AS job,
      coalesce(q.inspected, q.passed + q.defective) AS n, coalesce(q.passed, q.inspected - q.defective) AS good,
      coalesce(q.defective, q.inspected - q.passed) AS bad, q.total_defects AS counted, coalesce(q.again, 0) AS again,
      q.rework AS rework, q.repair AS repair, q.scrap AS scrap
    FROM quality_entry q LEFT JOIN job_all j ON j.client_id = q.client_id AND j.id = q.job_id
    LEFT JOIN work_order_all o ON o.client_id = q.client_id AND o.id = coalesce(q.work_order_id, j.work_order_id)
    WHERE q.client_id = ?1
    UNION ALL
    SELECT l.day, l.line_id, l.shift_id, e.operation_id, coalesce(e.product_id, o.product_id), e.job_id,
      e.produced, e.produced - coalesce(e.defective, coalesce(e.rework, 0) + coalesce(e.repair, 0) + coalesce(e.scrap, 0)),
      coalesce(e.defective, coalesce(e.rework, 0) + coalesce(e.repair, 0) + coalesce(e.scrap, 0)), NULL, 0,
      e.rework, e.repair, e.scrap
    FROM production_entry e JOIN line_shift l ON l.client_id = e.client_id AND l.id = e.line_shift_id
    LEFT JOIN work_order_all o ON o.client_id = e.client_id AND o.id = e.work_order_id
    WHERE e.client_id = ?1 AND e.produced IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM quality_entry x LEFT JOIN job_all y ON y.client_id = x.client_id AND y.id = x.job_id
      WHERE x.client_id = e.client_id AND x.day = l.day AND coalesce(x.work_order_id, y.work_order_id) IS e.work_order_id)
  ), seen AS (
    SELECT t.*, coalesce(
        (SELECT p.opportunities FROM part_opportunities p WHERE p.client_id = ?1 AND p.product_id = t.product),
        (SELECT s.default_opportunities FROM client_setting s WHERE s.client_id = ?1), 1) AS chances,
      t.step IS NULL OR coalesce(
        (SELECT s.final_operation_id = t.step FROM client_setting s WHERE s.client_id = ?1),
        (SELECT p.is_final FROM operation_all p WHERE p.client_id = ?1 AND p.id = t.step), 0) AS last
    FROM told t)";

/// Numerator and denominator of each KPI, over rows of `seen`.
pub(super) const RATIOS: [(&str, &str, &str); 8] = [
    (
        "ppm",
        "iif(last AND NOT again AND n + good + bad IS NOT NULL, bad, 0)",
        "iif(last AND NOT again AND n + good + bad IS NOT NULL, n, 0)",
    ),
    (
        "dpmo",
        "iif(n IS NOT NULL, coalesce(counted, bad), 0)",
        "iif(coalesce(counted, bad) IS NOT NULL, n * chances, 0)",
    ),
    (
        "fpy",
        "iif(NOT again AND n + good + bad IS NOT NULL, good, 0)",
        "iif(NOT again AND n + good + bad IS NOT NULL, n, 0)",
    ),
    (
        "rty",
        "iif(NOT again AND n + good + bad IS NOT NULL, good, 0)",
        "iif(NOT again AND n + good + bad IS NOT NULL, n, 0)",
    ),
    ("scrap_rate", "iif(n IS NOT NULL, scrap, 0)", "n"),
    ("rework_rate", "iif(n IS NOT NULL, rework, 0)", "n"),
    ("repair_rate", "iif(n IS NOT NULL, repair, 0)", "n"),
    ("final_yield", "n - coalesce(scrap, 0)", "n"),
];

/// A group's ids, and its numerator, denominator and rows.
type Told = BTreeMap<Vec<String>, (f64, f64, i64)>;

fn column(by: &str) -> &str {
    match by {
        "client" => "?1",
        other => other,
    }
}

/// The groups of a KPI by SQL alone.
fn told(r: &Reader<'_>, client: Id<Client>, kpi: &str, by: &[&str]) -> store::Result<Told> {
    let (_, above, below) = RATIOS.iter().find(|ratio| ratio.0 == kpi).unwrap();
    let keys: String = by.iter().map(|by| format!("{}, ", column(by))).collect();
    let places: Vec<String> = (1..=by.len()).map(|n| n.to_string()).collect();
    let grouped = if by.is_empty() { String::new() } else { format!("GROUP BY {}", places.join(", ")) };
    let sql = format!("{ROWS} SELECT {keys} total({above}), total({below}), count(*) FROM seen {grouped}");
    let text = |value: Value| match value {
        Value::Id(id) => Id::<Client>::from_bytes(id).to_string(),
        Value::Int(day) => Day(i32::try_from(day).unwrap()).to_string(),
        _ => Id::<Client>::from_bytes([0; 16]).to_string(),
    };
    let rows = r.select(&sql, values![client], |row| {
        let key = (0..by.len()).map(|n| row.get(n).map(text)).collect::<store::Result<Vec<_>>>()?;
        Ok((key, (row.get(by.len())?, row.get(by.len() + 1)?, row.get(by.len() + 2)?)))
    })?;
    Ok(rows.into_iter().filter(|(_, told)| told.2 > 0).collect())
}

pub(super) fn answer(r: &Reader<'_>, client: Id<Client>, kpi: &str, by: &[&str]) -> store::Result<Answer> {
    let ask = serde_json::json!({ "kpi": kpi, "clients": [client], "from": DAY, "to": DAY.plus(9), "by": by });
    kpi::ask(r, None, &serde_json::from_value::<Ask>(ask).unwrap())
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

/// Every allowed grouping of a KPI, alone and by day.
pub(super) fn groupings(kpi: &str) -> Vec<Vec<&'static str>> {
    let own: Vec<&str> = kpi::named(kpi).unwrap().groupings.iter().map(|by| by.word()).collect();
    let daily = own.iter().map(|by| vec![*by, "day"]);
    let pairs = own.iter().flat_map(|a| own.iter().filter(move |b| a < *b).map(move |b| vec![*a, *b]));
    [vec![], vec!["day"]].into_iter().chain(own.iter().map(|by| vec![*by])).chain(daily).chain(pairs).collect()
}

/// The value of a row: the ratio, or of one route the ratios of its steps multiplied.
fn value(r: &Reader<'_>, client: Id<Client>, kpi: &str, by: &[&str], key: &[String]) -> store::Result<Option<f64>> {
    if kpi != "rty" {
        let scale = kpi::named(kpi).unwrap().scale;
        let (above, below, _) = told(r, client, kpi, by)?[key];
        return Ok((below > 0.0).then(|| scale * above / below));
    }
    let none = Id::<Client>::from_bytes([0; 16]).to_string();
    let fine: Vec<&str> = by.iter().copied().chain(["product", "step"]).collect();
    let mut routes = BTreeMap::<String, BTreeMap<String, (f64, f64)>>::new();
    for (at, (passed, inspected, _)) in told(r, client, kpi, &fine)? {
        let job = by.iter().position(|by| *by == "job").map(|n| at[n].clone()).filter(|job| *job != none);
        let route = job.map_or_else(|| format!("product {}", at[by.len()]), |job| format!("job {job}"));
        if at[..by.len()] == *key {
            let step = routes.entry(route).or_default().entry(at[by.len() + 1].clone()).or_default();
            *step = (step.0 + passed, step.1 + inspected);
        }
    }
    let yields = |steps: &BTreeMap<String, (f64, f64)>| -> Vec<f64> {
        steps.values().filter(|step| step.1 > 0.0).map(|(passed, inspected)| passed / inspected).collect()
    };
    let inspected: Vec<Vec<f64>> = routes.values().map(yields).filter(|yields| !yields.is_empty()).collect();
    Ok(if let [one] = &inspected[..] { Some(100.0 * one.iter().product::<f64>()) } else { None })
}

pub(super) fn compare(r: &Reader<'_>, client: Id<Client>, kpi: &str, by: &[&str]) -> store::Result<()> {
    let (told, answer) = (told(r, client, kpi, by)?, answer(r, client, kpi, by)?);
    let key = |row: &AnswerRow| by.iter().map(|by| row.keys[*by].clone()).collect::<Vec<_>>();
    let rows: Vec<&AnswerRow> = answer.rows.iter().filter(|row| row.rows > 0).collect();
    assert_eq!(rows.len(), told.len(), "{kpi} by {by:?}");
    for row in rows {
        let (above, below, count) = told[&key(row)];
        assert!(near(row.numerator, above) && near(row.denominator, below), "{kpi} by {by:?}: {row:?} {above}/{below}");
        assert_eq!(row.rows, count, "{kpi} by {by:?}");
        let wanted = value(r, client, kpi, by, &key(row))?;
        let same = match (row.value, wanted) {
            (Some(a), Some(b)) => near(a, b),
            (a, b) => a == b,
        };
        assert!(same, "{kpi} by {by:?}: {row:?} is not {wanted:?}");
    }
    Ok(())
}
