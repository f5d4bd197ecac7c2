//! The list of a line and shift: everybody present, then the exceptions.
use domain::{
    Absence, AttendanceEntry, Client, Day, Employee, Id, LabourClass, Line, Shift, Value, Verb, entity::Entity,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{Cell, Reader, Result, Writer, hours_of_shift, values};
use ts_rs::TS;

/// Which line, shift and day; and, to save, what was typed.
#[derive(Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MarkAll {
    client_id: Id<Client>,
    day: Day,
    line_id: Id<Line>,
    shift_id: Id<Shift>,
}

/// The rows of a list as they were typed.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AttendanceSave {
    client_id: Id<Client>,
    day: Day,
    line_id: Option<Id<Line>>,
    shift_id: Option<Id<Shift>>,
    rows: Vec<AttendanceInput>,
    /// People who are taken off the list.
    removed: Vec<Id<Employee>>,
    reason: Option<String>,
}

/// One person as typed.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AttendanceInput {
    employee_id: Id<Employee>,
    scheduled_hours: Option<f64>,
    actual_hours: Option<f64>,
    absent_hours: Option<f64>,
    absence: Option<Absence>,
    reason: Option<String>,
    normal_hours: Option<f64>,
    double_hours: Option<f64>,
    triple_hours: Option<f64>,
    labour_class: Option<LabourClass>,
    note: Option<String>,
}

/// A list with everybody on it, and everybody who could be.
#[derive(Serialize, TS)]
pub struct Attendance {
    /// Hours of the shift, where they are known.
    shift_hours: Option<f64>,
    people: Vec<Listed>,
}

/// A person of the line's roster or of its list.
#[derive(Serialize, TS)]
pub struct Listed {
    employee_id: Id<Employee>,
    code: String,
    name: String,
    department: Option<String>,
    /// The part of his time that belongs to the line.
    share: Option<f64>,
    /// On the list of this shift already, here or on another line.
    line_id: Option<Id<Line>>,
    is_listed: bool,
    scheduled_hours: Option<f64>,
    actual_hours: Option<f64>,
    absent_hours: Option<f64>,
    /// Empty for who may not see why.
    absence: Option<Absence>,
    reason: Option<String>,
    normal_hours: Option<f64>,
    double_hours: Option<f64>,
    triple_hours: Option<f64>,
    labour_class: Option<LabourClass>,
    note: Option<String>,
}

/// What marking everybody did.
#[derive(Serialize, TS)]
pub struct Marked {
    /// People put on the list.
    marked: u32,
    /// Codes of people who are elsewhere on that shift.
    busy: Vec<String>,
    list: Attendance,
}

impl MarkAll {
    fn cell(&self, r: &Reader<'_>) -> Result<Cell> {
        let line: Line = r.get(self.client_id, self.line_id)?;
        let shift: Shift = r.get(self.client_id, self.shift_id)?;
        Ok(Cell { client: self.client_id, day: self.day, shift: shift.id, line: line.id })
    }
}

/// Who is on the list of a line and shift, and who could be.
pub(in crate::commands) fn list(r: &Reader<'_>, input: MarkAll) -> Result<Attendance> {
    let cell = input.cell(r)?;
    let roster = roster(r, cell)?;
    let mut rows: BTreeMap<Id<Employee>, AttendanceEntry> = r
        .list_where::<AttendanceEntry>(cell.client, "day = ?2 AND shift_id = ?3", values![cell.day, cell.shift])?
        .into_iter()
        .map(|row| (row.employee_id, row))
        .collect();
    let mut people = Vec::with_capacity(roster.len());
    for (share, person) in roster {
        let row = rows.remove(&person.id);
        people.push(listed(person, Some(share), row));
    }
    for row in rows.into_values().filter(|row| row.line_id == Some(cell.line)) {
        if let Some(person) = r.find::<Employee>(cell.client, row.employee_id)? {
            people.push(listed(person, None, Some(row)));
        }
    }
    Ok(Attendance { shift_hours: hours_of_shift(r, cell)?, people })
}

fn listed(person: Employee, share: Option<f64>, row: Option<AttendanceEntry>) -> Listed {
    let is_listed = row.is_some();
    let row = row.unwrap_or_else(|| AttendanceEntry::blank(person.client_id, Id::from_bytes([0; 16])));
    Listed {
        employee_id: person.id,
        code: person.code,
        name: person.name,
        department: person.department,
        share,
        line_id: row.line_id,
        is_listed,
        scheduled_hours: row.scheduled_hours,
        actual_hours: row.actual_hours,
        absent_hours: row.absent_hours,
        absence: row.absence,
        reason: row.reason,
        normal_hours: row.normal_hours,
        double_hours: row.double_hours,
        triple_hours: row.triple_hours,
        labour_class: row.labour_class,
        note: row.note,
    }
}

