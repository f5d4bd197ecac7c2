//! A file goes in: one transaction, one undo.
use super::{
    desk::Sheet,
    fields::What,
    memory::Remembered,
    plan::Plan,
    preview::{Progress, Wish, see},
    why::{RowError, Why},
};
use domain::{Client, Entity, Id, ImportBatch};
use serde::Serialize;
use std::collections::BTreeMap;
use store::Writer;

/// What a file brought in.
#[derive(Clone, PartialEq, Debug, Default, Serialize, ts_rs::TS)]
pub struct Imported {
    /// One batch per client.
    pub batches: Vec<Id<ImportBatch>>,
    /// Rows of the file that brought something.
    pub written: u32,
    /// Rows that were here already.
    pub unchanged: u32,
    /// Rows left out for their errors.
    pub skipped: u32,
}

/// A file and what is wanted of it.
pub struct Order<'a> {
    /// The file.
    pub sheet: &'a Sheet,
    /// Its name.
    pub name: &'a str,
    /// How it is to be understood.
    pub wish: &'a Wish,
    /// Whether rows with errors are left out, or stop the whole.
    pub without_errors: bool,
}

/// Brings a file in; what is here already stays as it is.
pub fn import(w: &mut Writer<'_>, order: &Order<'_>, progress: Progress<'_>) -> store::Result<Imported> {
    if let What::Table(rows) = order.wish.what {
        return crate::tables::import(w, rows, order, progress);
    }
    let seen = see(w, order.sheet, order.wish, &mut || w.fresh(), progress)?;
    if seen.understood.asks_scrap {
        return Err(Why::ImportUnanswered.fault().at("scrap_inside").into());
    }
    refuse_errors(&seen.errors.list, seen.errors.count(), order.without_errors)?;
    let skipped = seen.errors.count();
    w.names(format!("import {}", order.name));
    w.because(Some(format!("import {}", order.name)));
    let mut imported = Imported { unchanged: seen.plan.already, skipped, ..Imported::default() };
    if seen.plan.size() > 0 {
        bring(w, order, &seen.understood.how, seen.plan, &mut imported, progress)?;
    }
    Ok(imported)
}

pub(crate) fn refuse_errors(errors: &[RowError], count: u32, without: bool) -> store::Result<()> {
    if let Some(error) = errors.iter().find(|e| e.code == Why::MissingColumn.word()) {
        let field = error.field.clone().unwrap_or_default();
        return Err(Why::MissingColumn.fault().at("mapping").with("value", field).into());
    }
    if count > 0 && !without {
        return Err(Why::ImportHasErrors.fault().with("count", count).into());
    }
    Ok(())
}

fn bring(
    w: &mut Writer<'_>,
    order: &Order<'_>,
    how: &Remembered,
    mut plan: Plan,
    imported: &mut Imported,
    progress: Progress<'_>,
) -> store::Result<()> {
    for client in &plan.clients {
        w.found(client)?;
    }
    let batches = batches(w, order, how, &plan.brought);
    for entry in plan.entries.iter_mut().filter(|e| e.entry_method.as_deref() == Some("import")) {
        entry.import_batch_id = entry.import_batch_id.or(batches.get(&entry.client_id).map(|b| b.id));
    }
    for stop in &mut plan.stops {
        stop.import_batch_id = stop.import_batch_id.or(batches.get(&stop.client_id).map(|b| b.id));
    }
    let rows: Vec<ImportBatch> = batches.into_values().collect();
    let mut steps = Steps { done: 0, size: plan.size() + rows.len(), rows: order.sheet.profiles.rows, progress };
    steps.all(w, &plan.shifts)?;
    steps.all(w, &plan.lines)?;
    steps.all(w, &plan.products)?;
    steps.all(w, &plan.standards)?;
    steps.all(w, &plan.reasons)?;
    steps.all(w, &rows)?;
    steps.all(w, &plan.line_shifts)?;
    steps.all(w, &plan.entries)?;
    steps.all(w, &plan.stops)?;
    imported.written = plan.brought.values().sum();
    imported.batches = rows.iter().map(|b| b.id).collect();
    Ok(())
}

/// One batch for each client that the file brings something.
pub(crate) fn batches(
    w: &Writer<'_>,
    order: &Order<'_>,
    how: &Remembered,
    brought: &BTreeMap<Id<Client>, u32>,
) -> BTreeMap<Id<Client>, ImportBatch> {
    let mapping = serde_json::to_string(how).unwrap_or_default();
    let batch = |(client, rows): (&Id<Client>, &u32)| {
        let batch = ImportBatch {
            client_id: *client,
            id: w.fresh(),
            file_id: order.sheet.file_id.clone(),
            kind: order.wish.what.word(),
            name: order.name.into(),
            rows: i64::from(*rows),
            mapping: mapping.clone(),
        };
        (*client, batch)
    };
    brought.iter().map(batch).collect()
}

/// How far the writing is.
pub(crate) struct Steps<'a, 'p> {
    pub(crate) done: usize,
    pub(crate) size: usize,
    pub(crate) rows: u32,
    pub(crate) progress: &'a mut (dyn FnMut(u32, u32) -> Result<(), domain::Fault> + 'p),
}

impl Steps<'_, '_> {
    pub(crate) fn all<E: Entity>(&mut self, w: &mut Writer<'_>, rows: &[E]) -> store::Result<()> {
        for row in rows {
            w.bring(row)?;
            self.one()?;
        }
        Ok(())
    }
    /// Counts a written row.
    pub(crate) fn one(&mut self) -> Result<(), domain::Fault> {
        self.done += 1;
        if self.done.is_multiple_of(1000) { self.tell() } else { Ok(()) }
    }
    /// Checking was the first half of the work, writing is the second.
    fn tell(&mut self) -> Result<(), domain::Fault> {
        let share = u64::from(self.rows) * self.done as u64 / self.size.max(1) as u64;
        (self.progress)(self.rows + u32::try_from(share).unwrap_or(self.rows), self.rows * 2)
    }
}
