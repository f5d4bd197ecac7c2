//! A hub that was restored from a backup: what it lacks is returned to it.
use super::{Cut, Part, Standing, refold};
use domain::{
    Id,
    change::{Device, Op},
    feed::{Entry, Position, Record, Returned, Rules},
    planted::{
        Bug::{DropCutTail, OfferCutOnly, OfferDroppedOnAck, ReofferOwnOnly},
        planted,
    },
};
use std::collections::BTreeSet;

/// Cuts the file back to where it agrees with the hub.
///
/// Every entry above that, one's own and others', stays on the screen and is offered.
///
/// # Errors
/// Those of the file.
pub fn cut_back<P: Part + ?Sized>(
    part: &mut P,
    rules: &dyn Rules,
    device: Id<Device>,
    agreed: Position,
) -> Result<(), P::Error> {
    let mut state = part.state()?;
    let mut lost = above(part, agreed.seq)?;
    let touched: BTreeSet<Record> = lost.iter().map(|c| c.entry.sent.record()).collect();
    if planted(ReofferOwnOnly) {
        lost.retain(|c| c.entry.sent.change.device == device);
    }
    if planted(DropCutTail) {
        lost.clear();
    }
    let ops: BTreeSet<Id<Op>> = lost.iter().map(|c| c.entry.op()).collect();
    let earlier = part.cut()?.into_iter().filter(|c| !ops.contains(&c.entry.op()));
    let cut: Vec<Cut> = lost.into_iter().chain(earlier).collect();
    let touched = touched.into_iter().chain(cut.iter().map(|c| c.entry.sent.record())).collect();
    part.keep_cut(cut)?;
    part.truncate(agreed.seq)?;
    (state.cursor, state.durable, state.offered) = (agreed.seq, state.durable.min(agreed.seq), false);
    part.keep(&state)?;
    refold(part, rules, &touched)
}

/// The entries above a number, each with the chain before it.
fn above<P: Part + ?Sized>(part: &P, seq: i64) -> Result<Vec<Cut>, P::Error> {
    let with = |entry: Entry| Ok(Cut { before: part.chain(entry.seq - 1)?, entry });
    part.entries(seq)?.into_iter().map(with).collect()
}

/// What to return to the hub: everything above its durable mark, in its order; nothing where nothing was cut off.
///
/// # Errors
/// Those of the file.
pub fn to_offer<P: Part + ?Sized>(part: &P) -> Result<Option<Vec<Returned>>, P::Error> {
    let (state, cut) = (part.state()?, part.cut()?);
    if state.standing != Standing::Active || cut.is_empty() || state.offered {
        return Ok(None);
    }
    // What is cut off may rest on entries that the next restored hub lacks, too.
    let tail = if planted(OfferCutOnly) { vec![] } else { above(part, state.durable)? };
    let key = part.key()?;
    let returned = |c: Cut| {
        let after = Position { seq: c.entry.seq, chain: c.entry.link(&key, &c.before) };
        Ok(Returned { before: c.before, signature: part.signature(after)?, entry: c.entry, vouched: true })
    };
    tail.into_iter().chain(cut).map(returned).collect::<Result<_, _>>().map(Some)
}

/// The hub has the returned entries; those it refuses move to their list, the others stay until they come back.
///
/// # Errors
/// Those of the file.
pub fn offered<P: Part + ?Sized>(part: &mut P, rules: &dyn Rules, refused: &[Id<Op>]) -> Result<(), P::Error> {
    let mut cut = part.cut()?;
    let touched = cut.iter().map(|c| c.entry.sent.record()).collect();
    for c in cut.iter().filter(|c| refused.contains(&c.entry.op())) {
        part.refuse(c.entry.sent.clone(), None)?;
    }
    cut.retain(|c| !refused.contains(&c.entry.op()));
    part.keep_cut(if planted(OfferDroppedOnAck) { vec![] } else { cut })?;
    let mut state = part.state()?;
    state.offered = true;
    part.keep(&state)?;
    refold(part, rules, &touched)
}
