//! The rows themselves, asked as somebody without sums would ask.
use super::{load::Others, made::Made, report::timed};
use domain::{Client, Day, Id};
use std::time::Duration;
use store::{Reader, values};

/// One sum over each kind of row a board is made of; `{c}` binds the client of the table where one is asked.
const STATEMENTS: &[&str] = &[
    "SELECT sum(l.crew * l.net_minutes + coalesce(l.overtime, 0)), sum(l.planned_units) FROM line_shift l
     WHERE l.day BETWEEN ?1 AND ?2 {l}",
    "SELECT sum(e.produced * s.minutes), sum((e.produced - e.defective) * s.minutes), sum(e.run_minutes * l.crew)
     FROM line_shift l JOIN production_entry e ON e.client_id = l.client_id AND e.line_shift_id = l.id {e}
     JOIN product_standard s ON s.client_id = e.client_id AND s.product_id = e.product_id {s}
     WHERE l.day BETWEEN ?1 AND ?2 {l}",
    "SELECT sum(d.minutes * l.crew) FROM line_shift l
     JOIN downtime_entry d ON d.client_id = l.client_id AND d.line_shift_id = l.id {d}
     WHERE l.day BETWEEN ?1 AND ?2 {l}",
    "SELECT sum(inspected), sum(defective), sum(total_defects) FROM quality_entry q
     WHERE q.day BETWEEN ?1 AND ?2 {q}",
    "SELECT sum(absent_hours), sum(scheduled_hours) FROM attendance_entry a WHERE a.day BETWEEN ?1 AND ?2 {a}",
    "SELECT count(*), sum((SELECT min(p.day) FROM shipment p WHERE p.client_id = w.client_id
     AND p.work_order_id = w.id {p}) <= w.required_date) FROM work_order w
     WHERE w.required_date BETWEEN ?1 AND ?2 {w}",
];

/// Asks every kind of row, live.
pub(crate) fn board(
    made: &Made,
    clients: Option<&[Id<Client>]>,
    (from, to): (Day, Day),
    others: &mut Others<'_>,
    times: usize,
) -> store::Result<Vec<Duration>> {
    let first = clients.and_then(|some| some.first().copied());
    let bound = first.map_or_else(|| values![from, to].to_vec(), |one| values![from, to, one].to_vec());
    let repo = made.store.repository(&made.admin)?;
    let ask = |r: &Reader<'_>| STATEMENTS.iter().try_for_each(|sql| sum(r, &of(sql, first.is_some()), &bound));
    let mut took = vec![];
    for _ in 0..times {
        others.commit()?;
        took.push(timed(|| clients.map_or_else(|| repo.read(ask), |some| repo.read_of(some, ask)))?.0);
    }
    Ok(took)
}

fn sum(r: &Reader<'_>, sql: &str, bound: &[domain::Value]) -> store::Result<()> {
    let rows = r.select(sql, bound, |row| row.get::<Option<f64>>(0))?;
    assert!(rows.iter().any(Option::is_some), "the rows give no answer: {sql}");
    Ok(())
}

/// The statement with its client bound in every table, where it is of one client.
fn of(sql: &str, one: bool) -> String {
    "lesdqapw".chars().fold(sql.to_string(), |sql, table| {
        let rule = if one { format!("AND {table}.client_id = ?3") } else { String::new() };
        sql.replace(&format!("{{{table}}}"), &rule)
    })
}
