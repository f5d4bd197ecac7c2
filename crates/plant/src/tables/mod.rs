//! Any table goes out as a file and comes in again.
//!
//! One way for all of them, from the columns that each entity declares: a
//! reference is written as what people call the row it points to.

mod book;
mod door;
mod keys;
mod label;
mod lines;
mod out;
mod plan;
mod row;
#[cfg(test)]
mod tests;
mod write;

pub(crate) use label::{Said, read, row as label, said};
pub(crate) use out::write_out;
pub(crate) use write::{import, preview};

use crate::import::fields::{Field, Shape, field, needed};
use domain::{Column, Group, Kind, entities::Shape as Rows, logged};
use std::{collections::HashMap, sync::OnceLock};

/// What a file of a table holds: the client, if it is a client's, and the table's columns.
pub(crate) fn fields(rows: &Rows) -> &'static [Field] {
    static ALL: OnceLock<HashMap<&'static str, Vec<Field>>> = OnceLock::new();
    let all = ALL.get_or_init(|| logged().map(|s| (s.table, of(s))).collect());
    all.get(rows.table).map_or(&[], Vec::as_slice)
}

fn of(rows: &'static Rows) -> Vec<Field> {
    // A client is its own, and the plant's rows are no client's.
    let client = (rows.table != "client" && !of_plant(rows)).then(|| field("client", Shape::Code, "cliente"));
    let column = |c: &'static Column| {
        let (name, shape) = (called(c), shape(c));
        if keys::wanted(rows, c) { needed(name, shape, c.name) } else { field(name, shape, c.name) }
    };
    client.into_iter().chain(rows.columns.iter().filter(|c| !keys::left_out(c)).map(column)).collect()
}

/// The name of a column in files: a reference is called by what it points to.
fn called(column: &'static Column) -> &'static str {
    column.name.strip_suffix("_id").filter(|_| column.refers.is_some()).unwrap_or(column.name)
}

fn shape(column: &Column) -> Shape {
    match column.kind {
        Kind::Bool => Shape::Truth,
        Kind::Int => Shape::Count,
        Kind::Real => Shape::Real,
        Kind::Text => Shape::Text,
        Kind::Day => Shape::Day,
        Kind::Id => Shape::Code,
    }
}

/// The shape of a table by its name.
fn shape_of(table: &str) -> Option<&'static Rows> {
    logged().find(|s| s.table == table)
}

/// Whether the rows are the plant's own, and no client's.
pub(crate) fn of_plant(rows: &Rows) -> bool {
    rows.group == Group::Pool
}

/// Whether its rows are steps that people take, one by one, and no file.
pub(crate) fn only_goes_out(rows: &Rows) -> bool {
    rows.table == "pool_booking"
}
