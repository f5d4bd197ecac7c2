//! The questions of an enrolled PC.
use super::{
    Account, Now, Purse, Unusable,
    reach::{Load, Reach, read},
};
use crate::{
    device::Parting,
    hub::{Hub, Trouble},
};
use domain::{
    Client, Id,
    feed::{
        Agree, Cause, Denied, Heard, Kept, News, Offer, Offered, Page, Petition, Position, Pull, Pulled, Push, Pushed,
        Refusal, Renew, Returned, Sealed, Signed, Tokens,
        frame::{TEXT_BYTES, unpack},
        hash::hex,
    },
};
use ed25519_dalek::{Signer, SigningKey};
use std::sync::Arc;
use tokio::sync::Mutex;

/// The hub over HTTPS.
pub struct Https<P> {
    reach: Reach,
    account: Account,
    purse: Arc<P>,
    renewing: Mutex<()>,
}

impl<P: Purse> Https<P> {
    /// A hub as it was pinned at enrolment.
    ///
    /// # Errors
    /// Where its address or certificate is of no use.
    pub fn new(account: Account, purse: P, now: Now) -> Result<Self, Unusable> {
        let reach = Reach::new(&account.url, &account.trust, now)?;
        Ok(Https { reach, account, purse: Arc::new(purse), renewing: Mutex::new(()) })
    }
    async fn tokens(&self) -> Result<Tokens, Trouble> {
        let purse = self.purse.clone();
        let read = tokio::task::spawn_blocking(move || purse.tokens()).await;
        read.ok().and_then(Result::ok).ok_or(Trouble::Purse)
    }
    async fn keep(&self, tokens: Tokens) -> Result<(), Trouble> {
        let purse = self.purse.clone();
        let kept = tokio::task::spawn_blocking(move || purse.keep(&tokens)).await;
        kept.ok().and_then(Result::ok).ok_or(Trouble::Purse)
    }
    async fn ask(&self, route: &str, load: Load) -> Result<Result<Vec<u8>, Refusal>, Trouble> {
        let tokens = self.tokens().await?;
        self.reach.send(route, &load, Some(&tokens.access)).await
    }
    async fn of_client(&self, client: Id<Client>, verb: &str, load: Load) -> Result<Result<Vec<u8>, Refusal>, Trouble> {
        self.ask(&format!("/v1/clients/{client}/{verb}"), load).await
    }
    fn signed(&self, refresh: &str) -> Renew {
        let device = self.account.device;
        let signature = SigningKey::from_bytes(&self.account.key).sign(&Renew::said(device, refresh));
        let digits = hex(signature.r_bytes()) + &hex(signature.s_bytes());
        Renew { device, refresh: refresh.into(), signature: digits }
    }
}

/// A refusal that is an answer of the protocol; others are trouble.
fn revoked(refusal: Refusal) -> Result<i64, Trouble> {
    match Cause::of(&refusal.code) {
        // Where no generation is told, the newest one known goes on.
        Some(Cause::Revoked) => Ok(refusal.generation.unwrap_or(0)),
        _ => Err(Trouble::Refused(refusal)),
    }
}

fn pushed(refusal: Refusal) -> Result<Pushed, Trouble> {
    let last = refusal.last.unwrap_or(0);
    match Cause::of(&refusal.code) {
        Some(Cause::Rewind) => Ok(Pushed::Rewind),
        Some(Cause::Gap) => Ok(Pushed::Gap(last)),
        Some(Cause::Fork) => Ok(Pushed::Fork(last)),
        _ => revoked(refusal).map(Pushed::Revoked),
    }
}

async fn page(body: Vec<u8>) -> Result<Pulled, Trouble> {
    let read = move || match unpack(&body, TEXT_BYTES) {
        Ok(text) => Page::of_text(&text).map(Pulled::Page).map_err(|_| Trouble::Garbled),
        Err(Cause::Large) => Err(Trouble::Large),
        Err(_) => Err(Trouble::Garbled),
    };
    tokio::task::spawn_blocking(read).await.unwrap_or(Err(Trouble::Garbled))
}

