//! Whether a person is free on a shift, and has a part of his time left.
use super::Reader;
use crate::{Result, values};
use domain::{Client, CoverageEntry, Employee, EmployeeLine, Id, ShiftPlace};

/// Whether a person's other parts leave room for one more.
pub(super) fn has_room(
    r: &Reader<'_>,
    client: Id<Client>,
    employee: Id<Employee>,
    row: Id<EmployeeLine>,
    share: f64,
) -> Result<bool> {
    let sql = "SELECT sum(share) FROM employee_line WHERE client_id = ?1 AND employee_id = ?2 AND id <> ?3";
    let others = r.first(sql, values![client, employee, row], |row| row.get::<Option<f64>>(0))?.flatten();
    Ok(others.unwrap_or(0.0) + share <= 1.0 + 1e-9)
}

/// Whether a person covers nobody else on the shift and is on no list of another line.
pub(super) fn may_cover(
    r: &Reader<'_>,
    client: Id<Client>,
    employee: Id<Employee>,
    at: ShiftPlace,
    cover: Id<CoverageEntry>,
) -> Result<bool> {
    let covers =
        "SELECT 1 FROM coverage_entry WHERE client_id = ?1 AND day = ?2 AND shift_id IS ?3 AND employee_id = ?4
        AND id <> ?5 LIMIT 1";
    let listed = "SELECT 1 FROM attendance_entry WHERE client_id = ?1 AND employee_id = ?4 AND day = ?2
        AND shift_id IS ?3 AND line_id IS NOT NULL AND line_id IS NOT ?5 LIMIT 1";
    if !on_our_lines(r, client, at)? {
        return Ok(true);
    }
    let busy = is_there(r, covers, values![client, at.day, at.shift, employee, cover])?
        || is_there(r, listed, values![client, at.day, at.shift, employee, at.line])?;
    Ok(!busy)
}

/// Whether a person covers on no other line of the shift.
pub(super) fn may_attend(r: &Reader<'_>, client: Id<Client>, employee: Id<Employee>, at: ShiftPlace) -> Result<bool> {
    let sql = "SELECT 1 FROM coverage_entry WHERE client_id = ?1 AND day = ?2 AND shift_id IS ?3 AND employee_id = ?4
        AND ?5 IS NOT NULL AND line_id IS NOT ?5 LIMIT 1";
    Ok(!on_our_lines(r, client, at)? || !is_there(r, sql, values![client, at.day, at.shift, employee, at.line])?)
}

/// Whether the line is one of the client's; of another the reference says "not found", whoever is busy.
fn on_our_lines(r: &Reader<'_>, client: Id<Client>, at: ShiftPlace) -> Result<bool> {
    let Some(line) = at.line else { return Ok(true) };
    is_there(r, "SELECT 1 FROM line_all WHERE client_id = ?1 AND id = ?2", values![client, line])
}

fn is_there(r: &Reader<'_>, sql: &str, values: &[domain::Value]) -> Result<bool> {
    Ok(r.first(sql, values, |_| Ok(()))?.is_some())
}
