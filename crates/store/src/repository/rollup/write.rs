//! Writing and reading the rows of sums.
use super::Cell;
use crate::{
    Result,
    repository::{Row, cell::Bound, log::dml, pool::Guarded},
};
use domain::{
    Client, Id, Value, WorkOrder,
    elements::{Element, Family, Part, PartKey, Sources, Square, Squares, Sums, Worked},
};
use std::sync::OnceLock;

fn marks(n: usize) -> String {
    vec!["?"; n].join(", ")
}

/// A table's INSERT OR REPLACE, made once.
fn insert(at: &'static OnceLock<String>, table: &str, columns: usize) -> &'static str {
    at.get_or_init(|| format!("INSERT OR REPLACE INTO main.{table} VALUES ({})", marks(columns)))
}

fn run(at: &Guarded, sql: &str, values: &[Value]) -> Result<()> {
    dml(at, sql, rusqlite::params_from_iter(values.iter().map(Bound))).map(|_| ())
}

fn keys(c: &Cell) -> Vec<Value> {
    vec![Value::Id(c.client.bytes()), Value::Int(c.day.0.into()), Value::Id(c.shift.bytes()), Value::Id(c.line.bytes())]
}

fn part_keys(k: &PartKey) -> [Value; 3] {
    [k.product, k.operation, k.order].map(|id| id.map_or(Value::Null, Value::Id))
}

fn reals(sums: &[f64]) -> impl Iterator<Item = Value> + '_ {
    sums.iter().map(|x| Value::Real(*x))
}

/// Takes a cell's sums out.
pub(super) fn clear(at: &Guarded, cell: &Cell) -> Result<()> {
    let which = "client_id = ?1 AND day = ?2 AND shift_id = ?3 AND line_id = ?4";
    for table in ["kpi_line_shift", "kpi_part", "kpi_quality", "kpi_people", "kpi_mark"] {
        run(at, &format!("DELETE FROM main.{table} WHERE {which}"), &keys(cell))?;
    }
    Ok(())
}

/// Takes an order's sums out.
pub(super) fn clear_order(at: &Guarded, client: Id<Client>, order: Id<WorkOrder>) -> Result<()> {
    let which = [Value::Id(client.bytes()), Value::Id(order.bytes())];
    run(at, "DELETE FROM main.kpi_order WHERE client_id = ?1 AND work_order_id = ?2", &which)
}

/// Notes that a cell is in no sums yet.
pub(super) fn mark(at: &Guarded, cell: &Cell) -> Result<()> {
    run(at, "INSERT OR REPLACE INTO main.kpi_mark VALUES (?1, ?2, ?3, ?4)", &keys(cell))
}

/// Writes a cell's sums; several parts go to a table of their own.
pub(super) fn put(at: &Guarded, cell: &Cell, worked: &Worked) -> Result<()> {
    static LINE_SHIFT: OnceLock<String> = OnceLock::new();
    static PART: OnceLock<String> = OnceLock::new();
    let Rows { line_shift, parts } = rows(cell, worked);
    run(at, insert(&LINE_SHIFT, "kpi_line_shift", line_shift.len()), &line_shift)?;
    parts.iter().try_for_each(|part| run(at, insert(&PART, "kpi_part", part.len()), part))
}

/// The rows that hold a cell's sums, as the tables have their columns.
pub(super) struct Rows {
    pub(super) line_shift: Vec<Value>,
    /// Empty where the line shift made one thing.
    pub(super) parts: Vec<Vec<Value>>,
}

pub(super) fn rows(cell: &Cell, worked: &Worked) -> Rows {
    let parts = merged(&worked.parts);
    let sole = if let [only] = &parts[..] { only.clone() } else { Part { key: none(), ..whole(worked) } };
    let mut line_shift = keys(cell);
    line_shift.extend(part_keys(&sole.key));
    line_shift.extend([parts.len().max(1) as i64, i64::from(sole.shared), bits(worked.sources)].map(Value::Int));
    line_shift.extend(reals(worked.sums.of(Family::LineShift)));
    let several = if parts.len() > 1 { &parts[..] } else { &[] };
    Rows { line_shift, parts: several.iter().enumerate().map(|(n, part)| part_row(cell, n, part)).collect() }
}

