//! The only way to write: role, scope, rules, row, change and sums in one transaction.
use super::{
    Reader,
    cell::key,
    closed::{Closed, own_line},
    feed::{Beside, base_of, base_text, undisputed, whole_units},
    floating::Booked,
    gate::Mode,
    log::{Author, Entry, Log},
    pool::Guarded,
    rollup::Stale,
    room::Room,
    scope,
    undo::Bases,
};
use crate::{Error, Result, clock::fresh, error::missing, session::Session};
use domain::{
    Client, Code, Entity, Fault, Group, Id, Problems, Value, Verb,
    change::{self, Act, Op},
    merge::{Folded, Place, Verdict, Versions, Write, fold},
    time::Instant,
};
use std::{
    cell::{Cell, RefCell},
    collections::{BTreeSet, HashMap, HashSet},
    ops::Deref,
    rc::Rc,
};

/// What a `put` did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Put {
    /// The row is new.
    Created,
    /// Columns changed.
    Patched,
    /// Nothing differed, nothing was written.
    Same,
}

/// Reads and writes, in scope, on the record.
pub struct Writer<'c> {
    reader: Reader<'c>,
    pub(super) at: &'c Guarded,
    pub(super) log: Log<'c>,
    pub(super) stale: Stale,
    closed: Closed,
    room: Room,
    pub(super) booked: Booked,
    pub(super) authors: HashSet<Id<Client>>,
    founded: HashSet<Id<Client>>,
    pub(super) reason: Option<String>,
    pub(super) what: String,
    pub(super) undoes: Option<(i64, bool)>,
    /// What an undo has written so far.
    pub(super) reversed: HashSet<Id<Op>>,
    /// What the person has taken back since the step that is taken back.
    pub(super) undone: HashMap<Id<Op>, Rc<Bases>>,
    /// What is written is no step to take back.
    pub(super) silent: bool,
    newest: Cell<Option<Id<()>>>,
    pub(super) changed: BTreeSet<&'static str>,
    /// What is kept beside the tables, where a whole page comes in.
    pub(super) beside: RefCell<Option<Beside>>,
}

impl<'c> Deref for Writer<'c> {
    type Target = Reader<'c>;
    fn deref(&self) -> &Reader<'c> {
        &self.reader
    }
}

