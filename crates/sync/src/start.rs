//! A file comes to a hub, and its engine starts: the same for the window and the command line.
use crate::{
    engine::{Engine, Settings, checked},
    http::{Account, Https, Now, Unusable, Wanted, enrol, fresh_key},
    hub::{Hub, Trouble},
    joined::Joined,
};
use domain::feed::{Catalogue, Denied};
use std::sync::Arc;
use store::{Store, keep::Vault};

/// Why a file does not come to a hub, or its engine does not start.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// The file.
    #[error(transparent)]
    File(#[from] store::Error),
    /// The address or the certificate is none.
    #[error(transparent)]
    Unusable(#[from] Unusable),
    /// The hub.
    #[error(transparent)]
    Hub(#[from] Trouble),
    /// The file works with no hub.
    #[error("this PC works with no hub")]
    NoHub,
    /// What answers is not the hub that let the PC in.
    #[error("another hub answers there")]
    OtherHub,
    /// The system gives no random bytes.
    #[error("the system gives no random bytes")]
    NoChance,
}

/// A file's engine, and the one line to its hub: tokens are renewed by one alone, or they are taken for a copy's.
pub struct Started {
    /// The rounds with the hub.
    pub engine: Engine,
    /// The hub.
    pub hub: Arc<Https<Joined>>,
    /// Where it is.
    pub url: String,
}

/// What a PC comes back to its hub with; what is not said is as it was.
#[derive(Clone, Default)]
pub struct Back {
    /// The one-time code.
    pub code: String,
    /// What the PC is called in the plant.
    pub name: Option<String>,
    /// Where the hub is: `https://…`.
    pub url: Option<String>,
    /// The certificate to pin; PEM.
    pub trust: Option<String>,
}

/// Gives the file an account at a hub; what it holds is sent once its engine runs. One that has an account comes back
/// to that hub and to no other.
///
/// # Errors
/// Where the hub cannot be asked, does not let the PC in, or the file cannot keep the account; those of `back`.
pub async fn join(store: &Arc<Store>, vault: &Vault, wanted: Wanted) -> Result<Account, Failed> {
    if Joined::open(store.clone(), vault.clone())?.is_some() {
        let Wanted { url, trust, code, name, .. } = wanted;
        return back(store, vault, Back { code, name: Some(name), url: Some(url), trust: Some(trust) }).await;
    }
    let key = own_key(store, vault)?;
    let enrolled = enrol(&wanted, &key, clock(store)).await??;
    let account = Account { url: wanted.url, trust: wanted.trust, device: wanted.device, key };
    Joined::begin(store, vault, &account, enrolled.hub, &enrolled.tokens)?;
    Ok(account)
}

/// Lets a PC in again whose hub takes nothing any more that it shows: by a code, under its own key. An engine that runs
/// goes on with what it is given.
///
/// # Errors
/// Where the file has no hub, nobody answers there, or another hub does; those of the file.
pub async fn back(store: &Arc<Store>, vault: &Vault, with: Back) -> Result<Account, Failed> {
    let Some((files, had)) = Joined::open(store.clone(), vault.clone())? else { return Err(Failed::NoHub) };
    let account = Account { url: with.url.unwrap_or(had.url), trust: with.trust.unwrap_or(had.trust), ..had };
    let (url, trust) = (account.url.clone(), account.trust.clone());
    let wanted = Wanted { url, trust, code: with.code, name: with.name.unwrap_or_default(), device: account.device };
    let enrolled = enrol(&wanted, &account.key, clock(store)).await??;
    if enrolled.hub != files.hub() {
        return Err(Failed::OtherHub);
    }
    Joined::begin(store, vault, &account, enrolled.hub, &enrolled.tokens)?;
    Ok(account)
}

/// The key that the file asks under: the same each time, for the hub may have let it in and the answer be lost.
fn own_key(store: &Store, vault: &Vault) -> Result<[u8; 32], Failed> {
    if let Some(key) = Joined::asking(store, vault)? {
        return Ok(key);
    }
    let key = fresh_key().ok_or(Failed::NoChance)?;
    Joined::asks(store, vault, key)?;
    Ok(key)
}

/// Finds the hub of a file at another address: it is the same where it signs as the one that let the PC in.
///
/// # Errors
/// Where the file has no hub, nobody answers there, or another hub does; those of the file.
pub async fn moved(store: &Arc<Store>, vault: &Vault, url: String, trust: String) -> Result<Account, Failed> {
    let open = || Joined::open(store.clone(), vault.clone());
    let (Some((files, account)), Some((purse, _))) = (open()?, open()?) else { return Err(Failed::NoHub) };
    let account = Account { url, trust, ..account };
    let hub = Https::new(account.clone(), purse, clock(store))?;
    let signed = match hub.manifest().await {
        // It is not asked every day: what lets the PC in for minutes has run out.
        Err(Trouble::Denied(Denied::Token)) => {
            hub.renew().await?;
            hub.manifest().await?
        }
        answer => answer?,
    };
    checked(&signed, &files.hub()).ok_or(Failed::OtherHub)?;
    files.moves(&account)?;
    Ok(account)
}

/// Starts the engine of a file that has an account at a hub, and says where that is; none without one.
///
/// # Errors
/// Where the file cannot be read, or what it keeps of the hub cannot be used.
pub fn start(store: &Arc<Store>, vault: &Vault) -> Result<Option<Started>, Failed> {
    let open = || Joined::open(store.clone(), vault.clone());
    let (Some((files, account)), Some((purse, _))) = (open()?, open()?) else { return Ok(None) };
    let (url, dice) = (account.url.clone(), fresh_key().ok_or(Failed::NoChance)?);
    // Dice that differ from PC to PC and from run to run.
    let seed = dice.iter().fold(0, |n: u64, b| n.rotate_left(8) ^ u64::from(*b));
    let settings = Settings::new(account.device, files.hub(), clock(store), seed);
    let hub = Arc::new(Https::new(account, purse, clock(store))?);
    let engine = Engine::start(Arc::new(files), hub.clone(), Arc::new(Catalogue), settings);
    Ok(Some(Started { engine, hub, url }))
}

/// The PC's clock; it decides nothing.
fn clock(store: &Arc<Store>) -> Now {
    let store = store.clone();
    Arc::new(move || store.clock().now().0)
}
