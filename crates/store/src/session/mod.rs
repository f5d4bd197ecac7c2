//! Who is acting: role, clients, lines; made by log-in and by the store alone.
mod audit;
pub mod delegate;
mod joined;
mod lease;
mod limits;
mod login;
mod people;
mod registry;
mod thresholds;
mod tries;

pub mod password;
pub mod throttle;

pub(crate) use audit::{Event, keep};
pub use joined::Kept;
pub use people::{Account, AccountChange, NewAccount};
pub use registry::Registry;

use crate::{Store, error::Result};
use domain::{Client, Code, Fault, Group, Id, Line, Role, Verb, change::User};
use rusqlite::{Connection, OptionalExtension, params};
use std::{collections::BTreeMap, sync::Arc};

/// A client as its code and name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientRef {
    /// Which client.
    pub id: Id<Client>,
    /// The short name people type.
    pub code: String,
    /// The full name.
    pub name: String,
}

/// Proof of a log-in; nothing else makes one.
#[derive(Clone)]
pub struct Session(pub(crate) Arc<Person>);

/// What a session knows of its person.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) user: Id<User>,
    pub(crate) name: String,
    pub(crate) display_name: String,
    pub(crate) role: Role,
    pub(crate) language: String,
    pub(crate) must_change: bool,
    pub(crate) clients: Vec<ClientRef>,
    pub(crate) lines: Vec<(Id<Client>, Id<Line>)>,
    /// The plant's own thresholds as JSON, by KPI.
    pub(crate) thresholds: BTreeMap<String, String>,
    pub(crate) epoch: i64,
    /// Whether it is no log-in but a look in the person's name.
    pub(crate) delegated: bool,
    /// Until when the person may work here without the hub; none where there is none.
    pub(crate) until: Option<i64>,
    /// Stands for the password the session was given for.
    pub(crate) mark: [u8; 32],
}

impl Person {
    /// Nobody: the store itself, at work on its sums.
    pub(crate) fn of_the_store(c: &Connection) -> Result<Person> {
        Ok(Person {
            user: Id::from_bytes([0; 16]),
            name: String::new(),
            display_name: String::new(),
            role: Role::Admin,
            language: "en".into(),
            must_change: false,
            clients: vec![],
            lines: vec![],
            epoch: crate::store::epoch(c)?,
            thresholds: Default::default(),
            delegated: false,
            until: None,
            mark: [0; 32],
        })
    }
}

impl Session {
    /// The account.
    pub fn user(&self) -> Id<User> {
        self.0.user
    }
    /// The name typed at log-in.
    pub fn name(&self) -> &str {
        &self.0.name
    }
    /// The name others read.
    pub fn display_name(&self) -> &str {
        &self.0.display_name
    }
    /// The role.
    pub fn role(&self) -> Role {
        self.0.role
    }
    /// The language, `en` or `es`.
    pub fn language(&self) -> &str {
        &self.0.language
    }
    /// Whether the password must be changed before anything else.
    pub fn must_change(&self) -> bool {
        self.0.must_change
    }
    /// The clients in scope; always an explicit list.
    pub fn clients(&self) -> &[ClientRef] {
        &self.0.clients
    }
    /// The lines an operator works on; empty for all.
    pub fn lines(&self) -> &[(Id<Client>, Id<Line>)] {
        &self.0.lines
    }
    /// Whether the client is in scope.
    pub fn covers(&self, client: Id<Client>) -> bool {
        self.0.clients.iter().any(|c| c.id == client)
    }
    /// The plant's own threshold of a KPI as JSON, for clients that have none.
    pub fn plant_threshold(&self, kpi: &str) -> Option<&str> {
        self.0.thresholds.get(kpi).map(String::as_str)
    }
    /// Refuses what the role does not allow.
    pub fn may(&self, verb: Verb, group: Group) -> std::result::Result<(), Fault> {
        if self.0.role.may(verb, group) { Ok(()) } else { Err(Fault::new(Code::Forbidden)) }
    }
}

