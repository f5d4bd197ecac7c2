//! How many people a client may have.
//!
//! Assigned and active people count; poweruser and admin see clients without
//! being assigned. PCs are counted once they take part in sync.
use crate::Result;
use domain::{Client, Code, Fault, Id};
use rusqlite::{Connection, OptionalExtension};

/// The limits of the clients concerned; a client without one is not among them.
pub(super) struct Limits(Vec<Limit>);

struct Limit {
    client: Id<Client>,
    code: String,
    most: i64,
}

/// The limits of these clients.
pub(super) fn limits(c: &Connection, clients: &[Id<Client>]) -> Result<Limits> {
    let sql = "SELECT c.code, s.users_limit FROM client c JOIN client_setting s ON s.client_id = c.client_id
        WHERE c.client_id = ?1 AND s.gone_at IS NULL AND s.users_limit IS NOT NULL";
    let mut stmt = c.prepare_cached(sql)?;
    let mut out = vec![];
    for client in clients {
        let found = stmt.query_row([client.bytes().as_slice()], |r| Ok((r.get(0)?, r.get(1)?))).optional()?;
        out.extend(found.map(|(code, most)| Limit { client: *client, code, most }));
    }
    Ok(Limits(out))
}

impl Limits {
    /// The people of each client now.
    pub(super) fn count(&self, c: &Connection) -> Result<Vec<i64>> {
        let sql = "SELECT count(*) FROM main.user_client a JOIN main.user u ON u.id = a.user_id
            WHERE a.client_id = ?1 AND u.active = 1";
        let mut stmt = c.prepare(sql)?;
        let count = |l: &Limit| Ok(stmt.query_row([l.client.bytes().as_slice()], |r| r.get(0))?);
        self.0.iter().map(count).collect()
    }
    /// Refuses one more than a client may have; whoever was there before stays.
    pub(super) fn hold(&self, c: &Connection, before: &[i64]) -> Result<()> {
        let now = self.count(c)?;
        let over = self.0.iter().zip(before.iter().zip(now)).find(|(l, (was, is))| *is > l.most && is > *was);
        over.map_or(Ok(()), |(l, _)| {
            let fault = Fault::new(Code::UserLimit).with("client", &l.code).with("value", l.most);
            Err(fault.at("clients").into())
        })
    }
}
