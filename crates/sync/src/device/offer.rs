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

/// The client's chain goes by another key from here on: the hub had lost the client, and takes it in again.
///
/// Everything that the file has of its order is cut off, and offered with the key that it was given under.
///
/// # Errors
/// Those of the file.
pub fn rekey<P: Part + ?Sized>(
    part: &mut P,
    rules: &dyn Rules,
    device: Id<Device>,
    key: [u8; 32],
) -> Result<(), P::Error> {
    let (state, old) = (part.state()?, part.key()?);
    if matches!(state.standing, Standing::Revoking | Standing::Sealed) || old == key {
        return Ok(());
    }
    if state.cursor > 0 || !part.cut()?.is_empty() {
        cut_back(part, rules, device, Position::START)?;
        let mut cut = part.cut()?;
        cut.iter_mut().for_each(|c| c.key = c.key.or(Some(old)));
        part.keep_cut(cut)?;
    }
    part.keep_key(key)
}

/// The entries above a number, each with the chain before it.
fn above<P: Part + ?Sized>(part: &P, seq: i64) -> Result<Vec<Cut>, P::Error> {
    let with = |entry: Entry| Ok(Cut { before: part.chain(entry.seq - 1)?, key: None, entry });
    part.entries(seq)?.into_iter().map(with).collect()
}

/// Whether anything is to be returned to the hub.
///
/// # Errors
/// Those of the file.
pub fn offers<P: Part + ?Sized>(part: &P) -> Result<bool, P::Error> {
    let state = part.state()?;
    Ok(state.standing == Standing::Active && !state.offered && !part.cut()?.is_empty())
}

/// What to return to the hub: everything above its durable mark, in its order; nothing where nothing was cut off.
///
/// # Errors
/// Those of the file.
pub fn to_offer<P: Part + ?Sized>(part: &P) -> Result<Option<Vec<Returned>>, P::Error> {
    if !offers(part)? {
        return Ok(None);
    }
    let (state, cut) = (part.state()?, part.cut()?);
    // What is cut off may rest on entries that the next restored hub lacks, too.
    let tail = if planted(OfferCutOnly) { vec![] } else { above(part, state.durable)? };
    let key = part.key()?;
    let returned = |c: Cut| {
        let after = Position { seq: c.entry.seq, chain: c.entry.link(&c.key.unwrap_or(key), &c.before) };
        Ok(Returned { before: c.before, key: c.key, signature: part.signature(after)?, entry: c.entry, vouched: true })
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
