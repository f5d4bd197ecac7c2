//! Everything a hub answers, whatever keeps it.
use domain::{
    Client, Id,
    change::Device,
    feed::{
        Denied, Enrol, Enrolled, Heard, Offered, Petition, Position, Pull, Pulled, Push, Pushed, Renew, Returned,
        Signed, Tokens,
    },
};
use std::{future::Future, sync::Arc};

/// An answer that waits for what keeps the hub.
pub trait Answer<T, E>: Future<Output = Result<T, E>> + Send {}
impl<F: Future<Output = Result<T, E>> + Send, T, E> Answer<T, E> for F {}

/// The hub behind its wire: PostgreSQL in service, memory where the wire alone is tried.
///
/// Whose request it is follows from the token alone; nothing in a body is believed.
pub trait Desk: Send + Sync + 'static {
    /// Why what keeps it does not answer; its text is logged, so there is nothing of a message in it.
    type Error: std::error::Error + Send + Sync + 'static;
    /// Whether it can answer at all.
    fn ready(&self) -> impl Answer<(), Self::Error>;
    /// Lets a PC in by its one-time code.
    fn enrol(&self, asked: Enrol) -> impl Answer<Result<Enrolled, Denied>, Self::Error>;
    /// Gives the next tokens.
    ///
    /// `sent` is when the PC did so, by the hub's clock, milliseconds since 1970; where it did not say, the latest there is.
    fn renew(&self, asked: Renew, sent: i64) -> impl Answer<Result<Tokens, Denied>, Self::Error>;
    /// Whose token it is.
    fn caller(&self, token: &str) -> impl Answer<Result<Id<Device>, Denied>, Self::Error>;
    /// Who may do what on the PC, signed.
    fn manifest(&self, device: Id<Device>) -> impl Answer<Signed, Self::Error>;
    /// What the hub itself once signed for a PC, whoever shows it; where its own word has fallen behind that, it was
    /// restored without being told, and closes until its grants are confirmed. Whether it did.
    fn remind(&self, said: Signed) -> impl Answer<bool, Self::Error>;
    /// What somebody at the PC asks of the office, by a log-in of his own.
    fn office(&self, device: Id<Device>, asked: Petition) -> impl Answer<Heard, Self::Error>;
    /// Takes changes.
    fn push(&self, device: Id<Device>, push: Push) -> impl Answer<Pushed, Self::Error>;
    /// Gives what comes next.
    fn pull(&self, device: Id<Device>, pull: Pull) -> impl Answer<Pulled, Self::Error>;
    /// The last number of each of these clients: of those the PC may see; for the hub itself, without a PC, of all.
    fn heads(
        &self,
        device: Option<Id<Device>>,
        clients: Vec<Id<Client>>,
    ) -> impl Answer<Vec<(Id<Client>, i64)>, Self::Error>;
    /// The last of these places that its own log has; none where the PC may not see the client.
    fn agree(
        &self,
        device: Id<Device>,
        client: Id<Client>,
        places: Vec<Position>,
    ) -> impl Answer<Option<Position>, Self::Error>;
    /// Takes back what it may lack.
    fn offer(
        &self,
        device: Id<Device>,
        client: Id<Client>,
        entries: Vec<Returned>,
    ) -> impl Answer<Offered, Self::Error>;
    /// Keeps what a PC sealed before forgetting a client; tells whether a backup holds it.
    fn part(
        &self,
        device: Id<Device>,
        client: Id<Client>,
        parting: [u8; 16],
        sealed: Vec<u8>,
    ) -> impl Answer<bool, Self::Error>;
}

/// A desk that several hold: the door, and who administers the hub.
impl<D: Desk> Desk for Arc<D> {
    type Error = D::Error;
    fn ready(&self) -> impl Answer<(), Self::Error> {
        (**self).ready()
    }
    fn enrol(&self, asked: Enrol) -> impl Answer<Result<Enrolled, Denied>, Self::Error> {
        (**self).enrol(asked)
    }
    fn renew(&self, asked: Renew, sent: i64) -> impl Answer<Result<Tokens, Denied>, Self::Error> {
        (**self).renew(asked, sent)
    }
    fn caller(&self, token: &str) -> impl Answer<Result<Id<Device>, Denied>, Self::Error> {
        (**self).caller(token)
    }
    fn manifest(&self, device: Id<Device>) -> impl Answer<Signed, Self::Error> {
        (**self).manifest(device)
    }
    fn remind(&self, said: Signed) -> impl Answer<bool, Self::Error> {
        (**self).remind(said)
    }
    fn office(&self, device: Id<Device>, asked: Petition) -> impl Answer<Heard, Self::Error> {
        (**self).office(device, asked)
    }
    fn push(&self, device: Id<Device>, push: Push) -> impl Answer<Pushed, Self::Error> {
        (**self).push(device, push)
    }
    fn pull(&self, device: Id<Device>, pull: Pull) -> impl Answer<Pulled, Self::Error> {
        (**self).pull(device, pull)
    }
    fn heads(
        &self,
        device: Option<Id<Device>>,
        clients: Vec<Id<Client>>,
    ) -> impl Answer<Vec<(Id<Client>, i64)>, Self::Error> {
        (**self).heads(device, clients)
    }
    fn agree(
        &self,
        device: Id<Device>,
        client: Id<Client>,
        places: Vec<Position>,
    ) -> impl Answer<Option<Position>, Self::Error> {
        (**self).agree(device, client, places)
    }
    fn offer(
        &self,
        device: Id<Device>,
        client: Id<Client>,
        entries: Vec<Returned>,
    ) -> impl Answer<Offered, Self::Error> {
        (**self).offer(device, client, entries)
    }
    fn part(
        &self,
        device: Id<Device>,
        client: Id<Client>,
        parting: [u8; 16],
        sealed: Vec<u8>,
    ) -> impl Answer<bool, Self::Error> {
        (**self).part(device, client, parting, sealed)
    }
}
