//! Sending one's own changes.
use super::{Outgoing, Part, Standing, position, refresh};
use domain::{
    Client, Id,
    change::{Device, Op},
    feed::{Push, Record, Rules, Stream},
    merge::Verdict,
    planted::{
        Bug::{DropRefused, PushBeforeOffer, SharedInc},
        planted,
    },
};
use std::collections::BTreeSet;

/// The next changes to send, at most so many; none where nothing waits or something else comes first.
///
/// # Errors
/// Those of the file.
pub fn to_push<P: Part + ?Sized>(
    part: &P,
    client: Id<Client>,
    device: Id<Device>,
    limit: usize,
) -> Result<Option<Push>, P::Error> {
    let state = part.state()?;
    let offers_first = !part.cut()?.is_empty() && !planted(PushBeforeOffer);
    if state.standing != Standing::Active || offers_first {
        return Ok(None);
    }
    let run = run(part.unsent(limit)?);
    let Some(first) = run.first().map(|o| o.number) else { return Ok(None) };
    Ok(Some(Push {
        client,
        stream: Stream { device, incarnation: state.incarnation },
        first,
        before: part.numbered(first - 1)?,
        at: position(part)?,
        changes: run.into_iter().map(|o| o.sent).collect(),
    }))
}

/// From the first on, as far as the numbers have no gap.
fn run(all: Vec<Outgoing>) -> Vec<Outgoing> {
    let mut run: Vec<Outgoing> = vec![];
    for next in all {
        if run.last().is_some_and(|o| o.number + 1 != next.number) {
            break;
        }
        run.push(next);
    }
    run
}

/// Notes what became of changes: an acknowledged one stays until it comes back, a refused one moves to its list.
///
/// # Errors
/// Those of the file.
pub fn judged<P: Part + ?Sized>(
    part: &mut P,
    rules: &dyn Rules,
    verdicts: &[(Id<Op>, Verdict)],
) -> Result<(), P::Error> {
    let mut touched: BTreeSet<Record> = BTreeSet::new();
    for (op, verdict) in verdicts {
        if verdict.is_logged() {
            part.acknowledge(*op)?;
            continue;
        }
        let Some(sent) = part.returned(*op)? else { continue };
        touched.insert(sent.record());
        if !planted(DropRefused) {
            let why = if let Verdict::Rejected(why) = verdict { Some(*why) } else { None };
            part.refuse(sent, why)?;
        }
    }
    refresh(part, rules, &touched)
}

/// The file takes a new life: everything that has not come back is numbered from 1 and sent again.
///
/// # Errors
/// Those of the file.
pub fn renew<P: Part + ?Sized>(part: &mut P) -> Result<(), P::Error> {
    let mut state = part.state()?;
    if !planted(SharedInc) {
        state.incarnation = part.fresh_incarnation()?;
    }
    part.forget_acknowledgements()?;
    state.next = part.renumber()?;
    part.keep(&state)
}
