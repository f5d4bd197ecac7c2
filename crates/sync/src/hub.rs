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
    /// Something answered that cannot show that it is this hub.
    #[error("{0}")]
    Untrusted(Distrust),
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

/// Why what answered is not taken for the hub.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Distrust {
    /// Its certificate is not the pinned one, nor made by who made that.
    #[error("its certificate is not the pinned one")]
    Unknown,
    /// Its certificate is one that signs others, which no server may show.
    #[error("its certificate is one that signs others")]
    Authority,
    /// Its certificate is for other names.
    #[error("its certificate is for another name")]
    Name,
    /// Its certificate has run out.
    #[error("its certificate has run out")]
    Expired,
    /// Its certificate does not hold yet.
    #[error("its certificate does not hold yet")]
    Early,
    /// Its certificate is wrong in another way.
    #[error("its certificate cannot be checked")]
    Certificate,
    /// It encrypts only as one did before TLS 1.3.
    #[error("it has no TLS 1.3")]
    Old,
    /// It does not encrypt at all.
    #[error("it does not encrypt")]
    Plain,
}

impl Distrust {
    /// All of them.
    pub const ALL: [Distrust; 8] = [
        Distrust::Unknown,
        Distrust::Authority,
        Distrust::Name,
        Distrust::Expired,
        Distrust::Early,
        Distrust::Certificate,
        Distrust::Old,
        Distrust::Plain,
    ];
    /// One word, under which a sentence says what to do.
    pub const fn word(self) -> &'static str {
        match self {
            Distrust::Unknown => "certificate_unknown",
            Distrust::Authority => "certificate_of_authority",
            Distrust::Name => "certificate_of_other_name",
            Distrust::Expired => "certificate_expired",
            Distrust::Early => "certificate_not_yet",
            Distrust::Certificate => "certificate_wrong",
            Distrust::Old => "tls_too_old",
            Distrust::Plain => "no_tls",
        }
    }
    /// The one of a word.
    pub fn of(word: &str) -> Option<Distrust> {
        Self::ALL.into_iter().find(|d| d.word() == word)
    }
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
    /// Waits until one of these clients has more than the number beside it; empty where nothing came for a while.
    fn news(&self, heads: Vec<(Id<Client>, i64)>) -> impl Heard<Vec<(Id<Client>, i64)>>;
    /// Asks which of these places is the last that the hub has, too; none where it may not see the client.
    fn agree(&self, client: Id<Client>, places: Vec<Position>) -> impl Heard<Option<Position>>;
    /// Returns entries.
    fn offer(&self, client: Id<Client>, entries: Vec<Returned>) -> impl Heard<Offered>;
    /// Hands over what was sealed; whether a backup of the hub holds it.
    fn part(&self, client: Id<Client>, parting: &Parting) -> impl Heard<bool>;
    /// Asks who may do what on this PC.
    fn manifest(&self) -> impl Heard<Signed>;
    /// Shows it what it once signed, where its own word has fallen behind that.
    fn remind(&self, said: &Signed) -> impl Heard<()>;
    /// Gets the next tokens.
    fn renew(&self) -> impl Heard<()>;
    /// By how much the hub's clock is ahead of the PC's, in milliseconds; none before it was heard.
    fn offset(&self) -> Option<i64>;
}
