//! Tokens: what a PC shows, kept only as hashes.
//!
//! A refresh token is good once. Where the answer was lost, its successors
//! were never shown, and it may be shown again: they are replaced. Whoever
//! then shows a replaced one, or shows it after a successor, is a copy.
//!
//! A request may lie on its way, or here, while its PC has long asked again: what was sent before the one that was
//! answered is overtaken. It gets nothing and ends nothing.
use crate::{
    Error, Hub,
    base::{Base, Row, Tx, Way, again, given},
    clock::random,
    hub::of_hex,
};
use domain::{
    Id,
    change::Device,
    feed::{Denied, Renew, Tokens, hash::hex},
};
use ed25519_dalek::VerifyingKey;

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
    family: [u8; 16],
    shown: bool,
    replaced: bool,
    good: bool,
    withdrawn: bool,
    seen_at: Option<i64>,
}

impl Kept {
    fn of(row: &Row, now: i64) -> Result<Self, Error> {
        let good = row.number(2)? > now && !row.yes(5)?;
        let (shown, replaced, withdrawn) = (row.yes(3)?, row.yes(4)?, row.yes(6)?);
        let (device, family, seen_at) = (row.id(0)?, row.id::<()>(1)?.bytes(), row.maybe(7)?);
        Ok(Kept { device, family, shown, replaced, good, withdrawn, seen_at })
    }
    /// Whether it was kept lately that the PC was heard.
    fn is_fresh(&self, now: i64) -> bool {
        self.seen_at.is_some_and(|at| now < at + SEEN)
    }
}

impl<B: Base> Hub<B> {
    pub(crate) async fn whose(&self, token: &str) -> Result<Result<Id<Device>, Denied>, Error> {
        match self.recognised(token).await? {
            Some(device) => Ok(Ok(device)),
            None => again!(self.whose_once(token)),
        }
    }
    /// Whose token it is, where that is good and nothing is to be kept of its being shown.
    async fn recognised(&self, token: &str) -> Result<Option<Id<Device>>, Error> {
        let mut way = self.way().await?;
        let (found, now) = (way.glance(TOKEN, given![hashed(token), false]).await?, self.clock.now());
        let kept = found.map(|row| Kept::of(&row, now)).transpose()?;
        let good = kept.filter(|k| k.good && k.shown && !k.replaced && !k.withdrawn && k.is_fresh(now));
        Ok(good.map(|k| k.device))
    }
    async fn whose_once(&self, token: &str) -> Result<Result<Id<Device>, Denied>, Error> {
        let mut way = self.way().await?;
        let tx = way.begin().await?;
        let hash = hashed(token);
        let Some(found) = tx.row(TOKEN, given![hash, false]).await? else { return Ok(Err(Denied::Token)) };
        let kept = Kept::of(&found, self.clock.now())?;
        let answer = match kept {
            Kept { withdrawn: true, .. } => Err(Denied::Withdrawn),
            Kept { good: false, .. } => Err(Denied::Token),
            Kept { replaced: true, .. } => Err(end(&tx, kept.device, kept.family).await?),
            Kept { device, .. } => Ok(device),
        };
        if answer.is_ok() && !kept.shown {
            came(&tx, kept.device).await?;
            tx.run("UPDATE hub.token SET shown = true WHERE hash = $1", given![hash]).await?;
        }
        if let Ok(device) = answer {
            seen(&tx, device, &kept, self.clock.now()).await?;
        }
        tx.commit().await?;
        Ok(answer)
    }
    pub(crate) async fn next_tokens(&self, asked: &Renew, sent: i64) -> Result<Result<Tokens, Denied>, Error> {
        again!(self.next_tokens_once(asked, sent))
    }
    async fn next_tokens_once(&self, asked: &Renew, sent: i64) -> Result<Result<Tokens, Denied>, Error> {
        let mut way = self.way().await?;
        let tx = way.begin().await?;
        let sql = "SELECT key, withdrawn, anew FROM hub.device WHERE id = $1 FOR UPDATE";
        let Some(device) = tx.row(sql, given![asked.device]).await? else { return Ok(Err(Denied::Token)) };
        if !signed(asked, &device.hash(0)?) {
            return Ok(Err(Denied::Signature));
        }
        if device.yes(1)? {
            return Ok(Err(Denied::Withdrawn));
        }
        let now = self.clock.now();
        // Nobody's clock is ahead of this one: else a copy could have the PC itself taken for overtaken.
        let answer = follow(&tx, asked, (sent.min(now), now), device.yes(2)?).await?;
        tx.commit().await?;
        Ok(answer)
    }
}

