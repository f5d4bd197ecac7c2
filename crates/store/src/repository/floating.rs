//! Covers and the bookings they carry: one goes with the other, whoever writes.
use super::{Reader, Writer, rollup};
use crate::{Result, values};
use domain::{
    BookingState, Client, Code, CoverageEntry, Day, Entity, Fault, Id, LONGEST_BOOKING, PoolBooking, PoolEmployee,
    Shift, Verb, time::Span,
};

/// What a transaction wrote of covers and bookings; judged before it ends.
#[derive(Default)]
pub(super) struct Booked {
    covers: Vec<(Id<Client>, Id<CoverageEntry>)>,
    bookings: Vec<Id<PoolBooking>>,
}

impl Booked {
    /// Remembers a written row.
    pub(super) fn note<E: Entity>(&mut self, row: &E) {
        match E::TABLE {
            CoverageEntry::TABLE => self.covers.push((row.client(), row.id().cast())),
            PoolBooking::TABLE => self.bookings.push(row.id().cast()),
            _ => {}
        }
    }
}

impl Writer<'_> {
    /// Books a person of the pool for a time.
    ///
    /// Alone, a file is its own hub: what it commits is confirmed.
    ///
    /// # Errors
    /// `busy_on_shift` where he is taken, with the field.
    pub fn book(&mut self, person: Id<PoolEmployee>, span: Span) -> Result<PoolBooking> {
        let id = self.fresh();
        let row = PoolBooking {
            token: id.hex(),
            pool_employee_id: person,
            from_utc: span.from.0,
            to_utc: span.to.0,
            state: BookingState::Confirmed,
            booked_by: self.session().user(),
            booked_at: self.now().0,
            ..PoolBooking::blank(Client::PLANT, id)
        };
        self.put(&row)?;
        Ok(row)
    }
    /// Gives a booking back; it stays on the record.
    pub fn release(&mut self, booking: PoolBooking) -> Result<()> {
        self.put(&PoolBooking { state: BookingState::Released, ..booking }).map(|_| ())
    }
    /// Lets the booking of a cover go, or takes it along, before the cover changes; an undo brings back both by itself.
    pub(super) fn follow_cover<E: Entity>(&mut self, before: &E, after: Option<&E>) -> Result<()> {
        if E::TABLE != CoverageEntry::TABLE || self.undoes.is_some() {
            return Ok(());
        }
        let (Some(before), after) = (cover(before), after.and_then(cover)) else { return Ok(()) };
        let Some(booking) = before.booking.as_deref().map(|t| self.booking(t)).transpose()?.flatten() else {
            return Ok(());
        };
        match after.filter(|a| a.booking == before.booking) {
            None if booking.stands() => self.release(booking),
            Some(a) if (a.day, a.shift_id) != (before.day, before.shift_id) => self.move_booking(booking, &a),
            _ => Ok(()),
        }
    }
    fn move_booking(&mut self, booking: PoolBooking, to: &CoverageEntry) -> Result<()> {
        let span = shift_of(self, to)?;
        self.put(&PoolBooking { from_utc: span.from.0, to_utc: span.to.0, ..booking }).map(|_| ())
    }
    /// What was written of covers and bookings fits together, or nothing of it stays.
    pub(super) fn settle_bookings(&mut self) -> Result<()> {
        let booked = std::mem::take(&mut self.booked);
        for (client, id) in booked.covers {
            if let Some(cover) = self.find::<CoverageEntry>(client, id)? {
                carries(self, &cover)?;
            }
        }
        for id in booked.bookings {
            if !self.find(Client::PLANT, id)?.is_some_and(|b: PoolBooking| b.stands())
                && is_carried(self, &id.hex(), None)?
            {
                return Err(Code::StillCovers.into());
            }
        }
        Ok(())
    }
    /// Who has a standing booking from now on stays on the pool's list.
    pub(super) fn guard_booked<E: Entity>(&self, id: Id<E>) -> Result<()> {
        if E::TABLE != PoolEmployee::TABLE {
            return Ok(());
        }
        let now = self.now().0;
        let ahead = taken(self, id.cast(), (now, i64::MAX))? > 0;
        if ahead { Err(Fault::new(Code::StillBooked).at("id").into()) } else { Ok(()) }
    }
}

impl Reader<'_> {
    /// The booking of a token, as far as the person may know of it.
    pub fn booking(&self, token: &str) -> Result<Option<PoolBooking>> {
        self.session().may(Verb::Read, PoolBooking::GROUP)?;
        Ok(self.list_where::<PoolBooking>(Client::PLANT, "token = ?2", values![token.to_owned()])?.into_iter().next())
    }
    /// The moments of a shift on a day, by the client's clock; none where it has no times.
    pub fn span_of_shift(&self, client: Id<Client>, shift: Id<Shift>, day: Day) -> Result<Option<Span>> {
        rollup::span_of_shift(self, client, shift, day)
    }
}

