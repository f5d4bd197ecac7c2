//! The row of sums of an order, as its table has its columns.
use domain::{
    Day, Field, Value, WorkOrder,
    elements::{Family, Sources, order::OrderFacts},
};

/// The column that tells when the order was promised.
const PROMISED: usize = 2;
/// The column that depends on the day of writing.
pub(super) const AHEAD: usize = 15;

/// The day on which the order of a row was promised.
pub(super) fn promised(row: &[Value]) -> Option<Day> {
    Option::<Day>::from_value(row.get(PROMISED)?.clone()).flatten()
}

/// The row an order should have.
pub(super) fn values(order: &WorkOrder, facts: &OrderFacts, today: Day) -> Vec<Value> {
    let (delivery, start, settled) = (facts.delivery(None), facts.start(), facts.settled());
    let held = facts.held();
    let over = held.iter().filter_map(|hold| Some(hold.to? - hold.from)).sum::<i64>();
    let since = held.iter().find(|hold| hold.to.is_none()).map(|hold| hold.from);
    let sources = delivery.sources | start.map(|start| start.source).into_iter().collect::<Sources>();
    let end = if facts.is_over(None) { facts.over_at() } else { None };
    let mut row = vec![
        order.client_id.to_value(),
        order.id.to_value(),
        delivery.promised.map(|promised| promised.day).to_value(),
        order.product_id.to_value(),
        order.line_id.to_value(),
        order.customer_po.to_value(),
        order.priority.to_value(),
        (!facts.is_over(None)).to_value(),
        facts.is_void(None).to_value(),
        start.map(|start| start.minute).to_value(),
        end.to_value(),
        (over as f64).to_value(),
        held.iter().filter_map(|hold| hold.to).max().to_value(),
        since.to_value(),
        settled.to_value(),
        (settled > today).to_value(),
        super::super::write::bits(sources).to_value(),
    ];
    row.extend(delivery.sums.of(Family::Orders).iter().map(|sum| Value::Real(*sum)));
    row
}
