//! A client's rows of a moment, on their way into memory.
use super::{
    super::{
        Guarded, Mode, Reader, Row,
        cell::{Bound, bound, key},
        feed::decided,
        gate::writes_values,
        rollup,
    },
    HISTORY,
    moment::Edge,
    place::Place,
};
use crate::{Error, Result, values};
use domain::{
    Client, Day, Entity, Id, LineShift, ProductionEntry, SHAPES, Shape, Value,
    change::{Act, Op},
    merge::{Decided, Folded, Write, apply},
};
use rusqlite::{Statement, types::ToSqlOutput};
use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
};

/// A row's table and id.
type Record = (u8, [u8; 16]);

/// Carries one client's rows from the file into memory.
pub(super) struct Loader<'a, 'c> {
    file: &'a Reader<'c>,
    memory: &'a Guarded,
    edge: &'a Edge,
    days: (Day, Day),
    /// Rows that were changed after the moment.
    changed: HashSet<Record>,
    /// Of these, rows that a change may have placed elsewhere.
    moved: HashSet<Record>,
    /// Rows of the period, and line shifts of the days before.
    ids: HashMap<&'static str, Vec<[u8; 16]>>,
    older: Vec<[u8; 16]>,
    /// Rows that are in memory, or were not there then.
    there: RefCell<HashSet<Record>>,
}

