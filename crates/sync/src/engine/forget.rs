//! Forgetting a client: hidden, sealed, wiped; and what was sealed is handed over.
use super::{
    Files,
    core::{Core, Fail},
};
use crate::{
    device::{self, Part, Purge, Standing},
    hub::Hub,
};
use domain::{Client, Id, feed::Rules};
use std::time::Duration;

/// What is left of a client is found by looking through the whole file.
const CLEANS: Duration = Duration::from_secs(60 * 60);

impl<F: Files, H: Hub, R: Rules + Send + Sync + 'static> Core<F, H, R> {
    /// Nobody of the PC may see the client any more: from here on nothing of it is shown.
    ///
    /// A hub that knows of no such grant has ended none: it was set back to before it. What is here may be nowhere
    /// else, and stays until the hub names the client again, or ends what it knows of.
    pub(super) async fn withdrawn(&self, client: Id<Client>, generation: i64) -> Result<(), Fail> {
        self.ask_for_manifest();
        if generation == 0 {
            tracing::warn!(%client, "the hub lacks a client");
            return Err(Fail::Lacks);
        }
        tracing::info!(%client, generation, "a client was withdrawn");
        self.file(client, move |part, _| device::revoked(part, generation)).await
    }
    /// Seals and wipes, a transaction each step: who enters meanwhile waits for none but the one at work.
    pub(super) async fn forget(&self, client: Id<Client>) -> Result<(), Fail> {
        let forgets = |s| matches!(s, Standing::Revoking | Standing::Sealed);
        let mut wiped = false;
        while forgets(self.look(client, |part| Ok(part.state()?.standing)).await?) {
            wiped |= self.file(client, |part, _| device::step(part)).await? == Purge::Wiped;
        }
        if wiped { self.clean().await } else { Ok(()) }
    }
    /// Lets go of what forgotten clients have left; in a large file that is long, and the dog waits for it.
    pub(super) async fn clean(&self) -> Result<(), Fail> {
        self.beat(CLEANS);
        let cleaned = self.files(Files::clean).await;
        self.beat(Duration::ZERO);
        cleaned
    }
    /// Hands over what was sealed; it stays here until a backup of the hub holds it.
    pub(super) async fn hand_over(&self) -> Result<(), Fail> {
        for (client, parting) in self.files(Files::partings).await? {
            let id = parting.id;
            if self.ask(|hub| hub.part(client, &parting)).await? {
                self.files(move |files| files.parted(client, id)).await?;
            }
        }
        Ok(())
    }
}
