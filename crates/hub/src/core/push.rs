//! A PC brings its changes.
use super::{Ledger, Terms, accept, holds};
use domain::{
    Id,
    change::Op,
    feed::{Push, Pushed, Rules, Sent},
    merge::Verdict,
    planted::{
        Bug::{DevSeqReuse, DupNoVerdict, NoAuthorChain, NoDedupe, PushNoPosition},
        planted,
    },
};

/// Takes in the changes of one stream, each once and in order.
///
/// # Errors
/// Those of the ledger.
pub fn push<L: Ledger>(ledger: &mut L, terms: &Terms, rules: &dyn Rules, push: Push) -> Result<Pushed, L::Error> {
    if terms.locked {
        return Ok(Pushed::Busy);
    }
    if ledger.people(push.stream.device)?.is_empty() {
        return Ok(Pushed::Revoked(ledger.generation(push.stream.device)?));
    }
    if !holds(ledger, push.at)? && !planted(PushNoPosition) {
        return Ok(Pushed::Rewind);
    }
    let last = ledger.last(push.stream)?;
    if push.first > last + 1 {
        return Ok(Pushed::Gap(last));
    }
    if forks(ledger, &push, last)? {
        return Ok(Pushed::Fork(last));
    }
    let mut verdicts = Vec::with_capacity(push.changes.len());
    for (number, sent) in (push.first..).zip(push.changes) {
        let op = sent.change.op;
        let verdict = once(ledger, terms, rules, sent, (push.stream, number, last))?;
        verdicts.push((op, verdict));
    }
    Ok(Pushed::Verdicts(verdicts))
}

/// Whether another file wrote under these numbers, or before them.
fn forks<L: Ledger>(ledger: &L, push: &Push, last: i64) -> Result<bool, L::Error> {
    if planted(DevSeqReuse) {
        return Ok(false);
    }
    let before = ledger.numbered(push.stream, push.first - 1)?;
    if push.first > 1 && before != push.before && !planted(NoAuthorChain) {
        return Ok(true);
    }
    let known = (push.first..=last).zip(&push.changes);
    for (number, sent) in known {
        if ledger.numbered(push.stream, number)? != Some(sent.change.op) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A change that is known already is answered as it was then.
fn once<L: Ledger>(
    ledger: &mut L,
    terms: &Terms,
    rules: &dyn Rules,
    sent: Sent,
    (stream, number, last): (domain::feed::Stream, i64, i64),
) -> Result<Verdict, L::Error> {
    let op: Id<Op> = sent.change.op;
    let known = ledger.verdict(op)?.filter(|_| !planted(NoDedupe));
    let verdict = match known {
        Some(_) if planted(DupNoVerdict) => Verdict::Applied,
        Some(verdict) => verdict,
        None => accept(ledger, terms, rules, sent, stream, false)?,
    };
    if number > last {
        ledger.number(stream, number, op)?;
    }
    Ok(verdict)
}
