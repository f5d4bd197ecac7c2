//! The file of a PC that has a hub: what its engine works on.
use crate::{
    device::{Part, Parting},
    engine::Files,
    http::{Account, Purse},
};
use domain::{
    Client, Code, Id,
    feed::{Manifest, ManifestClient, Signed, Tokens},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{io, sync::Arc};
use store::{Error, Result, Store, keep::Vault, session::Kept};

/// An open file and its own key, for the engine alone.
pub struct Joined {
    store: Arc<Store>,
    vault: Vault,
    /// The hub's public key.
    hub: [u8; 32],
}

/// How the file keeps its account at the hub.
#[derive(Serialize, Deserialize)]
struct AccountText {
    url: String,
    trust: String,
    #[serde(with = "domain::feed::hash")]
    key: [u8; 32],
    #[serde(with = "domain::feed::hash")]
    hub: [u8; 32],
}

/// How the file keeps the key that it asks under.
#[derive(Serialize, Deserialize)]
struct AskingText(#[serde(with = "domain::feed::hash")] [u8; 32]);

impl Joined {
    /// The key that the file has asked under, or would.
    ///
    /// # Errors
    /// Those of the store.
    pub(crate) fn asking(store: &Store, vault: &Vault) -> Result<Option<[u8; 32]>> {
        let kept = store.kept_of_hub(vault, Kept::Asking)?;
        Ok(kept.map(|kept| read::<AskingText>(&kept)).transpose()?.map(|AskingText(key)| key))
    }
    /// Keeps the key that the file asks under, before it does.
    ///
    /// # Errors
    /// Those of the store.
    pub(crate) fn asks(store: &Store, vault: &Vault, key: [u8; 32]) -> Result<()> {
        store.keep_of_hub(vault, Kept::Asking, &text(&AskingText(key)))
    }
    /// The file, where it has an account at a hub.
    ///
    /// # Errors
    /// Those of the store; `forbidden` with another file's key.
    pub fn open(store: Arc<Store>, vault: Vault) -> Result<Option<(Joined, Account)>> {
        let Some(text) = store.kept_of_hub(&vault, Kept::Account)? else { return Ok(None) };
        let AccountText { url, trust, key, hub } = read(&text)?;
        let account = Account { url, trust, device: store.device(), key };
        Ok(Some((Joined { store, vault, hub }, account)))
    }
    /// Keeps an account that was just opened, with its first tokens.
    ///
    /// # Errors
    /// Those of the store.
    pub fn begin(store: &Store, vault: &Vault, account: &Account, hub: [u8; 32], tokens: &Tokens) -> Result<()> {
        let Account { url, trust, key, .. } = account.clone();
        store.keep_of_hub(vault, Kept::Tokens, &text(tokens))?;
        store.keep_of_hub(vault, Kept::Account, &text(&AccountText { url, trust, key, hub }))
    }
    /// Keeps another address of the same hub.
    ///
    /// # Errors
    /// Those of the store.
    pub(crate) fn moves(&self, account: &Account) -> Result<()> {
        let Account { url, trust, key, .. } = account.clone();
        let kept = AccountText { url, trust, key, hub: self.hub };
        self.store.keep_of_hub(&self.vault, Kept::Account, &text(&kept))
    }
    /// The PC's clock, milliseconds since 1970.
    pub(crate) fn now(&self) -> i64 {
        self.store.clock().now().0
    }
    /// The hub's public key, pinned at enrolment.
    pub fn hub(&self) -> [u8; 32] {
        self.hub
    }
}

impl Files for Joined {
    type Error = Error;
    type Part<'p> = dyn Part<Error = Error> + 'p;
    fn clients(&self) -> Result<Vec<Id<Client>>> {
        self.store.joined(&self.vault)
    }
    fn with<T>(&self, client: Id<Client>, work: impl FnOnce(&mut Self::Part<'_>) -> Result<T>) -> Result<T> {
        self.store.feed(&self.vault, client, |feed| work(feed))
    }
    fn admit(&self, client: &ManifestClient) -> Result<()> {
        self.store.feed(&self.vault, client.client, |feed| feed.join(client.key, self.hub))
    }
    fn clean(&self) -> Result<()> {
        self.store.scrub_forgotten(&self.vault).map(drop)
    }
    fn partings(&self) -> Result<Vec<(Id<Client>, Parting)>> {
        let mut all = vec![];
        for client in self.clients()? {
            let sealed = self.store.feed(&self.vault, client, |feed| feed.partings())?;
            all.extend(sealed.into_iter().map(|(id, sealed)| (client, Parting { id, sealed })));
        }
        Ok(all)
    }
    fn parted(&self, client: Id<Client>, parting: [u8; 16]) -> Result<()> {
        self.store.feed(&self.vault, client, |feed| feed.drop_parting(parting))
    }
    fn manifest(&self) -> Result<Option<Signed>> {
        self.store.kept_of_hub(&self.vault, Kept::Manifest)?.map(|text| read(&text)).transpose()
    }
    fn keep_manifest(&self, signed: &Signed, manifest: &Manifest, heard: i64) -> Result<()> {
        let before = self.manifest()?.map(|signed| read::<Manifest>(&signed.text)).transpose()?;
        self.store.keep_manifest(&self.vault, &text(signed), manifest, before.as_ref(), heard)
    }
}

impl Purse for Joined {
    fn tokens(&self) -> io::Result<Tokens> {
        let kept = self.store.kept_of_hub(&self.vault, Kept::Tokens).map_err(io::Error::other)?;
        read(&kept.unwrap_or_default()).map_err(io::Error::other)
    }
    fn keep(&self, tokens: &Tokens) -> io::Result<()> {
        self.store.keep_of_hub(&self.vault, Kept::Tokens, &text(tokens)).map_err(io::Error::other)
    }
}

fn text<T: Serialize>(what: &T) -> String {
    serde_json::to_string(what).unwrap_or_default()
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|_| Code::Damaged.into())
}