impl<'c> Writer<'c> {
    pub(super) fn new(at: &'c Guarded, session: &'c Session, now: Instant, author: &'c Author) -> Self {
        Writer {
            reader: Reader { conn: &at.conn, session, now, gate: &at.gate, known: None },
            at,
            log: Log::new(at, author, session.user(), now),
            stale: Stale::default(),
            closed: Closed::default(),
            room: Room::default(),
            booked: Booked::default(),
            authors: HashSet::new(),
            founded: HashSet::new(),
            reason: None,
            what: String::new(),
            undoes: None,
            reversed: HashSet::new(),
            undone: HashMap::new(),
            silent: false,
            newest: Cell::default(),
            changed: BTreeSet::new(),
            beside: RefCell::default(),
        }
    }
    /// Names the step for undo, such as "shift TEAM-08".
    pub fn names(&mut self, what: impl Into<String>) {
        self.what = what.into();
    }
    /// Gives the reason for what is written from here on.
    pub fn because(&mut self, reason: Option<String>) {
        self.reason = reason.filter(|r| !r.trim().is_empty());
    }
    /// A new id, after those of this transaction before it: rows made together lie together.
    pub fn fresh<E>(&self) -> Id<E> {
        let id = self.newest.get().map_or_else(|| fresh(self.now()), Id::following);
        self.newest.set(Some(id));
        id.cast()
    }
    /// Saves a row: creates it, or changes the columns that differ.
    pub fn put<E: Entity>(&mut self, row: &E) -> Result<Put> {
        self.save(row, |_, _, _| Err(missing()))
    }
    /// Saves a fact; one that was taken away comes back, since the same fact has the same id.
    pub fn bring<E: Entity>(&mut self, row: &E) -> Result<Put> {
        self.save(row, Self::come_back)
    }
    fn save<E: Entity>(&mut self, row: &E, gone: impl FnOnce(&mut Self, &E, Folded) -> Result<Put>) -> Result<Put> {
        check(row)?;
        if !self.reaches::<E>(row.client()) {
            return Err(missing());
        }
        match self.current(row.client(), row.id())? {
            None => self.create(row),
            Some(old) if old.gone && self.never_was(row.client(), row.id())? => self.create(row),
            Some(old) if old.gone => gone(self, row, old),
            Some(old) => self.patch(row, old),
        }
    }
    fn come_back<E: Entity>(&mut self, row: &E, old: Folded) -> Result<Put> {
        self.session().may(Verb::Create, E::GROUP)?;
        self.guard_closed(row)?;
        self.guard_code(row)?;
        self.room.take::<E>(&self.reader, row.client())?;
        let here = E::of(row.client(), row.id(), old.values.clone()).ok_or_else(missing)?;
        self.revive(&here)?;
        self.patch(row, Folded { gone: false, ..old })?;
        Ok(Put::Created)
    }
    /// Saves many rows; tells how many were created, changed and left.
    pub fn put_all<E: Entity>(&mut self, rows: &[E]) -> Result<[usize; 3]> {
        let mut counts = [0; 3];
        for row in rows {
            counts[self.put(row)? as usize] += 1;
        }
        Ok(counts)
    }
    /// Makes a client and brings it into its maker's scope at once.
    pub fn found(&mut self, row: &Client) -> Result<()> {
        check(row)?;
        self.session().may(Verb::Create, Client::GROUP)?;
        if row.id == Client::PLANT {
            return Err(Fault::new(Code::BadInput).with("value", row.id).at("id").into());
        }
        scope::admit(self.at, row.id)?;
        self.founded.insert(row.id);
        self.put(row).map(|_| ())?;
        self.assign_maker(row.id)
    }
    /// Brings back into use a client that is not served any more, and into its scopes.
    pub fn readmit(&mut self, id: Id<Client>) -> Result<Client> {
        self.session().may(Verb::Create, Client::GROUP)?;
        if !self.covers(id) {
            scope::admit(self.at, id)?;
        }
        let row = Client { active: true, ..self.get(id, id)? };
        self.founded.insert(id);
        self.put(&row)?;
        Ok(row)
    }
    /// Clients decide scopes: whoever is logged in reads his anew.
    pub(super) fn renew_scopes(&self) -> Result<()> {
        self.at.gate.with(Mode::Admin, || {
            self.at.conn.prepare("UPDATE main.plant_state SET epoch = epoch + 1")?.execute([])?;
            Ok(())
        })
    }
    /// An admin sees every client by role; the list still names this one.
    fn assign_maker(&self, client: Id<Client>) -> Result<()> {
        let (user, client) = (self.session().user().bytes(), client.bytes());
        self.at.gate.with(Mode::Admin, || {
            let sql = "INSERT INTO main.user_client VALUES (?1, ?2) ON CONFLICT DO NOTHING";
            self.at.conn.prepare(sql)?.execute([user.as_slice(), client.as_slice()])?;
            Ok(())
        })
    }
    fn covers(&self, client: Id<Client>) -> bool {
        self.session().covers(client) || self.founded.contains(&client)
    }
    /// Whether rows of this kind stand under the key: the plant's under its own, all others under a client in scope.
    pub(super) fn reaches<E: Entity>(&self, client: Id<Client>) -> bool {
        if E::GROUP == Group::Pool { client == Client::PLANT } else { self.covers(client) }
    }
    /// The row as its changes have made it, also when it was taken away.
    pub(super) fn current<E: Entity>(&self, client: Id<Client>, id: Id<E>) -> Result<Option<Folded>> {
        if self.log.is_joined(client)? {
            return self.shown(&E::SHAPE, client, id.bytes());
        }
        self.table_row(&E::SHAPE, client, id.bytes())
    }
    fn create<E: Entity>(&mut self, row: &E) -> Result<Put> {
        self.session().may(Verb::Create, E::GROUP)?;
        self.guard_closed(row)?;
        self.guard_code(row)?;
        self.guard_step(None, row)?;
        self.room.take::<E>(&self.reader, row.client())?;
        self.insert(row, Act::Create)?;
        Ok(Put::Created)
    }
    pub(super) fn insert<E: Entity>(&mut self, row: &E, act: Act) -> Result<()> {
        self.sign_first::<E>(row.client())?;
        let (op, values) = (self.log.op(row.client())?, row.values());
        let made = Folded::of(values.clone(), Versions::created(op), false);
        match self.under(row.client(), row.id())? {
            None => self.insert_row(&E::SHAPE, row.client(), row.id().bytes(), &made)?,
            Some(under) => {
                // A refused creation may have left one.
                self.put_row(&E::SHAPE, row.client(), row.id().bytes(), &made)?;
                self.lay_over(row.client(), row.id(), &under, &made)?;
            }
        }
        self.note(row, op, act, change::creation::<E>(&values), "{}".into(), None)
    }
    fn patch<E: Entity>(&mut self, row: &E, old: Folded) -> Result<Put> {
        let values = row.values();
        let differ: Vec<usize> = (0..values.len()).filter(|&i| values[i] != old.values[i]).collect();
        if differ.is_empty() {
            return Ok(Put::Same);
        }
        let before = E::of(row.client(), row.id(), old.values.clone()).ok_or_else(missing)?;
        self.guard_patch(&before, row)?;
        self.write(row, &before, old, &differ)?;
        Ok(Put::Patched)
    }
    /// Whether the person may make one row of another, and the work may take that step.
    pub(super) fn guard_patch<E: Entity>(&mut self, before: &E, row: &E) -> Result<()> {
        self.session().may(Verb::Update, E::GROUP)?;
        self.guard_closed(row)?;
        self.guard_code(row)?;
        self.guard_closed(before)?;
        self.guard_step(Some(before), row)?;
        self.follow_cover(before, Some(row))
    }
    /// Folds the columns that differ into the row, by the one merge.
    pub(super) fn write<E: Entity>(&mut self, row: &E, before: &E, old: Folded, differ: &[usize]) -> Result<()> {
        self.write_deciding(row, before, old, differ, &[])
    }
    /// The same, ending the waiting of changes.
    pub(super) fn write_deciding<E: Entity>(
        &mut self,
        row: &E,
        before: &E,
        old: Folded,
        differ: &[usize],
        closes: &[Id<Op>],
    ) -> Result<()> {
        self.sign_first::<E>(row.client())?;
        let (op, values) = (self.log.op(row.client())?, row.values());
        let under = self.under(row.client(), row.id())?;
        let differ = &if under.is_some() { whole_units(&E::SHAPE, differ) } else { differ.to_vec() }[..];
        let base = base_of(&E::SHAPE, under.as_ref(), &old, differ);
        let was = change::patch(E::COLUMNS, &old.values, differ.iter().copied());
        let text = base_text(E::COLUMNS, &base, &[], closes);
        let patch = differ.iter().map(|&i| (Place::Column(i), values[i].clone())).collect();
        let write = Write { op, act: Act::Patch, patch, base, seen: vec![], closes: closes.to_vec(), erases: false };
        let folded = match &under {
            Some(_) => undisputed(&E::SHAPE, Some(old), &write),
            None => Some(fold(&E::SHAPE, Some(old), &write)).filter(|f| f.1 == Verdict::Applied).and_then(|f| f.0),
        };
        let folded = folded.ok_or_else(missing)?;
        self.update_row(&E::SHAPE, row.client(), row.id().bytes(), &folded, differ)?;
        if let Some(under) = under {
            self.lay_over(row.client(), row.id(), &under, &folded)?;
        }
        self.stale.touch(before.client(), before.touch());
        self.note(row, op, Act::Patch, change::patch(E::COLUMNS, &values, differ.iter().copied()), text, Some(was))
    }
    /// Records a written row and remembers what it makes stale.
    pub(super) fn note<E: Entity>(
        &mut self,
        row: &E,
        op: Id<Op>,
        act: Act,
        patch: String,
        base: String,
        was: Option<String>,
    ) -> Result<()> {
        let reason = self.reason.clone();
        let (client, kind, record) = (row.client(), E::NUMBER, row.id().bytes());
        self.log.append(Entry { op, client, kind, record, act, patch, base, was, reason: reason.as_deref() })?;
        self.changed.insert(E::TABLE);
        self.booked.note(row);
        match act {
            Act::Create => self.stale.touch_new(client, row.touch(), record),
            _ => self.stale.touch(client, row.touch()),
        }
        if self.undoes.is_some() {
            self.reversed.insert(op);
        }
        if E::TABLE == Client::TABLE {
            self.renew_scopes()?;
        }
        self.sign(client)
    }
    /// A closed shift is corrected by those who may, with a reason.
    pub(super) fn guard_closed<E: Entity>(&mut self, row: &E) -> Result<()> {
        own_line(&self.reader, row)?;
        if !self.closed.concerns(&self.reader, row)? {
            return Ok(());
        }
        match (self.session().may(Verb::Amend, E::GROUP), &self.reason) {
            (Err(_), _) => Err(Code::ShiftClosed.into()),
            (Ok(()), None) => Err(Fault::new(Code::NeedsReason).at("reason").into()),
            _ => Ok(()),
        }
    }
    /// Two rows of one table never share a code at entry; a merge may make it so.
    fn guard_code<E: Entity>(&self, row: &E) -> Result<()> {
        let Some(at) = E::COLUMNS.iter().position(|c| c.name == "code") else { return Ok(()) };
        let code = row.values().swap_remove(at);
        let sql = format!(
            "SELECT 1 FROM {} WHERE {} AND id <> ?2 AND code = ?3 COLLATE NOCASE",
            E::TABLE,
            if E::TABLE == "client" { "?1 = ?1" } else { "client_id = ?1" }
        );
        let twin = self.first(&sql, &[key(row.client()), Value::Id(row.id().bytes()), code.clone()], |_| Ok(()))?;
        let word = if let Value::Text(t) = code { t } else { String::new() };
        twin.map_or(Ok(()), |()| Err(Fault::new(Code::DuplicateCode).with("value", word).at("code").into()))
    }
}

pub(super) fn check<E: Entity>(row: &E) -> Result<()> {
    let mut problems = Problems::default();
    row.check(&mut problems);
    problems.need(row.natural().is_none_or(|id| id == row.id()), "id", Code::BadInput, row.id());
    if problems.0.is_empty() { Ok(()) } else { Err(Error::Invalid(problems.0)) }
}
