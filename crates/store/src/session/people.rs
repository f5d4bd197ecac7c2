//! Accounts: who may log in, as what, for which clients.
use super::{
    ClientRef, Session,
    audit::Event,
    limits::limits,
    login::{Fresh, bump, set_password},
    password,
};
use crate::{Result, Store, missing};
use domain::{Client, Code, Fault, Id, Line, Role, change::User, time::Instant};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeSet;

/// An account as an admin sees it.
#[derive(Clone, PartialEq, Debug)]
pub struct Account {
    /// Which account.
    pub id: Id<User>,
    /// The name typed at log-in.
    pub name: String,
    /// The name others read.
    pub display_name: String,
    /// The role.
    pub role: Role,
    /// Whether it may log in.
    pub active: bool,
    /// The active clients it is assigned to; poweruser and admin see the others too.
    pub clients: Vec<ClientRef>,
    /// The lines it works on; none for all.
    pub lines: Vec<(Id<Client>, Id<Line>)>,
    /// When it last logged in.
    pub last_login: Option<Instant>,
}

/// An account to be made.
pub struct NewAccount {
    /// The name typed at log-in.
    pub name: String,
    /// The name others read.
    pub display_name: String,
    /// The role.
    pub role: Role,
    /// The clients it is assigned to.
    pub clients: Vec<Id<Client>>,
    /// The first password.
    pub password: String,
    /// Whether the password must be changed at the first log-in.
    pub forced_change: bool,
    /// The language of its screens, `en` or `es`.
    pub language: String,
}

/// What an account is to become.
pub struct AccountChange {
    /// Which account.
    pub id: Id<User>,
    /// The name others read.
    pub display_name: String,
    /// The role.
    pub role: Role,
    /// The active clients it is assigned to; what it had of others stays.
    pub clients: Vec<Id<Client>>,
    /// The lines it works on; none for all.
    pub lines: Vec<(Id<Client>, Id<Line>)>,
    /// Whether it may log in.
    pub active: bool,
}

