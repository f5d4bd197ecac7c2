//! A row of any entity, its words marked with whose it is.
#![allow(unreachable_pub, reason = "the store's own tests include this file")]
use domain::{Client, Day, Entity, Id, Kind, LineShift, Value};

/// The words that stand for something, by column; every other text carries the mark.
const WORDS: &[(&str, &str)] = &[
    ("basis", "labour"),
    ("affects", "line"),
    ("status", "released"),
    ("state", "open"),
    ("closed_how", "person"),
    ("time_zone", "UTC"),
];

/// The counts that are not 1.
const COUNTS: &[(&str, i64)] = &[("produced", 100), ("defective", 10), ("rows_a_day", 1_000_000)];

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
    let values = E::COLUMNS.iter().map(|c| match (c.refers, c.kind) {
        (Some(table), _) if table == E::TABLE => Value::Null,
        (Some(table), _) => Value::Id(id_of(client, table)),
        (None, Kind::Text) => {
            let word = WORDS.iter().find(|w| w.0 == c.name).map(|w| w.1.to_string());
            Value::Text(word.unwrap_or_else(|| format!("{mark} {} {}", E::TABLE, c.name)))
        }
        (None, Kind::Day) => Value::Int(DAY.0.into()),
        (None, Kind::Real) => Value::Real(10.0 + f64::from(step)),
        (None, Kind::Int) => Value::Int(COUNTS.iter().find(|n| n.0 == c.name).map_or(1, |n| n.1) + i64::from(step)),
        (None, Kind::Bool) => Value::Int(1),
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
        other => Id::<()>::fact(client, "row", other).bytes(),
    }
}
