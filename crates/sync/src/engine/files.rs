//! The file of a PC, as the engine needs it.
use crate::device::{Part, Parting};
use domain::{
    Client, Id,
    feed::{Manifest, ManifestClient, Signed},
};
use std::error::Error;

/// What gives each client's part of a PC's file.
///
/// Every function may wait for the disk; none is called where others must not wait.
pub trait Files: Send + Sync + 'static {
    /// Why the file cannot be read or written.
    type Error: Error + Send + 'static;
    /// One client's part, inside one transaction.
    type Part<'p>: Part<Error = Self::Error> + ?Sized;
    /// Every client the file knows, also those it has forgotten.
    fn clients(&self) -> Result<Vec<Id<Client>>, Self::Error>;
    /// Does something in one transaction; nothing of it is kept where it fails.
    fn with<T>(
        &self,
        client: Id<Client>,
        work: impl FnOnce(&mut Self::Part<'_>) -> Result<T, Self::Error>,
    ) -> Result<T, Self::Error>;
    /// Looks at a client's part, all of it at one moment; a file that can do so lets others write meanwhile.
    fn look<T>(
        &self,
        client: Id<Client>,
        look: impl FnOnce(&Self::Part<'_>) -> Result<T, Self::Error>,
    ) -> Result<T, Self::Error> {
        self.with(client, |part| look(part))
    }
    /// Makes room for a client, and keeps the key of its chain; one that is there keeps all it has.
    fn admit(&self, client: &ManifestClient) -> Result<(), Self::Error>;
    /// Lets go of what forgotten clients have left beside their tables, where that is not done yet: the power may have
    /// failed between the last wipe and this.
    fn clean(&self) -> Result<(), Self::Error> {
        Ok(())
    }
    /// What is sealed to the hub and waits until a backup holds it.
    fn partings(&self) -> Result<Vec<(Id<Client>, Parting)>, Self::Error>;
    /// Drops one of them.
    fn parted(&self, client: Id<Client>, parting: [u8; 16]) -> Result<(), Self::Error>;
    /// The newest manifest that was kept.
    fn manifest(&self) -> Result<Option<Signed>, Self::Error>;
    /// Keeps a manifest that was checked, with its people; it holds from when it was heard, by the PC's clock.
    fn keep_manifest(&self, signed: &Signed, manifest: &Manifest, heard: i64) -> Result<(), Self::Error>;
}
