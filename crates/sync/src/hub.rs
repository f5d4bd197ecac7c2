//! The hub as a PC sees it, however it is reached.
use crate::device::Parting;
use domain::{
    Client, Id,
    feed::{Denied, Offered, Position, Pull, Pulled, Push, Pushed, Refusal, Returned, Signed},
};
use std::{future::Future, time::Duration};

/// Why there is no answer.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum Trouble {
    /// Nothing came back, or not from this hub; whether it was heard is not known.
    #[error("the hub cannot be reached")]
    Unreachable,
    /// The PC is not let in.
    #[error("the hub does not let this PC in ({})", .0.word())]
    Denied(Denied),
    /// Later, not before this.
    #[error("the hub is busy")]
    Busy(Duration),
    /// The request is refused as it is.
    #[error("the hub refuses the request ({})", .0.code)]
    Refused(Refusal),
    /// The answer is larger than one may be.
    #[error("the answer is too large")]
    Large,
    /// The answer cannot be read.
    #[error("the answer cannot be read")]
    Garbled,
    /// The next tokens could not be kept.
    #[error("tokens cannot be kept")]
    Purse,
}

/// An answer that waits for the hub.
pub trait Heard<T>: Future<Output = Result<T, Trouble>> + Send {}
impl<F: Future<Output = Result<T, Trouble>> + Send, T> Heard<T> for F {}

/// What a PC asks of its hub.
pub trait Hub: Send + Sync + 'static {
    /// Brings changes.
    fn push(&self, push: &Push) -> impl Heard<Pushed>;
    /// Asks for what comes next.
    fn pull(&self, pull: Pull) -> impl Heard<Pulled>;
    /// Asks which of these places is the last that the hub has, too; none where it may not see the client.
    fn agree(&self, client: Id<Client>, places: Vec<Position>) -> impl Heard<Option<Position>>;
    /// Returns entries.
    fn offer(&self, client: Id<Client>, entries: Vec<Returned>) -> impl Heard<Offered>;
    /// Hands over what was sealed; whether a backup of the hub holds it.
    fn part(&self, client: Id<Client>, parting: &Parting) -> impl Heard<bool>;
    /// Asks who may do what on this PC.
    fn manifest(&self) -> impl Heard<Signed>;
    /// Gets the next tokens.
    fn renew(&self) -> impl Heard<()>;
    /// By how much the hub's clock is ahead of the PC's, in milliseconds; none before it was heard.
    fn offset(&self) -> Option<i64>;
}
