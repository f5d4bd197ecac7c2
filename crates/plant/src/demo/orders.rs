//! The orders of one line, one after the other.
use super::{
    blueprint::{Blueprint, LinePlan},
    chance::Chance,
    rows::Ids,
    setup::{Names, planned_units, standard},
};
use domain::{Day, OrderStatus, WorkOrder};

/// The order on a line and those before it.
pub(super) struct Book<'b> {
    blueprint: &'b Blueprint,
    line: &'b LinePlan,
    chance: Chance,
    number: i64,
    product: &'static str,
    left: i64,
    orders: Vec<WorkOrder>,
}

/// What a line works on at a moment.
pub(super) struct Current {
    pub(super) order: WorkOrder,
    pub(super) product: &'static str,
    pub(super) standard: f64,
    pub(super) left: i64,
}

impl<'b> Book<'b> {
    /// A line's book; its first order is begun on its first working day.
    pub(super) fn of(blueprint: &'b Blueprint, line: &'b LinePlan, place: usize, chance: &Chance) -> Self {
        let chance = chance.branch(line.code);
        let number = 1000 * (place as i64 + 1) + 100;
        Book { blueprint, line, chance, number, product: line.products[0], left: 0, orders: vec![] }
    }
    /// The order a line works on; tells whether it has just begun.
    pub(super) fn current(&mut self, day: Day, names: &Names, ids: &mut Ids) -> (Current, bool) {
        let begun = self.left == 0;
        if begun {
            let order = self.next_order(day, OrderStatus::InProgress, names, ids);
            self.left = order.quantity.unwrap_or(0);
            self.orders.push(order);
        }
        let order = self.orders[self.orders.len() - 1].clone();
        let usual = standard(self.blueprint, self.line, self.product);
        (Current { standard: order.standard.unwrap_or(usual), order, product: self.product, left: self.left }, begun)
    }
    /// Books units; the order that has them all is done.
    pub(super) fn make(&mut self, units: i64, day: Day) {
        self.left -= units;
        let Some(order) = self.orders.last_mut() else { return };
        if self.left <= 0 {
            self.left = 0;
            order.status = OrderStatus::Completed;
            order.completed = Some(day);
        }
    }
    fn next_order(&mut self, day: Day, status: OrderStatus, names: &Names, ids: &mut Ids) -> WorkOrder {
        let c = &mut self.chance;
        self.number += c.whole(1, 4);
        self.product = c.pick(self.line.products).copied().unwrap_or(self.product);
        let (least, most) = self.blueprint.order;
        let quantity = c.whole(least, most) / 50 * 50;
        let usual = standard(self.blueprint, self.line, self.product);
        let agreed = c.happens(0.2).then(|| (usual * c.between(0.96, 1.05) * 100.0).round() / 100.0);
        // A line needs about so many days for it; some orders are promised too soon.
        let pace = planned_units(self.blueprint, self.line, 440.0) * self.line.shifts.len() as f64;
        let days = (quantity as f64 / pace * 1.35).ceil() as i64 + c.whole(1, 6);
        let done = day.plus(i32::try_from(days).unwrap_or(10));
        let planned = day.plus(-i32::try_from(c.whole(0, 2)).unwrap_or(0));
        WorkOrder {
            code: format!("{}{}", &self.blueprint.code[..1], self.number),
            product_id: Some(names.products[self.product]),
            line_id: Some(names.lines[self.line.code]),
            quantity: Some(quantity),
            standard: agreed.filter(|a| *a > 0.0),
            status,
            priority: c.happens(0.25).then(|| c.whole(1, 3)),
            customer_po: c.happens(0.8).then(|| format!("PO {}-{}", c.whole(61, 88), c.whole(1000, 9999))),
            received: Some(planned.plus(-i32::try_from(c.whole(9, 24)).unwrap_or(10))),
            released: (status != OrderStatus::Received).then(|| planned.plus(-3)),
            planned_start: Some(planned),
            actual_start: (status == OrderStatus::InProgress).then_some(day),
            required_date: c.happens(0.85).then_some(done),
            planned_ship_date: c.happens(0.6).then(|| done.plus(-1)),
            ..WorkOrder::blank(names.client, ids.fresh())
        }
    }
    /// All orders of the line: the past ones, and what is still to come.
    pub(super) fn close(mut self, today: Day, names: &Names, ids: &mut Ids) -> Vec<WorkOrder> {
        for (days, status) in [(4, OrderStatus::Released), (9, OrderStatus::Received)] {
            let order = self.next_order(today.plus(days), status, names, ids);
            self.orders.push(WorkOrder { actual_start: None, received: Some(today.plus(-days)), ..order });
        }
        for (days, cancelled) in [(6, true), (2, false)] {
            let order = self.next_order(today.plus(days), OrderStatus::Released, names, ids);
            let (status, ended) =
                if cancelled { (OrderStatus::Cancelled, Some(today.plus(-2))) } else { (order.status, None) };
            self.orders.push(WorkOrder { actual_start: None, status, ended, ..order });
        }
        self.orders
    }
}
