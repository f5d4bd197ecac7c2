//! Holds that were approved by whoever asked for them, or by nobody who signed.
use super::{Finding, Over};
use domain::{Day, HoldEntry, Id, WorkOrder, time};
use store::Result;

pub(super) fn look(over: Over<'_, '_>) -> Result<Vec<Finding>> {
    let all: Vec<HoldEntry> = over.r.list_where(over.client, "1 = 1", &[])?;
    let zone = over.r.zone(over.client)?;
    let mut out = vec![];
    for hold in all {
        let asked = hold.requested_at.map(|at| time::local_minute(zone, time::Instant(at)).0);
        let day = hold.held_from.or(asked);
        let unsigned = hold.state.was_held() && hold.approved_by.is_none();
        if !(hold.self_approved || unsigned) || !day.is_some_and(|day| within(over, day)) {
            continue;
        }
        let what = over.r.find::<WorkOrder>(over.client, hold.work_order_id)?.map(|order| order.code);
        let author = match hold.approved_by.or(hold.requested_by) {
            Some(who) => over.r.find::<domain::Author>(over.client, who)?.map(|a| a.name),
            None => over.r.latest(over.client, hold.id.bytes())?.and_then(|latest| latest.author),
        };
        let found = Finding::of("hold_entry", &[Id::bytes(hold.id)], 1.0, 0.0);
        out.push(Finding { day, what, author, ..found });
    }
    Ok(out)
}

fn within(over: Over<'_, '_>, day: Day) -> bool {
    over.from <= day && day <= over.to
}
