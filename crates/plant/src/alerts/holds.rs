//! A hold waits for somebody to decide.
use super::Look;
use crate::commands::holds::list::waiting_hours;
use domain::{AlertKind, HoldEntry, Id, WorkOrder};
use store::Result;

pub(super) fn look(look: &mut Look<'_, '_>) -> Result<()> {
    let (limit, now) = (look.limit(AlertKind::HoldWaiting)?, look.r.now().0);
    let rule = "state = 'requested'";
    let mut waiting: Vec<HoldEntry> = look.r.list_where(look.client, rule, &[])?;
    waiting.extend(look.r.list_where::<HoldEntry>(look.client, "state = 'resume_requested'", &[])?);
    for hold in waiting {
        let Some(hours) = waiting_hours(&hold, now) else { continue };
        let order: Option<WorkOrder> = look.r.find(look.client, hold.work_order_id)?;
        let label = order.map(|o| o.code).unwrap_or_default();
        look.beyond(limit, AlertKind::HoldWaiting, (Id::hex(hold.id), label), hours);
    }
    Ok(())
}
