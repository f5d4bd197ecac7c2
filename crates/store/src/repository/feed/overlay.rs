//! One's own change above the hub's order.
use super::rows::shape;
use crate::{Error, Result, repository::Writer};
use domain::{
    Client, Column, Entity, Id, Shape, Value,
    change::{Act, Op},
    feed::Record,
    merge::{CLOSES, Decided, Folded, Place, SEEN, Shown, Verdict, Write, apply, fates, name},
};
use std::collections::BTreeMap;

/// A row of a joined log before one's own next change.
pub(in crate::repository) struct Under {
    /// The row without one's own changes.
    row: Option<Folded>,
    /// These, in their order.
    own: Vec<Write>,
    /// Whether `row` is kept already.
    kept: bool,
}

impl Under {
    /// The changes under the values shown at places, and at those that a rule reads with them.
    pub(in crate::repository) fn base(&self, shape: &Shape, places: &[Place]) -> Vec<(Place, Vec<Id<Op>>)> {
        let shown = Shown { shape, under: self.row.as_ref(), own: &self.own };
        shown.asked(places).into_iter().map(|p| (p.clone(), shown.base(&p))).collect()
    }
    /// The changes that wait in the row, as its reader sees them.
    pub(in crate::repository) fn seen(&self) -> Vec<Id<Op>> {
        self.row.iter().flat_map(|r| &r.conflicts).map(|c| c.op).collect()
    }
}

/// The columns that differ, each with all that are written together with it.
pub(in crate::repository) fn whole_units(shape: &Shape, differ: &[usize]) -> Vec<usize> {
    let unit = |i: usize| shape.columns[i].together;
    let with = |i: &usize| differ.contains(i) || (unit(*i) != 0 && differ.iter().any(|d| unit(*d) == unit(*i)));
    (0..shape.columns.len()).filter(with).collect()
}

/// What a change of one's own makes of a row, as nobody disputes it yet.
pub(in crate::repository) fn undisputed(shape: &Shape, row: Option<Folded>, write: &Write) -> Option<Folded> {
    let decided = Decided { verdict: Verdict::Applied, fates: fates(shape, row.as_ref(), write) };
    apply(row, write, &decided, shape)
}

/// The changes under the values shown in columns.
pub(in crate::repository) fn base_of(
    shape: &Shape,
    under: Option<&Under>,
    old: &Folded,
    columns: &[usize],
) -> Vec<(Place, Vec<Id<Op>>)> {
    let places: Vec<Place> = columns.iter().map(|i| Place::Column(*i)).collect();
    match under {
        Some(under) => under.base(shape, &places),
        None => columns.iter().map(|&i| (Place::Column(i), vec![old.versions.column(i)])).collect(),
    }
}

/// The base as it is logged, with the conflicts that were seen and those that are decided.
pub(in crate::repository) fn base_text(
    columns: &[Column],
    base: &[(Place, Vec<Id<Op>>)],
    seen: &[Id<Op>],
    closes: &[Id<Op>],
) -> String {
    let ops = |v: &[Id<Op>]| v.iter().map(|o| o.hex()).collect::<Vec<_>>();
    let mut map: BTreeMap<_, _> = base.iter().map(|(at, v)| (name(columns, at), ops(v))).collect();
    for (name, list) in [(SEEN, seen), (CLOSES, closes)] {
        if !list.is_empty() {
            map.insert(name, ops(list));
        }
    }
    serde_json::to_string(&map).unwrap_or_default()
}

impl Writer<'_> {
    /// What stands under a row on the screen; nothing where the file itself orders the log.
    pub(in crate::repository) fn under<E: Entity>(&mut self, client: Id<Client>, id: Id<E>) -> Result<Option<Under>> {
        self.under_of(&E::SHAPE, client, id.bytes())
    }
    /// The same of a row of any table.
    pub(in crate::repository) fn under_of(
        &mut self,
        shape: &Shape,
        client: Id<Client>,
        id: [u8; 16],
    ) -> Result<Option<Under>> {
        if !self.log.is_joined(client)? {
            return Ok(None);
        }
        let record: Record = (shape.number, id);
        let kept = self.is_shaded(client, record)?;
        let row = self.confirmed(client, record)?;
        let own = if kept { self.own_writes(client, record)? } else { vec![] };
        Ok(Some(Under { row, own, kept }))
    }
    fn own_writes(&self, client: Id<Client>, record: Record) -> Result<Vec<Write>> {
        let columns = shape(record.0).map_or(&[][..], |s| s.columns);
        let mut all = vec![];
        for (op, _) in self.own_waiting(client, record)? {
            let key = [Value::Id(client.bytes()), Value::Id(op.bytes())];
            let found = self.logged(client, "act, patch, base", "op = ?2", &key, |r| {
                Ok((r.get::<Act>(0)?, r.get::<String>(1)?, r.get::<String>(2)?))
            })?;
            let (act, patch, base) = found.into_iter().next().ok_or(Error::Unsound)?;
            all.push(Write::read(columns, op, act, &patch, &base).ok_or(Error::Unsound)?);
        }
        Ok(all)
    }
    /// Keeps what stood under the row, and what the table has no place for.
    pub(in crate::repository) fn lay_over<E: Entity>(
        &mut self,
        client: Id<Client>,
        id: Id<E>,
        under: &Under,
        shown: &Folded,
    ) -> Result<()> {
        self.lay_over_of(&E::SHAPE, client, id.bytes(), under, shown)
    }
    /// The same of a row of any table.
    pub(in crate::repository) fn lay_over_of(
        &mut self,
        shape: &Shape,
        client: Id<Client>,
        id: [u8; 16],
        under: &Under,
        shown: &Folded,
    ) -> Result<()> {
        let record: Record = (shape.number, id);
        if !under.kept {
            self.keep_shade(client, record, under.row.as_ref().map(|r| r.text(shape.columns)))?;
        }
        self.keep_beside(shape, client, record, Some(shown))
    }
    /// Whether all that is left of a row is what a refused creation left: to everyone else it never was.
    pub(in crate::repository) fn never_was<E: Entity>(&mut self, client: Id<Client>, id: Id<E>) -> Result<bool> {
        let record: Record = (E::NUMBER, id.bytes());
        Ok(self.log.is_joined(client)?
            && self.shade(client, record)? == Some(None)
            && self.own_waiting(client, record)?.is_empty())
    }
}
