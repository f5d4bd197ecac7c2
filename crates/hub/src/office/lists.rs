//! Who and what there is at the hub, for its admin.
use super::after::name_all;
use crate::{
    Error, Hub,
    base::{Base, Row, Tx, Way, given},
};
use domain::{
    Client, Id, Role,
    change::{Device, User},
    feed::{Office, OfficePc, OfficePerson},
};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// A person, as an admin looks at him.
#[derive(Clone, PartialEq, Debug)]
pub struct Listed {
    /// Who.
    pub user: Id<User>,
    /// What he logs in with.
    pub login: String,
    /// What others see.
    pub name: String,
    /// What he is in the plant.
    pub role: Role,
    /// Whether he may work at all.
    pub active: bool,
    /// The codes of the clients he may see.
    pub clients: Vec<String>,
    /// What the PCs are called on which he works.
    pub pcs: Vec<String>,
}

/// A PC, as an admin looks at it.
#[derive(Clone, PartialEq, Debug)]
pub struct ListedPc {
    /// Which.
    pub device: Id<Device>,
    /// What it is called in the plant.
    pub name: String,
    /// When it was let in, milliseconds since 1970.
    pub enrolled_at: i64,
    /// When it was last heard; none where it has asked nothing yet.
    pub seen_at: Option<i64>,
    /// The codes of the clients that somebody of it may see.
    pub clients: Vec<String>,
    /// Whether it was taken out of the plant.
    pub withdrawn: bool,
}

/// What somebody did in the office.
#[derive(Clone, PartialEq, Debug)]
pub struct ListedDeed {
    /// When, milliseconds since 1970.
    pub at: i64,
    /// What he logs in with.
    pub login: String,
    /// What the PC is called at which he did.
    pub pc: String,
    /// What he wanted, as it was asked, and ids by their names; of an older hub a sentence.
    pub what: Json,
}

const DEEDS: &str = "SELECT d.at, p.login, c.name, d.what FROM hub.deed d JOIN hub.person p ON p.id = d.person
  JOIN hub.device c ON c.id = d.device ORDER BY d.at DESC, d.id DESC LIMIT $1";
const PEOPLE: &str = "SELECT id, login, name, role, active FROM hub.person ORDER BY login";
/// The plant's own log is nobody's to give: it goes with the role.
const SEES: &str = "SELECT g.person, g.client_id FROM hub.granted g JOIN hub.client c ON c.id = g.client_id
  WHERE g.active ORDER BY 1, 2";
const SITS: &str = "SELECT e.person, e.device FROM hub.device_person e
  JOIN hub.device d ON d.id = e.device AND NOT d.withdrawn WHERE e.active ORDER BY 1, 2";
const PCS: &str = "SELECT d.id, d.name, d.enrolled_at, s.at, d.withdrawn
  FROM hub.device d LEFT JOIN hub.seen s ON s.device = d.id ORDER BY d.name, d.id";

/// What belongs to each person.
type Pairs<E> = BTreeMap<Id<User>, Vec<Id<E>>>;

