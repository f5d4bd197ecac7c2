//! What a manifest makes of a PC's file.
use super::{Files, manifest::checked};
use crate::device::{self, Part, Standing};
use domain::{
    Client, Id,
    change::Device,
    feed::{Manifest, Rules, Signed},
};

/// Takes in a manifest that came otherwise than over a line, asked for at a time by the PC's clock; none where it is
/// not the hub's for this PC.
///
/// One that is no newer than what is kept is left: whoever shows it again gains no time by it.
///
/// # Errors
/// Those of the file.
pub(crate) fn bring<F: Files>(
    files: &F,
    rules: &dyn Rules,
    hub: &[u8; 32],
    device: Id<Device>,
    signed: &Signed,
    asked: i64,
) -> Result<Option<()>, F::Error> {
    let Some(manifest) = checked(signed, hub).filter(|m| m.device == device) else { return Ok(None) };
    let known = files.manifest()?.and_then(|kept| checked(&kept, hub));
    if known.is_none_or(|known| is_older(&known, &manifest)) {
        files.keep_manifest(signed, &manifest, asked)?;
        apply(files, rules, &manifest)?;
    }
    Ok(Some(()))
}

/// Whether a manifest was overtaken by another.
pub(super) fn is_older(one: &Manifest, other: &Manifest) -> bool {
    let age = |m: &Manifest| (m.generation, m.issued_at);
    age(one) < age(other)
}

/// Makes room for what is granted, and hides what no longer is.
pub(super) fn apply<F: Files>(files: &F, rules: &dyn Rules, manifest: &Manifest) -> Result<(), F::Error> {
    for one in &manifest.clients {
        files.admit(one)?;
        if files.look(one.client, |part| Ok(part.key()? != one.key))? {
            files.with(one.client, |part| device::rekey(part, rules, manifest.device, one.key))?;
        }
        if files.look(one.client, |part| Ok(part.state()?.generation < one.generation))? {
            files.with(one.client, |part| raise(part, one.generation))?;
        }
    }
    for client in files.clients()? {
        if !manifest.clients.iter().any(|c| c.client == client) {
            hide(files, client, manifest.epoch)?;
        }
    }
    Ok(())
}

/// Hides a client that a life of the hub has given to the PC, and names no longer.
///
/// A hub in another life may have lost the client, or the grant, with all that was written since its backup: it is
/// asked first whether it has ended it.
fn hide<F: Files>(files: &F, client: Id<Client>, epoch: i64) -> Result<(), F::Error> {
    let state = files.look(client, |part| part.state())?;
    match state.standing {
        Standing::Active if state.epoch == epoch => files.with(client, |part| device::revoked(part, 0)),
        _ => Ok(()),
    }
}

/// No page of older grants is taken in any more.
fn raise<P: Part + ?Sized>(part: &mut P, generation: i64) -> Result<(), P::Error> {
    let mut state = part.state()?;
    let forgets = matches!(state.standing, Standing::Revoking | Standing::Sealed);
    if !forgets && generation > state.generation {
        state.generation = generation;
        part.keep(&state)?;
    }
    Ok(())
}
