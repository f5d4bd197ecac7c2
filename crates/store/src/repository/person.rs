//! What is kept about a person of a roster: told on request, or erased.
use super::{
    Mode, Reader, Writer,
    cell::{Bound, key},
    log::{blob, dml},
};
use crate::{
    Result,
    clock::random,
    error::missing,
    session::{Event, keep},
};
use domain::{
    AttendanceEntry, Client, Code, Employee, Entity, Id, Kind, Role, SHAPES, Shape, Value, Verb,
    change::{Act, Op, seal},
    time::Instant,
};
use serde_json::{Map, Value as Json};

/// A row about the person.
#[derive(Clone, Debug, PartialEq)]
pub struct About {
    /// Its table.
    pub table: &'static str,
    /// Which row.
    pub id: [u8; 16],
    /// Whether it was taken away.
    pub gone: bool,
    /// Its columns, by their names.
    pub values: Vec<(&'static str, Kind, Value)>,
}

/// A change of such a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The row's table.
    pub table: &'static str,
    /// Which row.
    pub id: [u8; 16],
    /// Which change.
    pub op: Id<Op>,
    /// What it did.
    pub act: Act,
    /// What was written, as JSON.
    pub patch: String,
    /// What it replaced, as JSON, where that was kept.
    pub was: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// On which PC.
    pub device: Option<String>,
    /// When.
    pub at: Instant,
    /// Why.
    pub reason: Option<String>,
}

/// How a text that gave way begins.
const ERASED: &str = "erased-";

/// Puts marks in the place of texts: equal ones for equal texts, so that the log still folds as it did.
///
/// The key is thrown away with it: nobody can try which text a mark stands for.
struct Eraser([u8; 32]);

impl Eraser {
    fn mark(&self, text: &str) -> String {
        if text.strip_prefix(ERASED).is_some_and(|rest| rest.len() == 16 && rest.bytes().all(|b| b.is_ascii_hexdigit()))
        {
            return text.to_owned();
        }
        format!("{ERASED}{}", &blake3::keyed_hash(&self.0, text.as_bytes()).to_hex()[..16])
    }
    /// What is left of a patch; none where it said nothing of the person.
    fn left_of(&self, patch: &str, row: &About) -> Option<String> {
        let mut map: Map<String, Json> = serde_json::from_str(patch).ok()?;
        let before = map.clone();
        for column in personal(row.table) {
            if let Some(Json::String(text)) = map.get_mut(column) {
                *text = self.mark(text);
            }
        }
        (map != before).then(|| Json::Object(map).to_string())
    }
}

impl Reader<'_> {
    /// Every row about a person: his own, those that name him, and the covers of his absences.
    pub fn about(&self, client: Id<Client>, employee: Id<Employee>) -> Result<Vec<About>> {
        let mut out = self.rows_where(shape(Employee::TABLE), client, "id = ?2", &[Value::Id(employee.bytes())])?;
        if out.is_empty() {
            return Err(missing());
        }
        out.extend(self.rows_that_name(client, Employee::TABLE, employee.bytes())?);
        let absences: Vec<_> = out.iter().filter(|a| a.table == AttendanceEntry::TABLE).map(|a| a.id).collect();
        for id in absences {
            out.extend(self.rows_that_name(client, AttendanceEntry::TABLE, id)?);
        }
        out.sort_by_key(|a| (SHAPES.iter().position(|s| s.table == a.table), a.id));
        out.dedup_by_key(|a| (a.table, a.id));
        Ok(out)
    }
    fn rows_that_name(&self, client: Id<Client>, table: &str, id: [u8; 16]) -> Result<Vec<About>> {
        let mut out = vec![];
        for of in SHAPES {
            for column in of.columns.iter().filter(|c| c.refers == Some(table)) {
                out.extend(self.rows_where(of, client, &format!("{} = ?2", column.name), &[Value::Id(id)])?);
            }
        }
        Ok(out)
    }
    fn rows_where(&self, of: &'static Shape, client: Id<Client>, rule: &str, values: &[Value]) -> Result<Vec<About>> {
        let names: String = of.columns.iter().map(|c| format!(", {}", c.name)).collect();
        let sql = format!("SELECT id, gone_at{names} FROM {}_all WHERE client_id = ?1 AND {rule}", of.table);
        let all: Vec<Value> = std::iter::once(key(client)).chain(values.iter().cloned()).collect();
        self.select(&sql, &all, |row| {
            let value = |(i, c): (usize, &domain::Column)| Ok((c.name, c.kind, row.get(i + 2)?));
            Ok(About {
                table: of.table,
                id: row.get(0)?,
                gone: row.get::<Option<i64>>(1)?.is_some(),
                values: of.columns.iter().enumerate().map(value).collect::<Result<_>>()?,
            })
        })
    }
}

fn shape(table: &str) -> &'static Shape {
    SHAPES.iter().find(|s| s.table == table).unwrap_or(&SHAPES[0])
}

