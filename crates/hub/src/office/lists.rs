//! Who and what there is at the hub, for its admin.
use super::after::name_all;
use crate::{
    Error, Hub,
    base::{Base, Row, Tx, Way},
};
use domain::{
    Id, Role,
    change::{Device, User},
};
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

const PEOPLE: &str = "SELECT id, login, name, role, active FROM hub.person ORDER BY login";
const CLIENTS_OF_PEOPLE: &str = "SELECT g.person, c.name FROM hub.granted g JOIN hub.client c ON c.id = g.client_id
  WHERE g.active ORDER BY c.name";
const PCS_OF_PEOPLE: &str = "SELECT e.person, d.name FROM hub.device_person e JOIN hub.device d ON d.id = e.device
  WHERE e.active AND NOT d.withdrawn ORDER BY d.name";
const PCS: &str = "SELECT d.id, d.name, d.enrolled_at, s.at, d.withdrawn
  FROM hub.device d LEFT JOIN hub.seen s ON s.device = d.id ORDER BY d.name, d.id";
const CLIENTS_OF_PCS: &str = "SELECT DISTINCT e.device, c.name FROM hub.device_person e
  JOIN hub.device d ON d.id = e.device AND NOT d.withdrawn JOIN hub.person p ON p.id = e.person AND p.active
  JOIN hub.granted g ON g.person = e.person AND g.active JOIN hub.client c ON c.id = g.client_id
  WHERE e.active ORDER BY c.name";

/// The names that belong to an id, in their order.
type Names<E> = BTreeMap<Id<E>, Vec<String>>;

impl<B: Base> Hub<B> {
    /// Everybody the hub knows, with what he may see and where he works.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn people(&self) -> Result<Vec<Listed>, Error> {
        let mut way = self.way().await?;
        let tx = way.look().await?;
        name_all(&tx).await?;
        let (clients, pcs) = (names(&tx, CLIENTS_OF_PEOPLE).await?, names(&tx, PCS_OF_PEOPLE).await?);
        tx.rows(PEOPLE, &[]).await?.iter().map(|row| person(row, &clients, &pcs)).collect()
    }
    /// Every PC that was ever let in.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn pcs(&self) -> Result<Vec<ListedPc>, Error> {
        let mut way = self.way().await?;
        let tx = way.look().await?;
        name_all(&tx).await?;
        let clients = names(&tx, CLIENTS_OF_PCS).await?;
        tx.rows(PCS, &[]).await?.iter().map(|row| pc(row, &clients)).collect()
    }
}

async fn names<E, T: Tx>(tx: &T, sql: &str) -> Result<Names<E>, Error> {
    let mut names = Names::new();
    for row in tx.rows(sql, &[]).await? {
        names.entry(row.id(0)?).or_default().push(row.text(1)?.to_owned());
    }
    Ok(names)
}

fn of<E>(names: &Names<E>, id: Id<E>) -> Vec<String> {
    names.get(&id).cloned().unwrap_or_default()
}

fn person(row: &Row, clients: &Names<User>, pcs: &Names<User>) -> Result<Listed, Error> {
    let (user, role, active) = (row.id(0)?, row.role(3)?, row.yes(4)?);
    let (login, name) = (row.text(1)?.into(), row.text(2)?.into());
    Ok(Listed { user, login, name, role, active, clients: of(clients, user), pcs: of(pcs, user) })
}

fn pc(row: &Row, clients: &Names<Device>) -> Result<ListedPc, Error> {
    let (device, name, enrolled_at) = (row.id(0)?, row.text(1)?.into(), row.number(2)?);
    let (seen_at, withdrawn) = (row.maybe(3)?, row.yes(4)?);
    Ok(ListedPc { device, name, enrolled_at, seen_at, clients: of(clients, device), withdrawn })
}
