//! Tokens: what a PC shows, kept only as hashes.
//!
//! A refresh token is good once. Where the answer was lost, its successors
//! were never shown, and it may be shown again: they are replaced. Whoever
//! then shows a replaced one, or shows it after a successor, is a copy.
use super::{
    Error, Postgres, again,
    sql::{Uid, id, row, run},
};
use crate::clock::random;
use deadpool_postgres::Transaction;
use domain::{
    Id,
    change::Device,
    feed::{Denied, Renew, Tokens, hash::hex},
};
use ed25519_dalek::{Signature, VerifyingKey};
use tokio_postgres::Row;

/// How long an access token holds, in milliseconds.
pub const ACCESS: i64 = 15 * 60 * 1000;
/// How long a refresh token waits to be used, in milliseconds.
pub const REFRESH: i64 = 90 * 24 * 60 * 60 * 1000;

const TOKEN: &str = "SELECT t.device, t.family, t.expires_at, t.shown, t.replaced, t.ended, d.withdrawn, s.at
  FROM hub.token t JOIN hub.device d ON d.id = t.device LEFT JOIN hub.seen s ON s.device = d.id
  WHERE t.hash = $1 AND t.renews = $2";

/// How exactly it is kept when a PC was last heard, in milliseconds.
const SEEN: i64 = 60 * 1000;

/// A token as kept.
struct Kept {
    device: Id<Device>,
    family: Uid,
    shown: bool,
    replaced: bool,
    good: bool,
    withdrawn: bool,
    seen_at: Option<i64>,
}

impl Kept {
    fn of(row: &Row, now: i64) -> Result<Self, Error> {
        let good = row.try_get::<_, i64>(2)? > now && !row.try_get::<_, bool>(5)?;
        let (shown, replaced, withdrawn) = (row.try_get(3)?, row.try_get(4)?, row.try_get(6)?);
        let (device, family, seen_at) = (id(row, 0)?, row.try_get(1)?, row.try_get(7)?);
        Ok(Kept { device, family, shown, replaced, good, withdrawn, seen_at })
    }
}

impl Postgres {
    pub(super) async fn whose(&self, token: &str) -> Result<Result<Id<Device>, Denied>, Error> {
        again!(self.whose_once(token))
    }
    async fn whose_once(&self, token: &str) -> Result<Result<Id<Device>, Denied>, Error> {
        let mut connection = self.connection().await?;
        let tx = connection.transaction().await?;
        let hash = hashed(token);
        let Some(found) = row(&tx, TOKEN, &[&&hash[..], &false]).await? else { return Ok(Err(Denied::Token)) };
        let kept = Kept::of(&found, self.clock.now())?;
        let answer = match kept {
            Kept { withdrawn: true, .. } => Err(Denied::Withdrawn),
            Kept { good: false, .. } => Err(Denied::Token),
            Kept { replaced: true, .. } => Err(end(&tx, kept.family).await?),
            Kept { device, .. } => Ok(device),
        };
        if answer.is_ok() && !kept.shown {
            run(&tx, "UPDATE hub.token SET shown = true WHERE hash = $1", &[&&hash[..]]).await?;
        }
        if let Ok(device) = answer {
            seen(&tx, device, kept.seen_at, self.clock.now()).await?;
        }
        tx.commit().await?;
        Ok(answer)
    }
    pub(super) async fn next_tokens(&self, asked: &Renew) -> Result<Result<Tokens, Denied>, Error> {
        again!(self.next_tokens_once(asked))
    }
    async fn next_tokens_once(&self, asked: &Renew) -> Result<Result<Tokens, Denied>, Error> {
        let mut connection = self.connection().await?;
        let tx = connection.transaction().await?;
        let sql = "SELECT key, withdrawn, anew FROM hub.device WHERE id = $1 FOR UPDATE";
        let Some(device) = row(&tx, sql, &[&Uid::from(asked.device)]).await? else { return Ok(Err(Denied::Token)) };
        if !signed(asked, &super::sql::hash(&device, 0)?) {
            return Ok(Err(Denied::Signature));
        }
        if device.try_get(1)? {
            return Ok(Err(Denied::Withdrawn));
        }
        let answer = follow(&tx, asked, self.clock.now(), device.try_get(2)?).await?;
        tx.commit().await?;
        Ok(answer)
    }
}

