//! What comes with the entries: orders, inspections, people.
use super::{super::chance::Chance, ORDER, SHIFTS};
use domain::{
    AttendanceEntry, Client, Day, Employee, HoldEntry, HoldState, Id, LineShift, OrderStatus, Product, ProductionEntry,
    QualityEntry, Shipment, Staffing, WorkOrder, time::Instant,
};
use store::Writer;

/// People on the list of a line shift that keeps one; entered thinly, one of four lines of a shift does.
const CREW: usize = 8;
/// Days before the last one in which orders are begun that are still in work.
const IN_WORK: i32 = 20;

/// The people of a client, and its order of the moment.
pub(super) struct Rest {
    people: Vec<Id<Employee>>,
    order: Option<Id<WorkOrder>>,
    entries: u64,
    number: u64,
    /// From this day on orders are still in work.
    in_work: Day,
}

impl Rest {
    /// Hires the people.
    pub(super) fn set_up(
        w: &mut Writer<'_>,
        client: Id<Client>,
        last: Day,
        now: Instant,
        c: &mut Chance,
    ) -> store::Result<Self> {
        let mut rest = Rest { people: vec![], order: None, entries: 0, number: 0, in_work: last.plus(-IN_WORK) };
        for n in 0..CREW * SHIFTS {
            let id = Id::at(now.0, c.bytes());
            let (code, name) = (format!("{:04}", n + 1), format!("Person {}", n + 1));
            w.put(&Employee { code, name, direct: true, active: true, ..Employee::blank(client, id) })?;
            rest.people.push(id);
        }
        Ok(rest)
    }
    /// The order an entry is of; each new one with its shipment and a hold, but those still in work.
    pub(super) fn order(
        &mut self,
        w: &mut Writer<'_>,
        (client, products): (Id<Client>, &[Id<Product>]),
        day: Day,
        now: Instant,
        c: &mut Chance,
    ) -> store::Result<Id<WorkOrder>> {
        self.entries += 1;
        if let Some(order) = self.order.filter(|_| !self.entries.is_multiple_of(ORDER)) {
            return Ok(order);
        }
        self.number += 1;
        let (id, quantity) = (Id::at(now.0, c.bytes()), c.whole(5_000, 30_000));
        let in_work = day >= self.in_work;
        let (late, left) = (i32::try_from(c.whole(-2, 2)).unwrap_or(0), day.plus(5));
        w.put(&WorkOrder {
            code: format!("O{}", self.number),
            product_id: c.pick(products).copied(),
            quantity: Some(quantity),
            status: if in_work { OrderStatus::InProgress } else { OrderStatus::Closed },
            received: Some(day.plus(-5)),
            actual_start: Some(day),
            required_date: Some(left.plus(late)),
            completed: (!in_work).then(|| day.plus(4)),
            ..WorkOrder::blank(client, id)
        })?;
        self.order = Some(id);
        if in_work {
            return Ok(id);
        }
        let shipment = Shipment { work_order_id: id, day: left, ..Shipment::blank(client, Id::at(now.0, c.bytes())) };
        w.put(&Shipment { quantity: Some(quantity), ..shipment })?;
        w.put(&HoldEntry {
            work_order_id: id,
            state: HoldState::Resumed,
            held_from: Some(day.plus(-3)),
            held_to: Some(day.plus(-1)),
            ..HoldEntry::blank(client, Id::at(now.0, c.bytes()))
        })?;
        Ok(id)
    }
    /// Every third entry is inspected.
    pub(super) fn inspect(
        &self,
        w: &mut Writer<'_>,
        shift: &LineShift,
        entry: &ProductionEntry,
        now: Instant,
        c: &mut Chance,
    ) -> store::Result<()> {
        if !self.entries.is_multiple_of(3) {
            return Ok(());
        }
        let inspected = entry.produced.unwrap_or(0) / 4;
        let defective = c.whole(0, inspected / 20);
        w.put(&QualityEntry {
            day: shift.day,
            line_id: shift.line_id,
            shift_id: Some(shift.shift_id),
            work_order_id: entry.work_order_id,
            product_id: entry.product_id,
            inspected: Some(inspected),
            defective: Some(defective),
            total_defects: Some(defective + defective / 5),
            ..QualityEntry::blank(shift.client_id, Id::at(now.0, c.bytes()))
        })
        .map(|_| ())
    }
    /// People needed and there; where a list is kept, one by one.
    pub(super) fn people(
        &self,
        w: &mut Writer<'_>,
        shift: &LineShift,
        listed: bool,
        now: Instant,
        c: &mut Chance,
    ) -> store::Result<()> {
        let (client, day, shift_id, line_id) = (shift.client_id, shift.day, shift.shift_id, shift.line_id);
        let (required, actual) = (Some(14.0), shift.crew);
        let id = Id::at(now.0, c.bytes());
        w.put(&Staffing { day, shift_id, line_id, required, actual, ..Staffing::blank(client, id) })?;
        let turn = usize::from(shift.shift_id.bytes()[15]) % SHIFTS;
        let crew = self.people.iter().skip(turn * CREW).take(if listed { CREW } else { 0 });
        for employee_id in crew.copied() {
            let away = if c.happens(0.04) { 8.0 } else { 0.0 };
            w.put(&AttendanceEntry {
                employee_id,
                day,
                shift_id: Some(shift_id),
                line_id: Some(line_id),
                scheduled_hours: Some(8.0),
                actual_hours: Some(8.0 - away),
                absent_hours: Some(away),
                ..AttendanceEntry::blank(client, AttendanceEntry::fact(client, employee_id, day, Some(shift_id)))
            })?;
        }
        Ok(())
    }
}
