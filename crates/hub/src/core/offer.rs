//! A PC returns what a hub restored from a backup may lack; a PC that must forget a client hands over what it has.
use super::{Ledger, Terms, accept, accept::take};
use domain::{
    Id,
    change::{Device, Op},
    feed::{Offered, Returned, Rules, Sent},
    merge::{Verdict, Why},
};

/// Takes entries verbatim while they extend this log, else merges them anew under the same names.
///
/// What nobody vouches for, and what the merge refuses, is kept for a person.
///
/// # Errors
/// Those of the ledger.
pub fn offer<L: Ledger>(
    ledger: &mut L,
    terms: &Terms,
    rules: &dyn Rules,
    device: Id<Device>,
    entries: Vec<Returned>,
) -> Result<Offered, L::Error> {
    if terms.locked {
        return Ok(Offered::Busy);
    }
    if ledger.people(device)?.is_empty() {
        return Ok(Offered::Revoked(ledger.generation(device)?));
    }
    let mut refused: Vec<Id<Op>> = vec![];
    for returned in entries {
        let op = returned.entry.op();
        let verdict = match ledger.verdict(op)? {
            Some(known) => known,
            None => one(ledger, terms, rules, device, returned)?,
        };
        if !verdict.is_logged() && !refused.contains(&op) {
            refused.push(op);
        }
    }
    Ok(Offered::Taken(refused))
}

fn one<L: Ledger>(
    ledger: &mut L,
    terms: &Terms,
    rules: &dyn Rules,
    device: Id<Device>,
    Returned { before, entry, vouched, .. }: Returned,
) -> Result<Verdict, L::Error> {
    let (op, head) = (entry.op(), ledger.head()?);
    let follows = entry.seq == head.seq + 1 && before == head.chain && entry.sent.change.client == ledger.client();
    let shape = rules.shape(entry.sent.change.kind);
    match shape.and_then(|s| entry.sent.read(s.columns)) {
        Some(write) if vouched && follows => {
            let (verdict, chain) = (entry.decided.verdict, entry.link(&terms.key, &before));
            take(ledger, rules, entry, chain, &write)?;
            ledger.judge(op, verdict)?;
            Ok(verdict)
        }
        // Its own were written here, and are judged like any other.
        _ if vouched || entry.stream.device == device => {
            let stream = entry.stream;
            accept(ledger, terms, rules, entry.sent, stream, vouched)
        }
        _ => {
            ledger.quarantine(&entry.sent)?;
            Ok(Verdict::Rejected(Why::Grant))
        }
    }
}

/// Takes what a PC sealed before it forgot a client; tells whether a backup holds it, so that the PC may drop it.
///
/// # Errors
/// Those of the ledger.
pub fn part<L: Ledger>(ledger: &mut L, parting: [u8; 16], changes: &[Sent]) -> Result<bool, L::Error> {
    ledger.keep_parting(parting)?;
    for sent in changes {
        if ledger.verdict(sent.change.op)?.is_none_or(|v| !v.is_logged()) {
            ledger.quarantine(sent)?;
        }
    }
    ledger.keeps_parting(parting)
}
