//! The facts of one order, gathered from its rows in scope.
use super::super::setup::Setup;
use crate::{Result, repository::Reader, values};
use domain::{
    Client, Day, HoldEntry, Id, WorkOrder,
    elements::order::{Age, Delivery, OrderFacts, ShipmentFacts, stretch},
};

/// The orders of a client, worked out from their rows one by one.
pub struct Orders<'r, 'c> {
    reader: &'r Reader<'c>,
    setup: Setup,
}

/// An order as of the end of a day.
pub struct OrderAsOf {
    /// Its row.
    pub order: WorkOrder,
    /// Everything known about it.
    pub facts: OrderFacts,
    /// Its delivery.
    pub delivery: Delivery,
    /// Its age; none where it was not begun, or counts nowhere.
    pub age: Option<Age>,
}

impl<'r, 'c> Orders<'r, 'c> {
    /// The orders of a client in scope.
    pub fn of(reader: &'r Reader<'c>, client: Id<Client>) -> Result<Self> {
        Ok(Orders { reader, setup: Setup::load(reader, client)? })
    }
    /// The client's production day at this moment.
    pub fn today(&self) -> Day {
        self.setup.today
    }
    /// What is known about an order; none where there is none.
    pub fn facts(&mut self, order: Id<WorkOrder>) -> Result<Option<(WorkOrder, OrderFacts)>> {
        gather(self.reader, &mut self.setup, order)
    }
    /// An order as of the end of a day, from its rows.
    pub fn as_of(&mut self, order: Id<WorkOrder>, day: Day) -> Result<Option<OrderAsOf>> {
        Ok(self.facts(order)?.map(|(order, facts)| {
            let (delivery, age) = (facts.delivery(Some(day)), facts.age(day));
            OrderAsOf { order, facts, delivery, age }
        }))
    }
}

/// The row of an order with what is known about it.
pub(super) fn gather(r: &Reader<'_>, setup: &mut Setup, id: Id<WorkOrder>) -> Result<Option<(WorkOrder, OrderFacts)>> {
    let Some(order) = r.find::<WorkOrder>(setup.client, id)? else { return Ok(None) };
    let mut facts = frame(&order, setup);
    facts.shipments = shipments(r, &order)?;
    facts.holds = holds(r, setup, &order)?;
    if rests_on_production(&facts) {
        (facts.first_made, facts.last_made) = made(r, &order)?;
    }
    if facts.planned_ship_date.is_none() && facts.required_date.is_none() {
        promise(r, setup, &order, &mut facts)?;
    }
    facts.calendar = setup.working_days(r)?;
    Ok(Some((order, facts)))
}

/// Everything the order's own row says.
fn frame(order: &WorkOrder, setup: &Setup) -> OrderFacts {
    OrderFacts {
        status: order.status,
        before_hold: order.before_hold,
        quantity: order.quantity.map(|units| units as f64),
        tolerance: setup.setting.delivery_tolerance.unwrap_or(0.0),
        delay: order.delay,
        received: order.received,
        planned_start: order.planned_start,
        actual_start: order.actual_start,
        actual_start_minute: order.actual_start_minute,
        required_date: order.required_date,
        planned_ship_date: order.planned_ship_date,
        completed: order.completed,
        ended: order.ended,
        ..OrderFacts::default()
    }
}

/// Only an order without a start, and a finished one that nobody shipped or completed, need to know when something
/// was made of them; of every other its entries are not read.
fn rests_on_production(facts: &OrderFacts) -> bool {
    let is_told = facts.completed.is_some() && !facts.shipments.is_empty();
    facts.actual_start.is_none() || (facts.is_finished() && !is_told)
}

fn shipments(r: &Reader<'_>, order: &WorkOrder) -> Result<Vec<ShipmentFacts>> {
    let sql = "SELECT id, day, quantity FROM shipment WHERE client_id = ?1 AND work_order_id = ?2 ORDER BY day, id";
    r.select(sql, values![order.client_id, order.id], |row| {
        Ok(ShipmentFacts { id: row.get(0)?, day: row.get(1)?, quantity: row.get(2)? })
    })
}

fn holds(r: &Reader<'_>, setup: &Setup, order: &WorkOrder) -> Result<Vec<domain::elements::order::Stretch>> {
    let rows: Vec<HoldEntry> = r.list_where(order.client_id, "work_order_id = ?2", values![order.id])?;
    Ok(rows.iter().filter_map(|hold| stretch(hold, setup.zone)).collect())
}

/// The first and the last day on which something was made of the order.
fn made(r: &Reader<'_>, order: &WorkOrder) -> Result<(Option<Day>, Option<Day>)> {
    let sql = "SELECT min(l.day), max(l.day) FROM production_entry e
        JOIN line_shift l ON l.client_id = e.client_id AND l.id = e.line_shift_id
        WHERE e.client_id = ?1 AND l.client_id = ?1 AND e.work_order_id = ?2 AND e.produced > 0";
    let days = r.first(sql, values![order.client_id, order.id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(days.unwrap_or_default())
}

/// What the promised day of an order without one is worked out from.
///
/// The standard is the order's, else the product's on the day planned to
/// start, else the client's default; what other orders have shown is no promise.
fn promise(r: &Reader<'_>, setup: &mut Setup, order: &WorkOrder, facts: &mut OrderFacts) -> Result<()> {
    let Some(day) = order.planned_start else { return Ok(()) };
    facts.standard = match (order.standard, order.product_id) {
        (None, Some(product)) => setup.standard(r, product, None, day)?,
        (own, _) => own,
    };
    facts.standard = facts.standard.or(setup.setting.default_standard);
    facts.shifts = setup.shifts(r, order.line_id, day)?;
    Ok(())
}