impl Store {
    /// The session as its person's rights are now.
    ///
    /// # Errors
    /// `no_session` where the account is no longer active, or its password was
    /// changed elsewhere; `lease_over` where the hub was not heard for too long.
    pub(crate) fn refreshed(&self, session: &Session) -> Result<Session> {
        // A look in somebody's name is no way to his account, whatever is done with its session.
        if session.0.delegated {
            return Err(Code::NoSession.into());
        }
        let session = if self.admin_read(crate::store::epoch)? == session.0.epoch {
            session.clone()
        } else {
            let person = self.person(session.user())?;
            if person.mark != session.0.mark {
                return Err(Code::NoSession.into());
            }
            Session(Arc::new(person))
        };
        session.0.in_time(self.clock.now().0)?;
        Ok(session)
    }
    /// The same, refused while the password must be changed first.
    pub(crate) fn ready(&self, session: &Session) -> Result<Session> {
        let session = self.refreshed(session)?;
        if session.must_change() { Err(Code::MustChange.into()) } else { Ok(session) }
    }
}

/// Reads a person's rights; an account that is no longer active has none.
pub(crate) fn person(c: &Connection, user: Id<User>) -> Result<Person> {
    // Before the rights: a change in between makes them be read again, never kept too long.
    let epoch = crate::store::epoch(c)?;
    let sql = "SELECT name, display_name, role, language, must_change, verifier FROM user WHERE id = ?1 AND active = 1";
    let found = c.prepare_cached(sql)?.query_row([user.bytes().as_slice()], |r| {
        Ok(Person {
            user,
            name: r.get(0)?,
            display_name: r.get(1)?,
            role: Role::of(&r.get::<_, String>(2)?).unwrap_or(Role::Viewer),
            language: r.get(3)?,
            must_change: r.get(4)?,
            clients: vec![],
            lines: vec![],
            thresholds: BTreeMap::new(),
            epoch,
            delegated: false,
            until: None,
            mark: *blake3::hash(r.get::<_, String>(5)?.as_bytes()).as_bytes(),
        })
    });
    let mut person = found.optional()?.ok_or(Code::NoSession)?;
    person.until = lease::until(c, person.role)?;
    person.clients = clients(c, &person)?;
    person.lines = lines(c, user)?;
    person.thresholds = thresholds::read(c)?;
    Ok(person)
}

/// The clients in scope: those assigned, or every active one, by name.
fn clients(c: &Connection, person: &Person) -> Result<Vec<ClientRef>> {
    let sql = "SELECT id, code, name FROM client WHERE active = 1 AND gone_at IS NULL
        AND id NOT IN (SELECT client_id FROM feed WHERE standing IN ('revoking', 'sealed', 'purged'))
        AND (?1 OR id IN (SELECT client_id FROM user_client WHERE user_id = ?2)) ORDER BY code";
    let mut stmt = c.prepare_cached(sql)?;
    let rows = stmt.query_map(params![person.role.sees_every_client(), person.user.bytes().as_slice()], client_ref)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn client_ref(r: &rusqlite::Row<'_>) -> rusqlite::Result<ClientRef> {
    Ok(ClientRef { id: Id::from_bytes(r.get(0)?), code: r.get(1)?, name: r.get(2)? })
}

fn lines(c: &Connection, user: Id<User>) -> Result<Vec<(Id<Client>, Id<Line>)>> {
    let sql = "SELECT u.client_id, u.line_id FROM user_line u JOIN client c ON c.client_id = u.client_id
        JOIN line l ON l.client_id = u.client_id AND l.id = u.line_id
        WHERE u.user_id = ?1 AND c.active = 1 AND c.gone_at IS NULL AND l.gone_at IS NULL";
    let mut stmt = c.prepare_cached(sql)?;
    let rows =
        stmt.query_map([user.bytes().as_slice()], |r| Ok((Id::from_bytes(r.get(0)?), Id::from_bytes(r.get(1)?))))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The longest name of a person.
const NAME: usize = 64;

/// A log-in name without the spaces around it.
fn name_of(text: &str) -> Result<String> {
    trimmed(text, "name")
}

/// A name to be read by others.
fn shown_of(text: &str) -> Result<String> {
    trimmed(text, "display_name")
}

fn trimmed(text: &str, field: &str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Fault::new(Code::Empty).at(field).into());
    }
    if text.chars().count() > NAME || text.chars().any(char::is_control) {
        let start: String = text.chars().filter(|c| !c.is_control()).take(NAME).collect();
        return Err(Fault::new(Code::BadInput).with("value", start).at(field).into());
    }
    Ok(text.to_string())
}

#[cfg(test)]
mod tests;
