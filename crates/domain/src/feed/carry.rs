//! What is carried between a PC and its hub in files, where no line leads from one to the other.
use super::{Position, Pull, Pushed, Sealed, Signed};
use crate::{Client, Id, change::Device};
use serde::{Deserialize, Serialize};

/// Text of one file at most, in bytes.
pub const CARRIED_BYTES: usize = 256 << 20;
/// Text that goes into one file, over all clients together; what is left comes with the next.
///
/// Half of what is read: who may do what, what became of changes, and whatever stands around them need room, too.
pub const CARRIED_ROOM: usize = CARRIED_BYTES / 2;
/// Pages in one answer at most; what is left comes with the next.
pub const CARRIED_PAGES: usize = 200;

/// What is left of the room in a file that is being written.
#[derive(Debug)]
pub struct Room(usize);

impl Room {
    /// Room for so many bytes.
    pub const fn of(bytes: usize) -> Room {
        Room(bytes)
    }
    /// Takes the room that something needs in the file; where there is too little, none is taken.
    pub fn takes<T: Serialize>(&mut self, what: &T) -> bool {
        let needs = serde_json::to_string(what).map_or(usize::MAX, |text| text.len());
        let left = self.0.checked_sub(needs);
        self.0 = left.unwrap_or(self.0);
        left.is_some()
    }
}

/// What a PC asks; it may be asked again, as everything may.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Errand {
    /// The PC.
    pub device: Id<Device>,
    /// When it was written, by the PC's clock, milliseconds since 1970: what the hub says holds from then on.
    pub at: i64,
    /// Each client it works with.
    pub clients: Vec<Asked>,
    /// What it sealed before it forgot a client.
    pub partings: Vec<Sealed>,
}

/// What a PC asks of one client.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// The generation of the grants it asks under.
    pub generation: i64,
    /// What waits to be sent, in its order: pushes as text.
    pub pushes: Vec<String>,
    /// Where it stands.
    pub pull: Pull,
}

/// What the hub says to it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Brought {
    /// The PC.
    pub device: Id<Device>,
    /// When it was asked, by the PC's clock.
    pub at: i64,
    /// Who may do what on it.
    pub manifest: Signed,
    /// Each client it asked about.
    pub clients: Vec<Told>,
    /// Of what it sealed, that which a backup of the hub holds.
    pub kept: Vec<(Id<Client>, [u8; 16])>,
}

/// What the hub says of one client.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// The client.
    pub client: Id<Client>,
    /// The generation it was asked under.
    pub generation: i64,
    /// What became of each push, as far as they were taken.
    pub pushed: Vec<Pushed>,
    /// What comes next.
    pub came: Came,
}

/// What comes next for a PC.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Came {
    /// Pages as text, each where the one before ends.
    Pages(Vec<String>),
    /// The hub's log never was where the PC stands: they must speak with each other.
    Apart(Position),
    /// Nobody of the PC may see the client; the generation of grants that says so.
    Revoked(i64),
    /// It takes and gives nothing now.
    Busy,
}
