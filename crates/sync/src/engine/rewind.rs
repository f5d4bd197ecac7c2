//! A hub that was restored: back to where both agree, and return what it lacks.
use super::{
    Files,
    core::{Core, Fail},
};
use crate::{
    device::{self, Part},
    hub::{Hub, Trouble},
};
use domain::{
    Client, Id,
    change::Op,
    feed::{Cause, Entry, Offered, Page, Position, Returned, Rules, frame::OFFER_BYTES},
};

/// Places asked about at once; a log of a million entries takes four questions.
const PLACES: i64 = 64;
/// Text of one offer at most: it fits whatever its compression makes of it.
const FITS: usize = OFFER_BYTES - (OFFER_BYTES >> 2);

impl<F: Files, H: Hub, R: Rules + Send + Sync + 'static> Core<F, H, R> {
    /// The hub does not know where the file stands: it goes back to where both agree.
    pub(super) async fn rewind(&self, client: Id<Client>) -> Result<(), Fail> {
        // Where it was withdrawn just now, the next question is told so, and since when.
        let Some(agreed) = self.agreed(client).await? else { return Ok(()) };
        let device = self.settings.device;
        tracing::warn!(%client, seq = agreed.seq, "the hub was set back");
        self.file(client, move |part, rules| device::cut_back(part, rules, device, agreed)).await
    }
    /// The last place both have, found by halving many times at once; none where the client is not granted.
    async fn agreed(&self, client: Id<Client>) -> Result<Option<Position>, Fail> {
        let mut agreed = Position::START;
        let mut last = self.look(client, |part| Ok(part.state()?.cursor)).await?;
        while agreed.seq < last {
            let from = agreed.seq;
            let places = self.look(client, move |part| places(part, from, last)).await?;
            let answer = self.ask(|hub| hub.agree(client, places.clone())).await?;
            let Some(found) = answer else { return Ok(None) };
            let next = match places.iter().position(|p| *p == found) {
                Some(at) => places.get(at + 1),
                None if found == Position::START => places.first(),
                None => return Err(Fail::Strange("agree")),
            };
            agreed = if found.seq > from { found } else { agreed };
            last = next.map_or(found.seq, |p| p.seq - 1);
        }
        Ok(Some(agreed))
    }
    /// Returns what the hub may lack; whether anything was.
    pub(super) async fn offer(&self, client: Id<Client>) -> Result<bool, Fail> {
        if !self.look(client, |part| device::offers(part)).await? {
            return Ok(false);
        }
        // A hub that lost the client and was given it anew has another key for its chain: nothing may be offered under
        // the old one as if it were the hub's.
        self.ask_for_manifest();
        self.look_at_manifest().await?;
        let Some(entries) = self.look(client, |part| device::to_offer(part)).await? else { return Ok(false) };
        let mut refused: Vec<Id<Op>> = vec![];
        for mut some in chunks(entries, self.settings.offer.clamp(1, Returned::MOST)) {
            while !some.is_empty() {
                match self.ask(|hub| hub.offer(client, some.clone())).await {
                    Ok(Offered::Taken(not)) => {
                        refused.extend(not);
                        break;
                    }
                    Ok(Offered::Revoked(generation)) => {
                        self.withdrawn(client, generation).await?;
                        return Ok(true);
                    }
                    Ok(Offered::Busy) => return Err(Trouble::Busy(self.settings.first_wait).into()),
                    Err(fail) => {
                        let at = unreadable(&fail, some.len()).ok_or(fail)?;
                        refused.push(some.remove(at).entry.op());
                    }
                }
            }
        }
        self.file(client, move |part, rules| device::offered(part, rules, &refused)).await?;
        Ok(true)
    }
}

/// Places between two numbers, evenly, the last among them.
fn places<P: Part + ?Sized>(part: &P, from: i64, to: i64) -> Result<Vec<Position>, P::Error> {
    let count = (to - from).min(PLACES);
    let seq = |n: i64| from + i64::try_from(i128::from(to - from) * i128::from(n) / i128::from(count)).unwrap_or(0);
    (1..=count).map(|n| Ok(Position { seq: seq(n), chain: part.chain(seq(n))? })).collect()
}

/// Entries in their order, as many together as one offer takes.
///
/// Where one is full it ends at the last place in it that the hub has signed: what stands behind that would have
/// nobody to vouch for it, for the hub looks no further than one offer.
pub(super) fn chunks(entries: Vec<Returned>, most: usize) -> Vec<Vec<Returned>> {
    let (mut chunks, mut chunk, mut bytes): (Vec<Vec<Returned>>, Vec<Returned>, usize) = (vec![], vec![], 0);
    for one in entries {
        let more = size(&one.entry);
        while !chunk.is_empty() && (chunk.len() >= most || bytes + more > FITS) {
            let rest = behind_signed(&mut chunk);
            bytes = rest.iter().map(|r| size(&r.entry)).sum();
            chunks.push(std::mem::replace(&mut chunk, rest));
        }
        bytes += more;
        chunk.push(one);
    }
    chunks.push(chunk);
    chunks
}

/// Takes out what stands behind the last signed place; nothing where no place is signed.
fn behind_signed(chunk: &mut Vec<Returned>) -> Vec<Returned> {
    chunk.iter().rposition(|r| r.signature.is_some()).map_or(vec![], |last| chunk.split_off(last + 1))
}

/// The bytes of an entry in an offer, about, and rather more.
fn size(entry: &Entry) -> usize {
    entry.sent.change.patch.len() + entry.sent.change.base.len() + 2000
}

/// Whether what a page holds fits into one offer: the hub signs where a page ends, and nowhere within.
pub(super) fn fits(page: &Page) -> bool {
    page.entries.iter().map(size).sum::<usize>() <= FITS
}

/// The entry that the hub cannot read.
fn unreadable(fail: &Fail, len: usize) -> Option<usize> {
    let Fail::Hub(Trouble::Refused(refusal)) = fail else { return None };
    let at = match Cause::of(&refusal.code)? {
        Cause::Garbled => refusal.line?.checked_sub(2)?,
        Cause::Large if len == 1 => 0,
        _ => return None,
    };
    (at < len).then_some(at)
}
