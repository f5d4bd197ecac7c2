//! What a transaction has made stale, each once.
use super::{Cell, order};
use crate::{
    Result,
    repository::{Reader, Row},
    values,
};
use domain::{
    AttendanceEntry, Client, Day, Employee, Entity, Id, Job, Line, LineShift, Shift, ShiftPlace, Touch, Value,
    WorkOrder,
};
use std::collections::BTreeSet;

/// Cells, and touches still to be turned into cells.
#[derive(Default)]
pub(in crate::repository) struct Stale {
    pub(super) cells: BTreeSet<Cell>,
    pub(super) orders: BTreeSet<(Id<Client>, Id<WorkOrder>)>,
    /// Days whose sum of what is in work is to be made again.
    pub(super) in_work: BTreeSet<(Id<Client>, Day)>,
    /// Orders of which something was made; only some of them rest on it.
    made: BTreeSet<(Id<Client>, Id<WorkOrder>)>,
    line_shifts: BTreeSet<(Id<Client>, Id<LineShift>)>,
    wide: Vec<(Id<Client>, Touch)>,
    last: Option<(Id<Client>, Id<LineShift>)>,
}

impl Stale {
    /// Remembers what a written row concerns.
    pub(in crate::repository) fn touch(&mut self, client: Id<Client>, touch: Touch) {
        match touch {
            Touch::Nothing => {}
            Touch::Cell { day, shift, line } => {
                self.cells.insert(Cell { client, day, shift, line });
            }
            Touch::Place(place) => {
                self.cells.insert(Cell::of(client, place));
            }
            Touch::Entry(id, order) => {
                self.touch(client, Touch::LineShift(id));
                self.made.extend(order.map(|order| (client, order)));
            }
            Touch::Delivery(order) => self.orders.extend(order.map(|order| (client, order))),
            Touch::LineShift(id) => {
                if self.last.replace((client, id)) != Some((client, id)) {
                    self.line_shifts.insert((client, id));
                }
            }
            other => {
                if let Touch::Order(order) = other {
                    self.orders.insert((client, order));
                }
                if !self.wide.contains(&(client, other.clone())) {
                    self.wide.push((client, other));
                }
            }
        }
    }
    /// Leaves out the cells of the days before.
    pub(in crate::repository) fn leave_before(&mut self, day: Day) {
        self.cells.retain(|cell| cell.day >= day);
    }
    /// Remembers what a new row concerns: rows that name it there are none yet, so it concerns at most itself.
    pub(in crate::repository) fn touch_new(&mut self, client: Id<Client>, touch: Touch, record: [u8; 16]) {
        match touch {
            Touch::Match { line: Some(id), .. } if id.bytes() == record => {}
            Touch::Reason(id) if id.bytes() == record => {}
            Touch::Job(id) if id.bytes() == record => {}
            Touch::Step(id) if id.bytes() == record => {}
            Touch::Order(id) if id.bytes() == record => self.touch(client, Touch::Delivery(Some(id))),
            other => self.touch(client, other),
        }
    }
    /// Turns every touch into the cells it means.
    pub(super) fn resolve(&mut self, r: &Reader<'_>) -> Result<()> {
        for (client, id) in std::mem::take(&mut self.line_shifts) {
            let sql = "SELECT client_id, day, shift_id, line_id FROM line_shift_all WHERE client_id = ?1 AND id = ?2";
            self.cells.extend(r.select(sql, values![client, id], cell)?);
        }
        let wide_touches = std::mem::take(&mut self.wide);
        self.orders.extend(order::resting_on(r, &wide_touches)?);
        self.orders.extend(order::made(r, std::mem::take(&mut self.made))?);
        for (client, touch) in wide_touches {
            self.cells.extend(wide(r, client, &touch)?);
        }
        Ok(())
    }
}

/// The line shifts whose figures a row concerns: as it is to be, and as it stands.
pub(in crate::repository) fn touched<E: Entity>(r: &Reader<'_>, row: &E) -> Result<BTreeSet<Cell>> {
    let mut stale = Stale::default();
    stale.touch(row.client(), row.touch());
    if let Some(old) = r.find::<E>(row.client(), row.id())? {
        stale.touch(old.client(), old.touch());
    }
    stale.resolve(r)?;
    Ok(stale.cells)
}

