//! The changes of the orders in work, order by order and of all of a client.
use super::write::put_rows;
use crate::{
    Result,
    repository::{Reader, Row, Writer, log::dml},
    values,
};
use domain::{
    Client, Day, Field, Id, Value, WorkOrder,
    elements::order::{InWork, OrderFacts},
};

/// What one order changes, day by day.
pub(super) type Changes = Vec<(Day, InWork)>;

/// Keeps what an order changes; tells the days on which that is something else now.
pub(super) fn renew(
    w: &Writer<'_>,
    client: Id<Client>,
    order: Id<WorkOrder>,
    facts: Option<&OrderFacts>,
) -> Result<Vec<Day>> {
    let (before, after) = (stored(w, client, order)?, facts.map(OrderFacts::in_work_changes).unwrap_or_default());
    if before == after {
        return Ok(vec![]);
    }
    let sql = "DELETE FROM main.kpi_in_work WHERE client_id = ?1 AND work_order_id = ?2";
    dml(w.at, sql, (client.bytes().as_slice(), order.bytes().as_slice()))?;
    let row = |(day, change): &(Day, InWork)| {
        let keys = [client.to_value(), day.to_value(), order.to_value()];
        keys.into_iter().chain(change.0.map(Value::Real)).collect()
    };
    put_rows(w.at, "kpi_in_work", &after.iter().map(row).collect::<Vec<Vec<Value>>>())?;
    Ok(before.into_iter().chain(after).map(|(day, _)| day).collect())
}

/// What an order changes, as it is kept.
pub(super) fn stored(r: &Reader<'_>, client: Id<Client>, order: Id<WorkOrder>) -> Result<Changes> {
    let sql = format!(
        "SELECT day, {} FROM kpi_in_work WHERE client_id = ?1 AND work_order_id = ?2 ORDER BY day",
        InWork::NAMES.join(", ")
    );
    r.select(&sql, values![client, order], |row| Ok((row.get(0)?, changes(row, 1)?)))
}

/// The sums of a row from a column on.
pub(in crate::repository) fn changes(row: &Row<'_>, from: usize) -> Result<InWork> {
    let mut sums = InWork::default();
    for (place, sum) in sums.0.iter_mut().enumerate() {
        *sum = row.get(from + place)?;
    }
    Ok(sums)
}

/// What all orders of a client change on a day.
pub(super) fn of_day(r: &Reader<'_>, client: Id<Client>, day: Day) -> Result<InWork> {
    let sums = InWork::NAMES.map(|name| format!("coalesce(sum({name}), 0.0)")).join(", ");
    let sql = format!("SELECT {sums} FROM kpi_in_work WHERE client_id = ?1 AND day = ?2");
    Ok(r.first(&sql, values![client, day], |row| changes(row, 0))?.unwrap_or_default())
}

/// Writes what changes on a client's day; a day that lost its changes stays as zeros.
pub(super) fn put_day(w: &Writer<'_>, rev: i64, client: Id<Client>, day: Day) -> Result<()> {
    let keys = [client.to_value(), day.to_value(), Value::Int(rev)];
    let row: Vec<Value> = keys.into_iter().chain(of_day(w, client, day)?.0.map(Value::Real)).collect();
    put_rows(w.at, "kpi_client_in_work", &[row])
}

/// Every day on which orders of a client change what is in work.
pub(super) const DAYS: &str = "SELECT day FROM kpi_in_work WHERE client_id = ?1
    UNION SELECT day FROM kpi_client_in_work WHERE client_id = ?1";

/// Whether a client's day holds what its orders come to.
pub(super) fn is_right(r: &Reader<'_>, client: Id<Client>, day: Day) -> Result<bool> {
    let sql = format!("SELECT {} FROM kpi_client_in_work WHERE client_id = ?1 AND day = ?2", InWork::NAMES.join(", "));
    let kept = r.first(&sql, values![client, day], |row| changes(row, 0))?;
    Ok(kept == Some(of_day(r, client, day)?))
}
