//! Log-in, the first start, and what people change about themselves.
use super::{Session, audit::Event, password};
use crate::{Result, Store, clock::fresh};
use domain::{Code, Fault, Id, Role, change::User};
use rusqlite::{Connection, params};
use std::sync::Arc;
use zeroize::Zeroizing;

/// The languages there are words for.
const LANGUAGES: [&str; 2] = ["en", "es"];

/// An account as log-in needs it.
struct Account {
    id: Id<User>,
    verifier: String,
}

impl Store {
    /// Whether nobody has an account yet.
    pub fn first_start_due(&self) -> Result<bool> {
        self.admin_read(|c| Ok(!c.prepare_cached("SELECT 1 FROM user")?.exists([])?))
    }
    /// Makes the first account, an admin; there is no other way to one without an admin.
    ///
    /// # Errors
    /// `not_first` where an account exists; the password's faults.
    pub fn first_start(&self, name: &str, display_name: &str, password: &str, language: &str) -> Result<Session> {
        let new =
            Fresh { name: super::name_of(name)?, shown: super::shown_of(display_name)?, language: known(language)? };
        password::choose(password, &[&new.name, &new.shown])?;
        let verifier = self.cost.hash(password)?;
        let id = self.admin_write(|c| {
            // Inside the transaction: two windows may have come this far.
            if c.prepare("SELECT 1 FROM main.user")?.exists([])? {
                return Err(Code::NotFirst.into());
            }
            let id = self.add_user(c, &new, Role::Admin, &verifier, false)?;
            // He is in with it.
            let sql = "UPDATE main.user SET last_login = ?2 WHERE id = ?1";
            c.prepare(sql)?.execute(params![id.bytes().as_slice(), self.clock().now().0])?;
            self.keep_event(c, &Event { user: Some(id), kind: "first_start", what: &new.name })?;
            Ok(id)
        })?;
        Ok(Session(Arc::new(self.person(id)?)))
    }
    /// A session for a name and its password.
    ///
    /// # Errors
    /// `throttled` while one must wait, else `bad_login`: the same for a wrong
    /// password, an unknown name and an account that is no longer active; `lease_over`
    /// where the hub was not heard for too long.
    pub fn login(&self, name: &str, password: &str) -> Result<Session> {
        let name = name.trim();
        let attempt = self.begin_try(name)?;
        let found = self.admin_read(|c| account(c, name))?;
        let right = match &found {
            Some(account) => password::verify(password, &account.verifier),
            None => self.cost.dummy(password),
        };
        let user = found.as_ref().map(|a| a.id);
        let Some(account) = found.filter(|_| right) else {
            // A name nobody has is not kept: it may be a password.
            let what = user.map_or("unknown name", |_| "");
            self.admin_write(|c| self.keep_event(c, &Event { user, kind: "login_failed", what }))?;
            return Err(Code::BadLogin.into());
        };
        if let Err(over) = self.person(account.id)?.in_time(self.clock().now().0) {
            self.admin_write(|c| {
                attempt.succeeded(c)?;
                self.keep_event(c, &Event { user, kind: "login_failed", what: "lease over" })
            })?;
            return Err(over);
        }
        let dearer = self.cost.needs_rehash(&account.verifier).then(|| self.cost.hash(password)).transpose()?;
        self.admin_write(|c| {
            attempt.succeeded(c)?;
            let sql = "UPDATE main.user SET last_login = ?2, verifier = coalesce(?3, verifier) WHERE id = ?1";
            c.prepare(sql)?.execute(params![account.id.bytes().as_slice(), self.clock().now().0, dearer])?;
            self.keep_event(c, &Event { user, kind: "login", what: "" })
        })?;
        // Read after, so that whoever was removed meanwhile gets nothing.
        Ok(Session(Arc::new(self.person(account.id)?)))
    }
    /// Records that a person left; the registry ends the session.
    pub fn logout(&self, session: &Session) -> Result<()> {
        self.record(session, "logout", "")
    }
    /// Changes one's own password; other sessions of the account end.
    ///
    /// # Errors
    /// `bad_login` where the old one is wrong, `same_password`, the password's faults.
    pub fn password_change(&self, session: &Session, old: &str, new: &str) -> Result<Session> {
        let session = self.refreshed(session)?;
        self.keep_here(session.user())?;
        let attempt = self.begin_try(session.name())?;
        let kept = self.admin_read(|c| account(c, session.name()))?.ok_or(Code::NoSession)?;
        if kept.id != session.user() || !password::verify(old, &kept.verifier) {
            let user = Some(session.user());
            self.admin_write(|c| self.keep_event(c, &Event { user, kind: "password_refused", what: "" }))?;
            return Err(Fault::new(Code::BadLogin).at("old").into());
        }
        let checked = self.new_password(&session, old, new);
        let id = session.user();
        let verifier = match checked {
            Ok(verifier) => verifier,
            Err(e) => {
                // The old password was right: a poor new one is no wrong try.
                self.admin_write(|c| attempt.succeeded(c))?;
                return Err(e);
            }
        };
        self.admin_write(|c| {
            attempt.succeeded(c)?;
            set_password(c, id, &verifier, false)?;
            self.keep_event(c, &Event { user: Some(id), kind: "password_changed", what: "" })
        })?;
        Ok(Session(Arc::new(self.person(id)?)))
    }
    fn new_password(&self, session: &Session, old: &str, new: &str) -> Result<String> {
        if old == new {
            return Err(Fault::new(Code::SamePassword).at("new").into());
        }
        password::choose(new, &[session.name(), session.display_name()]).map_err(|f| f.at("new"))?;
        Ok(self.cost.hash(new)?)
    }
    /// Chooses the language of one's own screens.
    pub fn language_set(&self, session: &Session, language: &str) -> Result<Session> {
        let (session, language) = (self.refreshed(session)?, known(language)?);
        self.admin_write(|c| {
            let mut stmt = c.prepare("UPDATE main.user SET language = ?2 WHERE id = ?1")?;
            Ok(stmt.execute(params![session.user().bytes().as_slice(), language])?)
        })?;
        Ok(Session(Arc::new(self.person(session.user())?)))
    }
    /// Adds an account inside a transaction; `name_taken` where the name is in use.
    pub(super) fn add_user(
        &self,
        c: &Connection,
        new: &Fresh,
        role: Role,
        verifier: &str,
        must_change: bool,
    ) -> Result<Id<User>> {
        let mut names = c.prepare("SELECT name FROM main.user")?;
        let names: Vec<String> = names.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        // SQLite folds only ASCII, and Ñ is a letter.
        if names.iter().any(|n| n.to_lowercase() == new.name.to_lowercase()) {
            return Err(Fault::new(Code::NameTaken).with("value", &new.name).at("name").into());
        }
        let (now, id) = (self.clock().now(), fresh(self.clock().now()));
        c.prepare("INSERT INTO main.user VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1, ?8, NULL)")?.execute(params![
            id.bytes().as_slice(),
            new.name,
            new.shown,
            role.word(),
            new.language,
            verifier,
            must_change,
            now.0
        ])?;
        Ok(id)
    }
}

