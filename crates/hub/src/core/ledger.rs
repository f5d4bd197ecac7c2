//! One client's part of a hub, inside one transaction that holds its head.
use domain::{
    Client, Id, Role,
    change::{Device, Op, User},
    feed::{Claim, Entry, Record, Sent, Stream},
    merge::{Folded, Verdict, Why},
};

/// Where a client's log ends.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Head {
    /// The number of the last entry.
    pub seq: i64,
    /// The chain there.
    pub chain: [u8; 32],
    /// When it was received.
    pub received_at: i64,
}

impl Head {
    /// Before the first entry.
    pub const START: Head = Head { seq: 0, chain: [0; 32], received_at: 0 };
}

/// What holds for one request, whatever the client.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// Nothing is taken or given until an admin has confirmed the grants.
    pub locked: bool,
    /// Which life of the hub this is.
    pub epoch: i64,
    /// This copy's clock, milliseconds since 1970.
    pub now: i64,
    /// The key of the client's chain.
    pub key: [u8; 32],
}

/// Whether a hub in this life was ever set back to a backup: only then may it lack what a PC was once given.
pub(crate) const fn was_set_back(epoch: i64) -> bool {
    epoch > 1
}

/// What keeps one client's log, rows and rights.
pub trait Ledger {
    /// Why it cannot be read or written.
    type Error;
    /// Whose part it is.
    fn client(&self) -> Id<Client>;
    /// The end of the log.
    fn head(&self) -> Result<Head, Self::Error>;
    /// The chain at a number; zero at 0, none beyond the end.
    fn chain(&self, seq: i64) -> Result<Option<[u8; 32]>, Self::Error>;
    /// The entries after a number, at most so many.
    fn entries(&self, after: i64, limit: usize) -> Result<Vec<Entry>, Self::Error>;
    /// What was decided of a change, where it is known.
    fn verdict(&self, op: Id<Op>) -> Result<Option<Verdict>, Self::Error>;
    /// A row as folded.
    fn row(&self, record: Record) -> Result<Option<Folded>, Self::Error>;
    /// Whether a row was ever made, also where it was taken away since.
    fn has(&self, record: Record) -> Result<bool, Self::Error>;
    /// Whether another row takes, at one of its moments, what a row takes.
    fn taken(&self, claim: &Claim, but: Record) -> Result<bool, Self::Error>;
    /// Why the creation of a row was refused, where it was.
    fn refused_creation(&self, record: Record) -> Result<Option<Why>, Self::Error>;
    /// The last number of a stream; 0 before the first.
    fn last(&self, stream: Stream) -> Result<i64, Self::Error>;
    /// The change of a number in a stream.
    fn numbered(&self, stream: Stream, number: i64) -> Result<Option<Id<Op>>, Self::Error>;
    /// The people enrolled on a PC who may see the client, with what they are to it.
    fn people(&self, device: Id<Device>) -> Result<Vec<(Id<User>, Role)>, Self::Error>;
    /// What a person is to the client, wherever he works; none without a grant.
    fn role(&self, user: Id<User>) -> Result<Option<Role>, Self::Error>;
    /// The newest generation of grants that concerns a PC.
    fn generation(&self, device: Id<Device>) -> Result<i64, Self::Error>;
    /// How far the newest checked backup reaches.
    fn durable(&self) -> Result<i64, Self::Error>;
    /// Whether the newest checked backup holds a sealed parting.
    fn keeps_parting(&self, parting: [u8; 16]) -> Result<bool, Self::Error>;

    /// Appends an entry, its chain, and the row as it makes it.
    fn append(&mut self, entry: Entry, chain: [u8; 32], row: Folded) -> Result<(), Self::Error>;
    /// Records what was decided of a change.
    fn judge(&mut self, op: Id<Op>, verdict: Verdict) -> Result<(), Self::Error>;
    /// Keeps the body of a change that has no place in the log.
    fn keep_refused(&mut self, sent: &Sent) -> Result<(), Self::Error>;
    /// Keeps a change for a person to look at.
    fn quarantine(&mut self, sent: &Sent) -> Result<(), Self::Error>;
    /// Lets every change of a row, wherever its text is kept, be what an erasure leaves of it.
    fn redact(&mut self, record: Record, redact: &dyn Fn(&mut Sent) -> bool) -> Result<(), Self::Error>;
    /// Notes the next number of a stream.
    fn number(&mut self, stream: Stream, number: i64, op: Id<Op>) -> Result<(), Self::Error>;
    /// Notes that a sealed parting has come.
    fn keep_parting(&mut self, parting: [u8; 16]) -> Result<(), Self::Error>;
}