impl<P: Purse> Https<P> {
    /// Asks the office, as whoever has logged in there himself; where the token has run out, once more with the next.
    ///
    /// # Errors
    /// Where the hub is not reached, or does not let the PC in.
    pub async fn office(&self, asked: &Petition) -> Result<Heard, Trouble> {
        let load = || Load::json(asked);
        let first = self.ask("/v1/office", load()?).await;
        let answer = match first {
            Err(Trouble::Denied(Denied::Token)) => {
                self.renew().await?;
                self.ask("/v1/office", load()?).await?
            }
            answer => answer?,
        };
        read(&answer.map_err(Trouble::Refused)?)
    }
}

impl<P: Purse> Hub for Https<P> {
    async fn push(&self, push: &Push) -> Result<Pushed, Trouble> {
        match self.of_client(push.client, "push", Load::lines(push.text()).await?).await? {
            Ok(body) => read(&body),
            Err(refusal) => pushed(refusal),
        }
    }
    async fn pull(&self, pull: Pull) -> Result<Pulled, Trouble> {
        match self.of_client(pull.client, "pull", Load::json(&pull)?).await? {
            Ok(body) => page(body).await,
            Err(refusal) if refusal.code == Cause::Rewind.word() => Ok(Pulled::Rewind),
            Err(refusal) => revoked(refusal).map(Pulled::Revoked),
        }
    }
    async fn news(&self, heads: Vec<(Id<Client>, i64)>) -> Result<Vec<(Id<Client>, i64)>, Trouble> {
        let body = self.ask("/v1/news", Load::json(&News { heads })?).await?.map_err(Trouble::Refused)?;
        read::<News>(&body).map(|news| news.heads)
    }
    async fn agree(&self, client: Id<Client>, places: Vec<Position>) -> Result<Option<Position>, Trouble> {
        match self.of_client(client, "agree", Load::json(&Agree { client, places })?).await? {
            Ok(body) => read(&body).map(Some),
            Err(refusal) => revoked(refusal).map(|_| None),
        }
    }
    async fn offer(&self, client: Id<Client>, entries: Vec<Returned>) -> Result<Offered, Trouble> {
        let text = Offer { client, entries }.text();
        match self.of_client(client, "offer", Load::lines(text).await?).await? {
            Ok(body) => read(&body),
            Err(refusal) => revoked(refusal).map(Offered::Revoked),
        }
    }
    async fn part(&self, client: Id<Client>, parting: &Parting) -> Result<bool, Trouble> {
        let text = Sealed { client, parting: parting.id, sealed: parting.sealed.clone() }.text();
        let body = self.of_client(client, "part", Load::lines(text).await?).await?.map_err(Trouble::Refused)?;
        read::<Kept>(&body).map(|kept| kept.durable)
    }
    async fn manifest(&self) -> Result<Signed, Trouble> {
        read(&self.ask("/v1/manifest", Load::None).await?.map_err(Trouble::Refused)?)
    }
    async fn remind(&self, said: &Signed) -> Result<(), Trouble> {
        let text = serde_json::to_string(said).map_err(|_| Trouble::Garbled)?;
        self.ask("/v1/manifest", Load::lines(text).await?).await?.map(drop).map_err(Trouble::Refused)
    }
    async fn renew(&self) -> Result<(), Trouble> {
        let had = self.tokens().await?;
        let _one = self.renewing.lock().await;
        let now = self.tokens().await?;
        if now != had {
            return Ok(()); // Somebody else has just renewed them.
        }
        // Until the next tokens are on the disk, the refresh token shown is the one to show again.
        let asked = Load::json(&self.signed(&now.refresh))?;
        let body = self.reach.send("/v1/token", &asked, None).await?;
        match body {
            Ok(body) => self.keep(read(&body)?).await,
            Err(refusal) if refusal.code == Cause::Version.word() => Err(Trouble::Denied(Denied::Version)),
            Err(refusal) => Err(Trouble::Refused(refusal)),
        }
    }
    fn offset(&self) -> Option<i64> {
        self.reach.offset()
    }
}
