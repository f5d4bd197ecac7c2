//! The hub's order in the file.
use super::Feed;
use crate::{
    Error, Result,
    repository::{Mode, Row},
};
use domain::{
    Client, Id, Value,
    change::{Change, Op},
    feed::{Entry, Record, Sent, Stream},
    merge::{Decided, Fate, Verdict},
};
use rusqlite::params;

/// The columns of a change, as `change` reads them.
const CHANGE: &str = "c.op, c.device_id, c.incarnation, c.dev_seq, c.kind, c.record, c.act, c.patch, c.base, c.user_id,
    c.at, c.reason, c.schema_v";
const ENTRY: &str = "n.seq, n.decision, n.fates, n.received_at, n.prev, n.stream FROM confirmation n
    CROSS JOIN change c ON c.client_id = n.client_id AND c.op = n.op WHERE n.client_id = ?1";
/// How many columns stand before an entry's own.
const OWN: usize = 13;

/// Where a client's order ends in the file.
pub(super) struct End {
    seq: i64,
    chain: [u8; 32],
    received_at: i64,
}

impl Feed<'_, '_> {
    /// The chain at a number up to the cursor; zero at 0.
    pub fn chain(&self, seq: i64) -> Result<[u8; 32]> {
        let sql = "SELECT chain FROM confirmation WHERE client_id = ?1 AND seq = ?2";
        Ok(self.w.first(sql, &self.values([Value::Int(seq)]), |r| r.get(0))?.unwrap_or_default())
    }
    /// The entries after a number, in order.
    pub fn entries(&self, after: i64) -> Result<Vec<Entry>> {
        let sql = format!("SELECT {CHANGE}, {ENTRY} AND n.seq > ?2 ORDER BY n.seq");
        self.as_kept(self.w.select(&sql, &self.values([Value::Int(after)]), |r| entry(self.client, r))?)
    }
    /// The entries of one row, in order.
    pub fn history(&self, (kind, id): Record) -> Result<Vec<Entry>> {
        let sql = format!(
            "SELECT {CHANGE}, n.seq, n.decision, n.fates, n.received_at, n.prev, n.stream FROM change c
             CROSS JOIN confirmation n ON n.client_id = c.client_id AND n.op = c.op AND n.stream IS NOT NULL
             WHERE c.client_id = ?1 AND c.record = ?2 AND c.kind = ?3 ORDER BY n.seq"
        );
        let values = self.values([Value::Id(id), Value::Int(kind.into())]);
        self.as_kept(self.w.select(&sql, &values, |r| entry(self.client, r))?)
    }
    /// Entries with the hashes of what an erasure took out of them.
    fn as_kept(&self, mut entries: Vec<Entry>) -> Result<Vec<Entry>> {
        for e in &mut entries {
            e.sent.written = self.written(e.op())?;
        }
        Ok(entries)
    }
    /// The hash of a patch as it was written, where an erasure has left another.
    fn written(&self, op: Id<Op>) -> Result<Option<[u8; 32]>> {
        if self.redacted.borrow().is_none() {
            let sql = "SELECT op, patch_hash FROM main.redaction WHERE client_id = ?1";
            let all = self.w.privileged(sql, &self.values([]), |r| Ok((r.get(0)?, r.get(1)?)))?;
            *self.redacted.borrow_mut() = Some(all.into_iter().collect());
        }
        Ok(self.redacted.borrow().as_ref().and_then(|all| all.get(&op).copied()))
    }
    /// Takes out of the file what an erasing entry takes out of its row's changes.
    pub fn redact(&mut self, e: &Entry) -> Result<()> {
        *self.redacted.borrow_mut() = None;
        self.cut.borrow_mut().take();
        self.w.redact_before(self.client, e.seq, e.sent.record())
    }
    /// Appends an entry: the change, where the file has it not yet, and its place.
    pub fn append(&mut self, e: &Entry, chain: [u8; 32]) -> Result<()> {
        self.learn_beside()?;
        if e.sent.change.device != self.w.log.device() {
            self.foreign.insert(e.op());
        }
        self.keep_change(&e.sent)?;
        let (client, op) = (self.client.bytes(), e.op().bytes());
        let fates = Fate::text(&e.decided.fates);
        let fates = if fates.is_empty() { None } else { Some(fates) };
        let (prev, stream) = (e.sent.prev, stream_bytes(e.stream));
        let values = params![
            client.as_slice(),
            e.seq,
            op.as_slice(),
            e.decided.verdict.number(),
            e.received_at,
            chain.as_slice(),
            fates,
            prev.as_slice(),
            stream.as_slice()
        ];
        self.run("INSERT INTO main.confirmation VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)", values)?;
        self.end = Some(End { seq: e.seq, chain, received_at: e.received_at });
        Ok(())
    }
    /// Drops every entry after a number; their changes stay.
    pub fn truncate(&mut self, seq: i64) -> Result<()> {
        let client = self.client.bytes();
        self.run("UPDATE main.feed SET cursor = ?2 WHERE client_id = ?1", params![client.as_slice(), seq])?;
        self.w.at.gate.with(Mode::Rewind, || {
            // Prepared anew: a cached statement would outlive the open gate.
            let sql = "DELETE FROM main.confirmation WHERE client_id = ?1 AND seq > ?2";
            self.w.at.conn.prepare(sql)?.execute(params![client.as_slice(), seq])
        })?;
        let sql = "SELECT received_at FROM confirmation WHERE client_id = ?1 AND seq = ?2";
        let received = self.w.first(sql, &self.values([Value::Int(seq)]), |r| r.get(0))?.unwrap_or(0);
        self.end = Some(End { seq, chain: self.chain(seq)?, received_at: received });
        Ok(())
    }
    /// A change that stands in the file, with the hash before it.
    pub(super) fn sent(&self, op: Id<Op>, prev: [u8; 32]) -> Result<Sent> {
        let sql = format!("SELECT {CHANGE} FROM change c WHERE c.client_id = ?1 AND c.op = ?2");
        let found = self.w.first(&sql, &self.values([Value::Id(op.bytes())]), |r| change(self.client, r))?;
        Ok(Sent { written: self.written(op)?, ..Sent::new(found.ok_or(Error::Unsound)?, prev) })
    }
    /// Keeps a change that the file may have already.
    pub(super) fn keep_change(&mut self, sent: &Sent) -> Result<()> {
        let sql = "SELECT 1 FROM change WHERE client_id = ?1 AND op = ?2";
        let there = self.w.first(sql, &self.values([Value::Id(sent.change.op.bytes())]), |_| Ok(()))?;
        if there.is_none() {
            self.w.log.keep(&sent.change, &sent.hash())?;
        }
        let Some(written) = sent.written else { return Ok(()) };
        let (op, left) = (sent.change.op, &sent.change.patch);
        if self.written(op)?.is_some() {
            return Ok(());
        }
        self.redacted.borrow_mut().as_mut().map(|all| all.insert(op, written));
        match there {
            Some(()) => self.w.give_way(self.client, op, &written, left),
            None => self.w.seal_left(self.client, op, &written, left),
        }
    }
    /// Keeps where the order ends, once for all that this transaction brought.
    pub(super) fn keep_end(&mut self) -> Result<()> {
        let Some(End { seq, chain, received_at }) = self.end.take() else { return Ok(()) };
        let client = self.client.bytes();
        let sql = "INSERT INTO main.head VALUES (?1, 0, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET
            seq = excluded.seq, chain = excluded.chain, received_at = excluded.received_at";
        let values = params![client.as_slice(), [0_u8; 32].as_slice(), seq, chain.as_slice(), received_at];
        self.run(sql, values).map(|_| ())
    }
}

