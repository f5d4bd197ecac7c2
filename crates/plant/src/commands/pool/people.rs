//! The people of the pool, and when each is taken.
use super::PoolWhen;
use domain::{Client, Entity, Id, LONGEST_BOOKING, PoolBooking, PoolEmployee, Verb, time::Span};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use store::{Reader, Result, Writer, values};
use ts_rs::TS;

/// A person of the pool as typed.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PoolPersonInput {
    /// None for a new one.
    id: Option<Id<PoolEmployee>>,
    code: String,
    name: String,
    department: Option<String>,
    active: bool,
    reason: Option<String>,
}

/// Which person of the pool.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PoolPersonId {
    id: Id<PoolEmployee>,
    reason: Option<String>,
}

/// A person of the pool, in the time asked about.
#[derive(Serialize, TS)]
pub struct PoolPerson {
    id: Id<PoolEmployee>,
    code: String,
    name: String,
    department: Option<String>,
    active: bool,
    /// Whether he can be booked for all of the time.
    free: bool,
    /// When he is taken.
    taken: Vec<Taken>,
}

/// A stretch of time for which somebody is taken.
#[derive(Serialize, TS)]
pub struct Taken {
    /// Milliseconds since 1970.
    from_utc: i64,
    to_utc: i64,
    /// The booking, where one may know of it: for others it is "busy", and no more.
    token: Option<String>,
    /// Whether one may know of the booking, and the hub has not said yet that it was first.
    requested: bool,
}

type Times = HashMap<Id<PoolEmployee>, Vec<Taken>>;

/// Everybody of the pool, and who is free.
pub(in crate::commands) fn list(r: &Reader<'_>, input: PoolWhen) -> Result<Vec<PoolPerson>> {
    r.session().may(Verb::Read, PoolEmployee::GROUP)?;
    let mut times = taken(r, input.span(r)?)?;
    let people = r.list::<PoolEmployee>(Client::PLANT, i64::MAX, 0)?;
    Ok(people.into_iter().map(|person| told(times.remove(&person.id).unwrap_or_default(), person)).collect())
}

fn told(taken: Vec<Taken>, person: PoolEmployee) -> PoolPerson {
    PoolPerson {
        id: person.id,
        code: person.code,
        name: person.name,
        department: person.department,
        free: person.active && taken.is_empty(),
        active: person.active,
        taken,
    }
}

/// When people of the pool are taken within a time, with the tokens one may know of.
fn taken(r: &Reader<'_>, span: Span) -> Result<Times> {
    let known = "SELECT pool_employee_id, from_utc, token FROM pool_booking
        WHERE from_utc > ?3 AND from_utc < ?2 AND to_utc > ?1 AND state <> 'released'";
    // None lasts longer than a day: no need to look further back.
    let span = values![span.from.0, span.to.0, span.from.0.saturating_sub(LONGEST_BOOKING)];
    let mut tokens: HashMap<(Id<PoolEmployee>, i64), String> =
        r.select(known, span, |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?.into_iter().collect();
    let busy = "SELECT pool_employee_id, from_utc, to_utc FROM pool_busy
        WHERE from_utc > ?3 AND from_utc < ?2 AND to_utc > ?1 ORDER BY pool_employee_id, from_utc";
    let mut times = Times::new();
    r.select(busy, span, |row| {
        let (person, from_utc) = (row.get(0)?, row.get(1)?);
        let token = tokens.remove(&(person, from_utc));
        times.entry(person).or_default().push(Taken { from_utc, to_utc: row.get(2)?, token, requested: false });
        Ok(())
    })?;
    for known in times.values_mut().flatten() {
        let booking: Option<Id<PoolBooking>> = known.token.as_deref().and_then(|token| token.parse().ok());
        known.requested = booking.map_or(Ok(false), |id| r.awaits_hub(Client::PLANT, id))?;
    }
    Ok(times)
}

/// Saves a person of the pool.
pub(in crate::commands) fn put(w: &mut Writer<'_>, input: PoolPersonInput) -> Result<Id<PoolEmployee>> {
    w.session().may(Verb::Update, PoolEmployee::GROUP)?;
    w.names(PoolEmployee::TABLE);
    w.because(input.reason);
    let id = input.id.unwrap_or_else(|| w.fresh());
    w.put(&PoolEmployee {
        client_id: Client::PLANT,
        id,
        code: input.code,
        name: input.name,
        department: input.department,
        active: input.active,
    })?;
    Ok(id)
}

/// Takes a person off the pool's list; what he was booked for stays on the record.
pub(in crate::commands) fn remove(w: &mut Writer<'_>, input: PoolPersonId) -> Result<()> {
    w.names(PoolEmployee::TABLE);
    w.because(input.reason);
    w.remove::<PoolEmployee>(Client::PLANT, input.id)
}
