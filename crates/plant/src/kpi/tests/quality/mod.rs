//! Inspections, from typed rows to the digit.

mod counted;
mod examples;
mod routes;
mod told;

use super::*;
use domain::{Job, Operation, OrderStatus, PartOpportunities, QualityEntry, WorkOrder};

/// An inspection of a day, on the first line and shift.
fn inspection(f: &Factory, id: Id<QualityEntry>) -> QualityEntry {
    QualityEntry {
        day: DAY,
        line_id: f.lines[0],
        shift_id: Some(f.shift),
        product_id: Some(f.products[0]),
        ..QualityEntry::blank(f.client, id)
    }
}

/// Types in an inspection, as far as it differs from a blank one.
pub(super) fn inspect(plant: &Plant, f: &Factory, fill: impl FnOnce(QualityEntry) -> QualityEntry) -> Id<QualityEntry> {
    plant.write(|w| {
        let row = fill(inspection(f, w.fresh()));
        w.put(&row)?;
        Ok(row.id)
    })
}

fn opportunities(plant: &Plant, f: &Factory, product: usize, count: i64) -> Id<PartOpportunities> {
    plant.write(|w| {
        let id = w.fresh();
        w.put(&PartOpportunities { client_id: f.client, id, product_id: f.products[product], opportunities: count })?;
        Ok(id)
    })
}

fn step(plant: &Plant, f: &Factory, code: &str, is_final: bool) -> Id<Operation> {
    plant.write(|w| {
        let id = w.fresh();
        let blank = Operation::blank(f.client, id);
        w.put(&Operation { code: code.into(), active: true, is_final, ..blank })?;
        Ok(id)
    })
}

fn order(plant: &Plant, f: &Factory, code: &str) -> Id<WorkOrder> {
    plant.write(|w| {
        let id = w.fresh();
        let blank = WorkOrder::blank(f.client, id);
        w.put(&WorkOrder { code: code.into(), status: OrderStatus::Released, ..blank })?;
        Ok(id)
    })
}

fn job(plant: &Plant, f: &Factory, of: Id<WorkOrder>, code: &str) -> Id<Job> {
    plant.write(|w| {
        let id = w.fresh();
        let product_id = Some(f.products[0]);
        w.put(&Job { work_order_id: of, code: code.into(), product_id, ..Job::blank(f.client, id) })?;
        Ok(id)
    })
}

fn row(plant: &Plant, kpi: &str) -> AnswerRow {
    plant.ask(&question(kpi, DAY, DAY.plus(6), &[])).rows[0].clone()
}

fn digits(value: Option<f64>, places: usize) -> String {
    value.map_or("—".into(), |value| format!("{value:.places$}"))
}

/// One product, three steps: 95, 90 and 98 of 100 pass the first time.
fn three_steps(plant: &Plant) -> (Factory, [Id<Operation>; 3]) {
    let f = plant.client("ACME", Basis::Labour);
    let steps = [("CUT", false), ("SEW", false), ("PACK", true)].map(|(code, last)| step(plant, &f, code, last));
    for (step, passed) in steps.iter().zip([95, 90, 98]) {
        let operation_id = Some(*step);
        inspect(plant, &f, |q| QualityEntry { operation_id, inspected: Some(100), passed: Some(passed), ..q });
    }
    (f, steps)
}

fn explained(plant: &Plant, kpi: &str) -> Explained {
    let ask = question(kpi, DAY, DAY.plus(6), &[]);
    plant.read(|r| explain(r, None, &Explain { ask, offset: 0, limit: 100, rows: true })).unwrap()
}
