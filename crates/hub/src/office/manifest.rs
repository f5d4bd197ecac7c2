//! Who may do what on one PC, signed by the hub.
use crate::{
    Error, Hub,
    base::{Base, Row, Tx, Way, given},
};
use domain::{
    Client, Id,
    change::{Device, User},
    feed::{Manifest, ManifestClient, ManifestPc, ManifestPerson, Signed},
};
use std::collections::BTreeSet;

/// How long a manifest holds without a newer one, in milliseconds.
pub const LEASE: i64 = 14 * 24 * 60 * 60 * 1000;

const PEOPLE: &str = "SELECT p.id, p.login, p.name, p.role, p.verifier FROM hub.device d
  JOIN hub.device_person e ON e.device = d.id AND e.active JOIN hub.person p ON p.id = e.person AND p.active
  WHERE d.id = $1 AND NOT d.withdrawn ORDER BY p.id";
const GRANTS: &str = "SELECT g.person, g.client_id FROM hub.granted g
  JOIN hub.device_person e ON e.person = g.person AND e.device = $1 AND e.active
  JOIN hub.person p ON p.id = g.person AND p.active WHERE g.active AND g.client_id <> $2 ORDER BY 1, 2";
const CLIENTS: &str = "SELECT h.client_id, h.key,
  max(CASE WHEN e.generation > g.generation THEN e.generation ELSE g.generation END) FROM hub.client_head h
  JOIN hub.granted g ON g.client_id = h.client_id JOIN hub.device_person e ON e.person = g.person AND e.device = $1
  GROUP BY h.client_id, h.key ORDER BY h.client_id";

/// Also those that were withdrawn: what they wrote is there. Who writes to the plant's log alone is not named.
const PCS: &str = "SELECT DISTINCT d.id, d.name FROM hub.device d JOIN hub.device_person e ON e.device = d.id
  JOIN hub.granted g ON g.person = e.person AND g.client_id <> $1 ORDER BY d.id";

impl<B: Base> Hub<B> {
    pub(crate) async fn signed_manifest(&self, device: Id<Device>) -> Result<Signed, Error> {
        let mut way = self.way().await?;
        // One snapshot: people, grants and generation belong together.
        let tx = way.look().await?;
        let manifest = manifest(&tx, device, self.clock.now()).await?;
        tx.commit().await?;
        let text = serde_json::to_string(&manifest).map_err(|_| Error::Damaged("manifest"))?;
        let signature = self.sign(text.as_bytes());
        Ok(Signed { text, signature })
    }
}

async fn manifest<T: Tx>(tx: &T, device: Id<Device>, now: i64) -> Result<Manifest, Error> {
    let state = tx.row("SELECT generation, epoch, locked FROM hub.state", &[]).await?;
    let state = state.ok_or(Error::Unknown("state of the hub"))?;
    if state.yes(2)? {
        return Err(Error::Locked);
    }
    let mut people = people(tx, device).await?;
    tx.see_people(&people.iter().map(|p| p.user).collect::<Vec<_>>()).await?;
    // Who has the plant's log follows from his role: an older program would take it for one more client of his.
    for row in tx.rows(GRANTS, given![device, Client::PLANT]).await? {
        let (user, client): (Id<User>, _) = (row.id(0)?, row.id(1)?);
        people.iter_mut().filter(|p| p.user == user).for_each(|p| p.clients.push(client));
    }
    let pool = people.iter().any(|p| p.role.sees_pool()).then_some(Client::PLANT);
    let seen: BTreeSet<Id<Client>> = people.iter().flat_map(|p| p.clients.iter().copied()).chain(pool).collect();
    let clients = clients(tx, device, &seen).await?;
    Ok(Manifest {
        device,
        generation: state.number(0)?,
        epoch: state.number(1)?,
        issued_at: now,
        lease_until: now + LEASE,
        clients,
        people,
        pcs: pcs(tx).await?,
    })
}

async fn people<T: Tx>(tx: &T, device: Id<Device>) -> Result<Vec<ManifestPerson>, Error> {
    let found = tx.rows(PEOPLE, given![device]).await?;
    let person = |r: &Row| {
        let (user, role, clients) = (r.id(0)?, r.role(3)?, vec![]);
        let (login, name, verifier) = (r.text(1)?.into(), r.text(2)?.into(), r.words(4)?.map(Into::into));
        Ok(ManifestPerson { user, login, name, role, verifier, clients })
    };
    found.iter().map(person).collect()
}

async fn clients<T: Tx>(tx: &T, device: Id<Device>, seen: &BTreeSet<Id<Client>>) -> Result<Vec<ManifestClient>, Error> {
    tx.see_clients(&seen.iter().copied().collect::<Vec<_>>()).await?;
    let found = tx.rows(CLIENTS, given![device]).await?;
    let client = |r: &Row| Ok(ManifestClient { client: r.id(0)?, generation: r.number(2)?, key: r.hash(1)? });
    found.iter().map(client).collect()
}

/// The PCs of the clients that are in scope by now.
async fn pcs<T: Tx>(tx: &T) -> Result<Vec<ManifestPc>, Error> {
    tx.see_people(&[]).await?;
    let found = tx.rows(PCS, given![Client::PLANT]).await?;
    found.iter().map(|r| Ok(ManifestPc { device: r.id(0)?, name: r.text(1)?.into() })).collect()
}
