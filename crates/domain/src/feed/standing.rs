//! What a PC keeps of one client beside its rows and its log.
use super::{Entry, Sent};

crate::words! {
    /// How the file stands to the client.
    Standing {
        /// Nothing has come yet.
        New = "new",
        /// It is worked with.
        Active = "active",
        /// The grant was withdrawn: hidden, nothing wiped.
        Revoking = "revoking",
        /// What must not be lost is sealed.
        Sealed = "sealed",
        /// Nothing is left.
        Purged = "purged",
    }
}

/// What is kept of a client beside its rows and its log.
#[derive(Clone, PartialEq, Debug)]
pub struct State {
    /// How the file stands to it.
    pub standing: Standing,
    /// The newest generation of grants seen.
    pub generation: i64,
    /// Which life of the file numbers its changes.
    pub incarnation: u32,
    /// The number of the next change.
    pub next: i64,
    /// The life of the hub last heard of; 0 before the first.
    pub epoch: i64,
    /// How far the hub's newest checked backup reaches.
    pub durable: i64,
    /// The number of the last entry taken in.
    pub cursor: i64,
    /// Whether what a rewind cut off has been offered since.
    pub offered: bool,
}

impl State {
    /// A client of which nothing is known.
    pub const fn new(standing: Standing, generation: i64, incarnation: u32) -> Self {
        State { standing, generation, incarnation, next: 1, epoch: 0, durable: 0, cursor: 0, offered: false }
    }
}

/// One's own change that has not come back in the hub's order.
#[derive(Clone, PartialEq, Debug)]
pub struct Outgoing {
    /// Its number in the stream.
    pub number: i64,
    /// The change.
    pub sent: Sent,
    /// Whether the hub said that it has it.
    pub acknowledged: bool,
}

/// An entry that a rewind has cut off: it stays on the screen until it comes back.
#[derive(Clone, PartialEq, Debug)]
pub struct Cut {
    /// The chain before it, in the hub's earlier life.
    pub before: [u8; 32],
    /// The key of that chain, where it is not the client's any more.
    pub key: Option<[u8; 32]>,
    /// The entry.
    pub entry: Entry,
}
