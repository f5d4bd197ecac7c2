//! What was inspected on a line shift, gathered from its rows.
use super::{Cell, setup::Setup, write::Aside};
use crate::{
    Result,
    repository::{Reader, Row},
    values,
};
use domain::{
    Day, Id, Job, Operation, Product, Value,
    elements::{self, Inspected, Key, QualityFacts, QualityKey},
};
use std::collections::{HashMap, HashSet, hash_map::Entry};

/// What the inspections of one client share, each read once.
#[derive(Default)]
pub(super) struct Known {
    jobs: HashMap<Id<Job>, QualityKey>,
    opportunities: HashMap<Id<Product>, Option<f64>>,
    finals: HashMap<Id<Operation>, bool>,
    inspected: HashMap<Day, HashSet<Option<Key>>>,
}

/// The rows of sums of a cell; none where nothing was entered.
pub(super) fn rows(r: &Reader<'_>, setup: &mut Setup, cell: Cell) -> Result<Vec<Aside>> {
    let aside = |(key, (sums, sources)): (QualityKey, _)| {
        let ids = [key.product, key.operation, key.order, key.job];
        Aside { key: ids.map(|id| id.map_or(Value::Null, Value::Id)).to_vec(), sources, sums }
    };
    Ok(gather(r, setup, cell)?.parts().into_iter().map(aside).collect())
}

/// Its inspections, and the production entries that stand in for some.
pub(super) fn gather(r: &Reader<'_>, setup: &mut Setup, cell: Cell) -> Result<Inspected> {
    let mut facts = inspections(r, setup, cell)?;
    facts.extend(stand_ins(r, setup, cell)?);
    for f in &mut facts {
        f.key.product = match (f.key.product, f.key.order) {
            (None, Some(order)) => setup.order(r, Id::from_bytes(order))?.1.map(Id::bytes),
            (product, _) => product,
        };
        f.is_final = is_final(r, setup, f.key.operation)?;
        f.part_opportunities = of_part(r, setup, f.key.product)?;
        f.default_opportunities = setup.setting.default_opportunities.filter(|n| *n > 0).map(|n| n as f64);
    }
    Ok(elements::inspect(&facts))
}

const INSPECTIONS: &str = "SELECT id, product_id, operation_id, work_order_id, job_id, inspected, defective, rework,
    repair, scrap, passed, total_defects, again FROM quality_entry
    WHERE client_id = ?1 AND day = ?2 AND shift_id IS ?3 AND line_id = ?4 ORDER BY id";

/// The inspections of a cell; what they leave out is told by their job.
fn inspections(r: &Reader<'_>, setup: &mut Setup, cell: Cell) -> Result<Vec<QualityFacts>> {
    let shift = Some(cell.shift).filter(|shift| shift.bytes() != Key::default());
    let mut found = r.select(INSPECTIONS, values![cell.client, cell.day, shift, cell.line], |row| {
        let (passed, total_defects) = (row.get(10)?, row.get(11)?);
        let again = row.get::<Option<bool>>(12)?.unwrap_or(false);
        Ok(QualityFacts { passed, total_defects, again, ..counts(row)? })
    })?;
    for f in &mut found {
        let Some(job) = f.key.job else { continue };
        let told = job_of(r, setup, Id::from_bytes(job))?;
        f.key.product = f.key.product.or(told.product);
        f.key.operation = f.key.operation.or(told.operation);
        f.key.order = f.key.order.or(told.order);
    }
    Ok(found)
}

const ENTRIES: &str = "SELECT e.id, e.product_id, e.operation_id, e.work_order_id, e.job_id, e.produced, e.defective,
    e.rework, e.repair, e.scrap FROM production_entry e
    JOIN line_shift l ON l.client_id = e.client_id AND l.id = e.line_shift_id
    WHERE e.client_id = ?1 AND l.client_id = ?1 AND e.line_shift_id = ?2 AND e.produced IS NOT NULL ORDER BY e.id";