fn part_row(cell: &Cell, n: usize, part: &Part) -> Vec<Value> {
    let mut values = keys(cell);
    values.push(Value::Int(n as i64));
    values.extend(part_keys(&part.key));
    values.extend([i64::from(part.shared), bits(part.sources)].map(Value::Int));
    values.extend(reals(part.sums.of(Family::LineShift)));
    values
}

/// One thing of a cell beside its time: an inspected product, a department.
pub(super) struct Aside {
    /// What it is of, as the table's own key columns.
    pub(super) key: Vec<Value>,
    pub(super) sources: Sources,
    pub(super) sums: Sums,
}

/// The rows that a table of a family holds of a cell.
pub(super) fn asides(cell: &Cell, family: Family, of: &[Aside]) -> Vec<Vec<Value>> {
    let row = |(n, aside): (usize, &Aside)| {
        let mut values = keys(cell);
        values.push(Value::Int(n as i64));
        values.extend(aside.key.iter().cloned());
        values.push(Value::Int(bits(aside.sources)));
        values.extend(reals(aside.sums.of(family)));
        values
    };
    of.iter().enumerate().map(row).collect()
}

/// Writes rows of one of the store's tables of sums.
pub(super) fn put_rows(at: &Guarded, table: &str, rows: &[Vec<Value>]) -> Result<()> {
    let Some(first) = rows.first() else { return Ok(()) };
    let sql = format!("INSERT OR REPLACE INTO main.{table} VALUES ({})", marks(first.len()));
    rows.iter().try_for_each(|row| run(at, &sql, row))
}

/// A set of sources as it is stored.
pub(super) const fn bits(sources: Sources) -> i64 {
    sources.0 as i64
}

fn none() -> PartKey {
    PartKey { product: None, operation: None, order: None, hour: None }
}

fn whole(w: &Worked) -> Part {
    Part { key: none(), sums: w.sums, sources: w.sources, shared: 0 }
}

/// No question asks for hours: parts that differ only there are one.
fn merged(parts: &[Part]) -> Vec<Part> {
    let mut out: Vec<Part> = vec![];
    for part in parts {
        let key = PartKey { hour: None, ..part.key };
        match out.iter_mut().find(|p| p.key == key) {
            Some(same) => {
                same.sums += &part.sums;
                same.sources |= part.sources;
                same.shared |= part.shared;
            }
            None => out.push(Part { key, ..part.clone() }),
        }
    }
    out
}

/// What a client's day comes to.
#[derive(Default)]
pub(super) struct DaySums {
    pub(super) sums: Sums,
    pub(super) squares: Squares,
    pub(super) sources: Sources,
}

impl DaySums {
    /// Its columns after client, day and rev.
    pub(super) fn values(&self) -> Vec<Value> {
        let sources = std::iter::once(Value::Int(bits(self.sources)));
        sources.chain(reals(&self.sums.0[..Element::of_day().len()])).chain(reals(&self.squares.0)).collect()
    }
}

/// Writes a client's day.
pub(super) fn put_day(at: &Guarded, client: Value, day: i64, rev: i64, of: &DaySums) -> Result<()> {
    static DAY: OnceLock<String> = OnceLock::new();
    let mut values = vec![client, Value::Int(day), Value::Int(rev)];
    values.extend(of.values());
    debug_assert_eq!(values.len(), 4 + Element::of_day().len() + Square::COUNT);
    run(at, insert(&DAY, "kpi_client_day", values.len()), &values)
}

/// The sums of a family from column `from` on.
pub(crate) fn sums(row: &Row<'_>, family: Family, from: usize) -> Result<Sums> {
    let mut s = Sums::default();
    for (i, element) in family.elements().iter().enumerate() {
        s[*element] = row.get(from + i)?;
    }
    Ok(s)
}
