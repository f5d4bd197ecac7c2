//! How a hold is asked for, approved, and let go.
use super::{Actor, no_step};
use crate::{
    Fault, Group, HoldEntry,
    HoldState::{self, Cancelled, Held, Rejected, Requested, ResumeRequested, Resumed, Scrapped},
    Verb,
};

impl HoldState {
    /// Whether the work stands still.
    pub const fn is_held(self) -> bool {
        matches!(self, Held | ResumeRequested)
    }
    /// Whether the hold was approved once, so that its time counts.
    pub const fn was_held(self) -> bool {
        matches!(self, Held | ResumeRequested | Resumed | Scrapped)
    }
}

/// Whether this person may take the hold to where it stands.
///
/// # Errors
/// `no_step`, `forbidden`, `own_request`, or `needs_reason`.
pub fn step(before: Option<&HoldEntry>, after: &HoldEntry, by: &Actor<'_>) -> Result<(), Fault> {
    let Some(before) = before else { return begin(after, by) };
    if before.state == after.state {
        return unmoved(before, after);
    }
    match (before.state, after.state) {
        (Requested, Held | Rejected) => approve(before, after, by),
        (Requested, Cancelled) if before.requested_by == Some(by.user) => Ok(()),
        (Requested, Cancelled) => by.may(Verb::Approve, Group::Holds),
        (Held, ResumeRequested) => signed(after, by.signs(after.resume_by, after.resume_at)),
        (Held, Resumed | Scrapped) | (ResumeRequested, Resumed | Scrapped) => resume(before, after, by),
        (ResumeRequested, Held) => by.may(Verb::Approve, Group::Holds),
        (from, to) => Err(no_step("state", from.word(), to.word())),
    }
}

/// A new hold is asked for; one that comes with its history is entered by those who decide.
fn begin(after: &HoldEntry, by: &Actor<'_>) -> Result<(), Fault> {
    let decided = [after.approved_by, after.resume_by, after.resumed_by];
    signed(after, decided.iter().all(Option::is_none) && after.requested_by.is_none_or(|who| who == by.user))?;
    if after.state == Requested { Ok(()) } else { by.may(Verb::Approve, Group::Holds) }
}

/// Who took which step is not rewritten.
fn unmoved(before: &HoldEntry, after: &HoldEntry) -> Result<(), Fault> {
    let steps = |h: &HoldEntry| {
        [
            (h.requested_by, h.requested_at),
            (h.approved_by, h.approved_at),
            (h.resume_by, h.resume_at),
            (h.resumed_by, h.resumed_at),
        ]
    };
    signed(after, steps(before) == steps(after) && before.self_approved == after.self_approved)
}

fn approve(before: &HoldEntry, after: &HoldEntry, by: &Actor<'_>) -> Result<(), Fault> {
    by.may(Verb::Approve, Group::Holds)?;
    let own = by.approves(before.requested_by)?;
    signed(after, by.signs(after.approved_by, after.approved_at) && after.self_approved == own)
}

fn resume(before: &HoldEntry, after: &HoldEntry, by: &Actor<'_>) -> Result<(), Fault> {
    by.may(Verb::Approve, Group::Holds)?;
    let own = if before.state == ResumeRequested { by.approves(before.resume_by)? } else { false };
    signed(after, by.signs(after.resumed_by, after.resumed_at) && after.self_approved == (before.self_approved || own))
}

fn signed(after: &HoldEntry, fine: bool) -> Result<(), Fault> {
    if fine { Ok(()) } else { Err(no_step("state", "?", after.state.word())) }
}
