//! One's own changes that have not come back, and those that were refused.
use super::Feed;
use crate::{Result, repository::Row};
use domain::{
    Id, Value,
    change::Op,
    feed::{Outgoing, Record, Sent},
    merge::Why,
};
use rusqlite::params;

/// What became of one's own change, as the file keeps it.
pub(in crate::repository) const WAITS: i64 = 0;
const ACKNOWLEDGED: i64 = 1;
const BACK: i64 = 2;
const REFUSED: i64 = 3;

impl Feed<'_, '_> {
    /// One's own changes that have not come back, by their numbers.
    pub fn outgoing(&self) -> Result<Vec<Outgoing>> {
        self.out_where("state < 2", i64::MAX)
    }
    /// How many of these the hub has not answered on, and how many it said to have.
    pub fn waiting(&self) -> Result<(usize, usize)> {
        let sql = "SELECT count(*) FROM main.own_change WHERE client_id = ?1 AND state < 2 AND state = ?2";
        let count = |state| -> Result<usize> {
            let found = self.w.privileged(sql, &self.values([Value::Int(state)]), |r| r.get::<i64>(0))?;
            Ok(found.first().map_or(0, |n| usize::try_from(*n).unwrap_or(0)))
        };
        Ok((count(WAITS)?, count(ACKNOWLEDGED)?))
    }
    /// Of these, from the first that the hub has not acknowledged on, at most so many.
    pub fn unsent(&self, limit: usize) -> Result<Vec<Outgoing>> {
        let first = "(SELECT min(number) FROM main.own_change WHERE client_id = ?1 AND state < 2 AND state = 0)";
        self.out_where(&format!("state < 2 AND number >= {first}"), i64::try_from(limit).unwrap_or(i64::MAX))
    }
    fn out_where(&self, rule: &str, limit: i64) -> Result<Vec<Outgoing>> {
        let sql = format!(
            "SELECT number, op, prev, state FROM main.own_change WHERE client_id = ?1 AND {rule} ORDER BY number LIMIT ?2"
        );
        let of = |r: &Row<'_>| Ok((r.get::<i64>(0)?, r.get(1)?, r.get(2)?, r.get::<i64>(3)? == ACKNOWLEDGED));
        let all = self.w.privileged(&sql, &self.values([Value::Int(limit)]), of)?;
        let out = |(number, op, prev, acknowledged)| Ok(Outgoing { number, sent: self.sent(op, prev)?, acknowledged });
        all.into_iter().map(out).collect()
    }
    /// Those of one row.
    pub fn outgoing_of(&self, record: Record) -> Result<Vec<Sent>> {
        if !self.w.is_shaded(self.client, record)? {
            return Ok(vec![]);
        }
        let ops = self.w.own_waiting(self.client, record)?;
        ops.into_iter().map(|(op, prev)| self.sent(op, prev)).collect()
    }
    /// Whether this file wrote the change.
    pub fn wrote(&self, op: Id<Op>) -> Result<bool> {
        Ok(self.own_state(op)?.is_some())
    }
    /// Notes that the hub said to have a change.
    pub fn acknowledge(&mut self, op: Id<Op>) -> Result<()> {
        self.move_to(op, ACKNOWLEDGED, "+state = 0").map(|_| ())
    }
    /// Forgets everything that the hub said to have.
    pub fn forget_acknowledgements(&mut self) -> Result<()> {
        let client = self.client.bytes();
        let sql = "UPDATE main.own_change SET state = 0 WHERE client_id = ?1 AND state < 2 AND state = 1";
        self.run(sql, [client.as_slice()]).map(|_| ())
    }
    /// Takes a change off the list; the change, where it was on it.
    pub fn returned(&mut self, op: Id<Op>) -> Result<Option<Sent>> {
        let Some((state, prev)) = self.own_state(op)? else { return Ok(None) };
        if state >= BACK {
            return Ok(None);
        }
        self.move_to(op, BACK, "+state < 2")?;
        self.sent(op, prev).map(Some)
    }
    /// Numbers all of the list from 1, in its order; the number after the last.
    pub fn renumber(&mut self) -> Result<i64> {
        let client = self.client.bytes();
        let sql = "SELECT op FROM main.own_change WHERE client_id = ?1 AND state < 2 ORDER BY number";
        let ops = self.w.privileged(sql, &self.values([]), |r| r.get::<Id<Op>>(0))?;
        let all = "UPDATE main.own_change SET number = NULL WHERE client_id = ?1 AND number IS NOT NULL";
        self.run(all, [client.as_slice()])?;
        for (op, number) in ops.iter().zip(1_i64..) {
            let sql = "UPDATE main.own_change SET number = ?3 WHERE client_id = ?1 AND op = ?2";
            self.run(sql, params![client.as_slice(), op.bytes().as_slice(), number])?;
        }
        Ok(ops.len() as i64 + 1)
    }
    /// The change of a number in the stream.
    pub fn numbered(&self, number: i64) -> Result<Option<Id<Op>>> {
        let sql = "SELECT op FROM main.own_change WHERE client_id = ?1 AND number = ?2";
        Ok(self.w.privileged(sql, &self.values([Value::Int(number)]), |r| r.get(0))?.into_iter().next())
    }
    /// Puts a change on the list of what was refused.
    pub fn refuse(&mut self, sent: &Sent, why: Option<Why>) -> Result<()> {
        let (client, op) = (self.client.bytes(), sent.change.op.bytes());
        let sql = "INSERT INTO main.refused VALUES (?1, ?2, ?3, ?4, NULL)
            ON CONFLICT DO UPDATE SET why = excluded.why";
        self.w.notes(|b| &mut b.refused, sent.change.op, true);
        self.run(sql, params![client.as_slice(), op.as_slice(), sent.prev.as_slice(), why.map(Why::word)])?;
        self.move_to(sent.change.op, REFUSED, "+state < 3").map(|_| ())
    }
    /// Takes a change off that list, because it stands in the hub's order after all.
    pub fn unrefuse(&mut self, op: Id<Op>) -> Result<()> {
        if self.w.lacks(|b| &mut b.refused, &op) {
            return Ok(());
        }
        self.w.notes(|b| &mut b.refused, op, false);
        let (client, bytes) = (self.client.bytes(), op.bytes());
        let sql = "DELETE FROM main.refused WHERE client_id = ?1 AND op = ?2";
        if self.run(sql, params![client.as_slice(), bytes.as_slice()])? == 0 {
            return Ok(());
        }
        self.move_to(op, BACK, "+state = 3").map(|_| ())
    }
    /// What was refused, and waits for a person.
    pub fn refused(&self) -> Result<Vec<Sent>> {
        let sql = "SELECT op, prev FROM main.refused WHERE client_id = ?1 AND seen_to IS NULL ORDER BY op";
        let all = self.w.privileged(sql, &self.values([]), |r| Ok((r.get(0)?, r.get(1)?)))?;
        all.into_iter().map(|(op, prev)| self.sent(op, prev)).collect()
    }
    fn own_state(&self, op: Id<Op>) -> Result<Option<(i64, [u8; 32])>> {
        if self.foreign.contains(&op) {
            return Ok(None);
        }
        let sql = "SELECT state, prev FROM main.own_change WHERE client_id = ?1 AND op = ?2";
        let found = self.w.privileged(sql, &self.values([Value::Id(op.bytes())]), |r| Ok((r.get(0)?, r.get(1)?)))?;
        Ok(found.into_iter().next())
    }
    /// The rule is no reason to look through all that waits: `+` keeps it from the list's own index.
    fn move_to(&self, op: Id<Op>, state: i64, rule: &str) -> Result<usize> {
        let (client, op) = (self.client.bytes(), op.bytes());
        let sql = format!("UPDATE main.own_change SET state = ?3 WHERE client_id = ?1 AND op = ?2 AND {rule}");
        self.run(&sql, params![client.as_slice(), op.as_slice(), state])
    }
}
