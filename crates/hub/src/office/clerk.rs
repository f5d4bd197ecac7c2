//! The office: an admin comes in by his own log-in, from the window of a PC, and does what only he may.
use super::{Person, token::hashed};
use crate::{
    Error, Hub,
    base::{Base, Row, Tx, Way, again, given},
    clock::random,
};
use domain::{
    Code, Fault, Id, Role,
    change::{Device, User},
    feed::{Entrance, Heard, NewPassword, Petition, Want, Wanted, hash::hex},
};
use store::session::{
    password,
    throttle::{NAME, Tries},
};

/// How long somebody is in without asking anything, in milliseconds.
pub const PASS: i64 = 15 * 60 * 1000;
/// A log-in at most, in characters.
const LOGIN: usize = 200;

/// Why something is not done, as the window says it.
fn not(fault: Fault) -> Heard {
    Heard::Not { why: fault.code, field: fault.field, params: fault.params }
}

/// Nobody learns whether it was the log-in or the password.
fn wrong(field: Option<&str>) -> Heard {
    tracing::warn!("a log-in at the office failed");
    let fault = Fault::new(Code::BadLogin);
    not(field.into_iter().fold(fault, Fault::at))
}

/// Who is there, and from where.
#[derive(Clone, Copy)]
struct Visitor {
    user: Id<User>,
    device: Id<Device>,
}

