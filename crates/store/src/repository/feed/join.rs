//! A log comes under a hub: what this file ordered itself is sent from the first change on.
use super::{Feed, outgoing::WAITS};
use crate::{Result, repository::Row};
use domain::{
    Id, Value,
    change::Op,
    feed::{Record, Standing, State},
};
use rusqlite::params;

/// One's own change: its number, its name, the row, and its hash.
type Own = (i64, Id<Op>, Record, [u8; 32]);

impl Feed<'_, '_> {
    /// Whether a hub orders the client's log.
    pub fn is_joined(&self) -> Result<bool> {
        let sql = "SELECT 1 FROM main.feed WHERE client_id = ?1";
        Ok(!self.w.privileged(sql, &self.values([]), |_| Ok(()))?.is_empty())
    }
    /// Gives the log to a hub of this public key, which orders it with a key; a log that has one already keeps it.
    ///
    /// All that this file wrote waits to be sent, in its order, and stays on the screen.
    pub fn join(&mut self, key: [u8; 32], hub: [u8; 32]) -> Result<()> {
        if self.is_joined()? {
            return Ok(());
        }
        let own = self.all_own()?;
        let incarnation = self.fresh_incarnation();
        let state = State { next: own.len() as i64 + 1, ..State::new(Standing::New, 0, incarnation) };
        let client = self.client.bytes();
        let sql = "INSERT INTO main.feed VALUES (?1, 'new', 0, 0, 0, 0, 0, 0, 0, ?2, ?3)";
        self.run(sql, params![client.as_slice(), key.as_slice(), hub.as_slice()])?;
        self.keep(&state)?;
        let mut prev = [0; 32];
        for ((dev_seq, op, record, hash), number) in own.into_iter().zip(1_i64..) {
            self.w.queue(self.client, dev_seq, op, &prev, number)?;
            self.w.keep_shade(self.client, record, None)?;
            prev = hash;
        }
        self.truncate(0)
    }
    fn all_own(&self) -> Result<Vec<Own>> {
        let sql = "SELECT dev_seq, op, kind, record, hash FROM change WHERE client_id = ?1 ORDER BY dev_seq";
        self.w.select(sql, &self.values([]), |r: &Row<'_>| {
            let kind = u8::try_from(r.get::<i64>(2)?).unwrap_or(0);
            Ok((r.get(0)?, r.get(1)?, (kind, r.get(3)?), r.get(4)?))
        })
    }
}

impl crate::repository::Writer<'_> {
    /// Puts one's own change on the list of what is to be sent.
    pub(in crate::repository) fn queue(
        &self,
        client: Id<domain::Client>,
        dev_seq: i64,
        op: Id<Op>,
        prev: &[u8; 32],
        number: i64,
    ) -> Result<()> {
        self.log.queue(client, (dev_seq, op, prev), number, WAITS)
    }
    /// One's own changes of a row that have not come back, with the hash before each.
    pub(in crate::repository) fn own_waiting(
        &self,
        client: Id<domain::Client>,
        (kind, id): Record,
    ) -> Result<Vec<(Id<Op>, [u8; 32])>> {
        let values = [Value::Id(client.bytes()), Value::Id(id), Value::Int(kind.into())];
        let ops = self.logged(client, "op", "record = ?2 AND kind = ?3", &values, |r| r.get::<Id<Op>>(0))?;
        let mut own = vec![];
        for op in ops {
            let sql = "SELECT number, prev FROM main.own_change WHERE client_id = ?1 AND op = ?2 AND +state < 2";
            let found = self.privileged(sql, &[Value::Id(client.bytes()), Value::Id(op.bytes())], |r| {
                Ok((r.get::<i64>(0)?, r.get(1)?))
            })?;
            own.extend(found.into_iter().map(|(number, prev)| (number, op, prev)));
        }
        own.sort_unstable_by_key(|o| o.0);
        Ok(own.into_iter().map(|(_, op, prev)| (op, prev)).collect())
    }
}
