//! The lines of a file become values, or errors that name them.
use super::{called, keys};
use crate::import::{
    cells::Reading,
    check::{Errors, STEP, Tick},
    layout::Layout,
    rows::Code,
    table::{Row, Table},
    why::{RowError, Why},
};
use domain::{Column, Fault, Kind, Value, entities::Shape as Rows};
use std::collections::HashSet;

/// What a cell says.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Said {
    /// A value, or nothing.
    Value(Value),
    /// What the row it points to is called.
    Name(Code),
}

/// A line of a file.
#[derive(Debug)]
pub(super) struct Line {
    /// Its number, as a spreadsheet counts.
    pub(super) row: u32,
    /// The client's code; none where the file has no such column.
    pub(super) client: Option<Code>,
    /// What it says of each column.
    pub(super) said: Vec<Said>,
}

/// Reads every line of a file.
pub(super) fn lines(
    table: &Table,
    rows: &'static Rows,
    layout: &Layout,
    tick: Tick<'_>,
) -> Result<(Vec<Line>, Errors), Fault> {
    let (mut good, mut errors, mut known, mut done) = (vec![], Errors::default(), HashSet::new(), 0);
    table.each(|row| {
        done += 1;
        if done % STEP == 0 {
            tick(done)?;
        }
        let (line, wrong) = line(row, rows, layout, &mut known);
        if wrong.is_empty() {
            good.push(line);
        }
        errors.add(wrong);
        Ok::<(), Fault>(())
    })?;
    Ok((good, errors))
}

fn line(row: &Row<'_>, rows: &'static Rows, layout: &Layout, known: &mut HashSet<Code>) -> (Line, Vec<RowError>) {
    let mut r = Reading::of(layout, row);
    let mut once = |text: String| match known.get(text.as_str()) {
        Some(code) => code.clone(),
        None => {
            let code: Code = text.into();
            known.insert(code.clone());
            code
        }
    };
    let client = r.code("client").map(&mut once);
    let said = rows.columns.iter().map(|c| said(&mut r, rows, c, &mut once)).collect();
    (Line { row: row.number, client, said }, r.errors)
}

fn said(r: &mut Reading<'_>, rows: &Rows, column: &'static Column, once: &mut dyn FnMut(String) -> Code) -> Said {
    let name = called(column);
    let value = match column.kind {
        _ if keys::left_out(column) => None,
        Kind::Bool => r.truth(name).map(|yes| Value::Int(yes.into())),
        Kind::Int => r.whole(name).map(Value::Int),
        Kind::Real => r.figure(name).map(Value::Real),
        Kind::Day => r.day(name).map(|d| Value::Int(d.0.into())),
        Kind::Text if column.words.is_empty() => r.text(name).map(Value::Text),
        Kind::Text => r.word(name, column.words).map(Value::Text),
        Kind::Id => return r.name(name).map_or(Said::Value(Value::Null), |text| Said::Name(once(text))),
    };
    if value.is_none() && keys::wanted(rows, column) {
        r.need(name, None::<()>);
    }
    Said::Value(value.unwrap_or(Value::Null))
}

/// A name that no row here has.
pub(super) fn unknown(row: u32, column: &'static Column, text: &str) -> RowError {
    let why = match column.refers.unwrap_or_default() {
        "line" => Why::NoSuchLine,
        "shift" => Why::NoSuchShift,
        "product" => Why::NoSuchProduct,
        "operation" => Why::NoSuchOperation,
        "work_order" => Why::NoSuchOrder,
        "downtime_reason" => Why::NoSuchReason,
        _ => Why::NoSuchRow,
    };
    RowError::new(row, why).at(called(column)).value(text)
}
