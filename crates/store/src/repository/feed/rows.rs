//! Rows as the hub's order makes them, and as they are shown.
use super::{Feed, key_of};
use crate::{Result, repository::Writer};
use domain::{Client, Entity, Id, Shape, Value, entities::logged, feed::Record, merge::Folded};

impl Feed<'_, '_> {
    /// The row as the hub's order makes it.
    pub fn confirmed(&self, record: Record) -> Result<Option<Folded>> {
        if let Some(row) = self.order.get(&record) {
            return Ok(row.clone());
        }
        let Some(shape) = shape(record.0) else { return Ok(None) };
        if let Some(text) = self.w.shade(self.client, record)? {
            return Ok(text.and_then(|t| Folded::of_text(shape.columns, &t)));
        }
        let row = self.w.table_row(shape, self.client, record.1)?;
        self.tables.borrow_mut().insert(record, row.clone());
        self.w.whole(shape, self.client, record, row)
    }
    /// The row on the screen, with what waits in it.
    pub fn shown(&self, record: Record) -> Result<Option<Folded>> {
        match shape(record.0) {
            Some(shape) => self.w.shown(shape, self.client, record.1),
            None => Ok(None),
        }
    }
    /// Keeps that row; it is put down where it is shown, in this transaction.
    pub fn confirm(&mut self, record: Record, row: Option<Folded>) {
        self.order.insert(record, row);
    }
    /// Puts on the screen what the hub's order and one's own changes make of a row.
    pub fn show(&mut self, record: Record, row: Option<Folded>) -> Result<()> {
        let confirmed = self.confirmed(record)?;
        self.order.remove(&record);
        // A table of a newer program: its changes stay in the log until this program knows it.
        let Some(shape) = shape(record.0) else { return Ok(()) };
        let read = self.tables.borrow_mut().remove(&record);
        let before = read.map_or_else(|| self.w.table_row(shape, self.client, record.1), Ok)?;
        self.put_down(shape, record, before.as_ref(), row.as_ref())?;
        self.w.keep_beside(shape, self.client, record, row.as_ref())?;
        self.keep_shade(shape, record, confirmed.as_ref(), row.as_ref())
    }
    fn put_down(&mut self, shape: &Shape, (_, id): Record, old: Option<&Folded>, new: Option<&Folded>) -> Result<()> {
        match (old, new) {
            (None, None) => return Ok(()),
            (Some(old), Some(new)) if same(old, new) => return Ok(()),
            (Some(old), None) if old.gone => return Ok(()),
            (_, Some(new)) => self.w.put_row(shape, self.client, id, new)?,
            // Other rows may point to it; nobody else is shown it.
            (Some(_), None) => self.w.set_gone(shape, self.client, id, Some(self.w.now().0))?,
        }
        self.w.changed.insert(shape.table);
        for (row, fresh) in [(old, false), (new, old.is_none())] {
            if let Some(row) = row {
                self.w.touch_row((shape.number, id), self.client, row, fresh)?;
            }
        }
        if shape.table == Client::TABLE { self.w.renew_scopes() } else { Ok(()) }
    }
    /// Keeps the row as the hub's order makes it where the screen shows another.
    fn keep_shade(
        &self,
        shape: &Shape,
        record: Record,
        confirmed: Option<&Folded>,
        shown: Option<&Folded>,
    ) -> Result<()> {
        if confirmed.is_some() && confirmed == shown {
            return self.w.drop_shade(self.client, record);
        }
        let text = |row: Option<&Folded>| row.map(|r| r.text(shape.columns));
        let (under, shown) = (text(confirmed), text(shown));
        if under.is_some() && under == shown {
            return self.w.drop_shade(self.client, record);
        }
        self.w.keep_shade(self.client, record, under)
    }
}

/// Whether two rows of a table are the same to everyone.
fn same(a: &Folded, b: &Folded) -> bool {
    let versions = || (0..a.values.len()).all(|i| a.versions.column(i) == b.versions.column(i));
    a.values == b.values && a.gone == b.gone && a.versions.maker() == b.versions.maker() && versions()
}

/// The table of a number.
pub(in crate::repository) fn shape(kind: u8) -> Option<&'static Shape> {
    logged().find(|s| s.number == kind)
}

