//! One-time codes, and letting a PC in by one.
use super::token::{hashed, issue};
use crate::{
    Error, Hub,
    base::{Base, Tx, Way, again, given},
    clock::random,
};
use domain::feed::{Denied, Enrol, Enrolled, PROTO};
use ed25519_dalek::VerifyingKey;

/// How long a code holds, in milliseconds.
pub const CODE: i64 = 15 * 60 * 1000;
/// How often a code may be tried.
const TRIES: i16 = 5;

/// Signs that nobody mistakes for each other.
const SIGNS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// The first signs say which code it is, so that a wrong one costs only its own tries.
const NAME: usize = 4;

impl<B: Base> Hub<B> {
    /// A new code for one PC: good once, for fifteen minutes and five tries.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn new_code(&self) -> Result<String, Error> {
        let signs: [u8; 12] = random();
        let code: String = signs.iter().map(|b| char::from(SIGNS[usize::from(b % 32)])).collect();
        let (name, rest) = code.split_at(NAME);
        let mut way = self.way().await?;
        let tx = way.begin().await?;
        let now = self.clock.now();
        tx.run("DELETE FROM hub.code WHERE expires_at <= $1", given![now]).await?;
        let sql = "INSERT INTO hub.code (name, hash, expires_at, tries) VALUES ($1, $2, $3, $4)";
        tx.run(sql, given![name, hashed(&code), now + CODE, TRIES]).await?;
        tx.commit().await?;
        Ok(format!("{name}-{rest}"))
    }
    pub(crate) async fn let_in(&self, asked: &Enrol) -> Result<Result<Enrolled, Denied>, Error> {
        again!(self.let_in_once(asked))
    }
    async fn let_in_once(&self, asked: &Enrol) -> Result<Result<Enrolled, Denied>, Error> {
        if asked.proto != PROTO {
            return Ok(Err(Denied::Version));
        }
        if VerifyingKey::from_bytes(&asked.key).map_or(true, |k| k.is_weak()) {
            return Ok(Err(Denied::Signature));
        }
        let mut way = self.way().await?;
        let tx = way.begin().await?;
        let now = self.clock.now();
        if !spend(&tx, &asked.code, now).await? {
            tx.commit().await?;
            return Ok(Err(Denied::Code));
        }
        if !register(&tx, asked, now).await? {
            // Another key, or a PC that was taken out of the plant.
            tx.commit().await?;
            return Ok(Err(Denied::Taken));
        }
        let device = asked.device;
        let tokens = issue(&tx, device, random(), None, now).await?;
        tx.commit().await?;
        Ok(Ok(Enrolled { device, hub: self.signs.verifying_key().to_bytes(), tokens }))
    }
}

/// Whether the PC is let in: it was not yet, or it comes back.
async fn register<T: Tx>(tx: &T, asked: &Enrol, now: i64) -> Result<bool, Error> {
    let sql = "INSERT INTO hub.device (id, name, key, enrolled_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    Ok(tx.run(sql, given![asked.device, &asked.name, asked.key, now]).await? > 0 || returns(tx, asked, now).await?)
}

/// Whether a PC that was let in comes back: the answer was lost, its file was set back, it was away for too long. Only
/// under the key it had, and instead of whoever had its tokens. It keeps its name where it says none.
async fn returns<T: Tx>(tx: &T, asked: &Enrol, now: i64) -> Result<bool, Error> {
    let sql = "UPDATE hub.device SET name = CASE WHEN $3 = '' THEN name ELSE $3 END, enrolled_at = $4, anew = false
      WHERE id = $1 AND key = $2 AND NOT withdrawn";
    let known = tx.run(sql, given![asked.device, asked.key, &asked.name, now]).await? > 0;
    if known {
        tx.run("UPDATE hub.token SET ended = true WHERE device = $1", given![asked.device]).await?;
        tx.run("DELETE FROM hub.pass WHERE device = $1", given![asked.device]).await?;
    }
    Ok(known)
}

/// Whether the code is good; it is used up then, and else has one try less.
async fn spend<T: Tx>(tx: &T, typed: &str, now: i64) -> Result<bool, Error> {
    let code: String = typed.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
    let name = code.get(..NAME).unwrap_or_default();
    let sql = "SELECT hash FROM hub.code WHERE name = $1 AND tries > 0 AND expires_at > $2 FOR UPDATE";
    let Some(found) = tx.row(sql, given![name, now]).await? else { return Ok(false) };
    // This comparison takes equal time whatever the digits.
    let good = blake3::Hash::from(hashed(&code)) == found.hash(0)?;
    let then = match good {
        true => "DELETE FROM hub.code WHERE name = $1",
        false => "UPDATE hub.code SET tries = tries - 1 WHERE name = $1",
    };
    tx.run(then, given![name]).await?;
    Ok(good)
}