/// Who a new account is.
pub(super) struct Fresh {
    pub(super) name: String,
    pub(super) shown: String,
    pub(super) language: String,
}

/// Puts a new hash in place; every session that knew the old one ends.
pub(super) fn set_password(c: &Connection, id: Id<User>, verifier: &str, must_change: bool) -> Result<()> {
    let mut stmt = c.prepare("UPDATE main.user SET verifier = ?2, must_change = ?3 WHERE id = ?1 AND active = 1")?;
    if stmt.execute(params![id.bytes().as_slice(), verifier, must_change])? != 1 {
        return Err(crate::missing());
    }
    bump(c)
}

/// Makes every session read its rights again at its next call.
pub(super) fn bump(c: &Connection) -> Result<()> {
    c.prepare("UPDATE main.plant_state SET epoch = epoch + 1")?.execute([])?;
    Ok(())
}

fn account(c: &Connection, name: &str) -> Result<Option<Account>> {
    let mut stmt = c.prepare_cached("SELECT id, name, verifier FROM user WHERE active = 1")?;
    let rows = stmt.query_map([], |r| Ok((Id::from_bytes(r.get(0)?), r.get::<_, String>(1)?, r.get(2)?)))?;
    let wanted = Zeroizing::new(name.to_lowercase());
    let all = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    let found = all.into_iter().find(|(_, n, _)| n.to_lowercase() == *wanted);
    Ok(found.map(|(id, _, verifier)| Account { id, verifier }))
}

pub(super) fn known(language: &str) -> Result<String> {
    let refuse = || Fault::new(Code::BadInput).with("value", "language").at("language");
    LANGUAGES.contains(&language).then(|| language.to_string()).ok_or_else(|| refuse().into())
}
