//! Who was on a line shift, gathered from its rows.
use super::{Cell, setup::Setup, write::Aside};
use crate::{
    Result,
    repository::{Mode, Reader, Row},
};
use domain::{
    Absence, Client, Day, Field, Id, Line, Shift, Value,
    elements::{self, AttendanceFacts, CoverFacts, Department, Key, PeopleFacts, USUAL_ABSENCES},
    time,
};
use std::collections::HashMap;

/// The rows of sums of a cell, one a department; none where nothing was entered.
pub(super) fn rows(r: &Reader<'_>, setup: &mut Setup, cell: Cell) -> Result<Vec<Aside>> {
    let aside =
        |d: Department| Aside { key: vec![d.name.map_or(Value::Null, Value::Text)], sources: d.sources, sums: d.sums };
    Ok(of(r, setup, cell)?.into_iter().map(aside).collect())
}

/// The people of one line shift, by department.
pub(super) fn of(r: &Reader<'_>, setup: &mut Setup, cell: Cell) -> Result<Vec<Department>> {
    Ok(elements::people(&facts(r, setup, cell)?))
}

/// Hours of the shift of a cell, where its calendar, its clock or its client says.
pub fn hours_of_shift(r: &Reader<'_>, cell: Cell) -> Result<Option<f64>> {
    shift_hours(r, &mut Setup::load(r, cell.client)?, cell)
}

/// The moments of a shift on a day, by the client's clock; none where it has no times.
pub(in crate::repository) fn span_of_shift(
    r: &Reader<'_>,
    client: Id<Client>,
    shift: Id<Shift>,
    day: Day,
) -> Result<Option<time::Span>> {
    Ok(Setup::load(r, client)?.clock(r, shift, day)?.map(|(span, _)| span))
}

/// People present in the attendance of a cell; none where there is no list.
pub(super) fn listed(r: &Reader<'_>, cell: Cell) -> Result<Option<f64>> {
    Ok(elements::present(&attendance(r, cell)?))
}

/// Minutes that floating people were idle on the line, by its covers.
pub(super) fn idle_minutes(r: &Reader<'_>, cell: Cell) -> Result<Option<f64>> {
    let sql = "SELECT sum(idle_minutes) FROM coverage_entry
        WHERE client_id = ?1 AND day = ?2 AND shift_id IS ?3 AND line_id IS ?4 AND idle_minutes > 0";
    Ok(r.first(sql, &place(cell), |row| row.get::<Option<f64>>(0))?.flatten())
}

fn facts(r: &Reader<'_>, setup: &mut Setup, cell: Cell) -> Result<PeopleFacts> {
    let attendance = attendance(r, cell)?;
    let (required, staffed) = staffing(r, cell)?;
    if attendance.is_empty() && required.is_none() {
        return Ok(PeopleFacts::default());
    }
    Ok(PeopleFacts {
        covers: if attendance.is_empty() { vec![] } else { covers(r, cell)? },
        attendance,
        required,
        staffed,
        shift_hours: shift_hours(r, setup, cell)?,
        counted: setup.setting.counted_absences.unwrap_or(USUAL_ABSENCES),
    })
}

/// Shift and line of a cell; none where they are not known.
fn known(cell: Cell) -> (Option<Id<Shift>>, Option<Id<Line>>) {
    let none = Key::default();
    (Some(cell.shift).filter(|id| id.bytes() != none), Some(cell.line).filter(|id| id.bytes() != none))
}

fn place(cell: Cell) -> [Value; 4] {
    let (shift, line) = known(cell);
    [cell.client.to_value(), cell.day.to_value(), shift.to_value(), line.to_value()]
}

const ATTENDANCE: &str = "SELECT a.id, e.department, a.scheduled_hours, a.actual_hours, a.absent_hours, a.normal_hours,
    a.double_hours, a.triple_hours FROM attendance_entry a
    LEFT JOIN employee_all e ON e.client_id = ?1 AND e.id = a.employee_id
    WHERE a.client_id = ?1 AND a.day = ?2 AND a.shift_id IS ?3 AND a.line_id IS ?4 ORDER BY a.id";

/// Why people were absent decides what is summed, also for who may not read it.
const ABSENCES: &str = "SELECT id, absence FROM absence_as_it_is
    WHERE client_id = ?1 AND day = ?2 AND shift_id IS ?3 AND line_id IS ?4 AND absence IS NOT NULL";

fn attendance(r: &Reader<'_>, cell: Cell) -> Result<Vec<AttendanceFacts>> {
    let mut rows = r.select(ATTENDANCE, &place(cell), person)?;
    if rows.is_empty() {
        return Ok(rows);
    }
    let word = |row: &Row<'_>| Ok((row.get::<Key>(0)?, Absence::of(&row.get::<String>(1)?)));
    let mut absences: HashMap<_, _> = r.opened(Mode::Sums, ABSENCES, &place(cell), word)?.into_iter().collect();
    rows.iter_mut().for_each(|row| row.absence = absences.remove(&row.id).flatten());
    Ok(rows)
}

fn person(row: &Row<'_>) -> Result<AttendanceFacts> {
    Ok(AttendanceFacts {
        id: row.get(0)?,
        department: row.get(1)?,
        scheduled: row.get(2)?,
        actual: row.get(3)?,
        absent: row.get(4)?,
        split: [row.get(5)?, row.get(6)?, row.get(7)?],
        absence: None,
    })
}

fn covers(r: &Reader<'_>, cell: Cell) -> Result<Vec<CoverFacts>> {
    let sql = "SELECT c.attendance_entry_id, c.hours, c.confirmed FROM attendance_entry a
        JOIN coverage_entry c ON c.client_id = ?1 AND c.attendance_entry_id = a.id
        WHERE a.client_id = ?1 AND a.day = ?2 AND a.shift_id IS ?3 AND a.line_id IS ?4 ORDER BY c.id";
    r.select(sql, &place(cell), |row| {
        Ok(CoverFacts { absence: row.get(0)?, hours: row.get(1)?, confirmed: row.get(2)? })
    })
}

/// People needed and there; of two rows about one line shift the newer counts.
fn staffing(r: &Reader<'_>, cell: Cell) -> Result<(Option<f64>, Option<f64>)> {
    let sql = "SELECT required, actual FROM staffing
        WHERE client_id = ?1 AND day = ?2 AND shift_id IS ?3 AND line_id IS ?4 ORDER BY id DESC LIMIT 1";
    Ok(r.first(sql, &place(cell), |row| Ok((row.get(0)?, row.get(1)?)))?.unwrap_or_default())
}

/// Hours of a shift: of the calendar's exception, of its clock, of the client's default.
fn shift_hours(r: &Reader<'_>, setup: &mut Setup, cell: Cell) -> Result<Option<f64>> {
    let (Some(shift), _) = known(cell) else { return Ok(None) };
    let clock = setup.clock(r, shift, cell.day)?.map(|(span, breaks)| time::net_minutes(span, &breaks));
    let minutes = setup.exception(cell.line, shift, cell.day).or(clock).or(setup.setting.default_net_minutes);
    Ok(minutes.map(|minutes| minutes / 60.0))
}
