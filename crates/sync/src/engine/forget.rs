//! Forgetting a client: hidden, sealed, wiped; and what was sealed is handed over.
use super::{
    Files,
    core::{Core, Fail},
};
use crate::{
    device::{self, Part, Standing},
    hub::Hub,
};
use domain::{Client, Id, feed::Rules};

impl<F: Files, H: Hub, R: Rules + Send + Sync + 'static> Core<F, H, R> {
    /// Nobody of the PC may see the client any more: from here on nothing of it is shown.
    pub(super) async fn withdrawn(&self, client: Id<Client>, generation: i64) -> Result<(), Fail> {
        self.ask_for_manifest();
        tracing::info!(%client, generation, "a client was withdrawn");
        self.file(client, move |part, _| device::revoked(part, generation)).await
    }
    /// Seals and wipes, a transaction each step: who enters meanwhile waits for none but the one at work.
    pub(super) async fn forget(&self, client: Id<Client>) -> Result<(), Fail> {
        let forgets = |s| matches!(s, Standing::Revoking | Standing::Sealed);
        while forgets(self.look(client, |part| Ok(part.state()?.standing)).await?) {
            self.file(client, |part, _| device::step(part)).await?;
        }
        Ok(())
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
