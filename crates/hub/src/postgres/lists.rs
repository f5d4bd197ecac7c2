//! Who and what there is at the hub, for its admin.
use super::{
    Error, Postgres,
    access::role,
    after::name_all,
    sql::{id, rows},
};
use deadpool_postgres::Transaction;
use domain::{
    Id, Role,
    change::{Device, User},
};
use tokio_postgres::Row;

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

const PEOPLE: &str = "SELECT p.id, p.login, p.name, p.role, p.active,
    ARRAY(SELECT c.name FROM hub.granted g JOIN hub.client c ON c.id = g.client_id
      WHERE g.person = p.id AND g.active ORDER BY c.name),
    ARRAY(SELECT d.name FROM hub.device_person e JOIN hub.device d ON d.id = e.device
      WHERE e.person = p.id AND e.active AND NOT d.withdrawn ORDER BY d.name)
  FROM hub.person p ORDER BY p.login";

const PCS: &str = "SELECT d.id, d.name, d.enrolled_at, s.at,
    ARRAY(SELECT DISTINCT c.name FROM hub.device_person e
      JOIN hub.person p ON p.id = e.person AND p.active
      JOIN hub.granted g ON g.person = e.person AND g.active JOIN hub.client c ON c.id = g.client_id
      WHERE e.device = d.id AND e.active AND NOT d.withdrawn ORDER BY c.name),
    d.withdrawn
  FROM hub.device d LEFT JOIN hub.seen s ON s.device = d.id ORDER BY d.name, d.id";

impl Postgres {
    /// Everybody the hub knows, with what he may see and where he works.
    ///
    /// # Errors
    /// Those of PostgreSQL.
    pub async fn people(&self) -> Result<Vec<Listed>, Error> {
        let mut connection = self.connection().await?;
        let tx = connection.transaction().await?;
        all(&tx, PEOPLE).await?.iter().map(person).collect()
    }
    /// Every PC that was ever let in.
    ///
    /// # Errors
    /// Those of PostgreSQL.
    pub async fn pcs(&self) -> Result<Vec<ListedPc>, Error> {
        let mut connection = self.connection().await?;
        let tx = connection.transaction().await?;
        all(&tx, PCS).await?.iter().map(pc).collect()
    }
}

async fn all(tx: &Transaction<'_>, sql: &str) -> Result<Vec<Row>, Error> {
    name_all(tx).await?;
    rows(tx, sql, &[]).await
}

fn person(row: &Row) -> Result<Listed, Error> {
    let (user, role, active) = (id(row, 0)?, role(row, 3)?, row.try_get(4)?);
    let (login, name) = (row.try_get(1)?, row.try_get(2)?);
    Ok(Listed { user, login, name, role, active, clients: row.try_get(5)?, pcs: row.try_get(6)? })
}

fn pc(row: &Row) -> Result<ListedPc, Error> {
    let (device, name, enrolled_at) = (id(row, 0)?, row.try_get(1)?, row.try_get(2)?);
    let (seen_at, clients, withdrawn) = (row.try_get(3)?, row.try_get(4)?, row.try_get(5)?);
    Ok(ListedPc { device, name, enrolled_at, seen_at, clients, withdrawn })
}
