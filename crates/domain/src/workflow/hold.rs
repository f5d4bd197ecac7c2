//! How a hold is asked for, approved, and let go.
use super::{Actor, no_step};
use crate::{
    Author, Day, Fault, Group, HoldEntry,
    HoldState::{self, Cancelled, Held, Rejected, Requested, ResumeRequested, Resumed, Scrapped},
    Id, Job, Verb, WorkOrder,
};

impl HoldState {
    /// Whether the work stands still.
    pub const fn is_held(self) -> bool {
        matches!(self, Held | ResumeRequested)
    }
    /// Whether somebody has to decide.
    pub const fn waits(self) -> bool {
        matches!(self, Requested | ResumeRequested)
    }
    /// Whether the hold was approved once, so that its time counts.
    pub const fn was_held(self) -> bool {
        matches!(self, Held | ResumeRequested | Resumed | Scrapped)
    }
}

impl HoldEntry {
    /// Whether it holds the whole order, and not a job or some units of it.
    pub fn is_whole(&self) -> bool {
        self.job_id.is_none() && self.quantity.is_none()
    }
}

/// Whether this person may take the hold to where it stands.
///
/// # Errors
/// `no_step`, `forbidden`, `own_request`, or `needs_reason`.
pub fn step(before: Option<&HoldEntry>, after: &HoldEntry, by: &Actor<'_>) -> Result<(), Fault> {
    let Some(before) = before else { return begin(after, by) };
    if before.state == after.state {
        return unmoved(before, after, by);
    }
    let was = before.state;
    signed(was, after, others_stand(before, after))?;
    match (before.state, after.state) {
        (Requested, Held | Rejected) => approve(before, after, by),
        (Requested, Cancelled) if before.requested_by == Some(by.user) => Ok(()),
        (Requested, Cancelled) => by.may(Verb::Approve, Group::Holds),
        (Held, ResumeRequested) => signed(was, after, by.signs(after.resume_by, after.resume_at)),
        (Held, Resumed | Scrapped) | (ResumeRequested, Resumed | Scrapped) => resume(before, after, by),
        (ResumeRequested, Held) => by.may(Verb::Approve, Group::Holds),
        (from, to) => Err(no_step("state", from.word(), to.word())),
    }
}

/// A new hold is asked for by whoever says so, now; one that comes with its history is entered by those who decide.
fn begin(after: &HoldEntry, by: &Actor<'_>) -> Result<(), Fault> {
    if after.state != Requested {
        by.may(Verb::Approve, Group::Holds)?;
    }
    let decided = [after.approved_by, after.resume_by, after.resumed_by];
    let asked = after.requested_by.is_none() || by.signs(after.requested_by, after.requested_at);
    signed(Requested, after, decided.iter().all(Option::is_none) && asked)?;
    if after.state == Requested || after.requested_by.is_none() {
        return Ok(());
    }
    // What he asks for and holds at once he approves himself.
    let own = by.approves(after.requested_by)?;
    signed(Requested, after, after.self_approved == own)
}

/// Whether only those who decide about holds may write it, as far as the row tells; taking back one's own request,
/// or one's own word that work should go on, is nobody's decision.
pub fn is_decision(before: Option<&HoldEntry>, after: &HoldEntry, by: Id<Author>) -> bool {
    let was = before.map_or([(None, None); 4], signatures);
    if [1, 3].iter().any(|at| was[*at] != signatures(after)[*at]) {
        return true;
    }
    let Some(before) = before else { return after.state != Requested };
    match (before.state, after.state) {
        (from, to) if from == to => from != Requested && what(before) != what(after),
        (Requested, Cancelled) | (Cancelled, Requested) => before.requested_by != Some(by),
        (Held, ResumeRequested) => false,
        (ResumeRequested, Held) => before.resume_by != Some(by) || after.resume_by.is_some(),
        _ => true,
    }
}

/// Whether every name that was not there before is that of who writes it, and what he approves of his own is marked.
pub fn is_signed(before: Option<&HoldEntry>, after: &HoldEntry, by: Id<Author>) -> bool {
    let was = before.map_or([(None, None); 4], signatures);
    let own = |at: usize| signatures(after)[at].0.is_none_or(|name| Some(name) == was[at].0 || name == by);
    let approves_own = after.approved_by.is_some() && after.approved_by == after.requested_by;
    (0..4).all(own) && (after.self_approved || !approves_own)
}

/// Who took a step, and when.
type Signature = (Option<Id<Author>>, Option<i64>);

/// Who asked, who approved, who asked to resume, and who resumed.
fn signatures(h: &HoldEntry) -> [Signature; 4] {
    [
        (h.requested_by, h.requested_at),
        (h.approved_by, h.approved_at),
        (h.resume_by, h.resume_at),
        (h.resumed_by, h.resumed_at),
    ]
}

/// Whether a move writes no signature but its own; one that asks to resume may be taken back.
fn others_stand(before: &HoldEntry, after: &HoldEntry) -> bool {
    let own = match (before.state, after.state) {
        (Requested, Held | Rejected) => Some(1),
        (Held, ResumeRequested) => Some(2),
        (_, Resumed | Scrapped) => Some(3),
        _ => None,
    };
    let taken_back = |at| at == 2 && after.state == Held && signatures(after)[at] == (None, None);
    let stands = |at: usize| signatures(before)[at] == signatures(after)[at] || taken_back(at);
    (0..4).all(|at| own == Some(at) || stands(at))
        && (matches!(own, Some(1 | 3)) || before.self_approved == after.self_approved)
}

/// Who took which step is not rewritten; once it is decided, what was decided is theirs who decide.
fn unmoved(before: &HoldEntry, after: &HoldEntry, by: &Actor<'_>) -> Result<(), Fault> {
    signed(
        before.state,
        after,
        signatures(before) == signatures(after) && before.self_approved == after.self_approved,
    )?;
    if before.state == Requested || what(before) == what(after) {
        return Ok(());
    }
    by.may(Verb::Approve, Group::Holds)
}

/// What a hold is of, and from when to when.
type What = (Option<Id<Job>>, [Option<i64>; 3], [Option<Day>; 2], [Option<i64>; 2]);

fn what(h: &HoldEntry) -> (Id<WorkOrder>, What) {
    let (days, minutes) = ([h.held_from, h.held_to], [h.held_from_minute, h.held_to_minute]);
    (h.work_order_id, (h.job_id, [h.quantity, h.released, h.scrapped], days, minutes))
}

fn approve(before: &HoldEntry, after: &HoldEntry, by: &Actor<'_>) -> Result<(), Fault> {
    by.may(Verb::Approve, Group::Holds)?;
    // A request nobody signed may be the approver's own.
    let own = by.approves(before.requested_by.or(Some(by.user)))?;
    signed(before.state, after, by.signs(after.approved_by, after.approved_at) && after.self_approved == own)
}

fn resume(before: &HoldEntry, after: &HoldEntry, by: &Actor<'_>) -> Result<(), Fault> {
    by.may(Verb::Approve, Group::Holds)?;
    let own = if before.state == ResumeRequested { by.approves(before.resume_by.or(Some(by.user)))? } else { false };
    let marked = after.self_approved == (before.self_approved || own);
    signed(before.state, after, by.signs(after.resumed_by, after.resumed_at) && marked)
}

fn signed(was: HoldState, after: &HoldEntry, fine: bool) -> Result<(), Fault> {
    if fine { Ok(()) } else { Err(no_step("state", was.word(), after.state.word())) }
}
