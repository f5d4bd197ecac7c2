//! Backups and what follows a restore: what is held, another life, grants confirmed.
use super::{
    Error, Postgres, again,
    sql::{Uid, id, name_clients, row, rows, run},
};
use deadpool_postgres::Transaction;
use domain::{
    Client, Id,
    change::Device,
    feed::{Manifest, Signed, hash::of_hex},
};
use ed25519_dalek::Signature;
use std::collections::BTreeMap;

/// What a copy of the hub holds.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Held {
    /// The last entry of each client.
    pub heads: BTreeMap<Id<Client>, i64>,
    /// What PCs sealed before they forgot a client.
    pub partings: Vec<(Id<Client>, [u8; 16])>,
}

impl Postgres {
    /// What this database holds: asked of a restored copy, it is what the backup holds.
    ///
    /// # Errors
    /// Those of PostgreSQL.
    pub async fn held(&self) -> Result<Held, Error> {
        let mut connection = self.connection().await?;
        let tx = connection.transaction().await?;
        name_all(&tx).await?;
        let mut held = Held::default();
        for row in rows(&tx, "SELECT client_id, seq FROM hub.client_head", &[]).await? {
            held.heads.insert(id(&row, 0)?, row.try_get(1)?);
        }
        for row in rows(&tx, "SELECT client_id, parting FROM hub.parting", &[]).await? {
            held.partings.push((id(&row, 0)?, row.try_get::<_, Uid>(1)?.0));
        }
        Ok(held)
    }
    /// Notes what a checked backup holds: PCs need not keep it for the hub any longer.
    ///
    /// # Errors
    /// Those of PostgreSQL.
    pub async fn backed_up(&self, held: &Held) -> Result<(), Error> {
        again!(self.backed_up_once(held))
    }
    async fn backed_up_once(&self, held: &Held) -> Result<(), Error> {
        let mut connection = self.connection().await?;
        let tx = connection.transaction().await?;
        name_all(&tx).await?;
        let durable = "UPDATE hub.client_head SET durable = least(seq, $2) WHERE client_id = $1";
        for (client, seq) in &held.heads {
            run(&tx, durable, &[&Uid::from(*client), seq]).await?;
        }
        let kept = "UPDATE hub.parting SET kept = true WHERE client_id = $1 AND parting = $2";
        for (client, parting) in &held.partings {
            run(&tx, kept, &[&Uid::from(*client), &Uid(*parting)]).await?;
        }
        run(&tx, "UPDATE hub.state SET backed_up_at = $1", &[&self.clock.now()]).await?;
        Ok(tx.commit().await?)
    }
    /// Begins another life after a restore: nothing is taken or given until the grants are confirmed.
    ///
    /// Tokens given since the backup are not in it: every PC may begin anew by its key, once.
    ///
    /// # Errors
    /// Those of PostgreSQL.
    pub async fn begin_restored(&self) -> Result<(), Error> {
        again!(self.begin_restored_once())
    }
    /// A PC shows what this hub signed for it: where that is newer than all the hub knows of, it was restored and
    /// nobody said so, and a new life begins as if somebody had.
    pub(super) async fn reminded(&self, device: Id<Device>, said: &Signed) -> Result<bool, Error> {
        let Some(manifest) = self.signed_by_it(said).filter(|m| m.device == device) else { return Ok(false) };
        let mut connection = self.connection().await?;
        let tx = connection.transaction().await?;
        let state = row(&tx, "SELECT generation, locked FROM hub.state", &[]).await?;
        let state = state.ok_or(Error::Unknown("state of the hub"))?;
        let behind = state.try_get::<_, i64>(0)? < manifest.generation && !state.try_get::<_, bool>(1)?;
        tx.commit().await?;
        if behind {
            tracing::error!(%device, "a PC shows newer grants than the hub knows of: it was restored, and closes");
            self.begin_restored().await?;
        }
        Ok(behind)
    }
    fn signed_by_it(&self, said: &Signed) -> Option<Manifest> {
        let (r, s) = said.signature.split_at_checked(64)?;
        let signature = Signature::from_components(of_hex(r)?, of_hex(s)?);
        self.signs.verifying_key().verify_strict(said.text.as_bytes(), &signature).ok()?;
        serde_json::from_str(&said.text).ok()
    }
    async fn begin_restored_once(&self) -> Result<(), Error> {
        let mut connection = self.connection().await?;
        let tx = connection.transaction().await?;
        // The clock's seconds: a backup restored twice begins two lives, not twice the same.
        let life = "UPDATE hub.state SET epoch = greatest(epoch + 1, $1), locked = true";
        run(&tx, life, &[&(self.clock.now() / 1000)]).await?;
        run(&tx, "DELETE FROM hub.token", &[]).await?;
        run(&tx, "UPDATE hub.device SET anew = NOT withdrawn", &[]).await?;
        Ok(tx.commit().await?)
    }
    /// An admin confirms the grants of a restored hub: it opens, and every generation rises.
    ///
    /// # Errors
    /// Those of PostgreSQL.
    pub async fn confirm_grants(&self) -> Result<(), Error> {
        again!(self.confirm_grants_once())
    }
    async fn confirm_grants_once(&self) -> Result<(), Error> {
        let mut connection = self.connection().await?;
        let tx = connection.transaction().await?;
        name_all(&tx).await?;
        // The clock's milliseconds: above all that was given out since the backup and is not in it.
        let sql = "UPDATE hub.state SET generation = greatest(generation + 1, $1), locked = false RETURNING generation";
        let state = row(&tx, sql, &[&self.clock.now()]).await?.ok_or(Error::Unknown("state of the hub"))?;
        let generation: i64 = state.try_get(0)?;
        run(&tx, "UPDATE hub.granted SET generation = $1", &[&generation]).await?;
        run(&tx, "UPDATE hub.device_person SET generation = $1", &[&generation]).await?;
        Ok(tx.commit().await?)
    }
}

/// Names every client: for what concerns the whole hub and gives no row of a log to anybody.
pub(super) async fn name_all(tx: &Transaction<'_>) -> Result<(), Error> {
    let clients = rows(tx, "SELECT id FROM hub.client", &[]).await?;
    let clients = clients.iter().map(|r| id(r, 0)).collect::<Result<Vec<Id<Client>>, _>>()?;
    name_clients(tx, &clients).await
}
