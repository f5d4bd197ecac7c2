//! The rows of inspections as an explanation lists them.

use super::{
    ExplainedEntry, Kpi,
    ask::Question,
    entries::{number, signed, texts},
    explain::place,
    group::{Group, Place},
    kept,
    label::Labels,
    read::Sums,
};
use domain::{
    Client, Id, ProductionEntry, QualityEntry,
    elements::{Element, Inspected, Source, WorkedQuality},
};
use std::collections::BTreeMap;
use store::{Cell, Reader, Result, values};

/// What the sources of inspections are weighed by.
pub(super) const BASES: [Element; 3] = [Element::Inspected, Element::Defects, Element::Opportunities];

/// The inspections of a question, line shift by line shift, with some of their elements.
///
/// A line shift has a row for each thing inspected on it: whole days are taken from memory where they are kept.
pub(super) fn each_line_shift(
    sums: &Sums<'_, '_>,
    question: &Question,
    elements: &[Element],
    tell: &mut dyn FnMut(Cell, &Group),
) -> Result<()> {
    for client in question.clients.iter().copied() {
        if !kept::each_line_shift(sums, question, client, tell)? {
            stored(sums.reader, question, client, elements, tell)?;
        }
    }
    Ok(())
}

/// The line shifts of a client, from the file.
fn stored(
    reader: &Reader<'_>,
    question: &Question,
    client: Id<Client>,
    elements: &[Element],
    tell: &mut dyn FnMut(Cell, &Group),
) -> Result<()> {
    let mut last: Option<(Cell, Group)> = None;
    each(reader, question, client, elements, &mut |cell, part| match &mut last {
        Some((before, group)) if *before == cell => group.add(&part),
        _ => last.replace((cell, part)).iter().for_each(|(cell, group)| tell(*cell, group)),
    })?;
    last.iter().for_each(|(cell, group)| tell(*cell, group));
    Ok(())
}

/// Every stored part of a question, in the order of its cells.
fn each(
    reader: &Reader<'_>,
    question: &Question,
    client: Id<Client>,
    elements: &[Element],
    tell: &mut dyn FnMut(Cell, Group),
) -> Result<()> {
    let names: String = elements.iter().map(|element| format!(", {}", element.name())).collect();
    let sql = format!(
        "SELECT day, shift_id, line_id, product_id, operation_id, work_order_id, job_id, sources{names} FROM kpi_quality
         WHERE client_id = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY client_id, day, shift_id, line_id"
    );
    reader.select(&sql, values![client, question.from, question.to], |row| {
        let cell = Cell { client, day: row.get(0)?, shift: row.get(1)?, line: row.get(2)? };
        let part = place(cell).part(row.get(3)?, row.get(4)?, row.get(5)?);
        if question.holds(&Place { job: row.get(6)?, ..part }) {
            let mut group = Group::default();
            group.sources.0 |= row.get::<i64>(7)? as u64;
            for (at, element) in elements.iter().enumerate() {
                group.sums[*element] = row.get(8 + at)?;
            }
            tell(cell, group);
        }
        Ok(())
    })?;
    Ok(())
}

/// The inspections, then the production entries that stand in.
pub(super) fn entries(
    reader: &Reader<'_>,
    question: &Question,
    kpi: &Kpi,
    (cell, found): (Cell, &Inspected),
    labels: &mut Labels<'_, '_>,
) -> Result<Vec<ExplainedEntry>> {
    let client = cell.client.bytes();
    let mut told = Vec::new();
    for row in &found.rows {
        let part = place(cell).part(row.key.product, row.key.operation, row.key.order);
        if question.holds(&Place { job: row.key.job, ..part }) {
            let table = if row.stands_in { "production_entry" } else { "quality_entry" };
            let mut values = entered(reader, cell.client, row)?;
            values.extend(counted(kpi, row));
            let step = labels.code("operation", client, row.key.operation)?;
            values.extend(row.key.operation.map(|_| ("step".to_owned(), step)));
            let what = labels.code("product", client, row.key.product)?;
            told.push(ExplainedEntry { what, ..signed(reader, client, row.id, table, values)? });
        }
    }
    Ok(told)
}

/// The counts somebody typed.
fn entered(reader: &Reader<'_>, client: Id<Client>, row: &WorkedQuality) -> Result<BTreeMap<String, String>> {
    if row.stands_in {
        let entry: ProductionEntry = reader.get(client, Id::from_bytes(row.id))?;
        return Ok(texts([
            ("hour", number(entry.hour)),
            ("produced", number(entry.produced)),
            ("defective", number(entry.defective)),
            ("rework", number(entry.rework)),
            ("repair", number(entry.repair)),
            ("scrap", number(entry.scrap)),
        ]));
    }
    let entry: QualityEntry = reader.get(client, Id::from_bytes(row.id))?;
    Ok(texts([
        ("inspected", number(entry.inspected)),
        ("passed", number(entry.passed)),
        ("defective", number(entry.defective)),
        ("rework", number(entry.rework)),
        ("repair", number(entry.repair)),
        ("scrap", number(entry.scrap)),
        ("total_defects", number(entry.total_defects)),
        ("again", entry.again.filter(|again| *again).map(|_| "1".to_owned())),
        ("inspector", entry.inspector),
    ]))
}

/// What the row adds to the sums of the formula, and the opportunities it was counted with.
fn counted(kpi: &Kpi, row: &WorkedQuality) -> BTreeMap<String, String> {
    let mut values: BTreeMap<String, String> =
        kpi.elements().into_iter().map(|of| (of.name().to_owned(), row.sums[of].to_string())).collect();
    if kpi.elements().contains(&Element::Opportunities) {
        values.insert("opportunities_unit".into(), row.opportunities.value.to_string());
        values.insert("opportunities_source".into(), row.opportunities.source.key().into());
    }
    let defects = row.sources.iter().find(|source| *source == Source::DefectsDefective);
    if kpi.elements().contains(&Element::Defects) {
        values.extend(defects.map(|source| ("defects_source".to_owned(), source.key().to_owned())));
    }
    values
}
