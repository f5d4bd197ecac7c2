//! The server's version, whether it keeps what it says to have, its clock, its backup.
use super::{Finding, Is};
use crate::{Error, clock::Clock};
use tokio_postgres::Client;

/// The oldest version of PostgreSQL that a hub runs on, as the server tells it.
const OLDEST: i32 = 150_000;
/// A backup is looked for every two days at least.
const BACKUP: i64 = 48 * HOUR;
const HOUR: i64 = 60 * 60 * 1000;
/// By how many milliseconds two clocks may differ unseen, and at all.
const APART: (i64, i64) = (2_000, 60_000);

pub(super) async fn version(database: &Client) -> Result<Finding, Error> {
    let sql = "SELECT current_setting('server_version'), current_setting('server_version_num')::integer";
    let row = database.query_one(sql, &[]).await?;
    Ok(is_version(row.try_get(0)?, row.try_get(1)?))
}

fn is_version(name: String, number: i32) -> Finding {
    let (is, word) = if number < OLDEST { (Is::Bad, "version_old") } else { (Is::Good, "version") };
    Finding::new(is, word, &[("version", name)])
}

/// What was committed must outlive a loss of power.
pub(super) async fn durable(database: &Client) -> Result<Vec<Finding>, Error> {
    let mut found = vec![];
    for name in ["fsync", "full_page_writes", "synchronous_commit"] {
        let row = database.query_one("SELECT current_setting($1)", &[&name]).await?;
        let value: String = row.try_get(0)?;
        let (is, word) = match (value.as_str(), name) {
            // The hub turns it on for itself.
            ("off", "synchronous_commit") => (Is::Odd, "durable_for_hub"),
            ("off", _) => (Is::Bad, "durable_not"),
            _ => (Is::Good, "durable"),
        };
        found.push(Finding::new(is, word, &[("name", name.into()), ("value", value)]));
    }
    Ok(found)
}

pub(super) async fn clock(database: &Client, ours: &Clock) -> Result<Finding, Error> {
    let before = ours.now();
    let sql = "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint";
    let theirs: i64 = database.query_one(sql, &[]).await?.try_get(0)?;
    let off = theirs - i64::midpoint(before, ours.now());
    let (is, word) = match off.abs() {
        far if far > APART.1 => (Is::Bad, "clock_off"),
        far if far > APART.0 => (Is::Odd, "clock_off"),
        _ => (Is::Good, "clock"),
    };
    Ok(Finding::new(is, word, &[("seconds", format!("{:.1}", off as f64 / 1000.0))]))
}

pub(super) async fn backup(database: &Client, now: i64) -> Result<Finding, Error> {
    let at: Option<i64> = database.query_one("SELECT backed_up_at FROM hub.state", &[]).await?.try_get(0)?;
    let Some(age) = at.map(|at| now - at) else { return Ok(Finding::new(Is::Odd, "backup_never", &[])) };
    let values = [("hours", (age / HOUR).to_string())];
    Ok(if age > BACKUP { Finding::bad("backup_old", &values) } else { Finding::good("backup", &values) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_server_is_told_from_a_new_one() {
        let is = |number| is_version("x".into(), number).is;
        assert_eq!([is(140_019), is(150_000), is(180_001)], [Is::Bad, Is::Good, Is::Good]);
    }
}
