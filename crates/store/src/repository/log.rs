//! The log of one transaction: changes, confirmations and chain heads.
use super::{
    cell::Cell,
    feed::WAITS,
    gate::{Mode, writes_values},
    pool::Guarded,
};
use crate::{
    clock::random,
    error::{Error, Result},
};
use domain::{
    Client, Id,
    change::{Act, Change, Device, Op, SCHEMA, User, confirm},
    merge::Verdict,
    time::Instant,
};
use rusqlite::{OptionalExtension, params};
use std::{
    cell::RefCell,
    collections::{BTreeMap, HashMap},
};

/// Where a client's chains end.
#[derive(Clone)]
struct Head {
    dev_seq: i64,
    hash: [u8; 32],
    seq: i64,
    chain: [u8; 32],
    received_at: i64,
    /// The number of this transaction's first change.
    first: i64,
}

/// What stays the same for every change of this file.
#[derive(Clone)]
pub(crate) struct Author {
    pub(crate) device: Id<Device>,
    pub(crate) incarnation: u32,
    pub(crate) key: [u8; 32],
}

/// The changes of one transaction.
pub(super) struct Log<'c> {
    at: &'c Guarded,
    author: &'c Author,
    user: Id<User>,
    now: Instant,
    /// The small numbers of people and PCs, as far as they were asked.
    numbers: RefCell<HashMap<[u8; 16], i64>>,
    heads: BTreeMap<Id<Client>, Head>,
    /// The number of the next change of each log that a hub orders; none where this file does.
    joined: RefCell<BTreeMap<Id<Client>, Option<i64>>>,
    /// The newest change of each client.
    newest: BTreeMap<Id<Client>, Id<Op>>,
}

/// What is to be recorded of a written row.
pub(super) struct Entry<'e> {
    pub(super) op: Id<Op>,
    pub(super) client: Id<Client>,
    pub(super) kind: u8,
    pub(super) record: [u8; 16],
    pub(super) act: Act,
    pub(super) patch: String,
    pub(super) base: String,
    pub(super) was: Option<String>,
    pub(super) reason: Option<&'e str>,
}

