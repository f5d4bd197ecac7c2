//! Taking in the hub's order.
use super::{Part, Standing, State, refresh, renew, rows::follow};
use domain::{
    Client, Entity,
    feed::{Entry, Page, Position, Record, Rules, Stream},
    planted::{
        Bug::{
            CursorBeforeApply, CursorNotFrom, EpochUnchecked, FileKeepsErased, FoldOutsideTx, HashUnchecked, LatePage,
            NoReturnRule, WrongFoldOrder,
        },
        crashes, planted,
    },
};
use std::collections::BTreeSet;

/// What became of a page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Landed {
    /// It was taken in.
    Taken,
    /// It does not follow what the file has, or belongs to an older grant: nothing was changed.
    Left,
}

/// Where the file stands in the client's log.
///
/// # Errors
/// Those of the file.
pub fn position<P: Part + ?Sized>(part: &P) -> Result<Position, P::Error> {
    let seq = part.state()?.cursor;
    Ok(Position { seq, chain: part.chain(seq)? })
}

/// Takes in a page: log, rows, cursor, screen, and what leaves the lists, all in this one transaction.
///
/// A page is left where it does not continue exactly what the file has.
///
/// # Errors
/// Those of the file.
pub fn land<P: Part + ?Sized>(part: &mut P, rules: &dyn Rules, page: &Page, own: Stream) -> Result<Landed, P::Error> {
    let mut state = part.state()?;
    let Some(chain) = continues(part, &state, page)? else { return Ok(Landed::Left) };
    if planted(CursorBeforeApply) && !page.entries.is_empty() && crashes() {
        state.cursor += page.entries.len() as i64;
        part.keep(&state)?;
        return Ok(Landed::Left);
    }
    let other_life = state.epoch != 0 && state.epoch != page.epoch && !planted(EpochUnchecked);
    state.standing = Standing::Active;
    (state.generation, state.epoch, state.durable) = (page.generation, page.epoch, page.durable);
    state.cursor += page.entries.len() as i64;
    let returns = page.caught_up && !planted(EpochUnchecked) && !planted(NoReturnRule);
    if other_life || returns {
        state.offered = false;
    }
    part.keep(&state)?;
    part.keep_roles(&page.roles)?;
    if let Some(signature) = &page.signature {
        part.keep_signature(Position { seq: state.cursor, chain: page.end }, signature, page.durable)?;
    }
    if other_life {
        part.forget_acknowledgements()?;
    }
    take(part, rules, page, &chain, own)?;
    if returns {
        // Acknowledged and yet not in the order: offered again.
        part.forget_acknowledgements()?;
    }
    Ok(Landed::Taken)
}

/// The chain at each entry; none where the page does not continue the file, or is of an older grant.
fn continues<P: Part + ?Sized>(part: &P, state: &State, page: &Page) -> Result<Option<Vec<[u8; 32]>>, P::Error> {
    let withdrawn = matches!(state.standing, Standing::Revoking | Standing::Sealed);
    if !planted(LatePage) && (page.generation < state.generation || withdrawn) {
        return Ok(None);
    }
    // A page of the hub's earlier life: what was cut off is offered first.
    if !state.offered && !part.cut()?.is_empty() {
        return Ok(None);
    }
    if page.entries.iter().any(|e| e.sent.change.client != page.client) {
        return Ok(None);
    }
    let at = position(part)?;
    if page.from != at && !planted(CursorNotFrom) {
        return Ok(None);
    }
    let (key, mut chain) = (part.key()?, at.chain);
    let mut links = Vec::with_capacity(page.entries.len());
    for entry in &page.entries {
        chain = entry.link(&key, &chain);
        links.push(chain);
    }
    let unchecked = [HashUnchecked, CursorNotFrom, CursorBeforeApply].into_iter().any(planted);
    Ok((unchecked || chain == page.end).then_some(links))
}

fn take<P: Part + ?Sized>(
    part: &mut P,
    rules: &dyn Rules,
    page: &Page,
    chain: &[[u8; 32]],
    own: Stream,
) -> Result<(), P::Error> {
    // The client's own row comes before its log: every change points to it.
    let (client, rest): (Vec<&Entry>, Vec<&Entry>) =
        page.entries.iter().partition(|e| e.sent.change.kind == Client::NUMBER);
    let mut touched = fold(part, rules, client)?;
    refresh(part, rules, &touched)?;
    let mut strange = false;
    for (entry, link) in page.entries.iter().zip(chain) {
        // Someone else writes as us: this file, or that one, is a copy.
        strange |= entry.stream == own && !part.wrote(entry.op())?;
        part.append(entry, *link)?;
    }
    if planted(FoldOutsideTx) && crashes() {
        return Ok(());
    }
    touched.extend(fold(part, rules, rest)?);
    touched.extend(settle(part, &page.entries)?);
    for erasing in page.entries.iter().filter(|e| e.sent.erases() && !planted(FileKeepsErased)) {
        part.redact(erasing)?;
    }
    if strange {
        renew(part)?;
    }
    refresh(part, rules, &touched)
}

/// Folds the entries into their rows.
fn fold<P: Part + ?Sized>(
    part: &mut P,
    rules: &dyn Rules,
    mut order: Vec<&Entry>,
) -> Result<BTreeSet<Record>, P::Error> {
    if planted(WrongFoldOrder) {
        order.sort_by_key(|e| e.sent.change.at);
    }
    for entry in &order {
        let record = entry.sent.record();
        let row = follow(rules, part.confirmed(record)?, entry);
        part.confirm(record, row)?;
    }
    Ok(order.iter().map(|e| e.sent.record()).collect())
}

/// What came back leaves the lists; the rows that it was on.
fn settle<P: Part + ?Sized>(part: &mut P, entries: &[Entry]) -> Result<BTreeSet<Record>, P::Error> {
    let mut touched = BTreeSet::new();
    for entry in entries {
        touched.extend(part.returned(entry.op())?.map(|s| s.record()));
        part.unrefuse(entry.op())?;
    }
    let mut cut = part.cut()?;
    if !cut.is_empty() {
        cut.retain(|c| !entries.iter().any(|e| e.op() == c.entry.op()));
        touched.extend(cut.iter().map(|c| c.entry.sent.record()));
        part.keep_cut(cut)?;
    }
    Ok(touched)
}
