//! What a file keeps of its hub, and the people the hub has named.
//!
//! Only whoever holds the file's own key asks for it: no session and no command.
use super::{lease, login::bump};
use crate::{Result, Store, keep::Vault};
use domain::{
    Client, Code, Id,
    change::User,
    feed::{Card, Manifest, ManifestPc, ManifestPerson, Signed},
};
use rusqlite::{Connection, OptionalExtension, params};

/// What is kept of the hub.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kept {
    /// Under which key the PC asks to be let in, before it has an answer.
    Asking,
    /// Where it is, and the PC's key to it.
    Account,
    /// What the PC shows with each request.
    Tokens,
    /// Who may do what, as it has signed it.
    Manifest,
    /// Until when that holds, by this PC's clock.
    Lease,
    /// Whether the line to it is paid by what goes over it.
    Metered,
    /// Of which forgotten clients nothing is left anywhere in the file.
    Scrubbed,
}

impl Kept {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Kept::Asking => "hub.asking",
            Kept::Account => "hub.account",
            Kept::Tokens => "hub.tokens",
            Kept::Manifest => "hub.manifest",
            Kept::Lease => "hub.lease",
            Kept::Metered => "hub.metered",
            Kept::Scrubbed => "hub.scrubbed",
        }
    }
}

impl Store {
    fn opens(&self, vault: &Vault) -> Result<()> {
        if self.vault.is(vault) { Ok(()) } else { Err(Code::Forbidden.into()) }
    }
    /// What is kept of the hub.
    ///
    /// # Errors
    /// `forbidden` with another file's key.
    pub fn kept_of_hub(&self, vault: &Vault, what: Kept) -> Result<Option<String>> {
        self.opens(vault)?;
        self.admin_read(|c| {
            let mut stmt = c.prepare_cached("SELECT value FROM plant_setting WHERE name = ?1")?;
            Ok(stmt.query_row([what.name()], |r| r.get(0)).optional()?)
        })
    }
    /// Keeps it instead of what was kept before.
    ///
    /// # Errors
    /// `forbidden` with another file's key.
    pub fn keep_of_hub(&self, vault: &Vault, what: Kept, value: &str) -> Result<()> {
        self.opens(vault)?;
        self.admin_write(|c| keep(c, what, value))
    }
    /// Keeps a manifest of the hub, with its people and what each may see; it holds from when it was heard.
    ///
    /// Who stood in the one before and no longer does may not log in here any more; accounts the hub never named stay.
    ///
    /// # Errors
    /// `forbidden` with another file's key.
    pub fn keep_manifest(
        &self,
        vault: &Vault,
        text: &str,
        manifest: &Manifest,
        before: Option<&Manifest>,
        heard: i64,
    ) -> Result<()> {
        self.opens(vault)?;
        let now = self.clock.now().0;
        self.admin_write(|c| {
            keep(c, Kept::Manifest, text)?;
            keep(c, Kept::Lease, &lease::of(manifest, heard.min(now)).to_string())?;
            let gone = before.iter().flat_map(|m| &m.people).map(|p| p.user);
            for user in gone.filter(|u| !manifest.people.iter().any(|p| p.user == *u)) {
                c.prepare("UPDATE main.user SET active = 0 WHERE id = ?1")?.execute([user.bytes().as_slice()])?;
                assign(c, user, &[])?;
            }
            for person in &manifest.people {
                keep_person(c, person, now)?;
                assign(c, person.user, &person.clients)?;
            }
            manifest.pcs.iter().try_for_each(|pc| keep_pc(c, pc))?;
            bump(c)
        })?;
        self.tell(&["user"]);
        Ok(())
    }
    /// What this PC is called in the plant; nothing until its hub has said so.
    ///
    /// # Errors
    /// Those of the file.
    pub fn pc_name(&self) -> Result<Option<String>> {
        self.admin_read(|c| {
            let mut stmt = c.prepare_cached("SELECT name FROM peer WHERE id = ?1")?;
            Ok(stmt.query_row([self.author.device.bytes().as_slice()], |r| r.get(0)).optional()?)
        })
    }
    /// Whether the hub keeps a person: it names him, and what is changed of him here would not last.
    ///
    /// # Errors
    /// Those of the file.
    pub fn is_kept_at_hub(&self, user: Id<User>) -> Result<bool> {
        Ok(self.named_by_hub()?.contains(&user))
    }
    /// The people whom the hub has named; nobody where there is no hub, or it has named nobody yet.
    pub(super) fn named_by_hub(&self) -> Result<Vec<Id<User>>> {
        let manifest: Option<String> = self.admin_read(|c| {
            let mut stmt = c.prepare_cached("SELECT value FROM plant_setting WHERE name = ?1")?;
            Ok(stmt.query_row([Kept::Manifest.name()], |r| r.get(0)).optional()?)
        })?;
        let signed: Option<Signed> = manifest.and_then(|text| serde_json::from_str(&text).ok());
        let manifest: Option<Manifest> = signed.and_then(|signed| serde_json::from_str(&signed.text).ok());
        Ok(manifest.iter().flat_map(|m| &m.people).map(|p| p.user).collect())
    }
    /// What a hub must know of this plant before it joins.
    ///
    /// # Errors
    /// `forbidden` with another file's key.
    pub fn card(&self, vault: &Vault) -> Result<Card> {
        self.opens(vault)?;
        self.admin_read(|c| {
            let mut stmt =
                c.prepare("SELECT id, code FROM client WHERE active = 1 AND gone_at IS NULL ORDER BY code")?;
            let rows = stmt.query_map([], |r| Ok((Id::from_bytes(r.get(0)?), r.get(1)?)))?;
            let clients: Vec<(Id<Client>, String)> = rows.collect::<rusqlite::Result<_>>()?;
            let mut stmt = c.prepare("SELECT id, verifier FROM user WHERE active = 1 ORDER BY name")?;
            let rows = stmt.query_map([], |r| Ok((Id::from_bytes(r.get(0)?), r.get(1)?)))?;
            let people: Vec<(Id<User>, String)> = rows.collect::<rusqlite::Result<_>>()?;
            let people =
                people.into_iter().map(|(user, verifier)| on_card(c, user, verifier)).collect::<Result<_>>()?;
            Ok(Card { clients, people })
        })
    }
    /// The clients whose logs a hub orders, also those that were forgotten.
    ///
    /// # Errors
    /// `forbidden` with another file's key.
    pub fn joined(&self, vault: &Vault) -> Result<Vec<Id<Client>>> {
        self.opens(vault)?;
        self.admin_read(|c| {
            let mut stmt = c.prepare_cached("SELECT client_id FROM feed ORDER BY client_id")?;
            let rows = stmt.query_map([], |r| r.get(0).map(Id::from_bytes))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}

fn on_card(c: &Connection, user: Id<User>, verifier: String) -> Result<ManifestPerson> {
    let person = super::person(c, user)?;
    Ok(ManifestPerson {
        user,
        login: person.name,
        name: person.display_name,
        role: person.role,
        verifier: Some(verifier).filter(|v| !v.is_empty()),
        clients: person.clients.iter().map(|c| c.id).collect(),
    })
}

fn keep(c: &Connection, what: Kept, value: &str) -> Result<()> {
    let sql =
        "INSERT INTO main.plant_setting(name, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value";
    c.prepare(sql)?.execute([what.name(), value])?;
    Ok(())
}

fn keep_person(c: &Connection, p: &ManifestPerson, now: i64) -> Result<()> {
    let user = p.user.bytes();
    let taken = "SELECT 1 FROM main.user WHERE name = ?1 COLLATE NOCASE AND id <> ?2";
    let taken = c.prepare(taken)?.exists(params![p.login, user.as_slice()])?;
    // Two plants may each have had an Ana; whom the hub names keeps hers apart.
    let login = if taken { format!("{}-{}", p.login, &p.user.hex()[28..]) } else { p.login.clone() };
    let sql = "INSERT INTO main.user VALUES (?1, ?2, ?3, ?4, 'en', ?5, 0, 1, ?6, NULL)
        ON CONFLICT(id) DO UPDATE SET name = excluded.name, display_name = excluded.display_name,
        role = excluded.role, active = 1, verifier = iif(?5 = '', verifier, ?5)";
    let verifier = p.verifier.as_deref().unwrap_or("");
    c.prepare(sql)?.execute(params![user.as_slice(), login, p.name, p.role.word(), verifier, now])?;
    Ok(())
}

/// What people call a PC that writes to one of the file's logs.
fn keep_pc(c: &Connection, pc: &ManifestPc) -> Result<()> {
    let sql = "INSERT INTO main.peer VALUES ((SELECT coalesce(max(no), 0) + 1 FROM main.peer), ?1, ?2)
        ON CONFLICT(id) DO UPDATE SET name = excluded.name";
    c.prepare(sql)?.execute(params![pc.device.bytes().as_slice(), pc.name])?;
    Ok(())
}

/// The person sees these clients and no others.
fn assign(c: &Connection, user: Id<User>, clients: &[Id<Client>]) -> Result<()> {
    let user = user.bytes();
    c.prepare("DELETE FROM main.user_client WHERE user_id = ?1")?.execute([user.as_slice()])?;
    // The plant's own log is no client, whoever says so.
    for client in clients.iter().filter(|c| **c != Client::PLANT) {
        let mut stmt = c.prepare("INSERT INTO main.user_client VALUES (?1, ?2)")?;
        stmt.execute([user.as_slice(), client.bytes().as_slice()])?;
    }
    Ok(())
}