/// A stream as the file keeps it.
pub(super) fn stream_bytes(stream: Stream) -> [u8; 20] {
    let mut bytes = [0; 20];
    bytes[..16].copy_from_slice(&stream.device.bytes());
    bytes[16..].copy_from_slice(&stream.incarnation.to_le_bytes());
    bytes
}

/// The stream of its bytes.
pub(super) fn stream_of(bytes: &[u8]) -> Result<Stream> {
    let misfit = || Error::Misfit(0, "stream".into());
    let (device, incarnation) = bytes.split_at_checked(16).ok_or_else(misfit)?;
    Ok(Stream {
        device: Id::from_bytes(device.try_into().map_err(|_| misfit())?),
        incarnation: u32::from_le_bytes(incarnation.try_into().map_err(|_| misfit())?),
    })
}

fn change(client: Id<Client>, r: &Row<'_>) -> Result<Change> {
    let small = |column: usize, n: i64| u32::try_from(n).map_err(|_| Error::Misfit(column, "change".into()));
    Ok(Change {
        op: r.get(0)?,
        client,
        device: r.get(1)?,
        incarnation: small(2, r.get(2)?)?,
        dev_seq: r.get(3)?,
        kind: small(4, r.get(4)?)? as u8,
        record: r.get(5)?,
        act: r.get(6)?,
        patch: r.get(7)?,
        base: r.get(8)?,
        user: r.get(9)?,
        at: r.get(10)?,
        reason: r.get(11)?,
        schema: small(12, r.get(12)?)?,
    })
}

fn entry(client: Id<Client>, r: &Row<'_>) -> Result<Entry> {
    let (fates, prev, stream): (Option<String>, [u8; 32], Vec<u8>) =
        (r.get(OWN + 2)?, r.get(OWN + 4)?, r.get(OWN + 5)?);
    let decided = decided(r.get(OWN + 1)?, fates.as_deref().unwrap_or(""))?;
    let (seq, received_at) = (r.get(OWN)?, r.get(OWN + 3)?);
    Ok(Entry { seq, sent: Sent::new(change(client, r)?, prev), decided, received_at, stream: stream_of(&stream)? })
}

/// What was decided, as the file keeps it.
pub(in crate::repository) fn decided(number: i64, fates: &str) -> Result<Decided> {
    let misfit = || Error::Misfit(0, "confirmation".into());
    let verdict = u8::try_from(number).ok().and_then(Verdict::of_number).ok_or_else(misfit)?;
    Ok(Decided { verdict, fates: Fate::of_text(fates).ok_or_else(misfit)? })
}