impl Writer<'_> {
    /// Everything kept about a person: rows and changes. Told to an admin, on the record.
    pub fn tell_person(&mut self, client: Id<Client>, employee: Id<Employee>) -> Result<(Vec<About>, Vec<Told>)> {
        self.for_admin(client, "person_told", employee)?;
        let rows = self.about(client, employee)?;
        let mut changes = vec![];
        for row in &rows {
            changes.extend(self.changes_of(client, row)?);
        }
        Ok((rows, changes))
    }
    /// Takes a person out of rows, log and undo: names, notes and reasons go, hours and kinds of absence stay.
    ///
    /// The figures keep their values, and the chain its hashes. Tells how many rows and changes gave way.
    pub fn erase_person(&mut self, client: Id<Client>, employee: Id<Employee>) -> Result<[usize; 2]> {
        self.for_admin(client, "person_erased", employee)?;
        let rows = self.about(client, employee)?;
        if let Some(person) = self.find::<Employee>(client, employee)? {
            self.put(&Employee { active: false, ..person })?;
        }
        let (mut changes, eraser) = (0, Eraser(random()));
        for row in &rows {
            self.redact_row(client, row, &eraser)?;
            for told in self.changes_of(client, row)? {
                changes += usize::from(self.redact_change(client, row, &told, &eraser)?);
            }
            self.changed.insert(row.table);
        }
        Ok([rows.len(), changes])
    }
    /// Only an admin, only in scope, and never without an event.
    fn for_admin(&self, client: Id<Client>, kind: &'static str, employee: Id<Employee>) -> Result<()> {
        if !self.session().covers(client) {
            return Err(missing());
        }
        if self.session().role() != Role::Admin {
            return Err(Code::Forbidden.into());
        }
        self.session().may(Verb::Export, Employee::GROUP)?;
        let what = format!("client {client} person {employee}");
        let event = Event { user: Some(self.session().user()), kind, what: &what };
        self.at.gate.with(Mode::Admin, || keep(&self.at.conn, self.log.key(), self.now(), &event))
    }
    fn changes_of(&self, client: Id<Client>, of: &About) -> Result<Vec<Told>> {
        let sql = "SELECT c.op, c.act, c.patch, a.name, c.device, c.at, c.reason FROM change c
            LEFT JOIN author a ON a.client_id = ?1 AND a.id = c.user_id
            WHERE c.client_id = ?1 AND c.record = ?2 AND c.kind = ?3 ORDER BY c.op";
        let values = [key(client), Value::Id(of.id), Value::Int(shape(of.table).number.into())];
        let mut out = self.select(sql, &values, |row| {
            let (op, act, patch, author) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            let (device, at, reason) = (row.get(4)?, row.get(5)?, row.get(6)?);
            Ok(Told { table: of.table, id: of.id, op, act, patch, was: None, author, device, at, reason })
        })?;
        for told in &mut out {
            let sql = "SELECT was FROM main.was WHERE client_id = ?1 AND op = ?2";
            told.was =
                self.privileged(sql, &[key(client), Value::Id(told.op.bytes())], |row| row.get(0))?.into_iter().next();
        }
        Ok(out)
    }
    fn redact_row(&self, client: Id<Client>, row: &About, eraser: &Eraser) -> Result<()> {
        let personal = personal(row.table);
        for (column, _, value) in row.values.iter().filter(|(column, ..)| personal.contains(column)) {
            let Value::Text(text) = value else { continue };
            let left = Value::Text(eraser.mark(text));
            let sql = format!("UPDATE main.{} SET {column} = ?1 WHERE client_id = ?2 AND id = ?3", row.table);
            dml(self.at, &sql, rusqlite::params_from_iter([&left, &key(client), &Value::Id(row.id)].map(Bound)))?;
        }
        Ok(())
    }
    /// Redacts a change and what it replaced; tells whether the change said anything of the person.
    fn redact_change(&self, client: Id<Client>, row: &About, told: &Told, eraser: &Eraser) -> Result<bool> {
        if let Some(was) = told.was.as_deref().and_then(|was| eraser.left_of(was, row)) {
            let values = [Value::Text(was), key(client), Value::Id(told.op.bytes())];
            self.local("UPDATE main.was SET was = ?1 WHERE client_id = ?2 AND op = ?3", &values)?;
        }
        let Some(left) = eraser.left_of(&told.patch, row) else { return Ok(false) };
        let written = *blake3::hash(told.patch.as_bytes()).as_bytes();
        let seal = seal(self.log.key(), client, told.op, &written, &left);
        let (client, op) = (client.bytes(), told.op.bytes());
        let values = rusqlite::params![blob(&client), blob(&op), blob(&written), blob(&seal)];
        dml(self.at, "INSERT INTO main.redaction VALUES (?1, ?2, ?3, ?4)", values)?;
        self.at.gate.with(Mode::Redact, || -> Result<()> {
            // Prepared anew: a cached statement would outlive the open gate.
            let sql = "UPDATE main.change SET patch = ?1 WHERE client_id = ?2 AND op = ?3";
            self.at.conn.prepare(sql)?.execute(rusqlite::params![left, blob(&client), blob(&op)])?;
            Ok(())
        })?;
        Ok(true)
    }
}

/// The columns of a table that tell of a person.
fn personal(table: &str) -> Vec<&'static str> {
    let own: &[&str] = if table == Employee::TABLE { &["code", "name"] } else { &[] };
    // The kind of an absence is in the figures; without a name it is nobody's.
    let hidden = shape(table).hidden.iter().filter(|column| **column != "absence");
    own.iter().chain(hidden).copied().collect()
}