impl Writer<'_> {
    /// The row as the hub's order makes it; that on the screen where nothing of one's own stands above it.
    pub(in crate::repository) fn confirmed(&self, client: Id<Client>, record: Record) -> Result<Option<Folded>> {
        let Some(shape) = shape(record.0) else { return Ok(None) };
        match self.shade(client, record)? {
            Some(text) => Ok(text.and_then(|t| Folded::of_text(shape.columns, &t))),
            None => self.shown(shape, client, record.1),
        }
    }
    /// The row on the screen, with what waits in it.
    pub(in crate::repository) fn shown(
        &self,
        shape: &Shape,
        client: Id<Client>,
        id: [u8; 16],
    ) -> Result<Option<Folded>> {
        self.whole(shape, client, (shape.number, id), self.table_row(shape, client, id)?)
    }
    /// A row of a table, with what waits in it.
    fn whole(&self, shape: &Shape, client: Id<Client>, record: Record, row: Option<Folded>) -> Result<Option<Folded>> {
        let Some(row) = row else { return Ok(None) };
        if self.lacks(|b| &mut b.waiting, &record) {
            return Ok(Some(row));
        }
        let sql = "SELECT row FROM main.waiting WHERE client_id = ?1 AND kind = ?2 AND record = ?3";
        let beside: Option<String> = self.privileged(sql, &key(client, record), |r| r.get(0))?.into_iter().next();
        Ok(beside.and_then(|t| Folded::of_text(shape.columns, &t)).or(Some(row)))
    }
    /// Whether the hub has another row than the screen shows.
    pub(in crate::repository) fn is_shaded(&self, client: Id<Client>, record: Record) -> Result<bool> {
        Ok(self.shade(client, record)?.is_some())
    }
    /// What is kept under a row of one's own; inside, nothing where the hub has no such row.
    pub(super) fn shade(&self, client: Id<Client>, record: Record) -> Result<Option<Option<String>>> {
        if self.lacks(|b| &mut b.shaded, &record) {
            return Ok(None);
        }
        let sql = "SELECT row FROM main.shade WHERE client_id = ?1 AND kind = ?2 AND record = ?3";
        Ok(self.privileged(sql, &key(client, record), |r| r.get(0))?.into_iter().next())
    }
    pub(super) fn keep_shade(&self, client: Id<Client>, record: Record, row: Option<String>) -> Result<()> {
        let sql = "INSERT INTO main.shade VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET row = excluded.row";
        let row = row.map_or(Value::Null, Value::Text);
        self.notes(|b| &mut b.shaded, record, true);
        self.local(sql, &[&key(client, record)[..], &[row]].concat())
    }
    fn drop_shade(&self, client: Id<Client>, record: Record) -> Result<()> {
        if self.lacks(|b| &mut b.shaded, &record) {
            return Ok(());
        }
        self.notes(|b| &mut b.shaded, record, false);
        self.local("DELETE FROM main.shade WHERE client_id = ?1 AND kind = ?2 AND record = ?3", &key(client, record))
    }
    /// Keeps what the table has no place for.
    pub(super) fn keep_beside(
        &self,
        shape: &Shape,
        client: Id<Client>,
        record: Record,
        row: Option<&Folded>,
    ) -> Result<()> {
        let more = row.filter(|r| !r.conflicts.is_empty() || !r.others.is_empty());
        let Some(row) = more else {
            if self.lacks(|b| &mut b.waiting, &record) {
                return Ok(());
            }
            self.notes(|b| &mut b.waiting, record, false);
            let sql = "DELETE FROM main.waiting WHERE client_id = ?1 AND kind = ?2 AND record = ?3";
            return self.local(sql, &key(client, record));
        };
        let sql = "INSERT INTO main.waiting VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT DO UPDATE SET row = excluded.row, conflicts = excluded.conflicts";
        self.notes(|b| &mut b.waiting, record, true);
        let rest = [Value::Text(row.text(shape.columns)), Value::Int(row.conflicts.len() as i64)];
        self.local(sql, &[&key(client, record)[..], &rest].concat())
    }
    /// Remembers which sums a row concerns.
    fn touch_row(&mut self, (kind, id): Record, client: Id<Client>, row: &Folded, fresh: bool) -> Result<()> {
        macro_rules! touch {
            ($($name:ident),* $(,)?) => { match kind {
                $(<domain::$name as Entity>::NUMBER => {
                    domain::$name::of(client, Id::from_bytes(id), row.values.clone()).map(|row| row.touch())
                })*
                _ => None,
            } };
        }
        match domain::entities!(touch) {
            Some(touch) if fresh => self.stale.touch_new(client, touch, id),
            Some(touch) => self.stale.touch(client, touch),
            None => {}
        }
        Ok(())
    }
}

fn key(client: Id<Client>, record: Record) -> [Value; 3] {
    let [kind, id] = key_of(record);
    [Value::Id(client.bytes()), kind, id]
}
