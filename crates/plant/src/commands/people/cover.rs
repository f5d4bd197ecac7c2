//! Somebody who covers an absence, and who confirms it.
use domain::{AttendanceEntry, Client, CoverageEntry, Day, Employee, Entity, Id, Line, Shift, Verb};
use serde::Deserialize;
use store::{Result, Writer};
use ts_rs::TS;

/// A cover as typed; it counts once it is confirmed.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CoverInput {
    client_id: Id<Client>,
    /// The cover that is changed; none for a new one.
    id: Option<Id<CoverageEntry>>,
    /// The absence that is covered; none for a line short of people.
    attendance_entry_id: Option<Id<AttendanceEntry>>,
    /// Who covers, of the own roster.
    employee_id: Option<Id<Employee>>,
    /// The booking of who covers, of the plant's pool.
    booking: Option<String>,
    day: Day,
    shift_id: Option<Id<Shift>>,
    line_id: Option<Id<Line>>,
    hours: Option<f64>,
    idle_minutes: Option<f64>,
    note: Option<String>,
    reason: Option<String>,
}

/// Which cover is confirmed.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CoverId {
    client_id: Id<Client>,
    id: Id<CoverageEntry>,
}

/// Saves a cover, to be confirmed.
pub(in crate::commands) fn cover(w: &mut Writer<'_>, input: CoverInput) -> Result<Id<CoverageEntry>> {
    w.names(CoverageEntry::TABLE);
    w.because(input.reason);
    let id = input.id.unwrap_or_else(|| w.fresh());
    w.put(&CoverageEntry {
        client_id: input.client_id,
        id,
        attendance_entry_id: input.attendance_entry_id,
        employee_id: input.employee_id,
        booking: input.booking,
        day: input.day,
        shift_id: input.shift_id,
        line_id: input.line_id,
        hours: input.hours,
        idle_minutes: input.idle_minutes,
        confirmed: false,
        note: input.note,
    })?;
    Ok(id)
}

/// Confirms a cover: from here on its hours are no absence.
pub(in crate::commands) fn confirm(w: &mut Writer<'_>, input: CoverId) -> Result<()> {
    let row: CoverageEntry = w.get(input.client_id, input.id)?;
    w.session().may(Verb::Approve, CoverageEntry::GROUP)?;
    w.names(CoverageEntry::TABLE);
    w.put(&CoverageEntry { confirmed: true, ..row }).map(|_| ())
}
