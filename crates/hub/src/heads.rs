//! Where clients' logs end, for PCs that wait for news of them.
use crate::{
    Error, Hub,
    base::{Base, Row, Tx, Way, given},
};
use domain::{Client, Id, change::Device};

/// Of those that somebody of the PC may see; a locked hub tells nothing.
const OF_PC: &str = "SELECT DISTINCT h.client_id, h.seq FROM hub.device d
  JOIN hub.device_person e ON e.device = d.id AND e.active JOIN hub.person p ON p.id = e.person AND p.active
  JOIN hub.granted g ON g.person = p.id AND g.active JOIN hub.client_head h ON h.client_id = g.client_id
  CROSS JOIN hub.state s WHERE d.id = $1 AND NOT d.withdrawn AND NOT s.locked";
/// Of all that were named.
const NAMED: &str = "SELECT client_id, seq FROM hub.client_head";

impl<B: Base> Hub<B> {
    /// The last number of each of these clients: of those a PC may see, or for the hub itself of all of them.
    pub(crate) async fn heads_of(
        &self,
        device: Option<Id<Device>>,
        clients: &[Id<Client>],
    ) -> Result<Vec<(Id<Client>, i64)>, Error> {
        let mut way = self.way().await?;
        let tx = way.look().await?;
        tx.see_clients(clients).await?;
        let found = match device {
            Some(device) => tx.rows(OF_PC, given![device]).await?,
            None => tx.rows(NAMED, &[]).await?,
        };
        tx.commit().await?;
        found.iter().map(|row: &Row| Ok((row.id(0)?, row.number(1)?))).collect()
    }
}
