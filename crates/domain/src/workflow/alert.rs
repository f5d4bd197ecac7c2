//! What people do with an alert: see it, and settle it with a note.
use super::{Actor, no_step};
use crate::{
    Alert,
    AlertState::{self, Acknowledged, Open, Resolved},
    Code, Fault,
};

/// Whether this person may take the alert to where it stands; raising and reopening is the program's.
///
/// # Errors
/// `no_step`, or `empty` for a settled one without a note.
pub fn step(before: Option<&Alert>, after: &Alert, by: &Actor<'_>) -> Result<(), Fault> {
    let Some(before) = before else {
        let fresh = after.state == Open && after.seen_by.is_none() && after.resolved_by.is_none();
        return signed(Open, after, fresh);
    };
    let was = before.state;
    let seen = (before.seen_by, before.seen_at) != (after.seen_by, after.seen_at);
    let settled = (before.resolved_by, before.resolved_at) != (after.resolved_by, after.resolved_at);
    match (before.state, after.state) {
        (from, to) if from == to => {
            // What was said when it was settled stays said.
            signed(was, after, !seen && !settled && (was != Resolved || before.note == after.note))
        }
        (Open, Acknowledged) => signed(was, after, by.signs(after.seen_by, after.seen_at) && !settled),
        (Open | Acknowledged, Resolved) => {
            signed(was, after, by.signs(after.resolved_by, after.resolved_at) && !seen)?;
            let told = after.note.as_deref().is_some_and(|note| !note.trim().is_empty());
            if told { Ok(()) } else { Err(Fault::new(Code::Empty).at("note")) }
        }
        (from, to) => Err(no_step("state", from.word(), to.word())),
    }
}

fn signed(was: AlertState, after: &Alert, fine: bool) -> Result<(), Fault> {
    if fine { Ok(()) } else { Err(no_step("state", was.word(), after.state.word())) }
}
