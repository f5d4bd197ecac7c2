//! Reads, in scope.
use super::{
    Row,
    cell::{bound, key},
    gate::{Gate, Mode, is_seen_whole},
    past::Known,
    views::TOLD,
};
use crate::{Error, Result, missing, session::Session, values};
use domain::{Client, ClientSetting, Day, Entity, Id, Value, change::Op, time, time::Instant};
use rusqlite::Connection;
use std::collections::BTreeMap;

/// Reads the rows of a session's clients, and no others.
///
/// A plain table name in SQL means the rows in scope that were not taken away;
/// `NAME_all` means those too.
pub struct Reader<'c> {
    pub(super) conn: &'c Connection,
    pub(super) session: &'c Session,
    /// The moment of the whole reading, or of the whole transaction.
    pub(super) now: Instant,
    /// Where the log is read in the past; none where it is beside the rows.
    pub(super) known: Option<&'c Known<'c>>,
    pub(super) gate: &'c Gate,
}

/// Who wrote something.
#[derive(Clone, Debug, PartialEq)]
pub struct Latest {
    /// Who wrote it.
    pub author: Option<String>,
    /// On which PC.
    pub device: Option<String>,
    /// When, by the author's clock.
    pub at: Instant,
    /// Which change.
    pub op: Id<Op>,
    /// Why, where that was said.
    pub reason: Option<String>,
}