fn cover<E: Entity>(row: &E) -> Option<CoverageEntry> {
    CoverageEntry::of(row.client(), row.id().cast(), row.values())
}

/// The moments of a cover's shift.
fn shift_of(r: &Reader<'_>, cover: &CoverageEntry) -> Result<Span> {
    let span = match cover.shift_id {
        Some(shift) => r.span_of_shift(cover.client_id, shift, cover.day)?,
        None => None,
    };
    span.ok_or_else(|| Fault::new(Code::NoTimes).at("shift_id").into())
}

/// A cover that names a booking: it is there, it alone does, nobody else covers, and it is over that shift.
fn carries(r: &Reader<'_>, cover: &CoverageEntry) -> Result<()> {
    let Some(token) = cover.booking.as_deref() else { return Ok(()) };
    let refuse = |code| Err(Fault::new(code).at("booking").into());
    let Some(booking) = r.booking(token)?.filter(PoolBooking::stands) else { return refuse(Code::Missing) };
    if cover.employee_id.is_some() {
        return refuse(Code::OtherPerson);
    }
    let shift = shift_of(r, cover)?;
    if !is_over(&booking, shift) {
        return refuse(Code::OtherTimes);
    }
    if is_carried(r, token, Some(cover.id))? { refuse(Code::BusyOnShift) } else { Ok(()) }
}

/// Whether one of the two times lies within the other.
fn is_over(booking: &PoolBooking, shift: Span) -> bool {
    let (from, to) = (booking.from_utc, booking.to_utc);
    (from <= shift.from.0 && shift.to.0 <= to) || (shift.from.0 <= from && to <= shift.to.0)
}

/// Whether a cover, other than this one, carries a booking.
fn is_carried(r: &Reader<'_>, token: &str, but: Option<Id<CoverageEntry>>) -> Result<bool> {
    let sql = "SELECT 1 FROM coverage_entry WHERE booking = ?1 AND id IS NOT ?2 LIMIT 1";
    Ok(r.first(sql, values![token.to_owned(), but], |_| Ok(()))?.is_some())
}

/// Whether a person of the pool can be booked at all.
pub(super) fn in_pool(r: &Reader<'_>, person: Id<PoolEmployee>) -> Result<bool> {
    Ok(r.find(Client::PLANT, person)?.is_some_and(|p: PoolEmployee| p.active))
}

/// Whether a person of the pool is taken by no other booking at any moment of a time.
pub(super) fn is_free(
    r: &Reader<'_>,
    person: Id<PoolEmployee>,
    (from, to): (i64, i64),
    but: Id<PoolBooking>,
) -> Result<bool> {
    let sql = "SELECT count(*) FROM pool_booking WHERE client_id = ?1 AND id = ?2 AND pool_employee_id = ?3
        AND from_utc < ?5 AND to_utc > ?4 AND state <> 'released'";
    let own = r.first(sql, values![Client::PLANT, but, person, from, to], |row| row.get::<i64>(0))?.unwrap_or(0);
    Ok(taken(r, person, (from, to))? <= own)
}

/// How many bookings a person of the pool has at any moment of a time, for whomever.
fn taken(r: &Reader<'_>, person: Id<PoolEmployee>, (from, to): (i64, i64)) -> Result<i64> {
    // None lasts longer than a day: the index need not look further back.
    let sql = "SELECT count(*) FROM pool_busy
        WHERE pool_employee_id = ?1 AND from_utc > ?4 AND from_utc < ?3 AND to_utc > ?2";
    let since = from.saturating_sub(LONGEST_BOOKING);
    Ok(r.first(sql, values![person, from, to, since], |row| row.get(0))?.unwrap_or(0))
}

/// Whether a booking one may know of holds.
pub(super) fn is_booked(r: &Reader<'_>, booking: Id<PoolBooking>) -> Result<bool> {
    Ok(r.find(Client::PLANT, booking)?.is_some_and(|b: PoolBooking| b.stands()))
}

/// Whether a cover of one's own clients carries a booking, or did.
pub(super) fn was_carried(r: &Reader<'_>, booking: Id<PoolBooking>) -> Result<bool> {
    let sql = "SELECT 1 FROM coverage_entry_all WHERE booking = ?1 LIMIT 1";
    Ok(r.first(sql, values![booking.hex()], |_| Ok(()))?.is_some())
}

#[cfg(test)]
mod tests;
