//! Views and guards of the plant's own tables: no scope of clients holds them, but who is looking.
use domain::{Client, PLANT_SHAPES};
use std::fmt::Write;

/// When the people of the pool are taken, and nothing else of their bookings.
pub(in crate::repository) const BUSY: &str = "pool_busy";
/// What a person wrote to the plant's log, step by step, to take it back.
pub(in crate::repository) const STEPS: &str = "plant_step";
/// The last change of the plant's log.
pub(in crate::repository) const NEWEST: &str = "plant_newest";
/// The plant's log, of which an admin is told what concerns a person, and the store what is not at the hub yet; opened
/// by a mode of its own.
pub(in crate::repository) const TOLD: &str = "plant_as_told";

/// Whether the session may see the pool at all.
const SEES: &str = "EXISTS (SELECT 1 FROM temp.who WHERE sees_pool = 1)";

/// Whether the plant's log itself is in scope: only the store looks at it so, to bring it together with a hub and to
/// verify it; no person's scope ever holds it.
fn in_scope() -> String {
    format!("EXISTS (SELECT 1 FROM temp.scope WHERE client_id = {})", key())
}

/// A booking a person may know of: his own, one that a cover of his clients carries or carried,
/// and as a leader one by somebody who works for his clients alone.
///
/// One that stands in the cover of a client out of scope is nobody's here, not
/// even who booked it: the booking says nothing of the client, and neither does this.
fn known(row: &str) -> String {
    let cover = |client: &str| {
        format!(
            "EXISTS (SELECT 1 FROM main.coverage_entry c WHERE c.client_id IN ({client}) AND c.booking = {row}.token"
        )
    };
    let scope = "SELECT client_id FROM temp.scope";
    let abroad = cover("SELECT client_id FROM main.client");
    let ours = cover(scope);
    format!(
        "NOT {abroad} AND c.gone_at IS NULL AND c.client_id NOT IN ({scope}))
         AND ({row}.booked_by IN (SELECT owner FROM temp.who)
           OR EXISTS (SELECT 1 FROM temp.who WHERE sees_all = 1) OR {ours}) OR {})",
        by_own_people(row, scope)
    )
}

/// A leader's: whoever booked sees no client but his.
fn by_own_people(row: &str, scope: &str) -> String {
    let clients = format!("SELECT 1 FROM main.user_client u WHERE u.user_id = {row}.booked_by");
    format!(
        "(EXISTS (SELECT 1 FROM temp.who WHERE leads = 1) AND EXISTS ({clients})
          AND NOT EXISTS ({clients} AND u.client_id NOT IN ({scope}))
          AND EXISTS (SELECT 1 FROM main.user p WHERE p.id = {row}.booked_by AND p.role IN ('supervisor', 'leader')))"
    )
}

/// The views of the plant's tables.
pub(super) fn views(sql: &mut String, nonce: &str) {
    for shape in PLANT_SHAPES {
        let table = shape.table;
        let rule = if table == "pool_booking" { format!("({} OR {})", in_scope(), known("t")) } else { "1 = 1".into() };
        for (name, here) in [(table.to_string(), " AND t.gone_at IS NULL"), (format!("{table}_all"), "")] {
            let rows =
                format!("SELECT t.* FROM main.{table} t WHERE t.client_id = {} AND {SEES} AND {rule}{here}", key());
            view(sql, nonce, &name, &rows);
        }
    }
    let busy = format!(
        "SELECT pool_employee_id, from_utc, to_utc FROM main.pool_booking
         WHERE {SEES} AND client_id = {0} AND state <> 'released' AND gone_at IS NULL",
        key()
    );
    view(sql, nonce, BUSY, &busy);
    view(sql, nonce, STEPS, &steps());
    let newest = format!("SELECT op FROM main.change WHERE client_id = {} AND {SEES} ORDER BY op DESC LIMIT 1", key());
    view(sql, nonce, NEWEST, &newest);
    let told = format!(
        "SELECT c.op, c.kind, c.record, c.act, c.patch, c.base, u.id AS user_id, d.name AS device, c.at, c.reason
         FROM main.change c CROSS JOIN main.peer d ON d.no = c.device_no CROSS JOIN main.peer u ON u.no = c.user_no
         WHERE c.client_id = {} AND {SEES}",
        key()
    );
    view(sql, nonce, TOLD, &told);
}

/// A person's own steps: where this file orders the log a change's number is its place, where a hub does the list of
/// one's own tells it.
fn steps() -> String {
    let part = |placed: &str, number: &str, only: &str| {
        format!(
            "SELECT s.step, n.{number} AS seq, c.op, c.kind, c.record, c.act, c.base FROM main.step t
             CROSS JOIN main.step_client s ON s.step = t.no AND s.client_id = {0}
             CROSS JOIN main.{placed} n ON n.client_id = {0} AND n.{number} BETWEEN s.first_seq AND s.last_seq
             CROSS JOIN main.change c ON c.client_id = {0} AND c.op = n.op
             WHERE {SEES} AND t.user_id IN (SELECT owner FROM temp.who) AND {only}",
            key()
        )
    };
    let joined = format!("EXISTS (SELECT 1 FROM main.feed WHERE client_id = {})", key());
    let alone = part("confirmation", "seq", &format!("NOT {joined}"));
    format!("{alone} UNION ALL {}", part("own_change", "dev_seq", &joined))
}

fn view(sql: &mut String, nonce: &str, name: &str, rows: &str) {
    let _ = write!(
        sql,
        "CREATE TEMP VIEW \"{nonce}_{name}\" AS {rows};
         CREATE TEMP VIEW {name} AS SELECT * FROM temp.\"{nonce}_{name}\";"
    );
}

/// The key of the plant's log.
fn key() -> String {
    format!("x'{}'", Client::PLANT.hex())
}

/// What lets a row of the plant's log pass a guard that asks for the scope.
pub(super) fn may_log(row: &str) -> String {
    format!(
        " AND NOT ({row}.client_id = {} AND EXISTS (SELECT 1 FROM temp.who WHERE sees_pool = 1 AND can_write = 1))",
        key()
    )
}

/// Refuses what is not a person's to write: below supervisors anything, above bookings they know nothing of.
pub(super) fn guards(sql: &mut String, nonce: &str) {
    for table in PLANT_SHAPES.iter().map(|shape| shape.table) {
        for (verb, when) in refused(table) {
            let own = in_scope();
            let _ = write!(
                sql,
                "CREATE TEMP TRIGGER \"{nonce}_{table}_{verb}\" BEFORE {verb} ON main.{table} WHEN NOT {own} AND ({when})
                 BEGIN SELECT RAISE(ABORT, 'XCLIENT {verb} {table}'); END;"
            );
        }
    }
}

/// When a write to a table of the plant is refused.
fn refused(table: &str) -> [(&'static str, String); 3] {
    let none = "NOT EXISTS (SELECT 1 FROM temp.who WHERE sees_pool = 1 AND can_write = 1)";
    let (mut made, mut kept) = (none.to_string(), none.to_string());
    if table == "pool_booking" {
        made += " OR NEW.booked_by NOT IN (SELECT owner FROM temp.who)";
        kept += &format!(" OR NEW.booked_by IS NOT OLD.booked_by OR NOT ({})", known("OLD"));
    }
    [("INSERT", made), ("UPDATE", kept), ("DELETE", "1 = 1".into())]
}