impl<'c> Log<'c> {
    pub(super) fn new(at: &'c Guarded, author: &'c Author, user: Id<User>, now: Instant) -> Self {
        Log {
            at,
            author,
            user,
            now,
            numbers: RefCell::default(),
            heads: BTreeMap::new(),
            joined: RefCell::default(),
            newest: BTreeMap::new(),
        }
    }
    /// The name of a client's next change: of this moment, and greater than all before it.
    ///
    /// Where the clock stands, or was set back, it follows the one before: the
    /// order of names is the order of one's own changes, and no clock decides what is newest.
    pub(super) fn op(&mut self, client: Id<Client>) -> Result<Id<Op>> {
        let mut tail = random::<10>();
        // Room for those that follow.
        tail[2] = 0;
        let op = match self.newest.get(&client) {
            Some(newest) => newest.following(),
            None => {
                let newest = self.last_op(client)?;
                // Two copies of a file must not give one name to two changes, so that none simply counts on.
                if Id::at(self.now.0, [0; 10]) > newest { Id::at(self.now.0, tail) } else { newest.later(tail) }
            }
        };
        self.newest.insert(client, op);
        Ok(op)
    }
    /// The last change of a client, of one's own where others write to its log, too; zero before the first.
    fn last_op(&self, client: Id<Client>) -> Result<Id<Op>> {
        if self.is_joined(client)? {
            return self.last_own_op(client);
        }
        let sql = if client == Client::PLANT {
            "SELECT op FROM plant_newest WHERE ?1 IS NOT NULL"
        } else {
            "SELECT op FROM change WHERE client_id = ?1 ORDER BY op DESC LIMIT 1"
        };
        let mut stmt = self.at.conn.prepare_cached(sql)?;
        let found = stmt.query_row([client.bytes().as_slice()], |r| r.get(0)).optional()?;
        Ok(Id::from_bytes(found.unwrap_or_default()))
    }
    fn last_own_op(&self, client: Id<Client>) -> Result<Id<Op>> {
        let sql = "SELECT op FROM main.own_change WHERE client_id = ?1 ORDER BY dev_seq DESC LIMIT 1";
        let found = self.at.gate.with(Mode::Admin, || {
            self.at.conn.prepare(sql)?.query_row([client.bytes().as_slice()], |r| r.get(0)).optional()
        })?;
        Ok(Id::from_bytes(found.unwrap_or_default()))
    }
    /// This PC.
    pub(super) fn device(&self) -> Id<Device> {
        self.author.device
    }
    /// The key of this file's chains.
    pub(super) fn key(&self) -> &[u8; 32] {
        &self.author.key
    }
    /// Appends a change; with its confirmation where this file orders the log, else to be sent.
    pub(super) fn append(&mut self, e: Entry<'_>) -> Result<()> {
        let (user_no, device_no) = self.numbers()?;
        let mut head = self.head(e.client)?;
        let (change, before) = (self.change(&e, head.dev_seq + 1), head.hash);
        head.hash = change.hash(&head.hash);
        head.dev_seq = change.dev_seq;
        self.write(&change, user_no, device_no, &head.hash)?;
        if let Some(was) = &e.was {
            self.dml(
                "INSERT INTO main.was VALUES (?1, ?2, ?3)",
                params![blob(&e.client.bytes()), blob(&e.op.bytes()), was],
            )?;
        }
        match self.next(e.client)? {
            None => self.confirm(&change, &mut head)?,
            Some(number) => self.send(&change, &before, number)?,
        }
        self.heads.insert(e.client, head);
        Ok(())
    }
    /// Whether a hub orders the log.
    pub(super) fn is_joined(&self, client: Id<Client>) -> Result<bool> {
        Ok(self.next(client)?.is_some())
    }
    /// The number of one's next change in a log that a hub orders.
    fn next(&self, client: Id<Client>) -> Result<Option<i64>> {
        if let Some(known) = self.joined.borrow().get(&client) {
            return Ok(*known);
        }
        let sql = "SELECT next FROM main.feed WHERE client_id = ?1";
        let next = self.at.gate.with(Mode::Admin, || {
            self.at.conn.prepare(sql)?.query_row([client.bytes().as_slice()], |r| r.get(0)).optional()
        })?;
        self.joined.borrow_mut().insert(client, next);
        Ok(next)
    }
    /// A change of a joined log waits until it comes back in the hub's order.
    fn send(&self, change: &Change, before: &[u8; 32], number: i64) -> Result<()> {
        self.queue(change.client, (change.dev_seq, change.op, before), number, WAITS)?;
        let client = change.client.bytes();
        self.dml("UPDATE main.feed SET next = ?2 WHERE client_id = ?1", params![blob(&client), number + 1])?;
        self.joined.borrow_mut().insert(change.client, Some(number + 1));
        Ok(())
    }
    /// Puts a change on the list of what is to be sent.
    pub(super) fn queue(
        &self,
        client: Id<Client>,
        (dev_seq, op, before): (i64, Id<Op>, &[u8; 32]),
        number: i64,
        state: i64,
    ) -> Result<()> {
        let (client, op) = (client.bytes(), op.bytes());
        let sql = "INSERT INTO main.own_change VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        self.dml(sql, params![blob(&client), dev_seq, blob(&op), blob(before), number, state])
    }
    /// Keeps a change that somebody else wrote.
    pub(super) fn keep(&self, change: &Change, hash: &[u8; 32]) -> Result<()> {
        let (user, device) = (self.number(change.user.bytes(), "")?, self.number(change.device.bytes(), "")?);
        self.write(change, user, device, hash)
    }
    fn change(&self, e: &Entry<'_>, dev_seq: i64) -> Change {
        Change {
            op: e.op,
            client: e.client,
            device: self.author.device,
            incarnation: self.author.incarnation,
            dev_seq,
            kind: e.kind,
            record: e.record,
            act: e.act,
            patch: e.patch.clone(),
            base: e.base.clone(),
            user: self.user,
            at: self.now.0,
            reason: e.reason.map(Into::into),
            schema: SCHEMA,
        }
    }
    fn write(&self, c: &Change, user_no: i64, device_no: i64, hash: &[u8; 32]) -> Result<()> {
        let act = Act::ALL.iter().position(|a| *a == c.act).map_or(0, |i| i as i64 + 1);
        let sql = "INSERT INTO main.change VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15)";
        let (client, op, record) = (c.client.bytes(), c.op.bytes(), c.record);
        self.dml(
            sql,
            params![
                blob(&client),
                blob(&op),
                device_no,
                c.incarnation,
                c.dev_seq,
                c.kind,
                blob(&record),
                act,
                c.patch,
                c.base,
                user_no,
                c.at,
                c.reason,
                c.schema,
                blob(hash),
            ],
        )
    }
    /// Alone, a database is its own hub: the commit confirms at once.
    fn confirm(&self, c: &Change, head: &mut Head) -> Result<()> {
        head.seq += 1;
        head.received_at = head.received_at.max(self.now.0);
        let decision = Verdict::Applied.number();
        head.chain = confirm(&self.author.key, &head.chain, head.seq, &head.hash, decision, head.received_at, &[]);
        let (client, op) = (c.client.bytes(), c.op.bytes());
        let values = params![blob(&client), head.seq, blob(&op), decision, head.received_at, blob(&head.chain)];
        let sql = "INSERT INTO main.confirmation(client_id, seq, op, decision, received_at, chain) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        self.dml(sql, values)
    }
    fn head(&self, client: Id<Client>) -> Result<Head> {
        if let Some(h) = self.heads.get(&client) {
            return Ok(h.clone());
        }
        let sql = "SELECT dev_seq, hash, seq, chain, received_at FROM main.head WHERE client_id = ?1";
        let found = self.at.gate.with(Mode::Admin, || {
            self.at
                .conn
                .prepare(sql)?
                .query_row([client.bytes().as_slice()], |r| {
                    let (dev_seq, seq): (i64, i64) = (r.get(0)?, r.get(2)?);
                    Ok(Head {
                        dev_seq,
                        hash: r.get(1)?,
                        seq,
                        chain: r.get(3)?,
                        received_at: r.get(4)?,
                        first: dev_seq + 1,
                    })
                })
                .optional()
        })?;
        let start = Head { dev_seq: 0, hash: [0; 32], seq: 0, chain: [0; 32], received_at: 0, first: 1 };
        Ok(found.unwrap_or(start))
    }
    /// The small numbers of this person and this PC.
    fn numbers(&self) -> Result<(i64, i64)> {
        Ok((self.number(self.user.bytes(), "")?, self.number(self.author.device.bytes(), "this PC")?))
    }
    fn number(&self, id: [u8; 16], name: &str) -> Result<i64> {
        if let Some(no) = self.numbers.borrow().get(&id) {
            return Ok(*no);
        }
        let no = self.look_up(id, name)?;
        self.numbers.borrow_mut().insert(id, no);
        Ok(no)
    }
    fn look_up(&self, id: [u8; 16], name: &str) -> Result<i64> {
        let c = &self.at.conn;
        let (found, free): (Option<i64>, i64) = self.at.gate.with(Mode::Admin, || {
            let found = c.prepare("SELECT no FROM main.peer WHERE id = ?1")?.query_row([blob(&id)], |r| r.get(0));
            let free = "SELECT coalesce(max(no), 0) + 1 FROM main.peer";
            Ok::<_, Error>((found.optional()?, c.prepare(free)?.query_row([], |r| r.get(0))?))
        })?;
        match found {
            Some(no) => Ok(no),
            None => {
                self.dml("INSERT INTO main.peer VALUES (?1, ?2, ?3)", params![free, blob(&id), name])?;
                Ok(free)
            }
        }
    }
    /// Keeps the heads of what is no step to take back.
    pub(super) fn keep_heads(&mut self) -> Result<()> {
        for (client, h) in std::mem::take(&mut self.heads) {
            self.keep_head(client, &h)?;
        }
        Ok(())
    }
    fn keep_head(&self, client: Id<Client>, h: &Head) -> Result<()> {
        let id = client.bytes();
        self.dml(
            "INSERT OR REPLACE INTO main.head VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![blob(&id), h.dev_seq, blob(&h.hash), h.seq, blob(&h.chain), h.received_at],
        )
    }
    /// Keeps the heads, and what this step was for undo; nothing where nothing was written.
    pub(super) fn close(&mut self, what: &str, undoes: Option<(i64, bool)>) -> Result<()> {
        if self.heads.is_empty() {
            return Ok(());
        }
        self.dml(
            "INSERT INTO main.step(user_id, at, what, undoes, is_undo, taken_back) VALUES (?1, ?2, ?3, ?4, ?5, 0)",
            params![blob(&self.user.bytes()), self.now.0, what, undoes.map(|u| u.0), undoes.is_some_and(|u| u.1)],
        )?;
        let step = self.at.conn.last_insert_rowid();
        for (client, h) in std::mem::take(&mut self.heads) {
            self.keep_head(client, &h)?;
            let id = client.bytes();
            self.dml(
                "INSERT INTO main.step_client VALUES (?1, ?2, ?3, ?4)",
                params![step, blob(&id), h.first, h.dev_seq],
            )?;
        }
        Ok(())
    }
    fn dml(&self, sql: &str, values: impl rusqlite::Params) -> Result<()> {
        dml(self.at, sql, values).map(|_| ())
    }
}

/// Prepares and runs with the gate open.
///
/// Both, because SQLite prepares again, and judges again, when another
/// connection has changed the schema.
pub(super) fn dml(at: &Guarded, sql: &str, values: impl rusqlite::Params) -> Result<usize> {
    if !writes_values(sql) {
        return Err(Error::Unsound);
    }
    at.gate.with(Mode::Write, || Ok(at.conn.prepare_cached(sql)?.execute(values)?))
}

pub(super) fn blob(bytes: &[u8]) -> &[u8] {
    bytes
}

/// The act of its number in the log.
pub(crate) fn act(number: i64) -> Option<Act> {
    Act::ALL.get(usize::try_from(number - 1).ok()?).copied()
}

impl Cell for Act {
    fn of(value: rusqlite::types::ValueRef<'_>) -> Option<Self> {
        act(value.as_i64().ok()?)
    }
}
