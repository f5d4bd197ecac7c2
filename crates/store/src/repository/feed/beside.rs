//! Which rows have something beside their table, read once where a whole page comes in.
use super::{Feed, Writer};
use crate::{Result, repository::Row};
use domain::{Client, Id, Value, change::Op, feed::Record};
use std::collections::HashSet;

/// Lists longer than this are asked row by row.
const FEW: usize = 10_000;

/// What of a client is kept beside its tables; none of a list that is too long.
#[derive(Default)]
pub(in crate::repository) struct Beside {
    pub(super) shaded: Option<HashSet<Record>>,
    pub(super) waiting: Option<HashSet<Record>>,
    pub(super) refused: Option<HashSet<Id<Op>>>,
}

impl Feed<'_, '_> {
    /// Reads the lists, once in each transaction.
    pub(super) fn learn_beside(&self) -> Result<()> {
        if self.w.beside.borrow().is_some() {
            return Ok(());
        }
        let record = |r: &Row<'_>| Ok((u8::try_from(r.get::<i64>(0)?).unwrap_or(0), r.get(1)?));
        let read = Beside {
            shaded: self.w.few(self.client, "kind, record FROM main.shade", record)?,
            waiting: self.w.few(self.client, "kind, record FROM main.waiting", record)?,
            refused: self.w.few(self.client, "op FROM main.refused", |r| r.get(0))?,
        };
        *self.w.beside.borrow_mut() = Some(read);
        Ok(())
    }
}

impl Writer<'_> {
    fn few<T: std::hash::Hash + Eq>(
        &self,
        client: Id<Client>,
        what: &str,
        f: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Option<HashSet<T>>> {
        let sql = format!("SELECT {what} WHERE client_id = ?1 LIMIT {}", FEW + 1);
        let found = self.privileged(&sql, &[Value::Id(client.bytes())], f)?;
        Ok(if found.len() > FEW { None } else { Some(found.into_iter().collect()) })
    }
    /// Whether a list is known, and lacks what is looked for.
    pub(super) fn lacks<T: std::hash::Hash + Eq>(
        &self,
        list: impl FnOnce(&mut Beside) -> &mut Option<HashSet<T>>,
        what: &T,
    ) -> bool {
        let mut beside = self.beside.borrow_mut();
        beside.as_mut().and_then(|b| list(b).as_ref()).is_some_and(|known| !known.contains(what))
    }
    /// Notes what was put on a list, or taken off.
    pub(super) fn notes<T: std::hash::Hash + Eq>(
        &self,
        list: impl FnOnce(&mut Beside) -> &mut Option<HashSet<T>>,
        what: T,
        on: bool,
    ) {
        let mut beside = self.beside.borrow_mut();
        if let Some(known) = beside.as_mut().and_then(|b| list(b).as_mut()) {
            if on {
                known.insert(what)
            } else {
                known.remove(&what)
            };
        }
    }
}
