//! Requests that only read: what comes next, and where two logs agree.
use super::{
    Error, Postgres, access, fill,
    filled::Filled,
    sql::{Uid, hash, id, rows},
};
use crate::{
    core::{self, Ledger},
    logged::{Columns, incarnation},
};
use deadpool_postgres::Transaction;
use domain::{
    Client, Id,
    change::Device,
    feed::{Entry, Page, Position, Pull, Pulled, Stream},
};
use tokio_postgres::{IsolationLevel, Row};

const ENTRIES: &str = "SELECT seq, chain, received_at, device, incarnation, verdict, fates, sent FROM hub.entry
  WHERE client_id = $1 AND seq > $2 ORDER BY seq LIMIT $3";

impl Postgres {
    pub(crate) async fn give(&self, device: Id<Device>, mut pull: Pull) -> Result<Pulled, Error> {
        pull.limit = pull.limit.min(Page::MOST);
        let mut connection = self.connection().await?;
        // One snapshot for all statements, so that head, grants and entries belong together.
        let reading = connection.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true);
        let tx = reading.start().await?;
        let (mut filled, terms) = fill::begin(&tx, pull.client, self.clock.now(), false).await?;
        let Some(terms) = terms else {
            let (locked, _) = fill::state(&tx).await?;
            return Ok(if locked { Pulled::Busy } else { Pulled::Revoked(0) });
        };
        (filled.people, filled.generation) = access::people(&tx, pull.client, device, false).await?;
        let end = filled.head()?;
        if pull.at.seq == end.seq {
            // Whoever has all there is asks for nothing that is not read by now.
            filled.chains.insert(end.seq, Some(end.chain));
        } else {
            follows(&tx, &mut filled, &pull, terms.locked).await?;
        }
        let mut answer = core::pull(&filled, &terms, device, &pull)?;
        tx.commit().await?;
        self.sign_end(&mut answer);
        Ok(answer)
    }
    pub(crate) async fn meet(
        &self,
        device: Id<Device>,
        client: Id<Client>,
        places: &[Position],
    ) -> Result<Option<Position>, Error> {
        let mut connection = self.connection().await?;
        let tx = connection.build_transaction().read_only(true).start().await?;
        let (mut filled, terms) = fill::begin(&tx, client, self.clock.now(), false).await?;
        let locked = match &terms {
            Some(terms) => terms.locked,
            None => fill::state(&tx).await?.0,
        };
        if locked {
            return Err(Error::Locked);
        }
        if terms.is_none() {
            return Ok(None);
        }
        (filled.people, filled.generation) = access::people(&tx, client, device, false).await?;
        if filled.people.is_empty() {
            return Ok(None);
        }
        let numbers: Vec<i64> = places.iter().map(|p| p.seq).collect();
        filled.chains = fill::chains(&tx, client, &numbers).await?;
        let agreed = core::agree(&filled, places)?;
        tx.commit().await?;
        Ok(Some(agreed))
    }
}

/// Reads what comes after a place.
async fn follows(tx: &Transaction<'_>, filled: &mut Filled, pull: &Pull, locked: bool) -> Result<(), Error> {
    filled.chains = fill::chains(tx, pull.client, &[pull.at.seq]).await?;
    if filled.people.is_empty() || locked {
        return Ok(());
    }
    for (entry, chain) in entries(tx, pull).await? {
        filled.chains.insert(entry.seq, Some(chain));
        filled.entries.push(entry);
    }
    Ok(())
}

pub(super) async fn entries(tx: &Transaction<'_>, pull: &Pull) -> Result<Vec<(Entry, [u8; 32])>, Error> {
    let limit = i64::try_from(pull.limit).unwrap_or(i64::MAX);
    let found = rows(tx, ENTRIES, &[&Uid::from(pull.client), &pull.at.seq, &limit]).await?;
    found.iter().map(|row| Ok((entry(row)?, hash(row, 1)?))).collect()
}

fn entry(row: &Row) -> Result<Entry, Error> {
    let stream = Stream { device: id(row, 3)?, incarnation: incarnation(row.try_get(4)?)? };
    let (seq, received_at, verdict) = (row.try_get(0)?, row.try_get(2)?, row.try_get::<_, i16>(5)?.into());
    Columns { seq, received_at, stream, verdict, fates: row.try_get(6)?, sent: row.try_get(7)? }.entry()
}
