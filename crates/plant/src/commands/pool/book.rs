//! A person of the pool is booked for a time, and given back.
use super::PoolWhen;
use domain::{BookingState, Entity, Id, PoolBooking, PoolEmployee, Verb};
use serde::{Deserialize, Serialize};
use store::{Result, Writer};
use ts_rs::TS;

/// Who is booked, and when.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PoolBook {
    pool_employee_id: Id<PoolEmployee>,
    when: PoolWhen,
}

/// Which booking is given back.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PoolRelease {
    token: String,
    reason: Option<String>,
}

/// A booking one may know of.
#[derive(Serialize, TS)]
pub struct PoolBookingView {
    /// What a cover names it by.
    token: String,
    pool_employee_id: Id<PoolEmployee>,
    /// Milliseconds since 1970.
    from_utc: i64,
    to_utc: i64,
    state: BookingState,
    /// Milliseconds since 1970.
    booked_at: i64,
    /// Whether one booked it oneself.
    own: bool,
}

/// Where a hub orders the plant's log, a booking is a request until the hub has it: another may have been first.
fn view(w: &Writer<'_>, b: PoolBooking) -> Result<PoolBookingView> {
    let asked = b.stands() && w.awaits_hub(b.client_id, b.id)?;
    Ok(PoolBookingView {
        token: b.token,
        pool_employee_id: b.pool_employee_id,
        from_utc: b.from_utc,
        to_utc: b.to_utc,
        state: if asked { BookingState::Requested } else { b.state },
        booked_at: b.booked_at,
        own: b.booked_by == w.session().user(),
    })
}

/// Books a person; the answer has the token that a cover carries.
pub(in crate::commands) fn book(w: &mut Writer<'_>, input: PoolBook) -> Result<PoolBookingView> {
    w.session().may(Verb::Create, PoolBooking::GROUP)?;
    w.names(PoolBooking::TABLE);
    let span = input.when.span(w)?;
    let booking = w.book(input.pool_employee_id, span)?;
    view(w, booking)
}

/// Gives a booking back: one's own, or as a leader one of his clients'.
pub(in crate::commands) fn release(w: &mut Writer<'_>, input: PoolRelease) -> Result<PoolBookingView> {
    w.names(PoolBooking::TABLE);
    w.because(input.reason);
    let booking = w.booking(&input.token)?.ok_or_else(store::missing)?;
    w.release(booking.clone())?;
    view(w, PoolBooking { state: BookingState::Released, ..booking })
}