/// Keeps that a PC was heard, where that was not kept lately.
async fn seen(tx: &Transaction<'_>, device: Id<Device>, before: Option<i64>, now: i64) -> Result<(), Error> {
    if before.is_some_and(|at| now < at + SEEN) {
        return Ok(());
    }
    let sql = "INSERT INTO hub.seen (device, at) VALUES ($1, $2)
      ON CONFLICT (device) DO UPDATE SET at = greatest(seen.at, excluded.at)";
    run(tx, sql, &[&Uid::from(device), &now]).await.map(drop)
}

/// The tokens that follow a refresh token, where it is good.
async fn follow(tx: &Transaction<'_>, asked: &Renew, now: i64, anew: bool) -> Result<Result<Tokens, Denied>, Error> {
    let hash = hashed(&asked.refresh);
    let found = row(tx, TOKEN, &[&&hash[..], &true]).await?;
    let kept = found.map(|r| Kept::of(&r, now)).transpose()?.filter(|k| k.device == asked.device);
    let family = match kept {
        None if anew => Uid(random()),
        None | Some(Kept { good: false, .. }) => return Ok(Err(Denied::Token)),
        Some(Kept { family, replaced: true, .. }) => return Ok(Err(end(tx, family).await?)),
        Some(Kept { family, .. }) => family,
    };
    let sql = "UPDATE hub.token SET replaced = true WHERE parent = $1 AND NOT shown";
    let shown = "SELECT FROM hub.token WHERE parent = $1 AND shown LIMIT 1";
    if row(tx, shown, &[&&hash[..]]).await?.is_some() {
        return Ok(Err(end(tx, family).await?));
    }
    run(tx, sql, &[&&hash[..]]).await?;
    run(tx, "UPDATE hub.token SET shown = true WHERE hash = $1", &[&&hash[..]]).await?;
    run(tx, "UPDATE hub.device SET anew = false WHERE id = $1", &[&Uid::from(asked.device)]).await?;
    Ok(Ok(issue(tx, asked.device, family, Some(&hash), now).await?))
}

/// Gives a pair of tokens; those of the PC that ran out are forgotten.
pub(super) async fn issue(
    tx: &Transaction<'_>,
    device: Id<Device>,
    family: Uid,
    parent: Option<&[u8; 32]>,
    now: i64,
) -> Result<Tokens, Error> {
    let (access, refresh) = (hex(&random()), hex(&random()));
    let key = Uid::from(device);
    run(tx, "DELETE FROM hub.token WHERE device = $1 AND expires_at <= $2", &[&key, &now]).await?;
    let sql =
        "INSERT INTO hub.token (hash, device, family, parent, renews, expires_at) VALUES ($1, $2, $3, $4, $5, $6)";
    let parent = parent.map(|p| &p[..]);
    for (token, renews, until) in [(&access, false, now + ACCESS), (&refresh, true, now + REFRESH)] {
        run(tx, sql, &[&&hashed(token)[..], &key, &family, &parent, &renews, &until]).await?;
    }
    Ok(Tokens { access, refresh, expires_at: now + ACCESS })
}

/// Ends a family of tokens of which there is a copy.
async fn end(tx: &Transaction<'_>, family: Uid) -> Result<Denied, Error> {
    run(tx, "UPDATE hub.token SET ended = true WHERE family = $1", &[&family]).await?;
    Ok(Denied::Reused)
}

/// What is kept of a token or code.
pub(super) fn hashed(text: &str) -> [u8; 32] {
    *blake3::hash(text.as_bytes()).as_bytes()
}

fn signed(asked: &Renew, key: &[u8; 32]) -> bool {
    let Some(signature) = of_hex(&asked.signature) else { return false };
    let said = Renew::said(asked.device, &asked.refresh);
    VerifyingKey::from_bytes(key).is_ok_and(|k| k.verify_strict(&said, &signature).is_ok())
}

/// A signature of its 128 hexadecimal digits.
pub(super) fn of_hex(text: &str) -> Option<Signature> {
    let (r, s) = text.split_at_checked(64)?;
    let of = domain::feed::hash::of_hex;
    Some(Signature::from_components(of(r)?, of(s)?))
}

/// The digits of a signature.
pub(super) fn to_hex(signature: &Signature) -> String {
    hex(signature.r_bytes()) + &hex(signature.s_bytes())
}
