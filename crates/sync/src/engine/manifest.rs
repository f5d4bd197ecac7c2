//! Who may do what on this PC, as the hub has signed it.
use super::{
    Files,
    core::{Core, Fail},
    grants,
};
use crate::hub::Hub;
use domain::{
    Client,
    feed::{Manifest, Rules, Signed, hash::of_hex},
};
use ed25519_dalek::{Signature, VerifyingKey};
use std::sync::{PoisonError, atomic::Ordering};
use tokio::time::Instant;

/// A manifest of its text; none where the hub has not signed it.
pub(crate) fn checked(signed: &Signed, hub: &[u8; 32]) -> Option<Manifest> {
    let (r, s) = signed.signature.split_at_checked(64)?;
    let signature = Signature::from_components(of_hex(r)?, of_hex(s)?);
    VerifyingKey::from_bytes(hub).ok()?.verify_strict(signed.text.as_bytes(), &signature).ok()?;
    serde_json::from_str(&signed.text).ok()
}

impl<F: Files, H: Hub, R: Rules + Send + Sync + 'static> Core<F, H, R> {
    /// The manifest that was kept holds again: what it withdraws is hidden before anything is asked.
    pub(super) async fn recall(&self) -> Result<(), Fail> {
        let Some(signed) = self.files(Files::manifest).await? else { return Ok(()) };
        match checked(&signed, &self.settings.hub) {
            Some(manifest) => self.apply(manifest).await,
            None => Err(Fail::Strange("manifest")),
        }
    }
    /// Asks for the manifest where it is time to.
    pub(super) async fn look_at_manifest(&self) -> Result<(), Fail> {
        let (nobody, asked) = {
            let held = self.manifest.lock().unwrap_or_else(PoisonError::into_inner);
            (held.0.as_ref().is_none_or(|m| m.clients.iter().all(|c| c.client == Client::PLANT)), held.1)
        };
        // A PC to which nobody was assigned yet waits for just that.
        let often = if nobody { self.settings.interval } else { self.settings.manifest };
        let fresh = asked.is_some_and(|at| at.elapsed() < often);
        if fresh && !self.asks_manifest.load(Ordering::Relaxed) {
            return Ok(());
        }
        let signed = self.ask(|hub| hub.manifest()).await?;
        let manifest = checked(&signed, &self.settings.hub).ok_or(Fail::Strange("manifest"))?;
        if manifest.device != self.settings.device {
            return Err(Fail::Strange("manifest"));
        }
        if !self.is_older(&manifest) {
            let kept = manifest.clone();
            let heard = (self.settings.now)();
            self.files(move |files| files.keep_manifest(&signed, &kept, heard)).await?;
            self.apply(manifest).await?;
        } else if self.has_fallen_behind(&manifest) {
            self.remind().await?;
        }
        self.asks_manifest.store(false, Ordering::Relaxed);
        self.manifest.lock().unwrap_or_else(PoisonError::into_inner).1 = Some(Instant::now());
        Ok(())
    }
    /// Whether the hub knows of fewer grants than it once told this PC.
    fn has_fallen_behind(&self, manifest: &Manifest) -> bool {
        let held = self.manifest.lock().unwrap_or_else(PoisonError::into_inner);
        held.0.as_ref().is_some_and(|known| manifest.generation < known.generation)
    }
    /// It was set back and does not know it: what it signed itself tells it.
    async fn remind(&self) -> Result<(), Fail> {
        let Some(signed) = self.files(Files::manifest).await? else { return Ok(()) };
        tracing::warn!("the hub knows of fewer grants than it once said");
        self.ask(|hub| hub.remind(&signed)).await
    }
    fn is_older(&self, manifest: &Manifest) -> bool {
        let held = self.manifest.lock().unwrap_or_else(PoisonError::into_inner);
        held.0.as_ref().is_some_and(|known| grants::is_older(manifest, known))
    }
    /// Makes room for what is granted, and hides what no longer is.
    async fn apply(&self, manifest: Manifest) -> Result<(), Fail> {
        let (known, rules) = (manifest.clone(), self.rules.clone());
        self.files(move |files| grants::apply(files, &*rules, &known)).await?;
        self.status.send_modify(|s| s.generation = Some(manifest.generation));
        self.manifest.lock().unwrap_or_else(PoisonError::into_inner).0 = Some(manifest);
        Ok(())
    }
    /// Whether the manifest still holds, by the hub's clock as far as it is known.
    pub(super) fn tell_lease(&self) {
        let now = (self.settings.now)().saturating_add(self.hub.offset().unwrap_or(0));
        let held = self.manifest.lock().unwrap_or_else(PoisonError::into_inner);
        let over = held.0.as_ref().is_some_and(|m| now > m.lease_until);
        self.status.send_if_modified(|s| std::mem::replace(&mut s.lease_over, over) != over);
    }
}
