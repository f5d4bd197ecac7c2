//! Forgetting a client whose grant was withdrawn, without losing work.
use super::{Part, Standing, State};
use domain::{
    feed::Sent,
    planted::{
        Bug::{PartingNoAcked, PurgeFirst, PurgeNoParting},
        crashes, planted,
    },
};

/// How far the forgetting has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purge {
    /// There is nothing to forget.
    None,
    /// What must not be lost is sealed on disk.
    Sealed,
    /// A piece of it is wiped, more is left.
    Going,
    /// Nothing is left in the file.
    Wiped,
}

/// The grant was withdrawn: from here on nothing of the client is shown.
///
/// # Errors
/// Those of the file.
pub fn revoked<P: Part + ?Sized>(part: &mut P, generation: i64) -> Result<(), P::Error> {
    let mut state = part.state()?;
    state.standing = Standing::Revoking;
    state.generation = state.generation.max(generation);
    part.keep(&state)
}

/// One step of the forgetting, each a transaction of its own: first the seal, then the wipe, piece by piece.
///
/// # Errors
/// Those of the file.
pub fn step<P: Part + ?Sized>(part: &mut P) -> Result<Purge, P::Error> {
    let mut state = part.state()?;
    match state.standing {
        Standing::Revoking => {
            let changes = parting(part, state.durable)?;
            let skipped = planted(PurgeNoParting) || (planted(PurgeFirst) && crashes());
            if !changes.is_empty() && !skipped {
                part.seal(changes)?;
            }
            state.standing = Standing::Sealed;
            part.keep(&state)?;
            Ok(Purge::Sealed)
        }
        Standing::Sealed => {
            let incarnation = part.fresh_incarnation()?;
            let ended = part.wipe(&State::new(Standing::Purged, state.generation, incarnation))?;
            Ok(if ended { Purge::Wiped } else { Purge::Going })
        }
        _ => Ok(Purge::None),
    }
}

/// What may be nowhere else: what did not come back, was refused, was cut off, and every entry above the durable mark.
fn parting<P: Part + ?Sized>(part: &P, durable: i64) -> Result<Vec<Sent>, P::Error> {
    let outgoing = part.outgoing()?.into_iter();
    let outgoing = outgoing.filter(|o| !(planted(PartingNoAcked) && o.acknowledged)).map(|o| o.sent);
    let mut all: Vec<Sent> = outgoing.chain(part.refused()?).collect();
    if !planted(PartingNoAcked) {
        all.extend(part.cut()?.into_iter().map(|c| c.entry.sent));
        all.extend(part.entries(durable)?.into_iter().map(|e| e.sent));
    }
    Ok(all)
}