impl Store {
    /// Every account, by name.
    pub fn user_list(&self, admin: &Session) -> Result<Vec<Account>> {
        self.admin_of(admin)?;
        self.admin_read(|c| {
            let mut stmt = c.prepare_cached("SELECT id FROM user ORDER BY name")?;
            let ids = stmt.query_map([], |r| Ok(Id::from_bytes(r.get(0)?)))?.collect::<rusqlite::Result<Vec<_>>>()?;
            ids.into_iter().map(|id| read(c, id)).collect()
        })
    }
    /// Makes an account.
    ///
    /// # Errors
    /// `name_taken`, the password's faults, `missing` for a client that is not there.
    pub fn user_add(&self, admin: &Session, new: &NewAccount) -> Result<Account> {
        let admin = self.admin_of(admin)?;
        if !self.named_by_hub()?.is_empty() {
            return Err(Code::KeptAtHub.into());
        }
        let who = Fresh {
            name: super::name_of(&new.name)?,
            shown: super::shown_of(&new.display_name)?,
            language: super::login::known(&new.language)?,
        };
        self.assignable(&admin, &new.clients)?;
        password::choose(&new.password, &[&who.name, &who.shown])?;
        let verifier = self.cost.hash(&new.password)?;
        let limits = self.admin_read(|c| limits(c, &new.clients))?;
        let id = self.by_admin(&admin, |c| {
            let id = self.add_user(c, &who, new.role, &verifier, new.forced_change)?;
            let before = limits.count(c)?;
            assign(c, id, &new.clients, &[])?;
            limits.hold(c, &before)?;
            let kept = if new.forced_change { "" } else { ", keeps the first password" };
            let what = format!("{} as {}{kept}", who.name, new.role.word());
            self.keep_event(c, &Event { user: Some(admin.user()), kind: "user_added", what: &what })?;
            Ok(id)
        })?;
        self.admin_read(|c| read(c, id))
    }
    /// Changes what an account is, and whom it may see, from its next call on.
    ///
    /// # Errors
    /// `last_admin` where no active admin would stay; `missing` for an account,
    /// client or line that is not there.
    pub fn user_update(&self, admin: &Session, change: &AccountChange) -> Result<Account> {
        let admin = self.admin_of(admin)?;
        self.keep_here(change.id)?;
        let shown = super::shown_of(&change.display_name)?;
        let before = self.admin_read(|c| read(c, change.id))?;
        self.assignable(&admin, &change.clients)?;
        self.admin_read(|c| lines_of(c, &change.clients, &change.lines))?;
        let limits = self.admin_read(|c| limits(c, &change.clients))?;
        self.by_admin(&admin, |c| {
            let people = limits.count(c)?;
            let sql = "UPDATE main.user SET display_name = ?2, role = ?3, active = ?4 WHERE id = ?1";
            let id = change.id.bytes();
            c.prepare(sql)?.execute(params![id.as_slice(), shown, change.role.word(), change.active])?;
            withdraw(c, change.id, admin.clients())?;
            assign(c, change.id, &change.clients, &change.lines)?;
            limits.hold(c, &people)?;
            keep_an_admin(c)?;
            let state = if change.active { "" } else { ", inactive" };
            let what = format!("{} as {}{state}", before.name, change.role.word());
            self.keep_event(c, &Event { user: Some(admin.user()), kind: "user_changed", what: &what })
        })?;
        self.admin_read(|c| read(c, change.id))
    }
    /// Gives an account a password that must be changed at the next log-in.
    pub fn user_password(&self, admin: &Session, id: Id<User>, new: &str) -> Result<()> {
        let admin = self.admin_of(admin)?;
        self.keep_here(id)?;
        let account = self.admin_read(|c| read(c, id))?;
        password::choose(new, &[&account.name, &account.display_name])?;
        let verifier = self.cost.hash(new)?;
        self.by_admin(&admin, |c| {
            set_password(c, id, &verifier, true)?;
            self.keep_event(c, &Event { user: Some(admin.user()), kind: "user_password", what: &account.name })
        })
    }
    /// The clients no longer served, which are in nobody's scope.
    pub fn inactive_clients(&self, admin: &Session) -> Result<Vec<ClientRef>> {
        self.admin_of(admin)?;
        self.admin_read(|c| {
            let sql = "SELECT id, code, name FROM client WHERE active = 0 AND gone_at IS NULL ORDER BY code";
            let mut stmt = c.prepare_cached(sql)?;
            let rows = stmt.query_map([], super::client_ref)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
    /// The session as it is now, if it is an admin's.
    pub(super) fn admin_of(&self, session: &Session) -> Result<Session> {
        let session = self.ready(session)?;
        if session.role() == Role::Admin { Ok(session) } else { Err(Code::Forbidden.into()) }
    }
    /// Refuses what would not last: whom the hub names it keeps.
    pub(super) fn keep_here(&self, user: Id<User>) -> Result<()> {
        if self.is_kept_at_hub(user)? { Err(Code::KeptAtHub.into()) } else { Ok(()) }
    }
    /// Writes as an admin who is one at that moment, and lets everybody know.
    pub(super) fn by_admin<T>(&self, admin: &Session, f: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let out = self.admin_write(|c| {
            let mut still = c.prepare("SELECT 1 FROM main.user WHERE id = ?1 AND active = 1 AND role = 'admin'")?;
            if !still.exists([admin.user().bytes().as_slice()])? {
                return Err(Code::Forbidden.into());
            }
            let out = f(c)?;
            bump(c)?;
            Ok(out)
        })?;
        self.tell(&["user"]);
        Ok(out)
    }
    /// Whether the clients are there; an admin sees every active one.
    fn assignable(&self, admin: &Session, clients: &[Id<Client>]) -> Result<()> {
        match clients.iter().find(|c| !admin.covers(**c)) {
            None => Ok(()),
            Some(foreign) => {
                self.denied(admin, &format!("client {foreign}"));
                Err(missing())
            }
        }
    }
}

/// Takes the assignments to these clients away; those to inactive ones sleep on.
fn withdraw(c: &Connection, user: Id<User>, clients: &[ClientRef]) -> Result<()> {
    for (table, client) in ["user_line", "user_client"].iter().flat_map(|t| clients.iter().map(move |c| (t, c.id))) {
        let mut stmt = c.prepare(&format!("DELETE FROM main.{table} WHERE user_id = ?1 AND client_id = ?2"))?;
        stmt.execute([user.bytes().as_slice(), client.bytes().as_slice()])?;
    }
    Ok(())
}

fn assign(c: &Connection, user: Id<User>, clients: &[Id<Client>], lines: &[(Id<Client>, Id<Line>)]) -> Result<()> {
    let user = user.bytes();
    for client in clients.iter().collect::<BTreeSet<_>>() {
        let mut stmt = c.prepare("INSERT INTO main.user_client VALUES (?1, ?2)")?;
        stmt.execute([user.as_slice(), client.bytes().as_slice()])?;
    }
    for (client, line) in lines.iter().collect::<BTreeSet<_>>() {
        let mut stmt = c.prepare("INSERT INTO main.user_line VALUES (?1, ?2, ?3)")?;
        stmt.execute([user.as_slice(), client.bytes().as_slice(), line.bytes().as_slice()])?;
    }
    Ok(())
}

/// Refuses to leave nobody who could ever let anybody in.
fn keep_an_admin(c: &Connection) -> Result<()> {
    let sql = "SELECT 1 FROM main.user WHERE role = 'admin' AND active = 1";
    if c.prepare(sql)?.exists([])? { Ok(()) } else { Err(Code::LastAdmin.into()) }
}

/// Each line is there, and of a client the account is assigned to.
fn lines_of(c: &Connection, clients: &[Id<Client>], lines: &[(Id<Client>, Id<Line>)]) -> Result<()> {
    let mut stmt = c.prepare_cached("SELECT 1 FROM line WHERE client_id = ?1 AND id = ?2 AND gone_at IS NULL")?;
    for (client, line) in lines {
        let there = stmt.exists([client.bytes().as_slice(), line.bytes().as_slice()])?;
        if !there || !clients.contains(client) {
            return Err(Fault::new(Code::Missing).at("lines").into());
        }
    }
    Ok(())
}

fn read(c: &Connection, id: Id<User>) -> Result<Account> {
    let sql = "SELECT name, display_name, role, active, last_login FROM user WHERE id = ?1";
    let found = c.prepare_cached(sql)?.query_row([id.bytes().as_slice()], |r| {
        Ok(Account {
            id,
            name: r.get(0)?,
            display_name: r.get(1)?,
            role: Role::of(&r.get::<_, String>(2)?).unwrap_or(Role::Viewer),
            active: r.get(3)?,
            clients: vec![],
            lines: vec![],
            last_login: r.get::<_, Option<i64>>(4)?.map(Instant),
        })
    });
    let account = found.optional()?.ok_or_else(missing)?;
    Ok(Account { clients: assigned(c, id)?, lines: super::lines(c, id)?, ..account })
}

/// The active clients an account was given, whatever its role sees beyond them.
fn assigned(c: &Connection, id: Id<User>) -> Result<Vec<ClientRef>> {
    let sql = "SELECT c.id, c.code, c.name FROM user_client u JOIN client c ON c.client_id = u.client_id
        WHERE u.user_id = ?1 AND c.active = 1 AND c.gone_at IS NULL ORDER BY c.code";
    let mut stmt = c.prepare_cached(sql)?;
    let rows = stmt.query_map([id.bytes().as_slice()], super::client_ref)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