impl<B: Base> Hub<B> {
    /// Answers what somebody at a PC asks of the office.
    pub(crate) async fn hears(&self, device: Id<Device>, asked: Petition) -> Result<Heard, Error> {
        match asked {
            Petition::Enter(entrance) => self.enters(device, entrance).await,
            Petition::Change(change) => self.changes_own(device, change).await,
            Petition::Want { pass, want } => self.wants(device, &pass, want).await,
        }
    }
    /// Lets an admin in; whoever guesses waits longer each time, whether there is such a log-in or not.
    async fn enters(&self, device: Id<Device>, Entrance { login, password }: Entrance) -> Result<Heard, Error> {
        let login: String = login.trim().to_lowercase().chars().take(LOGIN).collect();
        let now = self.clock.now();
        if let Some(wait) = self.tries(&login, now).await? {
            return Ok(not(Fault::new(Code::Throttled).with("seconds", wait)));
        }
        let admin = self.admin(&login).await?;
        let (user, verifier) = admin.map_or((None, None), |(user, verifier)| (Some(user), verifier));
        let checked = move || password::fits(&password, verifier.as_deref());
        let fits = tokio::task::spawn_blocking(checked).await.unwrap_or(false);
        match user.filter(|_| fits) {
            Some(user) => self.lets_in(Visitor { user, device }, &login, now).await,
            None => Ok(wrong(None)),
        }
    }
    /// Gives somebody who works at the PC another password of his own, by the one he has.
    async fn changes_own(
        &self,
        device: Id<Device>,
        NewPassword { user, old, new }: NewPassword,
    ) -> Result<Heard, Error> {
        let now = self.clock.now();
        let person = self.works_at(user, device).await?;
        // Whoever tries here and at the entrance tries one log-in.
        let login = person.as_ref().map_or_else(|| user.to_string(), |p| p.login.to_lowercase());
        if let Some(wait) = self.tries(&login, now).await? {
            return Ok(not(Fault::new(Code::Throttled).with("seconds", wait)));
        }
        let (verifier, same) = (person.as_ref().and_then(|p| p.verifier.clone()), old == new);
        let checked = move || password::fits(&old, verifier.as_deref());
        let fits = tokio::task::spawn_blocking(checked).await.unwrap_or(false);
        let Some(person) = person.filter(|_| fits) else {
            return Ok(wrong(Some("old")));
        };
        self.forgives(&login).await?;
        if same {
            return Ok(not(Fault::new(Code::SamePassword).at("new")));
        }
        let verifier = match verifier_of(new, [person.login, person.name]).await {
            Ok(verifier) => verifier,
            Err(fault) => return Ok(not(fault.at("new"))),
        };
        // All this took its time: whoever was disabled meanwhile, or given another password, has none to change.
        if !self.compare(user, Some(person.verifier.as_deref().unwrap_or_default()), &verifier).await? {
            return Ok(wrong(Some("old")));
        }
        self.notes(Visitor { user, device }, &other("own_password")).await?;
        Ok(Heard::Done)
    }
    /// Somebody who may work, and at this PC.
    async fn works_at(&self, user: Id<User>, device: Id<Device>) -> Result<Option<Person>, Error> {
        let mut way = self.way().await?;
        let sql = "SELECT p.id, p.login, p.name, p.role, p.active, p.verifier FROM hub.person p
          JOIN hub.device_person e ON e.person = p.id AND e.device = $2 AND e.active WHERE p.id = $1 AND p.active";
        way.look().await?.row(sql, given![user, device]).await?.as_ref().map(known).transpose()
    }
    /// Counts a try before it is looked at, so that many at once are no more than one after another; seconds to wait
    /// where it comes too early.
    async fn tries(&self, login: &str, now: i64) -> Result<Option<u32>, Error> {
        again!(self.tries_once(login, now))
    }
    async fn tries_once(&self, login: &str, now: i64) -> Result<Option<u32>, Error> {
        let mut way = self.way().await?;
        let tx = way.begin().await?;
        let sql = "INSERT INTO hub.tries (login, failures, last) VALUES ($1, 0, $2) ON CONFLICT (login) DO NOTHING";
        tx.run(sql, given![login, now]).await?;
        let sql = "SELECT failures, last FROM hub.tries WHERE login = $1 FOR UPDATE";
        let kept = tx.row(sql, given![login]).await?.ok_or(Error::Damaged("try"))?;
        let failures = u32::try_from(kept.number(0)?).unwrap_or(u32::MAX);
        let tries = Tries { failures, last: kept.number(1)? };
        let wait = NAME.wait(tries, now);
        if wait == 0 {
            let after = NAME.failed(tries, now);
            let sql = "UPDATE hub.tries SET failures = $2, last = $3 WHERE login = $1";
            tx.run(sql, given![login, after.failures, after.last]).await?;
            tx.run("DELETE FROM hub.tries WHERE last < $1", given![now - NAME.forget()]).await?;
        }
        tx.commit().await?;
        Ok(Some(wait).filter(|wait| *wait > 0))
    }
    /// The right password was among them.
    async fn forgives(&self, login: &str) -> Result<(), Error> {
        let mut way = self.way().await?;
        let tx = way.begin().await?;
        tx.run("DELETE FROM hub.tries WHERE login = $1", given![login]).await?;
        tx.commit().await
    }
    /// An admin who may work, of his log-in, with what his password is compared with.
    async fn admin(&self, login: &str) -> Result<Option<(Id<User>, Option<String>)>, Error> {
        let mut way = self.way().await?;
        let sql = "SELECT id, verifier FROM hub.person WHERE lower(login) = $1 AND active AND role = $2";
        let found = way.look().await?.row(sql, given![login, Role::Admin.word()]).await?;
        found.map(|r| Ok((r.id(0)?, r.words(1)?.map(Into::into)))).transpose()
    }
    async fn lets_in(&self, admin: Visitor, login: &str, now: i64) -> Result<Heard, Error> {
        let (pass, until) = (hex(&random::<32>()), now + PASS);
        let mut way = self.way().await?;
        let tx = way.begin().await?;
        tx.run("DELETE FROM hub.tries WHERE login = $1", given![login]).await?;
        tx.run("DELETE FROM hub.pass WHERE expires_at <= $1", given![now]).await?;
        let sql = "INSERT INTO hub.pass (hash, person, device, expires_at) VALUES ($1, $2, $3, $4)";
        tx.run(sql, given![hashed(&pass), admin.user, admin.device, until]).await?;
        deed(&tx, admin, now, &other("enter")).await?;
        tx.commit().await?;
        Ok(Heard::In { pass, until })
    }
    /// Who shows this pass, from this PC: an admin still, and not too long ago.
    async fn shown(&self, device: Id<Device>, pass: &str) -> Result<Option<Visitor>, Error> {
        let (mut way, now) = (self.way().await?, self.clock.now());
        let tx = way.begin().await?;
        let sql = "SELECT p.id FROM hub.pass s JOIN hub.person p ON p.id = s.person
          WHERE s.hash = $1 AND s.device = $2 AND s.expires_at > $3 AND p.active AND p.role = $4";
        let found = tx.row(sql, given![hashed(pass), device, now, Role::Admin.word()]).await?;
        let Some(found) = found else { return Ok(None) };
        let sql = "UPDATE hub.pass SET expires_at = $2 WHERE hash = $1";
        tx.run(sql, given![hashed(pass), now + PASS]).await?;
        tx.commit().await?;
        Ok(Some(Visitor { user: found.id(0)?, device }))
    }
    async fn wants(&self, device: Id<Device>, pass: &str, want: Want) -> Result<Heard, Error> {
        let Some(admin) = self.shown(device, pass).await? else { return Ok(not(Fault::new(Code::NoSession))) };
        if let Some(what) = said(&want) {
            self.notes(admin, &what).await?;
        }
        match self.does(pass, want).await {
            Err(Error::LastAdmin) => Ok(not(Fault::new(Code::LastAdmin))),
            Err(Error::Unknown(_)) => Ok(not(Fault::new(Code::Missing))),
            Err(e) => e.limit().map_or(Err(e), |limit| Ok(not(limit))),
            done => done,
        }
    }
    async fn notes(&self, admin: Visitor, what: &str) -> Result<(), Error> {
        let mut way = self.way().await?;
        let tx = way.begin().await?;
        deed(&tx, admin, self.clock.now(), what).await?;
        tx.commit().await
    }
    async fn does(&self, pass: &str, want: Want) -> Result<Heard, Error> {
        match want {
            Want::Look => return self.all().await.map(Heard::All),
            Want::Code => return Ok(Heard::Code { code: self.new_code().await? }),
            Want::Person(wanted) => return self.takes(wanted).await,
            Want::Password { user, password } => return self.changes_password(user, password).await,
            Want::Works { user, on: true } => self.enable(user).await?,
            Want::Works { user, on: false } => self.disable(user).await?,
            Want::Sees { user, client, on: true } => self.grant(user, client).await?,
            Want::Sees { user, client, on: false } => self.withdraw(user, client).await?,
            Want::Sits { user, device, on: true } => self.assign(user, device).await?,
            Want::Sits { user, device, on: false } => self.release(user, device).await?,
            Want::Withdraw { device } => self.withdraw_device(device).await?,
            Want::Confirm => self.confirm_grants().await?,
            Want::Leave => self.leaves(pass).await?,
        }
        Ok(Heard::Done)
    }
    async fn leaves(&self, pass: &str) -> Result<(), Error> {
        let mut way = self.way().await?;
        let tx = way.begin().await?;
        tx.run("DELETE FROM hub.pass WHERE hash = $1", given![hashed(pass)]).await?;
        tx.commit().await
    }
    /// Takes in somebody new, or what has changed about somebody; a password is only the first one's.
    async fn takes(&self, wanted: Wanted) -> Result<Heard, Error> {
        let Wanted { user, login, name, role, password } = wanted;
        let (login, name) = (login.trim().to_owned(), name.trim().to_owned());
        for (field, text) in [("login", &login), ("name", &name)] {
            if text.is_empty() || text.chars().count() > LOGIN {
                return Ok(not(Fault::new(if text.is_empty() { Code::Empty } else { Code::TooLong }).at(field)));
            }
        }
        let known = self.known().await?;
        if known.iter().any(|p| p.login.to_lowercase() == login.to_lowercase() && Some(p.user) != user) {
            return Ok(not(Fault::new(Code::NameTaken).at("login")));
        }
        let Some(user) = user else { return self.takes_new(login, name, role, password).await };
        self.describe(user, &login, &name, role).await?;
        Ok(Heard::Done)
    }
    async fn takes_new(
        &self,
        login: String,
        name: String,
        role: Role,
        password: Option<String>,
    ) -> Result<Heard, Error> {
        let Some(password) = password else { return Ok(not(Fault::new(Code::Empty).at("password"))) };
        let verifier = match verifier_of(password, [login.clone(), name.clone()]).await {
            Ok(verifier) => verifier,
            Err(fault) => return Ok(not(fault)),
        };
        let user = Id::at(self.clock.now(), random());
        self.keep_person(&Person { user, login, name, role, active: true, verifier: Some(verifier) }).await?;
        Ok(Heard::Done)
    }
    async fn changes_password(&self, user: Id<User>, password: String) -> Result<Heard, Error> {
        let Some(person) = self.known().await?.into_iter().find(|p| p.user == user) else {
            return Ok(not(Fault::new(Code::Missing)));
        };
        match verifier_of(password, [person.login, person.name]).await {
            Ok(verifier) if self.compare(user, None, &verifier).await? => Ok(Heard::Done),
            Ok(_) => Ok(not(Fault::new(Code::Missing))),
            Err(fault) => Ok(not(fault)),
        }
    }
    async fn known(&self) -> Result<Vec<Person>, Error> {
        let mut way = self.way().await?;
        let sql = "SELECT id, login, name, role, active, verifier FROM hub.person ORDER BY login";
        way.look().await?.rows(sql, &[]).await?.iter().map(known).collect()
    }
}

