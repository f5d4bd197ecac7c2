//! Whether the sums are what the rows come to.
use super::{Check, Place, Steps};
use crate::{
    Repository, Result,
    repository::{audit, audit_orders},
};

/// Works every line shift of every client out again, as readers see the rows.
pub(super) fn sums(repo: &Repository<'_>, check: &mut Check, steps: &mut Steps<'_>) -> Result<()> {
    for client in repo.session().clients() {
        let (seen, drifts) = repo.read_of(&[client.id], |r| audit(r, client.id, &mut || steps.step()))?;
        check.looked_at += seen;
        for d in drifts {
            check.report(Place {
                what: "sum_differs",
                table: d.table.into(),
                client: Some(client.code.clone()),
                row: Some(d.day.to_string()),
                detail: d.at.map(|(shift, line)| format!("shift {shift} line {line}")),
            });
        }
        let (seen, orders) = repo.read_of(&[client.id], |r| audit_orders(r, client.id, &mut || steps.step()))?;
        check.looked_at += seen;
        for order in orders {
            check.report(Place {
                what: "sum_differs",
                table: "kpi_order".into(),
                client: Some(client.code.clone()),
                row: Some(order.to_string()),
                detail: None,
            });
        }
    }
    Ok(())
}
