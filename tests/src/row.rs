//! A row of any entity, its words marked with whose it is.
#![allow(unreachable_pub, reason = "the store's own tests include this file")]
use domain::{Alert, AlertKind, AttendanceEntry, Client, Day, Entity, Id, Kind, LineShift, Value};

/// The words that stand for something, by column or table and column; every other text carries the mark.
const WORDS: &[(&str, &str)] = &[
    ("basis", "labour"),
    ("affects", "line"),
    ("status", "released"),
    ("line_shift state", "open"),
    ("hold_entry state", "requested"),
    ("alert state", "open"),
    ("alert kind", "kpi"),
    ("delivery_mode", "first"),
    ("before_hold", "released"),
    ("delay", "supplier"),
    ("absence", "medical"),
    ("labour_class", "direct"),
    ("severity", "minor"),
    ("disposition", "scrap"),
    ("closed_how", "person"),
    ("time_zone", "UTC"),
];

/// The counts that are not 1.
const COUNTS: &[(&str, i64)] = &[
    ("produced", 100),
    ("inspected", 100),
    ("passed", 90),
    ("defective", 10),
    ("hold_entry quantity", 100),
    ("rows_a_day", 1_000_000),
    ("users_limit", 1_000),
    ("devices_limit", 1_000),
    ("wip_band_1", 7),
    ("wip_band_2", 14),
    ("wip_band_3", 30),
];

/// The measures that are not 10.
const MEASURES: &[(&str, f64)] = &[
    ("delivery_tolerance", 0.1),
    ("employee_line share", 0.2),
    ("normal_hours", 4.0),
    ("double_hours", 2.0),
    ("triple_hours", 1.0),
    ("absent_hours", 2.0),
];

/// What only a step of work fills in; a new row has taken none.
const STEPS: &[&str] = &[
    "hold_entry approved_by",
    "hold_entry approved_at",
    "hold_entry resume_by",
    "hold_entry resume_at",
    "hold_entry resumed_by",
    "hold_entry resumed_at",
    "hold_entry requested_by",
    "hold_entry requested_at",
    "coverage_entry booking",
    "alert seen_at",
    "alert resolved_at",
    "line_shift handover",
    "line_shift handover_by",
    "line_shift handover_at",
    "line_shift signed_by",
    "line_shift signed_at",
];

/// The day everything happens on.
pub const DAY: Day = Day(20_000);

/// The row of an entity that a client has exactly one of.
///
/// Its id follows from client and table, and so do the rows it refers to; a
/// row never refers to its own table.
pub fn row<E: Entity>(client: Id<Client>, mark: &str) -> E {
    stepped(client, mark, Id::from_bytes(id_of(client, E::TABLE)), 0)
}

/// A row of the same client and other numbers, under an id of its own.
pub fn stepped<E: Entity>(client: Id<Client>, mark: &str, id: Id<E>, step: i32) -> E {
    let named = |name: &str, c: &domain::Column| name == c.name || name == format!("{} {}", E::TABLE, c.name);
    let values = E::COLUMNS.iter().map(|c| match (c.refers, c.kind) {
        _ if STEPS.iter().any(|s| named(s, c)) => Value::Null,
        (Some("author"), _) => Value::Null,
        (Some(table), _) if table == E::TABLE => Value::Null,
        (Some(table), _) => Value::Id(id_of(client, table)),
        (None, Kind::Text) => {
            let word = WORDS.iter().find(|w| named(w.0, c)).map(|w| w.1.to_string());
            if named("alert subject", c) {
                return Value::Text(subject(client));
            }
            Value::Text(word.unwrap_or_else(|| format!("{mark} {} {}", E::TABLE, c.name)))
        }
        // One person covers once a shift.
        (None, Kind::Day) if E::TABLE == "coverage_entry" => Value::Int((DAY.0 + step).into()),
        (None, Kind::Day) => Value::Int(DAY.0.into()),
        (None, Kind::Real) => {
            let usual = MEASURES.iter().find(|m| named(m.0, c)).map_or(10.0, |m| m.1);
            Value::Real(usual + f64::from(step) * 0.01)
        }
        // Passed and defective units are the inspected ones: two of the three move.
        (None, Kind::Int) if named("passed", c) => Value::Int(90),
        (None, Kind::Int) => Value::Int(COUNTS.iter().find(|n| named(n.0, c)).map_or(1, |n| n.1) + i64::from(step)),
        (None, Kind::Bool) => Value::Int(i64::from(!named("self_approved", c))),
        (None, Kind::Id) => Value::Null,
    });
    let values = values.collect();
    match E::of(client, id, values) {
        Some(row) => row,
        None => unreachable!("{} has a word that no list knows", E::TABLE),
    }
}

/// The id of a client's row in a table.
pub fn id_of(client: Id<Client>, table: &str) -> [u8; 16] {
    match table {
        "client" | "client_setting" => client.bytes(),
        "line_shift" => {
            let [shift, line] = ["shift", "line"].map(|t| id_of(client, t));
            LineShift::fact(client, DAY, Id::from_bytes(shift), Id::from_bytes(line)).bytes()
        }
        "attendance_entry" => {
            let [employee, shift] = ["employee", "shift"].map(|t| id_of(client, t));
            AttendanceEntry::fact(client, Id::from_bytes(employee), DAY, Some(Id::from_bytes(shift))).bytes()
        }
        "alert" => Alert::fact(client, AlertKind::Kpi, &subject(client)).bytes(),
        other => Id::<()>::fact(client, "row", other).bytes(),
    }
}

/// What a client's alert is about; its id follows from it.
fn subject(client: Id<Client>) -> String {
    format!("subject {}", client.hex())
}
