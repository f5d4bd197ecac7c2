//! What goes between PCs and hub: changes, their order, and the questions about them.
mod access;
#[cfg(test)]
mod any;
mod carry;
pub mod frame;
#[cfg(feature = "letters")]
pub mod letter;
mod messages;
mod office;
pub(crate) mod rules;
mod standing;
mod wire;

pub use access::*;
pub use carry::*;
pub use frame::{Cause, Refusal};
pub use messages::*;
pub use office::*;
pub use rules::{Catalogue, Claim, Rules, refers};
pub use standing::*;
pub use wire::{Garbled, hash};

use crate::{
    Client, Id, Shape,
    change::{Act, Change, Device, Op, confirm},
    merge::{Decided, ERASES, Fate, Write, left},
};
use serde::{Deserialize, Serialize};

/// Which row of which table.
pub type Record = (u8, [u8; 16]);

/// A change as its author wrote it, with the hash that stood before it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Sent {
    /// The change.
    #[serde(flatten)]
    pub change: Change,
    /// The hash of its author's change before.
    #[serde(with = "wire::hash")]
    pub prev: [u8; 32],
    /// The hash of the patch as it was written, where an erasure has left another.
    #[serde(default, with = "wire::hash_or_none", skip_serializing_if = "Option::is_none")]
    pub written: Option<[u8; 32]>,
}

impl Sent {
    /// A change as its author wrote it, all of it.
    pub fn new(change: Change, prev: [u8; 32]) -> Self {
        Sent { change, prev, written: None }
    }
    /// The hash of what its author wrote.
    pub fn hash(&self) -> [u8; 32] {
        match &self.written {
            Some(written) => self.change.hash_redacted(&self.prev, written),
            None => self.change.hash(&self.prev),
        }
    }
    /// Takes out what tells of a person; tells whether there was anything.
    pub fn redact(&mut self, shape: &Shape, mark: &str) -> bool {
        let Some(left) = left(shape, &self.change.patch, mark) else { return false };
        self.written.get_or_insert(*blake3::hash(self.change.patch.as_bytes()).as_bytes());
        self.change.patch = left;
        true
    }
    /// Its row.
    pub fn record(&self) -> Record {
        (self.change.kind, self.change.record)
    }
    /// The change with its columns as numbers; none where it cannot be read.
    pub fn read(&self, columns: &[crate::Column]) -> Option<Write> {
        Write::read(columns, self.change.op, self.change.act, &self.change.patch, &self.change.base)
    }
    /// Whether it takes out of its row's changes what tells of a person.
    pub fn erases(&self) -> bool {
        let base = &self.change.base;
        // Most bases are asked no further than this.
        base.contains(ERASES) && self.change.act == Act::Patch && is_named(base, ERASES)
    }
    /// Whether it makes its row, or brings it back.
    pub fn begins(&self) -> bool {
        matches!(self.change.act, Act::Create | Act::Restore)
    }
}

fn is_named(base: &str, name: &str) -> bool {
    serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(base).is_ok_and(|base| base.contains_key(name))
}

/// One life of one PC's file: its changes are numbered without a gap.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Stream {
    /// The PC.
    pub device: Id<Device>,
    /// The life.
    pub incarnation: u32,
}

/// A change in the hub's order, with what was decided.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// Its number, from 1 and without a gap.
    pub seq: i64,
    /// The change.
    pub sent: Sent,
    /// What was decided.
    pub decided: Decided,
    /// When the hub received it, milliseconds since 1970; it never falls.
    pub received_at: i64,
    /// The stream it came in.
    pub stream: Stream,
}

impl Entry {
    /// The change's name.
    pub fn op(&self) -> Id<Op> {
        self.sent.change.op
    }
    /// Extends the keyed chain of the order by this entry.
    pub fn link(&self, key: &[u8; 32], chain: &[u8; 32]) -> [u8; 32] {
        let own = (self.sent.change.device, self.sent.change.incarnation);
        let stream = Some((self.stream.device, self.stream.incarnation)).filter(|s| *s != own);
        let told = told(&Fate::text(&self.decided.fates), stream);
        confirm(key, chain, self.seq, &self.sent.hash(), self.decided.verdict.number(), self.received_at, &told)
    }
}

/// What the chain holds of an entry beside its change: the letters of its fates, and its stream where that is not its author's.
pub fn told(fates: &str, stream: Option<(Id<Device>, u32)>) -> Vec<u8> {
    let mut told = fates.as_bytes().to_vec();
    if let Some((device, incarnation)) = stream {
        told.push(b'@');
        told.extend(device.bytes());
        told.extend(incarnation.to_le_bytes());
    }
    told
}

/// A place in a client's log: how many entries, and the chain at the last.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Position {
    /// The number of the last entry; 0 before the first.
    pub seq: i64,
    /// The chain there; zero before the first entry.
    #[serde(with = "wire::hash")]
    pub chain: [u8; 32],
}

impl Position {
    /// Before the first entry.
    pub const START: Position = Position { seq: 0, chain: [0; 32] };
    /// What a hub signs of a place: that its log of the client went through there.
    pub fn said(self, client: Id<Client>) -> Vec<u8> {
        let mut said = b"lineboard place\0".to_vec();
        said.extend(client.bytes());
        said.extend(self.seq.to_le_bytes());
        said.extend(self.chain);
        said
    }
}
