//! Who may do what on one PC, signed by the hub.
use super::{
    Error, Postgres,
    access::role,
    sql::{Uid, hash, id, name_clients, name_people, row, rows},
    token::to_hex,
};
use deadpool_postgres::Transaction;
use domain::{
    Client, Id,
    change::{Device, User},
    feed::{Manifest, ManifestClient, ManifestPc, ManifestPerson, Signed},
};
use ed25519_dalek::Signer;
use std::collections::BTreeSet;
use tokio_postgres::IsolationLevel;

/// How long a manifest holds without a newer one, in milliseconds.
pub const LEASE: i64 = 14 * 24 * 60 * 60 * 1000;

const PEOPLE: &str = "SELECT p.id, p.login, p.name, p.role, p.verifier FROM hub.device d
  JOIN hub.device_person e ON e.device = d.id AND e.active JOIN hub.person p ON p.id = e.person AND p.active
  WHERE d.id = $1 AND NOT d.withdrawn ORDER BY p.id";
const GRANTS: &str = "SELECT person, client_id FROM hub.granted WHERE active AND person = ANY ($1) ORDER BY 1, 2";
const CLIENTS: &str = "SELECT h.client_id, h.key, max(greatest(e.generation, g.generation)) FROM hub.client_head h
  JOIN hub.granted g ON g.client_id = h.client_id JOIN hub.device_person e ON e.person = g.person AND e.device = $1
  GROUP BY h.client_id ORDER BY h.client_id";

/// Also those that were withdrawn: what they wrote is there.
const PCS: &str = "SELECT DISTINCT d.id, d.name FROM hub.device d JOIN hub.device_person e ON e.device = d.id
  JOIN hub.granted g ON g.person = e.person WHERE g.client_id = ANY ($1) ORDER BY d.id";

impl Postgres {
    pub(super) async fn signed_manifest(&self, device: Id<Device>) -> Result<Signed, Error> {
        let mut connection = self.connection().await?;
        // One snapshot: people, grants and generation belong together.
        let reading = connection.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true);
        let tx = reading.start().await?;
        let manifest = manifest(&tx, device, self.clock.now()).await?;
        tx.commit().await?;
        let text = serde_json::to_string(&manifest).map_err(|_| Error::Damaged("manifest"))?;
        let signature = to_hex(&self.signs.sign(text.as_bytes()));
        Ok(Signed { text, signature })
    }
}

async fn manifest(tx: &Transaction<'_>, device: Id<Device>, now: i64) -> Result<Manifest, Error> {
    let state = row(tx, "SELECT generation, epoch, locked FROM hub.state", &[]).await?;
    let state = state.ok_or(Error::Unknown("state of the hub"))?;
    if state.try_get(2)? {
        return Err(Error::Locked);
    }
    let mut people = people(tx, device).await?;
    let keys: Vec<Uid> = people.iter().map(|p| p.user.into()).collect();
    name_people(tx, &keys).await?;
    for row in rows(tx, GRANTS, &[&keys]).await? {
        let (user, client): (Id<User>, _) = (id(&row, 0)?, id(&row, 1)?);
        people.iter_mut().filter(|p| p.user == user).for_each(|p| p.clients.push(client));
    }
    let seen: BTreeSet<Id<Client>> = people.iter().flat_map(|p| p.clients.iter().copied()).collect();
    let clients = clients(tx, device, &seen).await?;
    Ok(Manifest {
        device,
        generation: state.try_get(0)?,
        epoch: state.try_get(1)?,
        issued_at: now,
        lease_until: now + LEASE,
        clients,
        people,
        pcs: pcs(tx, &seen).await?,
    })
}

async fn people(tx: &Transaction<'_>, device: Id<Device>) -> Result<Vec<ManifestPerson>, Error> {
    let found = rows(tx, PEOPLE, &[&Uid::from(device)]).await?;
    let person = |r: &tokio_postgres::Row| {
        let (user, role, clients) = (id(r, 0)?, role(r, 3)?, vec![]);
        let (login, name, verifier) = (r.try_get(1)?, r.try_get(2)?, r.try_get(4)?);
        Ok(ManifestPerson { user, login, name, role, verifier, clients })
    };
    found.iter().map(person).collect()
}

async fn clients(
    tx: &Transaction<'_>,
    device: Id<Device>,
    seen: &BTreeSet<Id<Client>>,
) -> Result<Vec<ManifestClient>, Error> {
    name_clients(tx, &seen.iter().copied().collect::<Vec<_>>()).await?;
    let found = rows(tx, CLIENTS, &[&Uid::from(device)]).await?;
    let client =
        |r: &tokio_postgres::Row| Ok(ManifestClient { client: id(r, 0)?, generation: r.try_get(2)?, key: hash(r, 1)? });
    found.iter().map(client).collect()
}

/// The PCs of these clients, which are in scope by now.
async fn pcs(tx: &Transaction<'_>, seen: &BTreeSet<Id<Client>>) -> Result<Vec<ManifestPc>, Error> {
    let clients: Vec<Uid> = seen.iter().map(|c| (*c).into()).collect();
    let found = rows(tx, PCS, &[&clients]).await?;
    found.iter().map(|r| Ok(ManifestPc { device: id(r, 0)?, name: r.try_get(1)? })).collect()
}
