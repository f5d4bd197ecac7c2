//! The questions of a PC, and the hub's answers.
use super::{Entry, Position, Sent, Stream};
use crate::{
    Client, Id, Role,
    change::{Op, User},
    merge::Verdict,
};
use serde::{Deserialize, Serialize};

/// Changes of one client, in their author's order.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Push {
    /// The client.
    pub client: Id<Client>,
    /// Whose changes.
    pub stream: Stream,
    /// The number of the first in its stream.
    pub first: i64,
    /// The change before the first, where there is one.
    pub before: Option<Id<Op>>,
    /// Where the PC stands in the client's log.
    pub at: Position,
    /// The changes; one a line behind the rest.
    #[serde(skip)]
    pub changes: Vec<Sent>,
}

/// What the hub did with a push.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Pushed {
    /// It takes nothing now.
    Busy,
    /// Nobody of the PC may see the client; the generation of grants that says so.
    Revoked(i64),
    /// The PC stands where the hub's log never was.
    Rewind,
    /// Changes before these are missing; the last it knows.
    Gap(i64),
    /// Another file wrote under these numbers; the last it knows.
    Fork(i64),
    /// What became of each.
    Verdicts(Vec<(Id<Op>, Verdict)>),
}

/// Asks for what comes after a place.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Pull {
    /// The client.
    pub client: Id<Client>,
    /// Where the PC stands.
    pub at: Position,
    /// Entries at most.
    pub limit: usize,
}

/// What the hub answers to a pull.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Pulled {
    /// It answers nothing now.
    Busy,
    /// Nobody of the PC may see the client.
    Revoked(i64),
    /// The PC stands where the hub's log never was.
    Rewind,
    /// What comes next.
    Page(Page),
}

/// Entries of one client, in order.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Page {
    /// The client.
    pub client: Id<Client>,
    /// The generation of the grants it was given under.
    pub generation: i64,
    /// Which life of the hub it comes from.
    pub epoch: i64,
    /// The place it follows.
    pub from: Position,
    /// The entries; one a line behind the rest.
    #[serde(skip)]
    pub entries: Vec<Entry>,
    /// The chain at its end.
    #[serde(with = "super::wire::hash")]
    pub end: [u8; 32],
    /// Whether nothing comes after it.
    pub caught_up: bool,
    /// How far the newest checked backup of the hub reaches.
    pub durable: i64,
    /// Who of the PC may do what.
    pub roles: Vec<(Id<User>, Role)>,
    /// The hub's signature over its end, as hexadecimal digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
}

/// An entry that a hub restored from a backup may lack.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Returned {
    /// The chain before it.
    #[serde(with = "super::wire::hash")]
    pub before: [u8; 32],
    /// The entry.
    pub entry: Entry,
    /// The hub's signature over the place after it, where the PC was given one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
    /// The key of the chain it was given in, where that is not the client's any more: a hub that lost a client and
    /// takes it in again gives it another.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "super::wire::hash_or_none")]
    pub key: Option<[u8; 32]>,
    /// Whether the hub's own signature says that it was its; never believed from outside.
    #[serde(skip)]
    pub vouched: bool,
}

/// What the hub did with returned entries.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Offered {
    /// It takes nothing now.
    Busy,
    /// Nobody of the PC may see the client.
    Revoked(i64),
    /// It has them, but for these, which it refuses.
    Taken(Vec<Id<Op>>),
}

/// Asks which of several places of a PC's log the hub's log has, too.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Agree {
    /// The client.
    pub client: Id<Client>,
    /// The places, in order.
    pub places: Vec<Position>,
}

/// Asks to be told as soon as one of some clients has more than the PC; told, too, is the last entry of each that has.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct News {
    /// The clients, each with the number of the last entry.
    pub heads: Vec<(Id<Client>, i64)>,
}

impl News {
    /// Clients in one question at most.
    pub const MOST: usize = 500;
}

/// Entries that a PC returns to a restored hub.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Offer {
    /// The client.
    pub client: Id<Client>,
    /// The entries in their order; one a line behind the rest.
    #[serde(skip)]
    pub entries: Vec<Returned>,
}

/// What a PC sealed to the hub before it forgets a client.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Sealed {
    /// The client.
    pub client: Id<Client>,
    /// Its name.
    #[serde(with = "crate::id::bytes")]
    pub parting: [u8; 16],
    /// What may be nowhere else, for the hub alone to read.
    #[serde(with = "super::wire::bytes")]
    pub sealed: Vec<u8>,
}

/// What the hub says of a sealed parting.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Kept {
    /// Whether a checked backup of the hub holds it, so that the PC may drop it.
    pub durable: bool,
}
