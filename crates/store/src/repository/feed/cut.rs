//! Entries that a restored hub lacks.
use super::{
    Feed,
    log::{decided, stream_bytes, stream_of},
};
use crate::{
    Error, Result,
    repository::{Mode, Row},
};
use domain::{
    Id,
    change::Op,
    feed::{Cut, Entry, Position, Sent},
    merge::Fate,
};
use rusqlite::{OptionalExtension, params};
use std::sync::Arc;

/// An entry as the file keeps it, without its change.
struct Kept {
    before: [u8; 32],
    key: Option<[u8; 32]>,
    op: Id<Op>,
    prev: [u8; 32],
    seq: i64,
    decided: domain::merge::Decided,
    received_at: i64,
    stream: domain::feed::Stream,
}

impl Feed<'_, '_> {
    /// The entries that a rewind has cut off, in their order.
    pub fn cut(&self) -> Result<Arc<Vec<Cut>>> {
        if let Some(known) = self.cut.borrow().as_ref() {
            return Ok(known.clone());
        }
        let sql = "SELECT before, op, prev, seq, decision, fates, received_at, stream FROM main.cut_off
            WHERE client_id = ?1 ORDER BY place";
        let all = self.w.privileged(sql, &self.values([]), kept)?;
        let cut = Arc::new(all.into_iter().map(|k| self.cut_of(k)).collect::<Result<Vec<_>>>()?);
        *self.cut.borrow_mut() = Some(cut.clone());
        Ok(cut)
    }
    fn cut_of(&self, k: Kept) -> Result<Cut> {
        let sent: Sent = self.sent(k.op, k.prev)?;
        let entry = Entry { seq: k.seq, sent, decided: k.decided, received_at: k.received_at, stream: k.stream };
        Ok(Cut { before: k.before, key: k.key, entry })
    }
    /// Keeps these instead.
    pub fn keep_cut(&mut self, cut: Vec<Cut>) -> Result<()> {
        let client = self.client.bytes();
        self.run("DELETE FROM main.cut_off WHERE client_id = ?1", [client.as_slice()])?;
        for (Cut { before, key, entry: e }, place) in cut.iter().zip(1_i64..) {
            let before = [before.as_slice(), key.as_ref().map_or(&[][..], |k| k)].concat();
            let (op, stream, fates) = (e.op().bytes(), stream_bytes(e.stream), Fate::text(&e.decided.fates));
            let values = params![
                client.as_slice(),
                place,
                before,
                op.as_slice(),
                e.seq,
                e.decided.verdict.number(),
                fates,
                e.received_at,
                e.sent.prev.as_slice(),
                stream.as_slice()
            ];
            self.run("INSERT INTO main.cut_off VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)", values)?;
        }
        *self.cut.borrow_mut() = Some(Arc::new(cut));
        Ok(())
    }
}

impl Feed<'_, '_> {
    /// The hub's signature over a place, where it gave one.
    pub fn signature(&self, at: Position) -> Result<Option<String>> {
        let sql = "SELECT signature FROM main.signed WHERE client_id = ?1 AND seq = ?2 AND chain = ?3";
        let client = self.client.bytes();
        self.w.at.gate.with(Mode::Admin, || {
            let mut stmt = self.w.at.conn.prepare(sql)?;
            Ok(stmt.query_row(params![client.as_slice(), at.seq, at.chain.as_slice()], |r| r.get(0)).optional()?)
        })
    }
    /// Keeps the hub's signature over a place, and lets go of those it needs no more: a backup reaches further.
    pub fn keep_signature(&mut self, at: Position, signature: &str, durable: i64) -> Result<()> {
        let client = self.client.bytes();
        let old = "DELETE FROM main.signed WHERE client_id = ?1 AND seq < ?2";
        self.run(old, params![client.as_slice(), durable])?;
        let sql = "INSERT INTO main.signed VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
        self.run(sql, params![client.as_slice(), at.seq, at.chain.as_slice(), signature]).map(|_| ())
    }
}

fn kept(r: &Row<'_>) -> Result<Kept> {
    let (before, key) = chain(&r.get::<Vec<u8>>(0)?)?;
    Ok(Kept {
        before,
        key,
        op: r.get(1)?,
        prev: r.get(2)?,
        seq: r.get(3)?,
        decided: decided(r.get(4)?, &r.get::<String>(5)?)?,
        received_at: r.get(6)?,
        stream: stream_of(&r.get::<Vec<u8>>(7)?)?,
    })
}

/// The chain before an entry; behind it stands the key of that chain, where it is not the client's any more.
fn chain(bytes: &[u8]) -> Result<([u8; 32], Option<[u8; 32]>)> {
    let misfit = || Error::Misfit(0, "cut_off".into());
    let (before, key) = bytes.split_at_checked(32).ok_or_else(misfit)?;
    let hash = |bytes: &[u8]| bytes.try_into().map_err(|_| misfit());
    Ok((hash(before)?, if key.is_empty() { None } else { Some(hash(key)?) }))
}
