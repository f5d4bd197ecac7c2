//! How a line shift is closed, opened again and handed over.
use super::{Actor, no_step};
use crate::{Code, Fault, Group, LineShift, ShiftState, Verb};

/// Whether this person may take the line shift to where it stands.
///
/// # Errors
/// `forbidden`, `no_step`, `empty` where there is nothing to sign, or `own_request` for signing one's own handover.
pub fn step(before: Option<&LineShift>, after: &LineShift, by: &Actor<'_>) -> Result<(), Fault> {
    let open = |shift: &LineShift| shift.state != ShiftState::Closed;
    if before.map_or(!open(after), |b| b.state != after.state) {
        by.may(Verb::Amend, Group::Floor)?;
    }
    handover(before, after, by)?;
    sign(before, after, by)
}

/// A note for the next shift carries who wrote it.
fn handover(before: Option<&LineShift>, after: &LineShift, by: &Actor<'_>) -> Result<(), Fault> {
    let was = before.map(|b| (&b.handover, b.handover_by, b.handover_at));
    let is = (&after.handover, after.handover_by, after.handover_at);
    let silent = after.handover.is_none() && after.handover_by.is_none();
    let same = was == Some(is) || (was.is_none() && silent);
    if same || by.signs(after.handover_by, after.handover_at) { Ok(()) } else { Err(no_step("handover", "?", "?")) }
}

/// The next supervisor signs what another has written.
fn sign(before: Option<&LineShift>, after: &LineShift, by: &Actor<'_>) -> Result<(), Fault> {
    let was = before.map_or((None, None), |b| (b.signed_by, b.signed_at));
    if was == (after.signed_by, after.signed_at) {
        return Ok(());
    }
    // A handover that is written anew is unsigned again.
    if after.signed_by.is_none() && after.signed_at.is_none() && before.is_some_and(|b| b.handover != after.handover) {
        return Ok(());
    }
    by.may(Verb::Amend, Group::Floor)?;
    if after.handover_by == Some(by.user) {
        return Err(Fault::new(Code::OwnRequest).at("signed_by"));
    }
    if !by.signs(after.signed_by, after.signed_at) || was.0.is_some() {
        return Err(no_step("signed_by", "?", "?"));
    }
    if after.handover.is_none() { Err(Fault::new(Code::Empty).at("handover")) } else { Ok(()) }
}
