//! What becomes of orders: they leave, late or not, and some are held.
use super::{
    blueprint::Blueprint,
    chance::Chance,
    rows::{Ids, Rows},
    setup::Names,
};
use domain::{Day, Delay, HoldEntry, HoldState, Job, OrderStatus, Shipment, WorkOrder};

/// Completes the orders of a client: jobs, shipments, delays, holds.
pub(super) struct Delivery<'d> {
    pub(super) blueprint: &'static Blueprint,
    pub(super) names: &'d Names,
    pub(super) today: Day,
    pub(super) chance: Chance,
}

impl Delivery<'_> {
    /// Takes an order through what happens to it beside the line.
    pub(super) fn follow(&mut self, mut order: WorkOrder, ids: &mut Ids, rows: &mut Rows) {
        self.ship(&mut order, ids, rows);
        self.hold(&mut order, ids, rows);
        self.jobs(&order, ids, rows);
        rows.orders.push(order);
    }
    /// What is done leaves after a day or three, some of it in two parts.
    fn ship(&mut self, order: &mut WorkOrder, ids: &mut Ids, rows: &mut Rows) {
        let Some(done) = order.completed else { return };
        let c = &mut self.chance;
        let left = done.plus(i32::try_from(c.whole(1, 3)).unwrap_or(1));
        let all = order.quantity.unwrap_or(0);
        let first = if c.happens(0.15) { all * 6 / 10 } else { 0 };
        let mut parts = vec![(done, first), (left, all - first)];
        parts.retain(|(day, units)| *units > 0 && *day <= self.today);
        for (day, quantity) in &parts {
            let reference = Some(format!("R-{}", c.whole(20_000, 89_999)));
            let (day, quantity) = (*day, Some(*quantity));
            let row = Shipment {
                work_order_id: order.id,
                day,
                quantity,
                reference,
                ..Shipment::blank(order.client_id, ids.fresh())
            };
            rows.shipments.push(row);
        }
        if left > self.today {
            return;
        }
        order.status = OrderStatus::Shipped;
        if left.plus(25) < self.today {
            (order.status, order.ended) = (OrderStatus::Closed, Some(left.plus(10)));
        }
        if order.required_date.is_some_and(|due| left > due) && c.happens(0.7) {
            order.delay = c.pick(DELAYS).copied();
        }
    }
    /// Some orders were held for a few days, and a few are held now.
    fn hold(&mut self, order: &mut WorkOrder, ids: &mut Ids, rows: &mut Rows) {
        let waits = order.status == OrderStatus::Released && self.chance.happens(0.5);
        if waits {
            let from = self.today.plus(-i32::try_from(self.chance.whole(1, 9)).unwrap_or(3));
            let state = *self
                .chance
                .pick(&[HoldState::Held, HoldState::Held, HoldState::ResumeRequested])
                .unwrap_or(&HoldState::Held);
            (order.before_hold, order.status) = (Some(order.status), OrderStatus::OnHold);
            rows.holds.push(HoldEntry { expected: Some(self.today.plus(4)), ..self.entry(order, state, from, ids) });
            return;
        }
        let Some(begun) = order.actual_start.filter(|_| self.chance.happens(0.22)) else { return };
        let past =
            [HoldState::Resumed, HoldState::Resumed, HoldState::Resumed, HoldState::Rejected, HoldState::Scrapped];
        let state = *self.chance.pick(&past).unwrap_or(&HoldState::Resumed);
        let from = begun.plus(-i32::try_from(self.chance.whole(2, 8)).unwrap_or(3));
        let to = from.plus(i32::try_from(self.chance.whole(1, 5)).unwrap_or(2)).min(self.today);
        let some = (order.quantity.unwrap_or(0) / 20).max(1);
        let scrapped = (state == HoldState::Scrapped).then_some(some);
        let row = self.entry(order, state, from, ids);
        rows.holds.push(HoldEntry {
            held_to: (state != HoldState::Rejected).then_some(to),
            quantity: scrapped,
            scrapped,
            released: (state == HoldState::Resumed).then_some(order.quantity).flatten(),
            ..row
        });
    }
    /// Who approved it is not told: nobody signs for others.
    fn entry(&mut self, order: &WorkOrder, state: HoldState, from: Day, ids: &mut Ids) -> HoldEntry {
        let c = &mut self.chance;
        HoldEntry {
            work_order_id: order.id,
            reason_id: c.pick(&self.names.hold_reasons).copied(),
            category: c.happens(0.6).then(|| c.pick(CATEGORIES).copied().unwrap_or_default().into()),
            state,
            held_from: Some(from),
            note: c.happens(0.4).then(|| c.pick(NOTES).copied().unwrap_or_default().into()),
            ..HoldEntry::blank(order.client_id, ids.fresh())
        }
    }
    /// Half of the orders are divided by step.
    fn jobs(&mut self, order: &WorkOrder, ids: &mut Ids, rows: &mut Rows) {
        if self.blueprint.operations.is_empty() || !self.chance.happens(0.5) {
            return;
        }
        for step in self.blueprint.operations {
            rows.jobs.push(Job {
                work_order_id: order.id,
                code: format!("{}-{}", order.code, step.code),
                product_id: order.product_id,
                operation_id: self.names.operations.get(step.code).copied(),
                quantity: order.quantity,
                ..Job::blank(order.client_id, ids.fresh())
            });
        }
    }
}

const DELAYS: &[Delay] =
    &[Delay::Supplier, Delay::Supplier, Delay::Planning, Delay::Quality, Delay::Capacity, Delay::CustomerChange];
const CATEGORIES: &[&str] = &["quality", "material", "engineering"];
const NOTES: &[&str] = &[
    "Sample sent to the client.",
    "Waiting for the certificate of the supplier.",
    "Sorted at the line, rest is fine.",
    "Drawing revision to be confirmed.",
];
