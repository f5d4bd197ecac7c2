//! What is kept about a person of a roster or of the pool, told on request.
use super::{Mode, Reader, Row, Writer, cell::key, views::TOLD};
use crate::{
    Result,
    error::missing,
    session::{Event, keep},
};
use domain::{
    AttendanceEntry, Client, Code, CoverageEntry, Employee, Entity, Group, Id, Kind, PoolBooking, PoolEmployee, Role,
    SHAPES, Shape, Value, Verb,
    change::{Act, Op},
    logged,
    time::Instant,
};

/// A row about the person.
#[derive(Clone, Debug, PartialEq)]
pub struct About {
    /// Whose row it is: a client's, or the plant's.
    pub client: Id<Client>,
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
    /// Every row about a person of the pool: his own, his bookings, and the covers in scope that carry or carried one.
    pub fn about_pooled(&self, person: Id<PoolEmployee>) -> Result<Vec<About>> {
        let id = [Value::Id(person.bytes())];
        let mut out = self.rows_where(shape(PoolEmployee::TABLE), Client::PLANT, "id = ?2", &id)?;
        if out.is_empty() {
            return Err(missing());
        }
        out.extend(self.rows_where(shape(PoolBooking::TABLE), Client::PLANT, "pool_employee_id = ?2", &id)?);
        let carries = "booking IN (SELECT token FROM pool_booking_all WHERE pool_employee_id = ?2)";
        for client in self.session().clients() {
            out.extend(self.rows_where(shape(CoverageEntry::TABLE), client.id, carries, &id)?);
        }
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
                client,
                table: of.table,
                id: row.get(0)?,
                gone: row.get::<Option<i64>>(1)?.is_some(),
                values: of.columns.iter().enumerate().map(value).collect::<Result<_>>()?,
            })
        })
    }
}

pub(super) fn shape(table: &str) -> &'static Shape {
    logged().find(|s| s.table == table).unwrap_or(&SHAPES[0])
}

impl Writer<'_> {
    /// Everything kept about a person: rows and changes. Told to an admin, on the record.
    pub fn tell_person(&mut self, client: Id<Client>, employee: Id<Employee>) -> Result<(Vec<About>, Vec<Told>)> {
        self.for_admin(client, "person_told", employee)?;
        self.tell(self.about(client, employee)?)
    }
    /// The same of a person of the pool.
    pub fn tell_pooled(&mut self, person: Id<PoolEmployee>) -> Result<(Vec<About>, Vec<Told>)> {
        self.for_admin_of_pool("person_told", person)?;
        self.tell(self.about_pooled(person)?)
    }
    fn tell(&self, rows: Vec<About>) -> Result<(Vec<About>, Vec<Told>)> {
        let mut changes = vec![];
        for row in &rows {
            changes.extend(self.changes_of(row)?);
        }
        Ok((rows, changes))
    }
    /// Only an admin, only in scope, and never without an event.
    pub(super) fn for_admin(&self, client: Id<Client>, kind: &'static str, employee: Id<Employee>) -> Result<()> {
        if !self.session().covers(client) {
            return Err(missing());
        }
        self.on_record(Employee::GROUP, kind, &format!("client {client} person {employee}"))
    }
    pub(super) fn for_admin_of_pool(&self, kind: &'static str, person: Id<PoolEmployee>) -> Result<()> {
        self.on_record(PoolEmployee::GROUP, kind, &format!("pool person {person}"))
    }
    fn on_record(&self, group: Group, kind: &'static str, what: &str) -> Result<()> {
        if self.session().role() != Role::Admin {
            return Err(Code::Forbidden.into());
        }
        self.session().may(Verb::Export, group)?;
        let event = Event { user: Some(self.session().user()), kind, what };
        self.at.gate.with(Mode::Admin, || keep(&self.at.conn, self.log.key(), self.now(), &event))
    }
    pub(super) fn changes_of(&self, of: &About) -> Result<Vec<Told>> {
        let of_plant = of.client == Client::PLANT;
        let mut out = if of_plant { self.changes_of_plant(of)? } else { self.changes_of_client(of)? };
        for told in &mut out {
            let sql = "SELECT was FROM main.was WHERE client_id = ?1 AND op = ?2";
            let values = [key(of.client), Value::Id(told.op.bytes())];
            told.was = self.privileged(sql, &values, |row| row.get(0))?.into_iter().next();
        }
        Ok(out)
    }
    fn changes_of_client(&self, of: &About) -> Result<Vec<Told>> {
        let sql = "SELECT c.op, c.act, c.patch, c.device, c.at, c.reason, a.name FROM change c
            LEFT JOIN author a ON a.client_id = ?1 AND a.id = c.user_id
            WHERE c.client_id = ?1 AND c.record = ?2 AND c.kind = ?3 ORDER BY c.op";
        let values = [key(of.client), Value::Id(of.id), Value::Int(shape(of.table).number.into())];
        self.select(sql, &values, |row| Ok(Told { author: row.get(6)?, ..change(of, row)? }))
    }
    /// The plant's log names no author: who books tells for whom.
    fn changes_of_plant(&self, of: &About) -> Result<Vec<Told>> {
        let sql = format!(
            "SELECT op, act, patch, device, at, reason FROM {TOLD} WHERE record = ?1 AND kind = ?2 ORDER BY op"
        );
        let values = [Value::Id(of.id), Value::Int(shape(of.table).number.into())];
        self.opened(Mode::Told, &sql, &values, |row| change(of, row))
    }
}

/// A change of a row, as both logs tell it.
fn change(of: &About, row: &Row<'_>) -> Result<Told> {
    let (op, act, patch) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let (device, at, reason) = (row.get(3)?, row.get(4)?, row.get(5)?);
    Ok(Told { table: of.table, id: of.id, op, act, patch, was: None, author: None, device, at, reason })
}