/// The cell of a row that begins with client, day, shift and line.
pub(in crate::repository) fn cell(row: &Row<'_>) -> Result<Cell> {
    Ok(Cell {
        client: row.get(0)?,
        day: row.get::<Day>(1)?,
        shift: row.get::<Id<Shift>>(2)?,
        line: row.get::<Id<Line>>(3)?,
    })
}

const LIST: &str = "SELECT DISTINCT l.client_id, l.day, l.shift_id, l.line_id FROM line_shift l";

fn wide(r: &Reader<'_>, client: Id<Client>, touch: &Touch) -> Result<Vec<Cell>> {
    match touch {
        Touch::Match { from, shift, line } => matching(r, values![client, from.unwrap_or(Day(i32::MIN)), shift, line]),
        Touch::Product { from, product } => {
            let sql = "SELECT client_id, day, shift_id, line_id FROM kpi_line_shift WHERE client_id = ?1 AND day >= ?2 AND product_id = ?3
                UNION SELECT client_id, day, shift_id, line_id FROM kpi_part WHERE client_id = ?1 AND day >= ?2 AND product_id = ?3";
            r.select(sql, values![client, from, product], cell)
        }
        Touch::Order(order) => {
            let sql = format!(
                "{LIST} JOIN production_entry e ON e.client_id = l.client_id AND e.line_shift_id = l.id
                 WHERE l.client_id = ?1 AND e.client_id = ?1 AND e.work_order_id = ?2"
            );
            let mut cells = r.select(&sql, values![client, order], cell)?;
            cells.extend(inspections_of_order(r, client, *order)?);
            Ok(cells)
        }
        Touch::Reason(reason) => stopped(r, values![client, reason]),
        Touch::Inspection(place, order, job) => inspected(r, client, *place, *order, *job),
        Touch::Job(job) => inspections_of_job(r, client, *job),
        Touch::Step(step) => inspections(r, "client_id = ?1 AND operation_id = ?2", values![client, step]),
        Touch::Opportunities(product) => inspections(r, "client_id = ?1 AND product_id = ?2", values![client, product]),
        Touch::Employee(employee) => listed(r, client, *employee),
        Touch::Cover(place, absence) => covered(r, client, *place, *absence),
        Touch::Nothing
        | Touch::Cell { .. }
        | Touch::LineShift(_)
        | Touch::Entry(..)
        | Touch::Place(_)
        | Touch::Delivery(_) => Ok(vec![]),
    }
}

/// Line shifts from a day on, of a shift and a line where they are named.
fn matching(r: &Reader<'_>, asked: &[Value]) -> Result<Vec<Cell>> {
    let rule =
        "l.client_id = ?1 AND l.day >= ?2 AND (?3 IS NULL OR l.shift_id = ?3) AND (?4 IS NULL OR l.line_id = ?4)";
    // Inspections and people are there without a line shift, too.
    let beside =
        |table: &str| format!(" UNION SELECT l.client_id, l.day, l.shift_id, l.line_id FROM {table} l WHERE {rule}");
    let sql = format!("{LIST} WHERE {rule}{}{}", beside("kpi_quality"), beside("kpi_people"));
    r.select(&sql, asked, cell)
}

/// Line shifts on which something stood still for a reason.
fn stopped(r: &Reader<'_>, asked: &[Value]) -> Result<Vec<Cell>> {
    let sql = format!(
        "{LIST} JOIN downtime_entry e ON e.client_id = l.client_id AND e.line_shift_id = l.id
         WHERE l.client_id = ?1 AND e.client_id = ?1 AND e.reason_id = ?2"
    );
    r.select(&sql, asked, cell)
}

