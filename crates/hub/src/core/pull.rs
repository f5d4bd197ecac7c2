//! A PC asks for what comes next.
use super::{Ledger, Terms, holds};
use domain::{
    Id,
    change::Device,
    feed::{Page, Position, Pull, Pulled},
};

/// The next page of a client's log.
///
/// # Errors
/// Those of the ledger.
pub fn pull<L: Ledger>(ledger: &L, terms: &Terms, device: Id<Device>, pull: &Pull) -> Result<Pulled, L::Error> {
    if terms.locked {
        return Ok(Pulled::Busy);
    }
    let (roles, generation) = (ledger.people(device)?, ledger.generation(device)?);
    if roles.is_empty() {
        return Ok(Pulled::Revoked(generation));
    }
    if !holds(ledger, pull.at)? {
        return Ok(Pulled::Rewind);
    }
    let entries = ledger.entries(pull.at.seq, pull.limit)?;
    let last = entries.last().map_or(pull.at.seq, |e| e.seq);
    Ok(Pulled::Page(Page {
        client: pull.client,
        generation,
        epoch: terms.epoch,
        from: pull.at,
        entries,
        end: ledger.chain(last)?.unwrap_or_default(),
        caught_up: last >= ledger.head()?.seq,
        durable: ledger.durable()?,
        roles,
        signature: None,
    }))
}

/// Of several places of a PC's log, the last one that is in this log, too.
///
/// # Errors
/// Those of the ledger.
pub fn agree<L: Ledger>(ledger: &L, places: &[Position]) -> Result<Position, L::Error> {
    let mut found = Position::START;
    for place in places {
        if place.seq > found.seq && ledger.chain(place.seq)? == Some(place.chain) {
            found = *place;
        }
    }
    Ok(found)
}