impl<B: Base> Hub<B> {
    /// Everybody and everything, as one moment has it.
    pub(super) async fn all(&self) -> Result<Office, Error> {
        let mut way = self.way().await?;
        let tx = way.look().await?;
        name_all(&tx).await?;
        let state = tx.row("SELECT locked FROM hub.state", &[]).await?.ok_or(Error::Unknown("state of the hub"))?;
        let (sees, sits) = (pairs(&tx, SEES).await?, pairs(&tx, SITS).await?);
        let people = tx.rows(PEOPLE, &[]).await?;
        let clients = tx.rows("SELECT id, name FROM hub.client ORDER BY name", &[]).await?;
        Ok(Office {
            locked: state.yes(0)?,
            people: people.iter().map(|r| person(r, &sees, &sits)).collect::<Result<_, _>>()?,
            pcs: tx.rows(PCS, &[]).await?.iter().map(pc).collect::<Result<_, _>>()?,
            clients: clients.iter().map(|r| Ok((r.id(0)?, r.text(1)?.into()))).collect::<Result<_, Error>>()?,
        })
    }
    /// Everybody the hub knows, with what he may see and where he works, by names.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn people(&self) -> Result<Vec<Listed>, Error> {
        let Office { people, pcs, clients, .. } = self.all().await?;
        let called: Vec<_> = pcs.into_iter().map(|pc| (pc.device, pc.name)).collect();
        let listed = |p: OfficePerson| Listed {
            clients: names(&clients, &p.clients),
            pcs: names(&called, &p.pcs),
            user: p.user,
            login: p.login,
            name: p.name,
            role: p.role,
            active: p.active,
        };
        Ok(people.into_iter().map(listed).collect())
    }
    /// Every PC that was ever let in, with the clients that somebody of it may see.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn pcs(&self) -> Result<Vec<ListedPc>, Error> {
        let Office { people, pcs, clients, .. } = self.all().await?;
        let listed = |pc: OfficePc| {
            let here = people.iter().filter(|p| p.active && p.pcs.contains(&pc.device));
            let seen: Vec<Id<Client>> = here.flat_map(|p| p.clients.iter().copied()).collect();
            let OfficePc { device, name, enrolled_at, seen_at, withdrawn } = pc;
            ListedPc { device, name, enrolled_at, seen_at, clients: names(&clients, &seen), withdrawn }
        };
        Ok(pcs.into_iter().map(listed).collect())
    }
}

impl<B: Base> Hub<B> {
    /// What was done in the office, the newest first, so many at most.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn deeds(&self, most: u32) -> Result<Vec<ListedDeed>, Error> {
        let Office { people, pcs, clients, .. } = self.all().await?;
        let mut names: BTreeMap<String, String> = people.into_iter().map(|p| (p.user.to_string(), p.login)).collect();
        names.extend(pcs.into_iter().map(|pc| (pc.device.to_string(), pc.name)));
        names.extend(clients.into_iter().map(|(client, code)| (client.to_string(), code)));
        let mut way = self.way().await?;
        let rows = way.look().await?.rows(DEEDS, given![most]).await?;
        let deed = |r: &Row| {
            let (login, pc, what) = (r.text(1)?.into(), r.text(2)?.into(), called(r.text(3)?, &names));
            Ok(ListedDeed { at: r.number(0)?, login, pc, what })
        };
        rows.iter().map(deed).collect()
    }
}

/// What was written down, with names for ids.
fn called(what: &str, names: &BTreeMap<String, String>) -> Json {
    let Ok(mut said) = serde_json::from_str::<Json>(what) else { return Json::String(what.into()) };
    for value in said.as_object_mut().into_iter().flat_map(|o| o.values_mut()) {
        if let Some(name) = value.as_str().and_then(|id| names.get(id)) {
            *value = Json::String(name.clone());
        }
    }
    said
}

/// The names of these, each once, in the order of the names.
fn names<E>(of: &[(Id<E>, String)], ids: &[Id<E>]) -> Vec<String> {
    of.iter().filter(|(id, _)| ids.contains(id)).map(|(_, name)| name.clone()).collect()
}

async fn pairs<E, T: Tx>(tx: &T, sql: &str) -> Result<Pairs<E>, Error> {
    let mut pairs = Pairs::new();
    for row in tx.rows(sql, &[]).await? {
        pairs.entry(row.id(0)?).or_default().push(row.id(1)?);
    }
    Ok(pairs)
}

fn person(r: &Row, sees: &Pairs<Client>, sits: &Pairs<Device>) -> Result<OfficePerson, Error> {
    let (user, login, name) = (r.id(0)?, r.text(1)?.into(), r.text(2)?.into());
    let (clients, pcs) = (sees.get(&user).cloned(), sits.get(&user).cloned());
    let (clients, pcs) = (clients.unwrap_or_default(), pcs.unwrap_or_default());
    Ok(OfficePerson { user, login, name, role: r.role(3)?, active: r.yes(4)?, clients, pcs })
}

fn pc(r: &Row) -> Result<OfficePc, Error> {
    let (device, name, enrolled_at) = (r.id(0)?, r.text(1)?.into(), r.number(2)?);
    Ok(OfficePc { device, name, enrolled_at, seen_at: r.maybe(3)?, withdrawn: r.yes(4)? })
}