/// An inspection's own place, and the production of its order that day: it stands in for an inspection, or not.
fn inspected(
    r: &Reader<'_>,
    client: Id<Client>,
    place: ShiftPlace,
    order: Option<Id<WorkOrder>>,
    job: Option<Id<Job>>,
) -> Result<Vec<Cell>> {
    let of_job = "SELECT work_order_id FROM job_all WHERE client_id = ?1 AND id = ?2";
    let order = match (order, job) {
        (None, Some(job)) => r.first(of_job, values![client, job], |row| row.get(0))?,
        (order, _) => order,
    };
    let sql = "SELECT DISTINCT l.client_id, l.day, l.shift_id, l.line_id FROM line_shift l
        JOIN production_entry e ON e.client_id = l.client_id AND e.line_shift_id = l.id
        WHERE l.client_id = ?1 AND e.client_id = ?1 AND l.day = ?2 AND e.work_order_id IS ?3";
    let mut cells = r.select(sql, values![client, place.day, order], cell)?;
    cells.push(Cell::of(client, place));
    Ok(cells)
}

/// The cells with sums of inspections that match.
fn inspections(r: &Reader<'_>, rule: &str, values: &[Value]) -> Result<Vec<Cell>> {
    let sql = format!("SELECT DISTINCT client_id, day, shift_id, line_id FROM kpi_quality WHERE {rule}");
    r.select(&sql, values, cell)
}

/// The inspections of a job, and whatever was made on their days: the job says which order they speak for.
fn inspections_of_job(r: &Reader<'_>, client: Id<Client>, job: Id<Job>) -> Result<Vec<Cell>> {
    let sql = "SELECT client_id, day, coalesce(shift_id, ?3), line_id FROM quality_entry
        WHERE client_id = ?1 AND job_id = ?2
        UNION SELECT l.client_id, l.day, l.shift_id, l.line_id FROM quality_entry q
        JOIN line_shift l ON l.client_id = q.client_id AND l.day = q.day
        WHERE q.client_id = ?1 AND l.client_id = ?1 AND q.job_id = ?2";
    r.select(sql, &[Value::Id(client.bytes()), Value::Id(job.bytes()), Value::Id([0; 16])], cell)
}

/// The inspections of an order and of its jobs: the order tells what they are of.
fn inspections_of_order(r: &Reader<'_>, client: Id<Client>, order: Id<WorkOrder>) -> Result<Vec<Cell>> {
    let sql = "SELECT client_id, day, coalesce(shift_id, ?3), line_id FROM quality_entry
        WHERE client_id = ?1 AND work_order_id = ?2
        UNION SELECT q.client_id, q.day, coalesce(q.shift_id, ?3), q.line_id FROM job_all j
        JOIN quality_entry q ON q.client_id = j.client_id AND q.job_id = j.id
        WHERE j.client_id = ?1 AND q.client_id = ?1 AND j.work_order_id = ?2";
    r.select(sql, &[Value::Id(client.bytes()), Value::Id(order.bytes()), Value::Id([0; 16])], cell)
}

const ON_THE_LIST: &str =
    "SELECT DISTINCT client_id, day, coalesce(shift_id, ?3), coalesce(line_id, ?3) FROM attendance_entry";

fn listed(r: &Reader<'_>, client: Id<Client>, employee: Id<Employee>) -> Result<Vec<Cell>> {
    let sql = format!("{ON_THE_LIST} WHERE client_id = ?1 AND employee_id = ?2");
    r.select(&sql, &[Value::Id(client.bytes()), Value::Id(employee.bytes()), Value::Id([0; 16])], cell)
}

fn covered(
    r: &Reader<'_>,
    client: Id<Client>,
    place: ShiftPlace,
    absence: Option<Id<AttendanceEntry>>,
) -> Result<Vec<Cell>> {
    let sql = format!("{ON_THE_LIST}_all WHERE client_id = ?1 AND id = ?2");
    let mut cells = match absence {
        Some(id) => r.select(&sql, &[Value::Id(client.bytes()), Value::Id(id.bytes()), Value::Id([0; 16])], cell)?,
        None => vec![],
    };
    cells.push(Cell::of(client, place));
    Ok(cells)
}
