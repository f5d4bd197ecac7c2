//! A person's own rows: drafts and saved filters, seen by their owner alone.
use super::{Reader, Writer, cell::Bound, log::dml};
use crate::Result;
use domain::{Value, time::Instant};

/// What was typed and not saved yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What it is a draft of.
    pub key: String,
    /// What was typed.
    pub body: String,
    /// When it was kept.
    pub at: Instant,
}

/// A filter kept under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Which filter.
    pub id: [u8; 16],
    /// The name.
    pub name: String,
    /// The filter itself, as JSON.
    pub body: String,
}

impl Reader<'_> {
    /// The person's draft of something.
    pub fn draft(&self, key: &str) -> Result<Option<Draft>> {
        let key = Value::Text(key.into());
        self.first("SELECT key, body, at FROM draft WHERE key = ?1", &[key], draft)
    }
    /// Every draft of the person, newest first.
    pub fn drafts(&self) -> Result<Vec<Draft>> {
        self.select("SELECT key, body, at FROM draft ORDER BY at DESC", &[], draft)
    }
    /// The person's filters, by name.
    pub fn filters(&self) -> Result<Vec<Filter>> {
        self.select("SELECT id, name, body FROM saved_filter ORDER BY name", &[], |r| {
            Ok(Filter { id: r.get(0)?, name: r.get(1)?, body: r.get(2)? })
        })
    }
    /// The person's preference of a name.
    pub fn preference(&self, name: &str) -> Result<Option<String>> {
        self.first("SELECT value FROM preference WHERE name = ?1", &[Value::Text(name.into())], |r| r.get(0))
    }
    fn owner(&self) -> Value {
        Value::Id(self.session().user().bytes())
    }
}

fn draft(r: &super::Row<'_>) -> Result<Draft> {
    Ok(Draft { key: r.get(0)?, body: r.get(1)?, at: r.get(2)? })
}

impl Writer<'_> {
    /// Keeps what was typed.
    pub fn keep_draft(&mut self, key: &str, body: &str) -> Result<()> {
        let values = [self.owner(), Value::Text(key.into()), Value::Text(body.into()), Value::Int(self.now().0)];
        self.local("INSERT OR REPLACE INTO main.draft VALUES (?1, ?2, ?3, ?4)", &values)
    }
    /// Lets a draft go.
    pub fn drop_draft(&mut self, key: &str) -> Result<()> {
        let values = [self.owner(), Value::Text(key.into())];
        self.local("DELETE FROM main.draft WHERE owner = ?1 AND key = ?2", &values)
    }
    /// Keeps a filter.
    pub fn keep_filter(&mut self, filter: &Filter) -> Result<()> {
        let (name, body) = (Value::Text(filter.name.clone()), Value::Text(filter.body.clone()));
        self.local(
            "INSERT OR REPLACE INTO main.saved_filter VALUES (?1, ?2, ?3, ?4)",
            &[self.owner(), Value::Id(filter.id), name, body],
        )
    }
    /// Lets a filter go.
    pub fn drop_filter(&mut self, id: [u8; 16]) -> Result<()> {
        self.local("DELETE FROM main.saved_filter WHERE owner = ?1 AND id = ?2", &[self.owner(), Value::Id(id)])
    }
    /// Keeps what a person set for himself.
    pub(crate) fn keep_preference(&mut self, name: &str, value: &str) -> Result<()> {
        let values = [self.owner(), Value::Text(name.into()), Value::Text(value.into())];
        self.local("INSERT OR REPLACE INTO main.preference VALUES (?1, ?2, ?3)", &values)
    }
    /// Runs one of the store's own statements on rows that are not logged.
    pub(in crate::repository) fn local(&self, sql: &str, values: &[Value]) -> Result<()> {
        dml(self.at, sql, rusqlite::params_from_iter(values.iter().map(Bound))).map(|_| ())
    }
    /// Reads the store's own tables; prepared anew each time, so that no
    /// cached statement outlives the open gate.
    pub(in crate::repository) fn privileged<T>(
        &self,
        sql: &str,
        values: &[Value],
        mut f: impl FnMut(&super::Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        self.at.gate.with(super::Mode::Admin, || {
            let mut stmt = self.at.conn.prepare(sql)?;
            let (mut rows, mut out) = (stmt.query(super::cell::bound(values))?, vec![]);
            while let Some(row) = rows.next()? {
                out.push(f(&super::Row(row))?);
            }
            Ok(out)
        })
    }
}
