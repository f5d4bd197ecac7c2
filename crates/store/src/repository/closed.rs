//! Whose line a row of the floor is on, and whether its shift was closed before.
use super::Reader;
use crate::{Result, error::missing};
use domain::{
    Client, DefectDetail, Entity, Group, Id, Line, LineShift, ProductionEntry, QualityEntry, Role, ShiftState, Value,
};
use std::collections::HashMap;

#[cfg(test)]
mod tests;

/// What was found so far; a line shift made in the transaction counts as open.
#[derive(Default)]
pub(super) struct Closed(HashMap<(Id<Client>, Id<LineShift>), bool>);

impl Closed {
    /// Whether the row belongs to a line shift that was closed before.
    pub(super) fn concerns<E: Entity>(&mut self, r: &Reader<'_>, row: &E) -> Result<bool> {
        match line_shift(r, row)? {
            Some(id) => self.closed(r, row.client(), id),
            None => Ok(false),
        }
    }
    fn closed(&mut self, r: &Reader<'_>, client: Id<Client>, id: Id<LineShift>) -> Result<bool> {
        if let Some(known) = self.0.get(&(client, id)) {
            return Ok(*known);
        }
        let sql = "SELECT state FROM line_shift WHERE client_id = ?1 AND id = ?2";
        let state = r.first(sql, crate::values![client, id], |row| row.get::<String>(0))?;
        let closed = state.as_deref() == Some(ShiftState::Closed.word());
        self.0.insert((client, id), closed);
        Ok(closed)
    }
}

/// The line shift a row of the floor belongs to.
fn line_shift<E: Entity>(r: &Reader<'_>, row: &E) -> Result<Option<Id<LineShift>>> {
    if E::TABLE == LineShift::TABLE {
        return Ok(Some(row.id().cast()));
    }
    let column = |name| E::COLUMNS.iter().position(|c| c.name == name).map(|i| row.values().swap_remove(i));
    if let Some(Value::Id(id)) = column("line_shift_id") {
        return Ok(Some(Id::from_bytes(id)));
    }
    if let Some(Value::Id(entry)) = column("production_entry_id") {
        let entry: Option<ProductionEntry> = r.find(row.client(), Id::from_bytes(entry))?;
        return Ok(entry.map(|e| e.line_shift_id));
    }
    let inspection = inspection(r, row)?;
    Ok(inspection.and_then(|q| Some(LineShift::fact(q.client_id, q.day, q.shift_id?, q.line_id))))
}

/// The inspection a row is, or is a part of.
fn inspection<E: Entity>(r: &Reader<'_>, row: &E) -> Result<Option<QualityEntry>> {
    if E::TABLE == QualityEntry::TABLE {
        return Ok(QualityEntry::of(row.client(), row.id().cast(), row.values()));
    }
    if E::TABLE != DefectDetail::TABLE {
        return Ok(None);
    }
    let Some(detail) = DefectDetail::of(row.client(), row.id().cast(), row.values()) else { return Ok(None) };
    r.find(row.client(), detail.quality_entry_id)
}

/// An operator with lines of his own writes on those, whichever command he takes.
pub(super) fn own_line<E: Entity>(r: &Reader<'_>, row: &E) -> Result<()> {
    let own = r.session().lines();
    if own.is_empty() || r.session().role() != Role::Operator {
        return Ok(());
    }
    let line = line(r, row)?;
    if line.is_none_or(|line| own.contains(&(row.client(), line))) { Ok(()) } else { Err(missing()) }
}

/// The line a row of the floor is on; none for other rows.
fn line<E: Entity>(r: &Reader<'_>, row: &E) -> Result<Option<Id<Line>>> {
    if let Some(inspection) = inspection(r, row)? {
        return Ok(Some(inspection.line_id));
    }
    if E::TABLE == LineShift::TABLE {
        return Ok(LineShift::of(row.client(), row.id().cast(), row.values()).map(|l| l.line_id));
    }
    let at = E::COLUMNS.iter().position(|c| c.name == "line_id").filter(|_| E::GROUP == Group::Floor);
    if let Some(Value::Id(line)) = at.map(|at| row.values().swap_remove(at)) {
        return Ok(Some(Id::from_bytes(line)));
    }
    let Some(id) = line_shift(r, row)? else { return Ok(None) };
    Ok(r.find::<LineShift>(row.client(), id)?.map(|l| l.line_id))
}
