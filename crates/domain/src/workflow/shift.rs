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

/// Whether only those who answer for shifts may write it, as far as the row tells: it is closed, opened again, or a
/// handover is signed.
pub fn is_decision(before: Option<&LineShift>, after: &LineShift) -> bool {
    let was = before.map_or((ShiftState::Open, None), |b| (b.state, b.signed_by));
    let is_closed = |state| state == ShiftState::Closed;
    is_closed(was.0) != is_closed(after.state) || (after.signed_by.is_some() && was.1 != after.signed_by)
}

/// A note for the next shift carries who wrote it; nobody takes another's note for his own.
fn handover(before: Option<&LineShift>, after: &LineShift, by: &Actor<'_>) -> Result<(), Fault> {
    let was = before.map_or((&None, None, None), |b| (&b.handover, b.handover_by, b.handover_at));
    let is = (&after.handover, after.handover_by, after.handover_at);
    let own = was.0 != is.0 && by.signs(after.handover_by, after.handover_at);
    if was == is || own { Ok(()) } else { Err(no_step("handover", "?", "?")) }
}

/// The next supervisor signs what another has written; a note that is written anew is unsigned again.
fn sign(before: Option<&LineShift>, after: &LineShift, by: &Actor<'_>) -> Result<(), Fault> {
    let was = before.map_or((None, None), |b| (b.signed_by, b.signed_at));
    let is = (after.signed_by, after.signed_at);
    let anew = before.is_some_and(|b| b.handover != after.handover);
    match is {
        (None, None) if anew => return Ok(()),
        _ if was == is && (!anew || was.0.is_none()) => return Ok(()),
        _ => {}
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