/// The active people of a line, each with his part for it, by their codes.
fn roster(r: &Reader<'_>, cell: Cell) -> Result<Vec<(f64, Employee)>> {
    let sql = format!(
        "SELECT l.share, {} FROM employee_line l JOIN employee e ON e.client_id = ?1 AND e.id = l.employee_id
         WHERE l.client_id = ?1 AND l.line_id = ?2 AND l.share > 0 AND e.active = 1 ORDER BY e.code, e.id",
        Employee::COLUMNS.iter().fold("e.id".to_owned(), |list, column| list + ", e." + column.name)
    );
    r.select(&sql, values![cell.client, cell.line], |row| {
        let values = (0..Employee::COLUMNS.len()).map(|i| row.get::<Value>(i + 2)).collect::<Result<_>>()?;
        let person = Employee::of(cell.client, row.get(1)?, values).ok_or_else(store::missing)?;
        Ok((row.get(0)?, person))
    })
}

/// Puts everybody whose largest part belongs to the line on its list, as present.
///
/// Whoever is on a list of that shift already stays as he is.
pub(in crate::commands) fn mark(w: &mut Writer<'_>, input: MarkAll) -> Result<Marked> {
    w.session().may(Verb::Create, AttendanceEntry::GROUP)?;
    let cell = input.cell(w)?;
    names(w, cell.client, Some(cell.line))?;
    let hours = hours_of_shift(w, cell)?;
    let (mut marked, mut busy) = (0, vec![]);
    for (share, person) in roster(w, cell)? {
        let id = AttendanceEntry::fact(cell.client, person.id, cell.day, Some(cell.shift));
        if w.find::<AttendanceEntry>(cell.client, id)?.is_some() || !is_his_line(w, &person, share)? {
            continue;
        }
        match w.bring(&present(&person, id, cell, hours)) {
            Ok(_) => marked += 1,
            Err(e) if e.is(domain::Code::BusyOnShift) => busy.push(person.code),
            Err(e) => return Err(e),
        }
    }
    Ok(Marked { marked, busy, list: list(w, input)? })
}

fn names(w: &mut Writer<'_>, client: Id<Client>, line: Option<Id<Line>>) -> Result<()> {
    let code = match line {
        Some(line) => w.get::<Line>(client, line)?.code,
        None => String::new(),
    };
    w.names(format!("attendance {code}").trim_end());
    Ok(())
}

/// Whether no other line has a larger part of the person.
fn is_his_line(r: &Reader<'_>, person: &Employee, share: f64) -> Result<bool> {
    let sql = "SELECT max(share) FROM employee_line WHERE client_id = ?1 AND employee_id = ?2";
    let most = r.first(sql, values![person.client_id, person.id], |row| row.get::<Option<f64>>(0))?.flatten();
    Ok(most.is_none_or(|most| share >= most))
}

fn present(person: &Employee, id: Id<AttendanceEntry>, cell: Cell, hours: Option<f64>) -> AttendanceEntry {
    AttendanceEntry {
        employee_id: person.id,
        day: cell.day,
        shift_id: Some(cell.shift),
        line_id: Some(cell.line),
        scheduled_hours: hours,
        actual_hours: hours,
        labour_class: Some(if person.direct { LabourClass::Direct } else { LabourClass::Indirect }),
        ..AttendanceEntry::blank(cell.client, id)
    }
}

/// Saves the rows of a list; rows that are not named stay as they are.
pub(in crate::commands) fn save(w: &mut Writer<'_>, input: AttendanceSave) -> Result<()> {
    names(w, input.client_id, input.line_id)?;
    w.because(input.reason.clone());
    for employee in &input.removed {
        let id = AttendanceEntry::fact(input.client_id, *employee, input.day, input.shift_id);
        w.remove(input.client_id, id)?;
    }
    for (place, typed) in input.rows.iter().enumerate() {
        let row = row(&input, typed);
        w.bring(&row).map_err(|error| crate::commands::floor::save::at("rows", place, error))?;
    }
    Ok(())
}

fn row(list: &AttendanceSave, typed: &AttendanceInput) -> AttendanceEntry {
    let id = AttendanceEntry::fact(list.client_id, typed.employee_id, list.day, list.shift_id);
    AttendanceEntry {
        client_id: list.client_id,
        id,
        employee_id: typed.employee_id,
        day: list.day,
        shift_id: list.shift_id,
        line_id: list.line_id,
        scheduled_hours: typed.scheduled_hours,
        actual_hours: typed.actual_hours,
        absent_hours: typed.absent_hours,
        absence: typed.absence,
        reason: typed.reason.clone(),
        normal_hours: typed.normal_hours,
        double_hours: typed.double_hours,
        triple_hours: typed.triple_hours,
        labour_class: typed.labour_class,
        note: typed.note.clone(),
    }
}
