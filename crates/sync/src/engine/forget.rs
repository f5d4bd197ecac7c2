//! Forgetting a client: hidden, sealed, wiped; and what was sealed is handed over.
use super::{
    Files,
    core::{Core, Fail},
    rewind::split,
};
use crate::{
    device::{self, Part, Parting, Standing},
    hub::Hub,
};
use domain::{
    Client, Id,
    feed::{Rules, Sealed, Sent},
};

impl<F: Files, H: Hub, R: Rules + Send + Sync + 'static> Core<F, H, R> {
    /// Nobody of the PC may see the client any more: from here on nothing of it is shown.
    pub(super) async fn withdrawn(&self, client: Id<Client>, generation: i64) -> Result<(), Fail> {
        self.ask_for_manifest();
        tracing::info!(%client, generation, "a client was withdrawn");
        self.file(client, move |part, _| device::revoked(part, generation)).await
    }
    /// Seals and wipes, a transaction each; nothing where there is nothing to forget.
    pub(super) async fn forget(&self, client: Id<Client>) -> Result<(), Fail> {
        let forgets = |s| matches!(s, Standing::Revoking | Standing::Sealed);
        while forgets(self.look(client, |part| Ok(part.state()?.standing)).await?) {
            self.file(client, |part, _| device::step(part)).await?;
        }
        Ok(())
    }
    /// Hands over what was sealed; it stays here until a backup of the hub holds all of it.
    pub(super) async fn hand_over(&self) -> Result<(), Fail> {
        for (client, parting) in self.files(Files::partings).await? {
            let (id, mut durable) = (parting.id, true);
            for piece in pieces(parting) {
                durable &= self.ask(|hub| hub.part(client, &piece)).await?;
            }
            if durable {
                self.files(move |files| files.parted(client, id)).await?;
            }
        }
        Ok(())
    }
}

/// A parting in pieces that one request takes, each with a name of its own: each must be in a backup.
fn pieces(parting: Parting) -> Vec<Parting> {
    let size = |s: &Sent| s.change.patch.len() + s.change.base.len() + 1000;
    let all = split(parting.changes, Sealed::MOST, size).into_iter().zip(0..);
    let name = |n: u128| (u128::from_be_bytes(parting.id) ^ n).to_be_bytes();
    all.map(|(changes, n)| Parting { id: name(n), changes }).collect()
}
