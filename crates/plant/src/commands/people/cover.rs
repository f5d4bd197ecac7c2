//! Somebody who covers an absence, and who confirms it.
use crate::commands::pool::shift_span;
use domain::{
    AttendanceEntry, Client, Code, CoverageEntry, Day, Employee, Entity, Fault, Id, Line, PoolEmployee, Shift, Verb,
};
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
    /// Who covers, of the plant's pool: booked together with the cover.
    pool_employee_id: Option<Id<PoolEmployee>>,
    /// The booking of who covers, where there is one already.
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
    w.because(input.reason.clone());
    let id = input.id.unwrap_or_else(|| w.fresh());
    let booking = booking(w, &input)?;
    w.put(&CoverageEntry {
        client_id: input.client_id,
        id,
        attendance_entry_id: input.attendance_entry_id,
        employee_id: input.employee_id,
        booking,
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

/// The booking a cover carries: the one named, the one it carries already, or a new one over the shift.
fn booking(w: &mut Writer<'_>, input: &CoverInput) -> Result<Option<String>> {
    let Some(person) = input.pool_employee_id else { return Ok(input.booking.clone()) };
    w.session().may(Verb::Create, CoverageEntry::GROUP)?;
    if let Some(token) = &input.booking {
        return match is_his(w, token, person)? {
            true => Ok(Some(token.clone())),
            false => Err(Fault::new(Code::OtherPerson).at("booking").into()),
        };
    }
    let before = match input.id {
        Some(id) => w.find::<CoverageEntry>(input.client_id, id)?.and_then(|cover| cover.booking),
        None => None,
    };
    if let Some(token) = before
        && is_his(w, &token, person)?
    {
        return Ok(Some(token));
    }
    let shift = input.shift_id.ok_or_else(|| Fault::new(Code::NoTimes).at("shift_id"))?;
    let span = shift_span(w, input.client_id, shift, input.day)?;
    Ok(Some(w.book(person, span)?.token))
}

/// Whether a booking is this person's.
fn is_his(w: &Writer<'_>, token: &str, person: Id<PoolEmployee>) -> Result<bool> {
    let booking = w.booking(token)?.ok_or_else(|| Fault::new(Code::Missing).at("booking"))?;
    Ok(booking.pool_employee_id == person)
}

/// Confirms a cover: from here on its hours are no absence.
pub(in crate::commands) fn confirm(w: &mut Writer<'_>, input: CoverId) -> Result<()> {
    let row: CoverageEntry = w.get(input.client_id, input.id)?;
    w.session().may(Verb::Approve, CoverageEntry::GROUP)?;
    w.names(CoverageEntry::TABLE);
    w.put(&CoverageEntry { confirmed: true, ..row }).map(|_| ())
}