/// Keeps that a PC was heard, where that was not kept lately.
async fn seen<T: Tx>(tx: &T, device: Id<Device>, kept: &Kept, now: i64) -> Result<(), Error> {
    if kept.is_fresh(now) {
        return Ok(());
    }
    let sql = "INSERT INTO hub.seen (device, at) VALUES ($1, $2)
      ON CONFLICT (device) DO UPDATE SET at = excluded.at WHERE seen.at < excluded.at";
    tx.run(sql, given![device, now]).await.map(drop)
}

/// The tokens that follow a refresh token, where it is good.
async fn follow<T: Tx>(
    tx: &T,
    asked: &Renew,
    (sent, now): (i64, i64),
    anew: bool,
) -> Result<Result<Tokens, Denied>, Error> {
    let hash = hashed(&asked.refresh);
    let found = tx.row(TOKEN, given![hash, true]).await?;
    let kept = found.map(|r| Kept::of(&r, now)).transpose()?.filter(|k| k.device == asked.device);
    let (known, family) = match kept {
        None if anew => (false, lost_family(tx, asked.device).await?.unwrap_or_else(random)),
        None | Some(Kept { good: false, .. }) => return Ok(Err(Denied::Token)),
        Some(Kept { family, replaced: true, .. }) => return Ok(Err(end(tx, asked.device, family).await?)),
        Some(Kept { family, .. }) => (true, family),
    };
    let overtaken = "SELECT 1 FROM hub.token WHERE parent = $1 AND asked_at > $2 LIMIT 1";
    if tx.row(overtaken, given![hash, sent]).await?.is_some() {
        return Ok(Err(Denied::Token));
    }
    let shown = "SELECT 1 FROM hub.token WHERE parent = $1 AND shown LIMIT 1";
    if tx.row(shown, given![hash]).await?.is_some() {
        return Ok(Err(end(tx, asked.device, family).await?));
    }
    // Of a PC that begins anew, whatever was given to it since and never shown was lost on its way.
    let lost = "UPDATE hub.token SET replaced = true WHERE NOT shown AND (parent = $1 OR $3 AND device = $2)";
    tx.run(lost, given![hash, asked.device, !known]).await?;
    if known {
        came(tx, asked.device).await?;
        tx.run("UPDATE hub.token SET shown = true WHERE hash = $1", given![hash]).await?;
    }
    Ok(Ok(issue(tx, asked.device, family, Some((&hash, sent)), now).await?))
}

/// What a PC that begins anew was given since the restore, where it has not shown it: its next tokens are of one family
/// with it, so that a copy that kept what was lost is found.
async fn lost_family<T: Tx>(tx: &T, device: Id<Device>) -> Result<Option<[u8; 16]>, Error> {
    let sql = "SELECT family FROM hub.token WHERE device = $1 AND NOT ended LIMIT 1";
    tx.row(sql, given![device]).await?.map(|r| Ok(r.id::<()>(0)?.bytes())).transpose()
}

/// A PC has shown what it was given: from here on its key alone renews nothing.
///
/// Not before: the answer to the one who begins anew may be lost.
async fn came<T: Tx>(tx: &T, device: Id<Device>) -> Result<(), Error> {
    tx.run("UPDATE hub.device SET anew = false WHERE id = $1 AND anew", given![device]).await.map(drop)
}

/// Gives a pair of tokens, the first or those that follow another, asked for at a time; those of the PC that ran out
/// are forgotten.
pub(super) async fn issue<T: Tx>(
    tx: &T,
    device: Id<Device>,
    family: [u8; 16],
    follows: Option<(&[u8; 32], i64)>,
    now: i64,
) -> Result<Tokens, Error> {
    let (parent, asked_at) = (follows.map(|f| f.0), follows.map_or(0, |f| f.1));
    let (access, refresh) = (hex(&random()), hex(&random()));
    tx.run("DELETE FROM hub.token WHERE device = $1 AND expires_at <= $2", given![device, now]).await?;
    let sql = "INSERT INTO hub.token (hash, device, family, parent, asked_at, renews, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    for (token, renews, until) in [(&access, false, now + ACCESS), (&refresh, true, now + REFRESH)] {
        tx.run(sql, given![hashed(token), device, family, parent, asked_at, renews, until]).await?;
    }
    Ok(Tokens { access, refresh, expires_at: now + ACCESS })
}

/// Ends a family of tokens of which there is a copy.
async fn end<T: Tx>(tx: &T, device: Id<Device>, family: [u8; 16]) -> Result<Denied, Error> {
    came(tx, device).await?;
    tx.run("UPDATE hub.token SET ended = true WHERE family = $1", given![family]).await?;
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
