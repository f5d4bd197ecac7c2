//! The rows of people as an explanation lists them, each as its reader may see it.

use super::{
    ExplainedEntry,
    ask::Question,
    entries::{number, signed, texts},
    group::Place,
    label::Labels,
    people,
};
use domain::{
    AttendanceEntry, CoverageEntry, Entity, LineShift, Staffing, Value,
    elements::{Key, Source, Worked},
};
use store::{Cell, Reader, Result};

/// Attendance, covers and staffing of a line shift.
pub(super) fn of(
    reader: &Reader<'_>,
    question: &Question,
    whole: Place,
    cell: Cell,
    labels: &mut Labels<'_, '_>,
) -> Result<Vec<ExplainedEntry>> {
    let client = cell.client.bytes();
    let mut told = Vec::new();
    for row in here::<AttendanceEntry>(reader, cell)? {
        if question.holds(&people::place(whole, department(reader, &row)?.as_deref())) {
            told.push(attendance(reader, &row, labels)?);
        }
    }
    told.sort_by_cached_key(|entry| entry.what.clone());
    for row in covers(reader, cell)? {
        told.push(cover(reader, &row, labels)?);
    }
    for row in here::<Staffing>(reader, cell)? {
        let what = labels.code("shift", client, Some(row.shift_id.bytes()))?;
        let values = texts([("required", number(row.required)), ("actual", number(row.actual))]);
        told.push(ExplainedEntry { what, ..signed(reader, client, row.id.bytes(), Staffing::TABLE, values)? });
    }
    Ok(told)
}

/// The rows behind a line shift's own crew: the list it was counted from, and the covers whose people stood idle.
pub(super) fn behind(
    reader: &Reader<'_>,
    cell: Cell,
    (row, worked): (&LineShift, &Worked),
    labels: &mut Labels<'_, '_>,
) -> Result<Vec<ExplainedEntry>> {
    let mut told = Vec::new();
    if worked.crew.source == Source::CrewAttendance {
        for row in here::<AttendanceEntry>(reader, cell)? {
            told.push(attendance(reader, &row, labels)?);
        }
    }
    if row.floating_idle.is_none() && worked.floating_idle > 0.0 {
        for row in here::<CoverageEntry>(reader, cell)?.iter().filter(|row| row.idle_minutes > Some(0.0)) {
            told.push(cover(reader, row, labels)?);
        }
    }
    Ok(told)
}

fn attendance(reader: &Reader<'_>, row: &AttendanceEntry, labels: &mut Labels<'_, '_>) -> Result<ExplainedEntry> {
    let client = row.client_id.bytes();
    let values = texts([
        ("scheduled_hours", number(row.scheduled_hours)),
        ("actual_hours", number(row.actual_hours)),
        ("absent_hours", number(row.absent_hours)),
        ("absence", row.absence.map(|absence| absence.word().to_owned())),
        ("reason", row.reason.clone()),
        ("note", row.note.clone()),
    ]);
    let what = labels.code("employee", client, Some(row.employee_id.bytes()))?;
    Ok(ExplainedEntry { what, ..signed(reader, client, row.id.bytes(), AttendanceEntry::TABLE, values)? })
}

fn cover(reader: &Reader<'_>, row: &CoverageEntry, labels: &mut Labels<'_, '_>) -> Result<ExplainedEntry> {
    let client = row.client_id.bytes();
    let values = texts([
        ("hours", number(row.hours)),
        ("idle_minutes", number(row.idle_minutes)),
        ("confirmed", Some(row.confirmed.to_string())),
        ("note", row.note.clone()),
    ]);
    let what = labels.code("employee", client, row.employee_id.map(|id| id.bytes()))?;
    Ok(ExplainedEntry { what, ..signed(reader, client, row.id.bytes(), CoverageEntry::TABLE, values)? })
}

/// Day, shift and line; what is not known of the cell is none.
fn place(cell: Cell) -> [Value; 3] {
    let known = |id: Key| if id == Key::default() { Value::Null } else { Value::Id(id) };
    [Value::Int(cell.day.0.into()), known(cell.shift.bytes()), known(cell.line.bytes())]
}

fn here<E: Entity>(reader: &Reader<'_>, cell: Cell) -> Result<Vec<E>> {
    reader.list_where(cell.client, "day = ?2 AND shift_id IS ?3 AND line_id IS ?4", &place(cell))
}

/// The covers of the absences on this list, wherever who covers belongs.
fn covers(reader: &Reader<'_>, cell: Cell) -> Result<Vec<CoverageEntry>> {
    let rule = "attendance_entry_id IN (SELECT a.id FROM attendance_entry a
        WHERE a.client_id = ?1 AND a.day = ?2 AND a.shift_id IS ?3 AND a.line_id IS ?4)";
    reader.list_where(cell.client, rule, &place(cell))
}

fn department(reader: &Reader<'_>, row: &AttendanceEntry) -> Result<Option<String>> {
    let sql = "SELECT department FROM employee_all WHERE client_id = ?1 AND id = ?2";
    let at = store::values![row.client_id, row.employee_id];
    Ok(reader.first(sql, at, |row| row.get::<Option<String>>(0))?.flatten())
}
