//! Backups and what follows a restore: what is held, another life, grants confirmed.
use crate::{
    Error, Hub,
    base::{Base, Tx, Way, again, given},
};
use domain::{
    Client, Id,
    feed::{Manifest, Signed},
};
use std::collections::BTreeMap;

/// What a copy of the hub holds.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Held {
    /// The last entry of each client.
    pub heads: BTreeMap<Id<Client>, i64>,
    /// What PCs sealed before they forgot a client.
    pub partings: Vec<(Id<Client>, [u8; 16])>,
}

impl Held {
    /// How many clients it holds; the plant's own log is none.
    pub fn clients(&self) -> usize {
        self.heads.keys().filter(|log| **log != Client::PLANT).count()
    }
}

impl<B: Base> Hub<B> {
    /// What this database holds: asked of a restored copy, it is what the backup holds.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn held(&self) -> Result<Held, Error> {
        let mut way = self.way().await?;
        let tx = way.begin().await?;
        name_all(&tx).await?;
        let mut held = Held::default();
        for row in tx.rows("SELECT client_id, seq FROM hub.client_head", &[]).await? {
            held.heads.insert(row.id(0)?, row.number(1)?);
        }
        for row in tx.rows("SELECT client_id, parting FROM hub.parting", &[]).await? {
            held.partings.push((row.id(0)?, row.id::<()>(1)?.bytes()));
        }
        Ok(held)
    }
    /// Notes what a checked backup holds: PCs need not keep it for the hub any longer.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn backed_up(&self, held: &Held) -> Result<(), Error> {
        again!(self.backed_up_once(held))
    }
    async fn backed_up_once(&self, held: &Held) -> Result<(), Error> {
        let mut way = self.way().await?;
        let tx = way.begin().await?;
        name_all(&tx).await?;
        let durable =
            "UPDATE hub.client_head SET durable = CASE WHEN seq < $2 THEN seq ELSE $2 END WHERE client_id = $1";
        for (client, seq) in &held.heads {
            tx.run(durable, given![*client, *seq]).await?;
        }
        let kept = "UPDATE hub.parting SET kept = true WHERE client_id = $1 AND parting = $2";
        for (client, parting) in &held.partings {
            tx.run(kept, given![*client, *parting]).await?;
        }
        tx.run("UPDATE hub.state SET backed_up_at = $1", given![self.clock.now()]).await?;
        tx.commit().await
    }
    /// Begins another life after a restore: nothing is taken or given until the grants are confirmed.
    ///
    /// Tokens given since the backup are not in it: every PC may begin anew by its key, until
    /// it shows what it is given.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn begin_restored(&self) -> Result<(), Error> {
        again!(self.begin_restored_once())
    }
    /// Somebody shows what this hub signed for a PC: where that is newer than all the hub knows of, it was restored and
    /// nobody said so, and a new life begins as if somebody had. Nobody needs a token for it: the hub knows none that it
    /// has given since.
    pub(crate) async fn reminded(&self, said: &Signed) -> Result<bool, Error> {
        let Some(manifest) = self.signed_by_it(said) else { return Ok(false) };
        let mut way = self.way().await?;
        let tx = way.begin().await?;
        let state = tx.row("SELECT generation, locked FROM hub.state", &[]).await?;
        let state = state.ok_or(Error::Unknown("state of the hub"))?;
        let behind = state.number(0)? < manifest.generation && !state.yes(1)?;
        tx.commit().await?;
        // The next transaction wants a way, too, and there may be only one.
        drop(way);
        if behind {
            tracing::error!(device = %manifest.device, "a PC shows newer grants than the hub knows of: it was restored, and closes");
            self.begin_restored().await?;
        }
        Ok(behind)
    }
    fn signed_by_it(&self, said: &Signed) -> Option<Manifest> {
        let signed = self.signed(said.text.as_bytes(), &said.signature);
        signed.then(|| serde_json::from_str(&said.text).ok())?
    }
    async fn begin_restored_once(&self) -> Result<(), Error> {
        let mut way = self.way().await?;
        let tx = way.begin().await?;
        // The clock's seconds: a backup restored twice begins two lives, not twice the same.
        let life = "UPDATE hub.state SET epoch = CASE WHEN epoch < $1 THEN $1 ELSE epoch + 1 END, locked = true";
        tx.run(life, given![self.clock.now() / 1000]).await?;
        tx.run("DELETE FROM hub.token", &[]).await?;
        tx.run("DELETE FROM hub.pass", &[]).await?;
        tx.run("UPDATE hub.device SET anew = NOT withdrawn", &[]).await?;
        tx.commit().await
    }
    /// An admin confirms the grants of a restored hub: it opens, and every generation rises.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn confirm_grants(&self) -> Result<(), Error> {
        again!(self.confirm_grants_once())
    }
    async fn confirm_grants_once(&self) -> Result<(), Error> {
        let mut way = self.way().await?;
        let tx = way.begin().await?;
        name_all(&tx).await?;
        // The clock's milliseconds: above all that was given out since the backup and is not in it.
        let sql = "UPDATE hub.state SET generation = CASE WHEN generation < $1 THEN $1 ELSE generation + 1 END,
          locked = false RETURNING generation";
        let state = tx.row(sql, given![self.clock.now()]).await?.ok_or(Error::Unknown("state of the hub"))?;
        let generation = state.number(0)?;
        tx.run("UPDATE hub.granted SET generation = $1", given![generation]).await?;
        tx.run("UPDATE hub.device_person SET generation = $1", given![generation]).await?;
        tx.commit().await
    }
}

/// Names every client, and the plant: for what concerns the whole hub and gives no row of a log to anybody.
pub(crate) async fn name_all<T: Tx>(tx: &T) -> Result<Vec<Id<Client>>, Error> {
    let clients = tx.rows("SELECT id FROM hub.client", &[]).await?;
    let mut logs = clients.iter().map(|r| r.id(0)).collect::<Result<Vec<Id<Client>>, _>>()?;
    logs.push(Client::PLANT);
    tx.see_clients(&logs).await?;
    Ok(logs)
}
