//! The floating pool: people of the plant, and the times for which they are taken.
//!
//! These rows are no client's. They are one more log, the plant's, whose key
//! stands where a client's rows have their client.
use crate::{
    Client, Code, Fault, Id, Role, Touch,
    change::User,
    entity, words,
    workflow::{Actor, Known, no_step},
};

impl Client {
    /// Whose the plant's own rows are: no client, and never one.
    pub const PLANT: Id<Client> = Id::from_bytes([0; 16]);
}

/// The longest a booking lasts, in milliseconds.
pub const LONGEST_BOOKING: i64 = 86_400_000;

/// The first moment of the year 10000.
const NO_MOMENT: i64 = 253_402_300_800_000;

words! {
    /// Whether a booking holds.
    BookingState {
        /// Asked for, until the plant's log has it in its order.
        Requested = "requested",
        /// It holds.
        Confirmed = "confirmed",
        /// Given back.
        Released = "released",
    }
}

entity! {
    /// A person of the plant who goes where one is missing.
    PoolEmployee in pool_employee as 36, Pool {
        /// The number people type.
        code: String,
        /// The name.
        name: String,
        /// Where he belongs.
        department: Option<String>,
        /// Whether he can be booked.
        active: bool,
    }
    touch |_| Touch::Nothing;
    check |e, p| {
        p.need(e.client_id == Client::PLANT, "client_id", Code::BadInput, e.client_id);
        p.text("code", &e.code);
        p.text("name", &e.name);
        p.short("department", e.department.as_deref().unwrap_or(""));
    };
}

entity! {
    /// A stretch of time for which a person of the pool is taken; it never says for whom.
    PoolBooking in pool_booking as 37, Pool {
        /// What a cover names it by.
        token: String,
        /// The person.
        pool_employee_id: Id<PoolEmployee>,
        /// The first moment, milliseconds since 1970.
        from_utc: i64,
        /// The moment after the last.
        to_utc: i64,
        /// Whether it holds.
        state: BookingState,
        /// Who booked.
        booked_by: Id<User>,
        /// When.
        booked_at: i64,
    }
    touch |_| Touch::Nothing;
    check |b, p| {
        p.need(b.client_id == Client::PLANT, "client_id", Code::BadInput, b.client_id);
        p.need(b.token == b.id.hex(), "token", Code::BadInput, &b.token);
        for (field, moment) in [("from_utc", b.from_utc), ("to_utc", b.to_utc)] {
            p.need((0..NO_MOMENT).contains(&moment), field, Code::BadDate, moment);
        }
        let lasts = b.to_utc.saturating_sub(b.from_utc);
        p.need(lasts > 0, "to_utc", Code::EndsFirst, b.to_utc);
        p.need(lasts <= LONGEST_BOOKING, "to_utc", Code::OverADay, lasts / 60_000);
    };
    fixed [token, pool_employee_id, booked_by, booked_at];
    ruled [from_utc, to_utc];
    together [from_utc, to_utc];
    step |before, b, by| b.follows(before, by);
}

