//! One change: the author's rights, the merge, the log.
use super::{Head, Ledger, Terms};
use domain::{
    Role,
    feed::{Entry, Rules, Sent, Stream, refers},
    merge::{Decided, Verdict, Why, Write, apply, decide, mark},
    planted::{
        Bug::{
            AuthorUnchecked, ClaimUnchecked, GrantOutsideTx, HubDropsBody, LogKeepsErased, RcvNotMonotone,
            ReferenceUnchecked, RoleUnchecked, SilenceBroken,
        },
        planted,
    },
};

/// Judges a change and takes it into the log, or keeps it where a person finds it.
///
/// The rights are those of its author, whoever brings it. `returned` is a
/// change that this log had before the hub was restored: rights were asked then.
///
/// # Errors
/// Those of the ledger.
pub fn accept<L: Ledger>(
    ledger: &mut L,
    terms: &Terms,
    rules: &dyn Rules,
    sent: Sent,
    stream: Stream,
    returned: bool,
) -> Result<Verdict, L::Error> {
    let op = sent.change.op;
    let sent = silenced(ledger, rules, sent)?;
    let role = role_of_author(ledger, &sent, stream, returned)?;
    let judged = match belongs(ledger, &sent, stream, returned) {
        true => judge(ledger, rules, &sent, role, returned)?,
        false => Err(Verdict::Rejected(Why::Foreign)),
    };
    let verdict = match judged {
        Ok((write, decided)) => {
            let verdict = decided.verdict;
            log(ledger, terms, rules, sent, stream, &write, decided)?;
            verdict
        }
        Err(verdict) => {
            if !planted(HubDropsBody) {
                ledger.keep_refused(&sent)?;
            }
            if role.is_none() || returned {
                ledger.quarantine(&sent)?;
            }
            verdict
        }
    };
    ledger.judge(op, verdict)?;
    Ok(verdict)
}

/// The change without what it tells of a person who was erased before its author heard of it.
fn silenced<L: Ledger>(ledger: &L, rules: &dyn Rules, mut sent: Sent) -> Result<Sent, L::Error> {
    let Some(shape) = rules.shape(sent.change.kind).filter(|s| s.personal().next().is_some()) else { return Ok(sent) };
    let Some(write) = sent.read(shape.columns).filter(|w| !w.erases) else { return Ok(sent) };
    let row = ledger.row(sent.record())?.filter(|_| !planted(SilenceBroken));
    if let Some(mark) = row.and_then(|row| write.breaks_silence(shape, &row)) {
        sent.redact(shape, &mark);
    }
    Ok(sent)
}

/// What the author is to the client; nothing where he is not enrolled on the PC that brings the change.
fn role_of_author<L: Ledger>(
    ledger: &L,
    sent: &Sent,
    stream: Stream,
    returned: bool,
) -> Result<Option<Role>, L::Error> {
    if planted(AuthorUnchecked) {
        return Ok(Some(Role::Supervisor));
    }
    let author = sent.change.user;
    let here = returned || planted(GrantOutsideTx) || ledger.people(stream.device)?.iter().any(|p| p.0 == author);
    let role = if here { ledger.role(author)? } else { None };
    Ok(role.map(|role| if planted(RoleUnchecked) { Role::Supervisor } else { role }))
}

/// Whether the change is of the client and of the PC it is brought for.
fn belongs<L: Ledger>(ledger: &L, sent: &Sent, stream: Stream, returned: bool) -> bool {
    sent.change.client == ledger.client() && (returned || sent.change.device == stream.device)
}

/// What becomes of the change: decided for the log, or refused.
fn judge<L: Ledger>(
    ledger: &L,
    rules: &dyn Rules,
    sent: &Sent,
    role: Option<Role>,
    returned: bool,
) -> Result<Result<(Write, Decided), Verdict>, L::Error> {
    let refused = |why| Ok(Err(Verdict::Rejected(why)));
    if role.is_none() && !returned {
        return refused(Why::Grant);
    }
    let Some(shape) = rules.shape(sent.change.kind) else { return refused(Why::Unreadable) };
    let Some(write) = sent.read(shape.columns) else { return refused(Why::Unreadable) };
    if !returned && role.is_none_or(|r| !rules.permits(r, shape, sent, &write)) {
        return refused(Why::Role);
    }
    let record = sent.record();
    for other in refers(rules, shape, &write).filter(|r| *r != record) {
        if !planted(ReferenceUnchecked) && !ledger.has(other)? {
            return refused(Why::Depends);
        }
    }
    let row = ledger.row(record)?;
    let decided = decide(shape, row.as_ref(), &write, Some(&|r| rules.sound(sent.change.client, record, r)));
    if decided.verdict == Verdict::Gone && row.is_none() && ledger.refused_creation(record)?.is_some() {
        return refused(Why::Depends);
    }
    if decided.verdict == Verdict::Conflict && !rules.waits(shape) {
        return refused(Why::Stale);
    }
    if !decided.verdict.is_logged() {
        return Ok(Err(decided.verdict));
    }
    let after = apply(row.clone(), &write, &decided, shape);
    let steps = |role, after| rules.may_step(role, sent, row.as_ref(), after);
    if !returned && after.as_ref().is_some_and(|after| role.is_none_or(|role| !steps(role, after))) {
        return refused(Why::Role);
    }
    let claim = after.and_then(|after| rules.claim(record, &after));
    if let Some(claim) = claim.filter(|_| !planted(ClaimUnchecked))
        && ledger.taken(&claim, record)?
    {
        return refused(Why::Taken);
    }
    Ok(Ok((write, decided)))
}

fn log<L: Ledger>(
    ledger: &mut L,
    terms: &Terms,
    rules: &dyn Rules,
    sent: Sent,
    stream: Stream,
    write: &Write,
    decided: Decided,
) -> Result<(), L::Error> {
    let Head { seq, chain, received_at: last } = ledger.head()?;
    let received_at = if planted(RcvNotMonotone) { terms.now } else { terms.now.max(last) };
    let entry = Entry { seq: seq + 1, sent, decided, received_at, stream };
    let chain = entry.link(&terms.key, &chain);
    take(ledger, rules, entry, chain, write)
}

/// Appends an entry and the row as it makes it; an erasing one takes out of the log what came before it.
pub(super) fn take<L: Ledger>(
    ledger: &mut L,
    rules: &dyn Rules,
    entry: Entry,
    chain: [u8; 32],
    write: &Write,
) -> Result<(), L::Error> {
    let Some(shape) = rules.shape(entry.sent.change.kind) else { return Ok(()) };
    let record = entry.sent.record();
    // What has a place in the log has a row: it was decided on one, or makes it.
    let Some(row) = apply(ledger.row(record)?, write, &entry.decided, shape) else { return Ok(()) };
    ledger.append(entry, chain, row)?;
    if write.erases && !planted(LogKeepsErased) {
        let mark = mark(write.op);
        ledger.redact(record, &|sent| sent.redact(shape, &mark))?;
    }
    Ok(())
}
