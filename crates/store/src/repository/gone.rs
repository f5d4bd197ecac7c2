//! Rows taken away and brought back: they stay in their tables.
use super::{
    Writer,
    feed::{Under, base_of, base_text},
};
use crate::{Result, error::missing};
use domain::{
    Client, Entity, Id, Value, Verb,
    change::{Act, Op},
    merge::Folded,
};

impl Writer<'_> {
    /// Takes a row away, with the rows below it; it can be brought back.
    pub fn remove<E: Entity>(&mut self, client: Id<Client>, id: Id<E>) -> Result<()> {
        if !self.reaches::<E>(client) {
            return Err(missing());
        }
        // Whoever may not at all does not learn whether it is there.
        self.session().may(Verb::Remove, E::GROUP)?;
        let row: E = self.get(client, id)?;
        self.take_away(&row, &[])
    }
    /// The same of a row at hand by who may, ending the waiting of changes to it.
    pub(super) fn take_away<E: Entity>(&mut self, row: &E, closes: &[Id<Op>]) -> Result<()> {
        self.guard_closed(row)?;
        self.guard_booked(row.id())?;
        self.follow_cover(row, None)?;
        self.remove_children::<E>(row.client(), row.id())?;
        self.erase_deciding(row, closes)
    }
    /// Brings back a row that was taken away.
    pub fn restore<E: Entity>(&mut self, client: Id<Client>, id: Id<E>) -> Result<()> {
        let old = self.current(client, id)?.filter(|row| row.gone).ok_or_else(missing)?;
        self.session().may(Verb::Create, E::GROUP)?;
        let row = E::of(client, id, old.values).ok_or_else(missing)?;
        self.guard_closed(&row)?;
        self.revive(&row)
    }
    /// Whether the row was there once and was taken away.
    pub fn was_removed<E: Entity>(&self, client: Id<Client>, id: Id<E>) -> Result<bool> {
        Ok(self.current(client, id)?.is_some_and(|row| row.gone))
    }
    /// Takes one row away and records it.
    pub(super) fn erase<E: Entity>(&mut self, row: &E) -> Result<()> {
        self.erase_deciding(row, &[])
    }
    fn erase_deciding<E: Entity>(&mut self, row: &E, closes: &[Id<Op>]) -> Result<()> {
        let old = self.current(row.client(), row.id())?.ok_or_else(missing)?;
        let op = self.log.op(row.client())?;
        let under = self.under(row.client(), row.id())?;
        let all: Vec<usize> = (0..old.values.len()).collect();
        let base = base_of(&E::SHAPE, under.as_ref(), &old, &all);
        let seen = under.as_ref().map(Under::seen).unwrap_or_default();
        self.set_gone(&E::SHAPE, row.client(), row.id().bytes(), Some(self.now().0))?;
        if let Some(under) = under {
            let shown = Folded { gone: true, conflicts: vec![], ..old };
            self.lay_over(row.client(), row.id(), &under, &shown)?;
        }
        let text = base_text(E::COLUMNS, &base, &seen, closes);
        self.note(row, op, Act::Remove, "{}".into(), text, None)
    }
    /// Brings a row back that was taken away, and records it.
    pub(super) fn revive<E: Entity>(&mut self, row: &E) -> Result<()> {
        if let Some(under) = self.under(row.client(), row.id())? {
            let old = self.current(row.client(), row.id())?.ok_or_else(missing)?;
            self.lay_over(row.client(), row.id(), &under, &Folded { gone: false, ..old })?;
        }
        self.set_gone(&E::SHAPE, row.client(), row.id().bytes(), None)?;
        let op = self.log.op(row.client())?;
        self.note(row, op, Act::Restore, "{}".into(), "{}".into(), None)
    }
    /// What is entered stays when a line or reason is taken away: it only leaves the lists to choose from.
    fn remove_children<P: Entity>(&mut self, client: Id<Client>, id: Id<P>) -> Result<()> {
        macro_rules! children {
            ($($name:ident),* $(,)?) => { $(
                let own = <domain::$name as Entity>::GROUP == P::GROUP;
                let columns = <domain::$name as Entity>::COLUMNS.iter();
                for c in columns.filter(|c| own && c.refers == Some(P::TABLE) && !c.null) {
                    let rule = format!("{} = ?2", c.name);
                    for row in self.list_where::<domain::$name>(client, &rule, &[Value::Id(id.bytes())])? {
                        self.remove::<domain::$name>(client, row.id())?;
                    }
                }
            )* };
        }
        domain::entities!(children);
        Ok(())
    }
}