impl Reader<'_> {
    /// Runs hand-written SQL that only reads.
    pub fn select<T>(&self, sql: &str, values: &[Value], mut f: impl FnMut(&Row<'_>) -> Result<T>) -> Result<Vec<T>> {
        if !is_seen_whole(sql) {
            return Err(Error::Unsound);
        }
        let mut stmt = self.conn.prepare_cached(sql)?;
        // A write prepared while the gate was open would come back from the cache already judged.
        // EXPLAIN counts as reading, and tells the nonce.
        if !stmt.readonly() || stmt.is_explain() != 0 {
            return Err(Error::NotReadOnly);
        }
        let (mut rows, mut out) = (stmt.query(bound(values))?, vec![]);
        while let Some(row) = rows.next()? {
            out.push(f(&Row(row))?);
        }
        Ok(out)
    }
    /// Reads a view that one mode alone opens.
    ///
    /// Prepared anew each time: a cached statement would outlive the open gate.
    pub(super) fn opened<T>(
        &self,
        mode: Mode,
        sql: &str,
        values: &[Value],
        f: impl Fn(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        self.gate.with(mode, || {
            let mut stmt = self.conn.prepare(sql)?;
            let (mut rows, mut out) = (stmt.query(bound(values))?, vec![]);
            while let Some(row) = rows.next()? {
                out.push(f(&Row(row))?);
            }
            Ok(out)
        })
    }
    /// Changes of a log that match, such as `op = ?2`; `?1` is the log.
    ///
    /// The plant's is in no view that a question could name: the store itself looks at it.
    pub(super) fn logged<T>(
        &self,
        log: Id<Client>,
        columns: &str,
        rule: &str,
        values: &[Value],
        f: impl Fn(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        if log == Client::PLANT {
            let sql = format!("SELECT {columns} FROM {TOLD} WHERE ?1 IS NOT NULL AND {rule}");
            return self.opened(Mode::Told, &sql, values, f);
        }
        self.select(&format!("SELECT {columns} FROM change WHERE client_id = ?1 AND ({rule})"), values, f)
    }
    /// The first row of a question, if any.
    pub fn first<T>(&self, sql: &str, values: &[Value], f: impl FnMut(&Row<'_>) -> Result<T>) -> Result<Option<T>> {
        Ok(self.select(sql, values, f)?.into_iter().next())
    }
    /// One row by its id; `missing` where it is not there or not in scope.
    pub fn get<E: Entity>(&self, client: Id<Client>, id: Id<E>) -> Result<E> {
        self.find(client, id)?.ok_or_else(missing)
    }
    /// One row by its id, if it is there and in scope.
    pub fn find<E: Entity>(&self, client: Id<Client>, id: Id<E>) -> Result<Option<E>> {
        let sql = format!("SELECT {} FROM {} WHERE client_id = ?1 AND id = ?2", E::LIST, E::TABLE);
        self.first(&sql, values![client, id], entity)
    }
    /// A client's rows, in the order of their codes where they have one, else of their ids.
    pub fn list<E: Entity>(&self, client: Id<Client>, limit: i64, offset: i64) -> Result<Vec<E>> {
        let order = if E::COLUMNS.iter().any(|c| c.name == "code") { "code, id" } else { "id" };
        let (list, table) = (E::LIST, E::TABLE);
        let sql = format!("SELECT {list} FROM {table} WHERE client_id = ?1 ORDER BY {order} LIMIT ?2 OFFSET ?3");
        self.select(&sql, values![client, limit, offset], entity)
    }
    /// A client's rows that match, such as `line_shift_id = ?2`.
    pub fn list_where<E: Entity>(&self, client: Id<Client>, rule: &str, values: &[Value]) -> Result<Vec<E>> {
        let sql = format!("SELECT {} FROM {} WHERE client_id = ?1 AND {rule}", E::LIST, E::TABLE);
        let all: Vec<Value> = std::iter::once(key(client)).chain(values.iter().cloned()).collect();
        self.select(&sql, &all, entity)
    }
    /// Who wrote a row last, on which PC, when, and by which change.
    pub fn latest(&self, client: Id<Client>, record: [u8; 16]) -> Result<Option<Latest>> {
        let (log, edge) = self.known.map_or((self, None), |known| known.log(client));
        let newest = match log.is_joined(client)? {
            true => log.newest_joined(client, record, edge.map(|e| e.seq))?,
            false => log.newest_alone(client, record, edge.map(|e| e.op))?,
        };
        newest.map_or(Ok(None), |op| self.written(log, client, op))
    }
    /// Who made a change that a log has.
    pub(super) fn written(&self, log: &Reader<'_>, client: Id<Client>, op: Id<Op>) -> Result<Option<Latest>> {
        let sql = "SELECT user_id, device, at, reason FROM change WHERE client_id = ?1 AND op = ?2";
        let found = log.first(sql, &[key(client), Value::Id(op.bytes())], |r| {
            Ok((r.get(0)?, Latest { author: None, device: r.get(1)?, at: r.get(2)?, op, reason: r.get(3)? }))
        })?;
        let Some((user, latest)) = found else { return Ok(None) };
        let name = "SELECT name FROM author_all WHERE client_id = ?1 AND id = ?2";
        Ok(Some(Latest { author: self.first(name, &[key(client), Value::Id(user)], |r| r.get(0))?, ..latest }))
    }
    /// Whether a hub orders the client's log.
    pub(super) fn is_joined(&self, client: Id<Client>) -> Result<bool> {
        let sql = "SELECT 1 FROM main.feed WHERE client_id = ?1";
        Ok(!self.opened(Mode::Admin, sql, &[key(client)], |_| Ok(()))?.is_empty())
    }
    /// The newest change of a row, up to one where that is given; the file's names are in its order.
    fn newest_alone(&self, client: Id<Client>, record: [u8; 16], to: Option<Id<Op>>) -> Result<Option<Id<Op>>> {
        let sql = "SELECT op FROM change WHERE client_id = ?1 AND record = ?2 AND op <= ?3 ORDER BY op DESC LIMIT 1";
        let to = to.unwrap_or(Id::from_bytes([u8::MAX; 16]));
        self.first(sql, &[key(client), Value::Id(record), Value::Id(to.bytes())], |r| r.get(0))
    }
    /// The same where a hub makes the order: one's own that waits stands above it, unless the past is asked.
    fn newest_joined(&self, client: Id<Client>, record: [u8; 16], to: Option<i64>) -> Result<Option<Id<Op>>> {
        let own = "SELECT dev_seq, op FROM main.own_change WHERE client_id = ?1 AND op = ?2 AND +state < 2";
        let sql = "SELECT c.op, n.seq FROM change c LEFT JOIN confirmation n
            ON n.client_id = c.client_id AND n.op = c.op AND n.stream IS NOT NULL
            WHERE c.client_id = ?1 AND c.record = ?2";
        let all = self
            .select(sql, &[key(client), Value::Id(record)], |r| Ok((r.get::<Id<Op>>(0)?, r.get::<Option<i64>>(1)?)))?;
        let mut newest: Option<((bool, i64), Id<Op>)> = None;
        for (op, seq) in all {
            let place = match seq {
                Some(seq) => Some((false, seq)).filter(|_| to.is_none_or(|to| seq <= to)),
                None if to.is_some() => None,
                None => {
                    let waits = self.opened(Mode::Admin, own, &[key(client), Value::Id(op.bytes())], |r| r.get(0))?;
                    waits.first().map(|n| (true, *n))
                }
            };
            newest = newest.max(place.map(|place| (place, op)));
        }
        Ok(newest.map(|n| n.1))
    }
    /// Stands for the row as it is: another one after every write, whatever the clocks say.
    pub fn version<E: Entity>(&self, client: Id<Client>, id: Id<E>) -> Result<Option<String>> {
        let sql = format!("SELECT ver FROM {} WHERE client_id = ?1 AND id = ?2", E::TABLE);
        let digest = |ops: Vec<u8>| blake3::hash(&ops).to_hex()[..32].to_string();
        Ok(self.first(&sql, values![client, id], |r| r.get(0))?.map(digest))
    }
    /// The line shifts whose figures saving a row would renew.
    pub fn touched<E: Entity>(&self, row: &E) -> Result<Vec<super::Cell>> {
        Ok(super::rollup::touched(self, row)?.into_iter().collect())
    }
    /// Who is asking.
    pub fn session(&self) -> &Session {
        self.session
    }
    /// The moment of asking: one for all that is read or written together, or who signs would sign at another moment
    /// than the one his signature is judged at.
    pub fn now(&self) -> Instant {
        self.now
    }
    /// The client's policies; the defaults where none were set.
    pub fn setting(&self, client: Id<Client>) -> Result<ClientSetting> {
        Ok(self.find(client, client.cast())?.unwrap_or_else(|| ClientSetting::usual(client)))
    }
    /// The client's time zone.
    pub fn zone(&self, client: Id<Client>) -> Result<time::Zone> {
        Ok(time::zone_named(&self.setting(client)?.time_zone).unwrap_or(time::Zone::UTC))
    }
    /// The client's production day at this moment.
    pub fn today(&self, client: Id<Client>) -> Result<Day> {
        let setting = self.setting(client)?;
        let zone = time::zone_named(&setting.time_zone).unwrap_or(time::Zone::UTC);
        Ok(time::today(self.now(), zone, i32::try_from(setting.rollover_minute).unwrap_or(0)))
    }
    /// The production day of each client at this moment, from one look at the settings.
    pub fn todays(&self, clients: &[Id<Client>]) -> Result<BTreeMap<Id<Client>, Day>> {
        let today = |zone: &str, rollover: i64| {
            let zone = time::zone_named(zone).unwrap_or(time::Zone::UTC);
            time::today(self.now(), zone, i32::try_from(rollover).unwrap_or(0))
        };
        let usual = today("UTC", 0);
        let mut days: BTreeMap<_, _> = clients.iter().map(|client| (*client, usual)).collect();
        let sql = "SELECT client_id, time_zone, rollover_minute FROM client_setting";
        self.select(sql, &[], |row| {
            if let Some(day) = days.get_mut(&row.get::<Id<Client>>(0)?) {
                *day = today(&row.get::<String>(1)?, row.get(2)?);
            }
            Ok(())
        })?;
        Ok(days)
    }
}

/// The entity of a row that was read by its list of columns.
pub(crate) fn entity<E: Entity>(row: &Row<'_>) -> Result<E> {
    let values: Vec<Value> = (0..E::COLUMNS.len()).map(|i| row.get(i + 2)).collect::<Result<_>>()?;
    E::of(row.get::<Id<Client>>(0)?, row.get::<Id<E>>(1)?, values).ok_or_else(|| Error::Misfit(0, E::TABLE.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_together_is_written_at_one_moment() {
        let dir = tempfile::tempdir().unwrap();
        let vault = crate::keep::Vault::new(dir.path().join("lineboard.db"), [3; 32]);
        let store = crate::Store::create(&vault, crate::Clock::default()).unwrap();
        let ada = store.first_start("ada", "Ada", "a plant that never was", "en").unwrap();
        let wait = || std::thread::sleep(std::time::Duration::from_millis(3));
        let repo = store.repository(&ada).unwrap();
        let moments = |r: &Reader<'_>| {
            let before = r.now();
            wait();
            (before, r.now())
        };
        for (before, after) in [repo.read(|r| Ok(moments(r))).unwrap(), repo.write(|w| Ok(moments(w))).unwrap()] {
            assert_eq!(before, after, "who signs, signs at the moment his signature is judged at");
        }
    }
}