/// The production of orders that were not inspected that day, on whatever line.
fn stand_ins(r: &Reader<'_>, setup: &mut Setup, cell: Cell) -> Result<Vec<QualityFacts>> {
    let made = r.select(ENTRIES, values![cell.client, cell.line_shift()], |row| {
        Ok(QualityFacts { stands_in: true, ..counts(row)? })
    })?;
    if made.is_empty() {
        return Ok(made);
    }
    let inspected = inspected_on(r, setup, cell.day)?;
    Ok(made.into_iter().filter(|f| !inspected.contains(&f.key.order)).collect())
}

fn counts(row: &Row<'_>) -> Result<QualityFacts> {
    let key = QualityKey { product: row.get(1)?, operation: row.get(2)?, order: row.get(3)?, job: row.get(4)? };
    Ok(QualityFacts {
        id: row.get(0)?,
        key,
        inspected: row.get(5)?,
        defective: row.get(6)?,
        rework: row.get(7)?,
        repair: row.get(8)?,
        scrap: row.get(9)?,
        ..QualityFacts::default()
    })
}

/// The orders that were inspected on a day; none is an order too.
fn inspected_on<'s>(r: &Reader<'_>, setup: &'s mut Setup, day: Day) -> Result<&'s HashSet<Option<Key>>> {
    let client = setup.client;
    if let Entry::Vacant(e) = setup.quality.inspected.entry(day) {
        let sql = "SELECT DISTINCT coalesce(q.work_order_id, j.work_order_id) FROM quality_entry q
            LEFT JOIN job_all j ON j.client_id = ?1 AND j.id = q.job_id WHERE q.client_id = ?1 AND q.day = ?2";
        let orders = r.select(sql, values![client, day], |row| row.get::<Option<Key>>(0))?;
        e.insert(orders.into_iter().collect());
    }
    Ok(setup.quality.inspected.entry(day).or_default())
}

/// What a job is of; its order included.
fn job_of(r: &Reader<'_>, setup: &mut Setup, job: Id<Job>) -> Result<QualityKey> {
    if let Some(known) = setup.quality.jobs.get(&job) {
        return Ok(*known);
    }
    let sql = "SELECT product_id, operation_id, work_order_id FROM job_all WHERE client_id = ?1 AND id = ?2";
    let told = r.first(sql, values![setup.client, job], |row| {
        Ok(QualityKey { product: row.get(0)?, operation: row.get(1)?, order: row.get(2)?, job: Some(job.bytes()) })
    })?;
    let told = told.unwrap_or_default();
    setup.quality.jobs.insert(job, told);
    Ok(told)
}

/// Whether it is the step that PPM reads: the client's, else any that is marked final.
///
/// What names no step is of the finished unit. Without a final step no named step is one.
fn is_final(r: &Reader<'_>, setup: &mut Setup, step: Option<Key>) -> Result<bool> {
    let Some(step) = step.map(Id::<Operation>::from_bytes) else { return Ok(true) };
    if let Some(chosen) = setup.setting.final_operation_id {
        return Ok(chosen == step);
    }
    if let Some(known) = setup.quality.finals.get(&step) {
        return Ok(*known);
    }
    let sql = "SELECT is_final FROM operation_all WHERE client_id = ?1 AND id = ?2";
    let marked = r.first(sql, values![setup.client, step], |row| row.get::<bool>(0))?.unwrap_or(false);
    setup.quality.finals.insert(step, marked);
    Ok(marked)
}

/// Defect opportunities of a unit of a product; the newest row where there are several.
fn of_part(r: &Reader<'_>, setup: &mut Setup, product: Option<Key>) -> Result<Option<f64>> {
    let Some(product) = product.map(Id::<Product>::from_bytes) else { return Ok(None) };
    if let Some(known) = setup.quality.opportunities.get(&product) {
        return Ok(*known);
    }
    let sql = "SELECT opportunities FROM part_opportunities WHERE client_id = ?1 AND product_id = ?2
        ORDER BY id DESC LIMIT 1";
    let count = r.first(sql, values![setup.client, product], |row| row.get::<f64>(0))?;
    setup.quality.opportunities.insert(product, count);
    Ok(count)
}