impl PoolBooking {
    /// Whether the person is taken by it.
    pub fn stands(&self) -> bool {
        self.state != BookingState::Released
    }
    /// Whether it follows from how it was, and its person is free for it.
    fn follows(&self, before: Option<&PoolBooking>, by: &Actor<'_>) -> Result<(), Fault> {
        match before {
            None => self.begins(by)?,
            Some(before) => self.goes_on(before, by)?,
        }
        if self.stands() && !(by.knows)(Known::FreeInPool(self.pool_employee_id, self.from_utc, self.to_utc, self.id))?
        {
            return Err(Fault::new(Code::BusyOnShift).at("pool_employee_id"));
        }
        Ok(())
    }
    /// Who books signs for it, and books whom there is.
    fn begins(&self, by: &Actor<'_>) -> Result<(), Fault> {
        if !self.stands() {
            return Err(no_step("state", "", self.state.word()));
        }
        if self.booked_by.cast() != by.user || self.booked_at != by.now.0 {
            return Err(no_step("booked_by", "", "somebody else"));
        }
        let bookable = (by.knows)(Known::InPool(self.pool_employee_id))?;
        if bookable { Ok(()) } else { Err(Fault::new(Code::Missing).at("pool_employee_id")) }
    }
    /// Times may move while it holds; who, whom and by what name stay; given back is for good.
    fn goes_on(&self, before: &PoolBooking, by: &Actor<'_>) -> Result<(), Fault> {
        let same = PoolBooking { from_utc: self.from_utc, to_utc: self.to_utc, state: self.state, ..before.clone() };
        let back = before.state == BookingState::Confirmed && self.state == BookingState::Requested;
        if *self != same || !before.stands() || back {
            return Err(no_step("state", before.state.word(), self.state.word()));
        }
        let own = self.booked_by.cast() == by.user || by.role >= Role::Leader;
        if own || (by.knows)(Known::Carried(self.id))? { Ok(()) } else { Err(Fault::new(Code::Forbidden)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Entity, Problems, time::Instant};

    fn user(n: u8) -> Id<User> {
        Id::from_bytes([n; 16])
    }

    fn booking() -> PoolBooking {
        let id = Id::from_bytes([5; 16]);
        PoolBooking {
            token: id.hex(),
            from_utc: 1000,
            to_utc: 2000,
            state: BookingState::Confirmed,
            booked_by: user(1),
            booked_at: 7,
            ..PoolBooking::blank(Client::PLANT, id)
        }
    }

    /// What a step of somebody's comes to, where `free` says whether the person is.
    fn step(before: Option<&PoolBooking>, after: &PoolBooking, who: (u8, Role), free: bool) -> Option<String> {
        let knows =
            |what| Ok(if matches!(what, Known::FreeInPool(..)) { free } else { matches!(what, Known::InPool(_)) });
        let by = Actor { user: user(who.0).cast(), role: who.1, now: Instant(7), reason: None, knows: &knows };
        PoolBooking::step(before, after, &by).err().map(|fault| fault.code)
    }

    const SUE: (u8, Role) = (1, Role::Supervisor);

    #[test]
    fn who_is_taken_is_not_booked_and_not_moved_onto_another_booking() {
        let (old, busy) = (booking(), Some("busy_on_shift".to_string()));
        assert_eq!(step(None, &old, SUE, true), None);
        assert_eq!(step(None, &old, SUE, false), busy);
        let later = PoolBooking { from_utc: 1500, to_utc: 2500, ..booking() };
        assert_eq!((step(Some(&old), &later, SUE, true), step(Some(&old), &later, SUE, false)), (None, busy.clone()));
        let asked = PoolBooking { state: BookingState::Requested, ..booking() };
        assert_eq!(step(None, &asked, SUE, false), busy, "a request takes him, too");
        assert_eq!(step(Some(&asked), &old, SUE, true), None);
    }

    #[test]
    fn a_booking_is_signed_by_who_makes_it_and_only_its_times_and_state_move() {
        let old = booking();
        for forged in [
            PoolBooking { booked_by: user(2), ..booking() },
            PoolBooking { booked_at: 8, ..booking() },
            PoolBooking { state: BookingState::Released, ..booking() },
        ] {
            assert_eq!(step(None, &forged, SUE, true).as_deref(), Some("no_step"));
        }
        for moved in [
            PoolBooking { pool_employee_id: Id::from_bytes([9; 16]), ..booking() },
            PoolBooking { booked_by: user(2), ..booking() },
            PoolBooking { booked_at: 8, ..booking() },
            PoolBooking { state: BookingState::Requested, ..booking() },
        ] {
            assert_eq!(step(Some(&old), &moved, SUE, true).as_deref(), Some("no_step"));
        }
    }

    #[test]
    fn whoever_booked_and_leaders_give_back_and_that_is_for_good() {
        let (old, back) = (booking(), PoolBooking { state: BookingState::Released, ..booking() });
        assert_eq!(step(Some(&old), &back, SUE, true), None);
        assert_eq!(step(Some(&old), &back, (2, Role::Leader), true), None);
        assert_eq!(step(Some(&old), &back, (2, Role::Supervisor), true).as_deref(), Some("forbidden"));
        assert_eq!(step(Some(&back), &old, SUE, true).as_deref(), Some("no_step"));
    }

    #[test]
    fn a_row_of_the_plant_is_under_no_client() {
        let mut problems = Problems::default();
        PoolBooking { client_id: Id::from_bytes([1; 16]), ..booking() }.check(&mut problems);
        assert_eq!(problems.0.iter().map(|p| p.field).collect::<Vec<_>>(), ["client_id"]);
    }
}
