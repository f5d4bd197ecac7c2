//! A PC asks to be enrolled.
use super::{
    Now, Unusable,
    reach::{Load, Reach, read},
};
use crate::hub::Trouble;
use domain::{
    Id,
    change::{Device, SCHEMA},
    feed::{Enrol, Enrolled, PROTO},
};
use ed25519_dalek::SigningKey;

/// What a person types in to enrol a PC.
#[derive(Clone)]
pub struct Wanted {
    /// Where the hub is: `https://…`.
    pub url: String,
    /// The certificate to pin; PEM.
    pub trust: String,
    /// The one-time code.
    pub code: String,
    /// What the PC is called in the plant; nothing where it comes back and is called what it was.
    pub name: String,
    /// What its file calls it.
    pub device: Id<Device>,
}

/// A private key that nobody else has; none without chance.
pub fn fresh_key() -> Option<[u8; 32]> {
    let mut key = [0; 32];
    getrandom::fill(&mut key).ok()?;
    Some(key)
}

/// Enrols a PC under its private key, which stays here.
///
/// # Errors
/// Where the hub cannot be asked, is not reached, or does not let the PC in.
pub async fn enrol(wanted: &Wanted, key: &[u8; 32], now: Now) -> Result<Result<Enrolled, Trouble>, Unusable> {
    let reach = Reach::new(&wanted.url, &wanted.trust, now)?;
    let asked = Enrol {
        code: wanted.code.clone(),
        name: wanted.name.clone(),
        device: wanted.device,
        key: SigningKey::from_bytes(key).verifying_key().to_bytes(),
        proto: PROTO,
        schema: SCHEMA,
    };
    Ok(ask(&reach, &asked).await)
}

async fn ask(reach: &Reach, asked: &Enrol) -> Result<Enrolled, Trouble> {
    read(&reach.send("/v1/enrol", &Load::json(asked)?, None).await?.map_err(Trouble::Refused)?)
}