impl<'a, 'c> Loader<'a, 'c> {
    pub(super) fn of(file: &'a Reader<'c>, memory: &'a Guarded, edge: &'a Edge, days: (Day, Day)) -> Result<Self> {
        let (changed, moved) = (HashSet::new(), HashSet::new());
        let mut loader = Loader {
            file,
            memory,
            edge,
            days,
            changed,
            moved,
            ids: HashMap::new(),
            older: vec![],
            there: RefCell::default(),
        };
        loader.look_back()?;
        Ok(loader)
    }
    /// Notes what was changed since the moment.
    fn look_back(&mut self) -> Result<()> {
        let (sql, after) = match self.edge.joined {
            true => (SINCE_PLACE, Value::Int(self.edge.seq)),
            false => (SINCE, Value::Id(self.edge.op.bytes())),
        };
        let placing: HashMap<u8, &str> =
            SHAPES.iter().filter_map(|s| Some((s.number, Place::of(s).column()?))).collect();
        let patch = Act::ALL.iter().position(|a| *a == Act::Patch).map_or(0, |i| i as i64 + 1);
        let values = [key(self.edge.client), after, Value::Int(patch)];
        let (changed, moved) = (&mut self.changed, &mut self.moved);
        self.file.select(sql, &values, |row| {
            let record = (u8::try_from(row.get::<i64>(0)?).unwrap_or(0), row.get(1)?);
            changed.insert(record);
            let placed = placing.get(&record.0).zip(row.get::<Option<String>>(2)?);
            if placed.is_some_and(|(column, patch)| patch.contains(column)) {
                moved.insert(record);
            }
            Ok(())
        })?;
        if self.edge.joined {
            self.look_under()?;
        }
        Ok(())
    }
    /// What waits to be sent was never known to all: those rows are as the hub's order makes them.
    fn look_under(&mut self) -> Result<()> {
        let sql = "SELECT kind, record FROM main.shade WHERE client_id = ?1";
        let shaded = self.file.opened(Mode::Admin, sql, &[key(self.edge.client)], |row| {
            Ok((u8::try_from(row.get::<i64>(0)?).unwrap_or(0), row.get(1)?))
        })?;
        self.changed.extend(shaded.iter().copied());
        self.moved.extend(shaded);
        Ok(())
    }
    /// Brings in set-up, orders, the rows of the period, and the line shifts of the days before.
    pub(super) fn period(&mut self) -> Result<()> {
        self.end()?;
        SHAPES.iter().try_for_each(|shape| self.table(shape))?;
        self.moved_away()
    }
    /// Brings in what was entered in the days before.
    pub(super) fn history(&mut self) -> Result<()> {
        self.ids = HashMap::from([(LineShift::TABLE, std::mem::take(&mut self.older))]);
        for shape in SHAPES.iter().filter(|s| matches!(Place::of(s), Place::Below { .. })) {
            self.table(shape)?;
        }
        Ok(())
    }
    /// Brings in what was made of orders on any other day, where dates of theirs rest on it.
    pub(super) fn made(&self, memory: &Reader<'_>) -> Result<()> {
        let client = self.edge.client;
        let ask = |id: [u8; 16]| vec![key(client), Value::Id(id)];
        let orders = rollup::resting_on_production(memory, client)?.into_iter().map(|id| ask(id.bytes()));
        let entry = shape::<ProductionEntry>()?;
        let rule = "client_id = ?1 AND work_order_id = ?2";
        self.copy_by(entry, rule, &orders.collect::<Vec<_>>())?;
        // Those of another order now, or of none.
        let changed: Vec<_> = self.changed.iter().filter(|r| r.0 == entry.number).map(|r| r.1).collect();
        self.insert(entry, |into| changed.iter().try_for_each(|id| self.folded(entry, *id, into)))?;
        let sql = "SELECT DISTINCT line_shift_id FROM production_entry WHERE client_id = ?1";
        let above = memory.select(sql, values![client], |row| Ok(ask(row.get(0)?)))?;
        let line_shift = shape::<LineShift>()?;
        self.copy_by(line_shift, "client_id = ?1 AND id = ?2", &above)?;
        Ok(())
    }
    /// Whether a row was not brought in yet; from now on it is.
    fn is_new(&self, shape: &Shape, id: [u8; 16]) -> bool {
        self.there.borrow_mut().insert((shape.number, id))
    }
    /// Where the log ended.
    fn end(&self) -> Result<()> {
        let sql = "INSERT INTO main.head VALUES (?1, 0, x'', ?2, x'', 0)";
        let (client, seq) = (self.edge.client.bytes(), self.edge.seq);
        super::super::log::dml(self.memory, sql, (client.as_slice(), seq)).map(|_| ())
    }
    fn table(&mut self, shape: &'static Shape) -> Result<()> {
        let (client, (from, to)) = (self.edge.client, self.days);
        match Place::of(shape) {
            Place::Whole => self.copy(shape, &[values![client].to_vec()]).map(|_| ()),
            Place::Day => {
                let ids = self.copy(shape, &[values![client, from, to].to_vec()])?;
                self.ids.insert(shape.table, ids);
                if shape.table == LineShift::TABLE {
                    self.older = self.copy(shape, &[values![client, from.plus(-HISTORY), from.plus(-1)].to_vec()])?;
                }
                Ok(())
            }
            Place::Below { table, .. } => {
                let above = self.ids.get(table).map_or(&[][..], Vec::as_slice);
                let asks: Vec<_> = above.iter().map(|id| vec![key(client), Value::Id(*id)]).collect();
                let ids = self.copy(shape, &asks)?;
                self.ids.insert(shape.table, ids);
                Ok(())
            }
        }
    }
    /// Rows that stood in the period then, and stand elsewhere now.
    fn moved_away(&mut self) -> Result<()> {
        for shape in SHAPES {
            let here: HashSet<_> = self.ids.get(shape.table).into_iter().flatten().copied().collect();
            let gone = self.moved.iter().filter(|r| r.0 == shape.number && !here.contains(&r.1));
            let gone: Vec<_> = gone.map(|r| r.1).collect();
            self.insert(shape, |into| gone.iter().try_for_each(|id| self.folded(shape, *id, into)))?;
        }
        Ok(())
    }
    /// Copies the rows that questions find; those changed since, as they were.
    fn copy(&self, shape: &'static Shape, asks: &[Vec<Value>]) -> Result<Vec<[u8; 16]>> {
        self.copy_by(shape, &Place::of(shape).rule(), asks)
    }
    /// Copies the rows that a rule finds, as they were.
    fn copy_by(&self, shape: &'static Shape, rule: &str, asks: &[Vec<Value>]) -> Result<Vec<[u8; 16]>> {
        let names: String = shape.columns.iter().map(|c| format!("{}, ", c.name)).collect();
        let sql = format!("SELECT client_id, id, {names}gone_at, ver FROM {}_all WHERE {rule}", shape.table);
        let (width, mut ids) = (shape.columns.len() + 4, vec![]);
        self.insert(shape, |into| {
            let mut stmt = self.file.conn.prepare_cached(&sql)?;
            for ask in asks {
                let mut rows = stmt.query(bound(ask))?;
                while let Some(row) = rows.next()? {
                    let id: [u8; 16] = row.get(1)?;
                    ids.push(id);
                    if self.changed.contains(&(shape.number, id)) {
                        self.folded(shape, id, into)?;
                        continue;
                    }
                    if !self.is_new(shape, id) {
                        continue;
                    }
                    for i in 0..width {
                        into.raw_bind_parameter(i + 1, ToSqlOutput::Borrowed(row.get_ref(i)?))?;
                    }
                    into.raw_execute()?;
                }
            }
            Ok(())
        })?;
        Ok(ids)
    }
    /// Prepares the table's insert in memory, and runs it with the gate open.
    ///
    /// A row that was moved is met where it was and where it is: both say the same.
    fn insert(&self, shape: &Shape, f: impl FnOnce(&mut Statement<'_>) -> Result<()>) -> Result<()> {
        let marks = vec!["?"; shape.columns.len() + 4].join(", ");
        let names: String = shape.columns.iter().map(|c| format!("{}, ", c.name)).collect();
        let sql =
            format!("INSERT OR REPLACE INTO main.{}(client_id, id, {names}gone_at, ver) VALUES ({marks})", shape.table);
        if !writes_values(&sql) {
            return Err(Error::Unsound);
        }
        self.memory.gate.with(Mode::Write, || f(&mut self.memory.conn.prepare(&sql)?))
    }
    /// Inserts a row as its changes up to the moment have made it, once; nothing where there were none.
    fn folded(&self, shape: &'static Shape, id: [u8; 16], into: &mut Statement<'_>) -> Result<()> {
        if !self.is_new(shape, id) {
            return Ok(());
        }
        let Edge { client, op, seq, joined } = *self.edge;
        let (sql, to) = if joined { (TO_PLACE, Value::Int(seq)) } else { (TO, Value::Id(op.bytes())) };
        let values = [key(client), Value::Id(id), to, Value::Int(shape.number.into())];
        let mut made: Option<Folded> = None;
        self.file.select(sql, &values, |row| {
            let (op, act): (Id<Op>, Act) = (row.get(0)?, row.get(1)?);
            let write = Write::read(shape.columns, op, act, &row.get::<String>(2)?, &row.get::<String>(3)?);
            let write = write.ok_or_else(|| Error::Misfit(2, shape.table.into()))?;
            // Nothing is decided anew: it was decided by the hub, or by this file, which let all of it stand.
            let decided = if joined { decided(row.get(4)?, &fates(row)?)? } else { Decided::WHOLE };
            made = apply(made.take(), &write, &decided, shape);
            Ok(())
        })?;
        made.map_or(Ok(()), |made| put(into, client, id, &made))
    }
}

/// What was written after a change, where the file orders the log itself.
const SINCE: &str = "SELECT kind, record, iif(act = ?3, patch, NULL) FROM change WHERE client_id = ?1 AND op > ?2";
/// What came after a place, where a hub does.
const SINCE_PLACE: &str = "SELECT c.kind, c.record, iif(c.act = ?3, c.patch, NULL) FROM confirmation n
    CROSS JOIN change c ON c.client_id = n.client_id AND c.op = n.op WHERE n.client_id = ?1 AND n.seq > ?2";
/// The changes of a row up to one.
const TO: &str = "SELECT op, act, patch, base FROM change WHERE client_id = ?1 AND record = ?2 AND op <= ?3
    AND kind = ?4 ORDER BY op";
/// Those up to a place, with what was decided of each.
const TO_PLACE: &str = "SELECT c.op, c.act, c.patch, c.base, n.decision, n.fates FROM change c
    CROSS JOIN confirmation n ON n.client_id = c.client_id AND n.op = c.op AND n.stream IS NOT NULL
    WHERE c.client_id = ?1 AND c.record = ?2 AND n.seq <= ?3 AND c.kind = ?4 ORDER BY n.seq";

fn fates(row: &Row<'_>) -> Result<String> {
    Ok(row.get::<Option<String>>(5)?.unwrap_or_default())
}

/// How the rows of an entity are stored.
fn shape<E: Entity>() -> Result<&'static Shape> {
    SHAPES.iter().find(|shape| shape.table == E::TABLE).ok_or(Error::Unsound)
}

fn put(into: &mut Statement<'_>, client: Id<Client>, id: [u8; 16], made: &Folded) -> Result<()> {
    let gone = if made.gone { Value::Int(0) } else { Value::Null };
    let head = [key(client), Value::Id(id)];
    let all: Vec<&Value> = head.iter().chain(&made.values).chain([&gone]).collect();
    for (i, value) in all.iter().enumerate() {
        into.raw_bind_parameter(i + 1, Bound(value))?;
    }
    into.raw_bind_parameter(all.len() + 1, made.versions.bytes())?;
    into.raw_execute()?;
    Ok(())
}
