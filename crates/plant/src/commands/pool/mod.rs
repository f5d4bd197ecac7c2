//! The floating pool: who of the plant is free, and for which time he is taken.
mod book;
mod people;

pub use book::{PoolBook, PoolBookingView, PoolRelease};
pub use people::{PoolPerson, PoolPersonId, PoolPersonInput, Taken};

pub(super) use book::{book, release};
pub(super) use people::{list, put, remove};

use domain::{
    Client, Code, Day, Fault, Id, Line, Shift,
    time::{Instant, Span},
};
use serde::Deserialize;
use store::{Reader, Result};
use ts_rs::TS;

/// A time: from one moment to another, or a shift of a day.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PoolWhen {
    /// The first moment, milliseconds since 1970.
    from_utc: Option<i64>,
    /// The moment after the last.
    to_utc: Option<i64>,
    /// Where no moments are given: whose shift it is.
    client_id: Option<Id<Client>>,
    line_id: Option<Id<Line>>,
    shift_id: Option<Id<Shift>>,
    day: Option<Day>,
}

impl PoolWhen {
    /// The moments meant, by the client's clock where a shift is.
    fn span(&self, r: &Reader<'_>) -> Result<Span> {
        let empty = |field: &str| Fault::new(Code::Empty).at(field);
        let span = match (self.from_utc, self.to_utc, self.client_id) {
            (Some(from), Some(to), _) => Span { from: Instant(from), to: Instant(to) },
            (None, None, Some(client)) => {
                if let Some(line) = self.line_id {
                    r.get::<Line>(client, line)?;
                }
                let shift = self.shift_id.ok_or_else(|| empty("shift_id"))?;
                shift_span(r, client, shift, self.day.ok_or_else(|| empty("day"))?)?
            }
            (Some(_), None, _) => return Err(empty("to_utc").into()),
            _ => return Err(empty("from_utc").into()),
        };
        if span.to > span.from { Ok(span) } else { Err(Fault::new(Code::EndsFirst).at("to_utc").into()) }
    }
}

/// The moments of a client's shift on a day.
pub(super) fn shift_span(r: &Reader<'_>, client: Id<Client>, shift: Id<Shift>, day: Day) -> Result<Span> {
    let shift: Shift = r.get(client, shift)?;
    let span = r.span_of_shift(client, shift.id, day)?;
    span.ok_or_else(|| Fault::new(Code::NoTimes).at("shift_id").into())
}
