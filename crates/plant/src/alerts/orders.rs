//! Orders that are late, and orders that will be as things go.
use super::Look;
use domain::{AlertKind, Client, Day, Id, OrderStatus, WorkOrder};
use store::{Reader, Result, values};

/// The pace of an order is that of this many days.
const DAYS: i32 = 14;

/// A promised order that has not wholly left.
struct Due {
    id: Id<WorkOrder>,
    code: String,
    status: OrderStatus,
    promised: Day,
    ordered: Option<i64>,
    shipped: i64,
    /// Good units in all.
    made: i64,
    /// Good units of the last days.
    lately: i64,
}

impl Due {
    /// Days until it is made at its pace; none where it has no pace, or nothing is left to make.
    fn days_left(&self) -> Option<f64> {
        let left = self.ordered? - self.made;
        let pace = self.lately as f64 / f64::from(DAYS);
        (left > 0 && pace > 0.0 && self.status.is_open()).then(|| left as f64 / pace)
    }
}

/// Days each order is late: promised before today, and not wholly shipped.
pub(super) fn late(look: &mut Look<'_, '_>) -> Result<()> {
    let (limit, today) = (look.limit(AlertKind::LateOrder)?, look.r.today(look.client)?);
    for due in due(look.r, look.client, today)? {
        let days = f64::from(today.0 - due.promised.0);
        look.beyond(limit, AlertKind::LateOrder, (due.id.hex(), due.code), days);
    }
    Ok(())
}

/// Days each order will be late at the pace of its last days, while it is not late yet.
pub(super) fn at_risk(look: &mut Look<'_, '_>) -> Result<()> {
    let (limit, today) = (look.limit(AlertKind::OrderAtRisk)?, look.r.today(look.client)?);
    for due in due(look.r, look.client, today)?.into_iter().filter(|due| due.promised >= today) {
        let Some(left) = due.days_left() else { continue };
        let days = left - f64::from(due.promised.0 - today.0);
        look.beyond(limit, AlertKind::OrderAtRisk, (due.id.hex(), due.code), days);
    }
    Ok(())
}

/// The promised orders that have not wholly left: the one question of orders, until their sums answer it.
fn due(r: &Reader<'_>, client: Id<Client>, today: Day) -> Result<Vec<Due>> {
    let sql = "SELECT o.id, o.code, o.status, coalesce(o.planned_ship_date, o.required_date), o.quantity,
        (SELECT coalesce(sum(coalesce(s.quantity, o.quantity)), 0) FROM shipment s WHERE s.client_id = ?1 AND s.work_order_id = o.id),
        (SELECT count(*) FROM shipment s WHERE s.client_id = ?1 AND s.work_order_id = o.id),
        (SELECT coalesce(sum(e.produced - coalesce(e.defective, 0)), 0) FROM production_entry e
         WHERE e.client_id = ?1 AND e.work_order_id = o.id),
        (SELECT coalesce(sum(e.produced - coalesce(e.defective, 0)), 0) FROM production_entry e
         JOIN line_shift l ON l.client_id = ?1 AND l.id = e.line_shift_id
         WHERE e.client_id = ?1 AND e.work_order_id = o.id AND l.day > ?2 AND l.day <= ?3)
        FROM work_order o WHERE o.client_id = ?1 AND coalesce(o.planned_ship_date, o.required_date) IS NOT NULL
        AND NOT (o.status = 'cancelled' OR o.status = 'rejected' OR o.status = 'shipped' OR o.status = 'closed')";
    let tolerance = r.setting(client)?.delivery_tolerance.unwrap_or(0.0);
    let all = r.select(sql, values![client, today.plus(-DAYS), today], |row| {
        let status = OrderStatus::of(&row.get::<String>(2)?).unwrap_or(OrderStatus::Received);
        let due = Due {
            id: row.get(0)?,
            code: row.get(1)?,
            status,
            promised: row.get(3)?,
            ordered: row.get(4)?,
            shipped: row.get::<Option<i64>>(5)?.unwrap_or(0),
            made: row.get(7)?,
            lately: row.get(8)?,
        };
        Ok((due, row.get::<i64>(6)?))
    })?;
    let left = |(due, shipments): &(Due, i64)| {
        let all = due.ordered.map(|ordered| ordered as f64 * (1.0 - tolerance));
        all.map_or(*shipments == 0, |all| (due.shipped as f64) < all)
    };
    Ok(all.into_iter().filter(left).map(|(due, _)| due).collect())
}
