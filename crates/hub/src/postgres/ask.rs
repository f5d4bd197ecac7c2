//! Requests that only read: what comes next, and where two logs agree.
use super::{
    Error, Postgres, access, fill,
    sql::{Uid, hash, id, rows},
    token::{of_hex, to_hex},
};
use crate::core;
use deadpool_postgres::Transaction;
use domain::{
    Client, Id,
    change::Device,
    feed::{Entry, Page, Position, Pull, Pulled, Stream},
    merge::{Decided, Fate, Verdict},
};
use ed25519_dalek::Signer;
use tokio_postgres::{IsolationLevel, Row};

const ENTRIES: &str = "SELECT seq, chain, received_at, device, incarnation, verdict, fates, sent FROM hub.entry
  WHERE client_id = $1 AND seq > $2 ORDER BY seq LIMIT $3";

impl Postgres {
    pub(super) async fn give(&self, device: Id<Device>, mut pull: Pull) -> Result<Pulled, Error> {
        pull.limit = pull.limit.min(Page::MOST);
        let mut connection = self.connection().await?;
        // One snapshot for all statements, so that head, grants and entries belong together.
        let reading = connection.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true);
        let tx = reading.start().await?;
        let (mut filled, terms) = fill::begin(&tx, pull.client, self.clock.now(), false).await?;
        let Some(terms) = terms else { return Ok(Pulled::Revoked(0)) };
        (filled.people, filled.generation) = access::people(&tx, pull.client, device, false).await?;
        filled.chains = fill::chains(&tx, pull.client, &[pull.at.seq]).await?;
        if !filled.people.is_empty() && !terms.locked {
            for (entry, chain) in entries(&tx, &pull).await? {
                filled.chains.insert(entry.seq, Some(chain));
                filled.entries.push(entry);
            }
        }
        let mut answer = core::pull(&filled, &terms, device, &pull)?;
        tx.commit().await?;
        if let Pulled::Page(page) = &mut answer {
            let seq = page.entries.last().map_or(page.from.seq, |e| e.seq);
            let end = Position { seq, chain: page.end };
            page.signature = page.caught_up.then(|| to_hex(&self.signs.sign(&end.said(page.client))));
        }
        Ok(answer)
    }
    /// Whether a signature is this hub's over a place of a client's log.
    pub(super) fn is_place(&self, client: Id<Client>, at: Position, signature: &str) -> bool {
        let signature = of_hex(signature);
        signature.is_some_and(|s| self.signs.verifying_key().verify_strict(&at.said(client), &s).is_ok())
    }
    pub(super) async fn meet(
        &self,
        device: Id<Device>,
        client: Id<Client>,
        places: &[Position],
    ) -> Result<Option<Position>, Error> {
        let mut connection = self.connection().await?;
        let tx = connection.build_transaction().read_only(true).start().await?;
        let (mut filled, terms) = fill::begin(&tx, client, self.clock.now(), false).await?;
        let Some(terms) = terms else { return Ok(None) };
        if terms.locked {
            return Err(Error::Locked);
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

pub(super) async fn entries(tx: &Transaction<'_>, pull: &Pull) -> Result<Vec<(Entry, [u8; 32])>, Error> {
    let limit = i64::try_from(pull.limit).unwrap_or(i64::MAX);
    let found = rows(tx, ENTRIES, &[&Uid::from(pull.client), &pull.at.seq, &limit]).await?;
    found.iter().map(|row| Ok((entry(row)?, hash(row, 1)?))).collect()
}

fn entry(row: &Row) -> Result<Entry, Error> {
    let damaged = || Error::Damaged("entry");
    let verdict = u8::try_from(row.try_get::<_, i16>(5)?).ok().and_then(Verdict::of_number);
    let fates = Fate::of_text(row.try_get(6)?).ok_or_else(damaged)?;
    let incarnation = u32::try_from(row.try_get::<_, i64>(4)?).map_err(|_| damaged())?;
    Ok(Entry {
        seq: row.try_get(0)?,
        sent: serde_json::from_str(row.try_get(7)?).map_err(|_| damaged())?,
        decided: Decided { verdict: verdict.ok_or_else(damaged)?, fates },
        received_at: row.try_get(2)?,
        stream: Stream { device: id(row, 3)?, incarnation },
    })
}
