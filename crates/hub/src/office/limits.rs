//! How many people and PCs a client may have, as its own settings say.
use crate::{
    Error,
    base::{Tx, given},
};
use domain::{
    Client, ClientSetting, Code, Entity, Id,
    change::User,
    feed::{Catalogue, Rules},
    merge::Folded,
};

const SETTING: &str = "SELECT c.name, f.row FROM hub.client c JOIN hub.folded f ON f.client_id = c.id AND f.kind = $2
  AND f.record = c.id WHERE c.id = $1";
const PEOPLE: &str = "SELECT count(*) FROM hub.granted g JOIN hub.person p ON p.id = g.person AND p.active
  WHERE g.client_id = $1 AND g.active";
/// The PCs on which somebody may work with the client.
const PCS: &str = "SELECT count(DISTINCT e.device) FROM hub.granted g JOIN hub.person p ON p.id = g.person AND p.active
  JOIN hub.device_person e ON e.person = g.person AND e.active JOIN hub.device d ON d.id = e.device AND NOT d.withdrawn
  WHERE g.client_id = $1 AND g.active";

/// One thing a client may have only so many of.
struct Limit {
    client: Id<Client>,
    name: String,
    code: Code,
    counted: &'static str,
    most: i64,
    had: i64,
}

/// The limits of some clients, and how many there were of each before something changes.
pub(super) struct Limits(Vec<Limit>);

impl Limits {
    /// Those of these clients, which must be named; one without limits costs nothing more.
    pub(super) async fn of<T: Tx>(tx: &T, clients: &[Id<Client>]) -> Result<Limits, Error> {
        let mut all = vec![];
        for client in clients {
            let Some((name, setting)) = setting(tx, *client).await? else { continue };
            let of = [(Code::UserLimit, PEOPLE, setting.users_limit), (Code::DeviceLimit, PCS, setting.devices_limit)];
            for (code, counted, most) in of {
                let Some(most) = most else { continue };
                let had = count(tx, counted, *client).await?;
                all.push(Limit { client: *client, name: name.clone(), code, counted, most, had });
            }
        }
        Ok(Limits(all))
    }
    /// Those of the clients that a person may see; they are named from here on.
    pub(super) async fn of_person<T: Tx>(tx: &T, user: Id<User>) -> Result<Limits, Error> {
        tx.see_people(&[user]).await?;
        let his = tx.rows("SELECT client_id FROM hub.granted WHERE person = $1 AND active", given![user]).await?;
        let clients = his.iter().map(|r| r.id(0)).collect::<Result<Vec<_>, _>>()?;
        tx.see_clients(&clients).await?;
        Limits::of(tx, &clients).await
    }
    /// Refuses one more than a client may have; whoever was there before stays.
    pub(super) async fn hold<T: Tx>(self, tx: &T) -> Result<(), Error> {
        for Limit { client, name, code, counted, most, had } in self.0 {
            let has = count(tx, counted, client).await?;
            if has > most && has > had {
                return Err(Error::Limit { code, client: name, most });
            }
        }
        Ok(())
    }
}

async fn count<T: Tx>(tx: &T, counted: &str, client: Id<Client>) -> Result<i64, Error> {
    tx.row(counted, given![client]).await?.ok_or(Error::Damaged("count"))?.number(0)
}

/// What a client is called, and its settings; none where it has made none.
async fn setting<T: Tx>(tx: &T, client: Id<Client>) -> Result<Option<(String, ClientSetting)>, Error> {
    let Some(row) = tx.row(SETTING, given![client, ClientSetting::NUMBER]).await? else { return Ok(None) };
    let damaged = Error::Damaged("row");
    let Some(shape) = Catalogue.shape(ClientSetting::NUMBER) else { return Err(damaged) };
    let folded = Folded::of_text(shape.columns, row.text(1)?).ok_or(Error::Damaged("row"))?;
    if folded.gone {
        return Ok(None);
    }
    let setting = ClientSetting::of(client, client.cast(), folded.values).ok_or(damaged)?;
    Ok(Some((row.text(0)?.into(), setting)))
}