async fn verifier_of(password: String, names: [String; 2]) -> Result<String, Fault> {
    let made = move || password::verifier(&password, &[&names[0], &names[1]]);
    tokio::task::spawn_blocking(made).await.unwrap_or_else(|_| Err(Fault::new(Code::Internal)))
}

/// What is written down of who wants something, as it was asked; looking is nothing to write down, and no password ever is.
fn said(want: &Want) -> Option<String> {
    if matches!(want, Want::Look | Want::Leave) {
        return None;
    }
    let mut said = serde_json::to_value(want).ok()?;
    said.as_object_mut()?.remove("password");
    Some(said.to_string())
}

/// What is written down of what is no want.
fn other(what: &str) -> String {
    serde_json::json!({ "want": what }).to_string()
}

async fn deed<T: Tx>(tx: &T, admin: Visitor, now: i64, what: &str) -> Result<(), Error> {
    let sql = "INSERT INTO hub.deed (id, at, person, device, what) VALUES ($1, $2, $3, $4, $5)";
    tx.run(sql, given![Id::<()>::at(now, random()), now, admin.user, admin.device, what]).await.map(drop)
}

fn known(r: &Row) -> Result<Person, Error> {
    let (user, login, name) = (r.id(0)?, r.text(1)?.into(), r.text(2)?.into());
    Ok(Person { user, login, name, role: r.role(3)?, active: r.yes(4)?, verifier: r.words(5)?.map(Into::into) })
}
