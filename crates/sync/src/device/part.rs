//! One client's part of a PC's file, inside one transaction.
use domain::{
    Id, Role,
    change::{Op, User},
    feed::{Cut, Entry, Outgoing, Position, Record, Sent, State},
    merge::{Folded, Why},
};

/// What is sealed to the hub before a client is forgotten.
#[derive(Clone, PartialEq, Debug)]
pub struct Parting {
    /// Its name.
    pub id: [u8; 16],
    /// What may be nowhere else, for the hub alone to read.
    pub sealed: Vec<u8>,
}

/// What keeps one client's part of a PC's file.
pub trait Part {
    /// Why it cannot be read or written.
    type Error;
    /// What is kept beside rows and log.
    fn state(&self) -> Result<State, Self::Error>;
    /// Keeps it.
    fn keep(&mut self, state: &State) -> Result<(), Self::Error>;
    /// An incarnation that no other file has.
    fn fresh_incarnation(&mut self) -> Result<u32, Self::Error>;
    /// The key of the client's chain.
    fn key(&self) -> Result<[u8; 32], Self::Error>;
    /// Keeps another key of it.
    fn keep_key(&mut self, key: [u8; 32]) -> Result<(), Self::Error>;

    /// The chain at a number up to the cursor; zero at 0.
    fn chain(&self, seq: i64) -> Result<[u8; 32], Self::Error>;
    /// The entries after a number, in order.
    fn entries(&self, after: i64) -> Result<Vec<Entry>, Self::Error>;
    /// The entries of one row, in order.
    fn history(&self, record: Record) -> Result<Vec<Entry>, Self::Error>;
    /// Whether this file wrote the change.
    fn wrote(&self, op: Id<Op>) -> Result<bool, Self::Error>;
    /// Appends an entry.
    fn append(&mut self, entry: &Entry, chain: [u8; 32]) -> Result<(), Self::Error>;
    /// Takes out of the file what an erasing entry takes out of its row's changes, up to its place in the order.
    fn redact(&mut self, entry: &Entry) -> Result<(), Self::Error>;
    /// Drops every entry after a number.
    fn truncate(&mut self, seq: i64) -> Result<(), Self::Error>;

    /// The row as the hub's order makes it.
    fn confirmed(&self, record: Record) -> Result<Option<Folded>, Self::Error>;
    /// Keeps that row.
    fn confirm(&mut self, record: Record, row: Option<Folded>) -> Result<(), Self::Error>;
    /// Puts on the screen what the hub's order and one's own changes make of a row.
    fn show(&mut self, record: Record, row: Option<Folded>) -> Result<(), Self::Error>;

    /// One's own changes that have not come back, by their numbers.
    fn outgoing(&self) -> Result<Vec<Outgoing>, Self::Error>;
    /// How many of these the hub has not answered on, and how many it said to have.
    fn waiting(&self) -> Result<(usize, usize), Self::Error> {
        let all = self.outgoing()?;
        let acknowledged = all.iter().filter(|o| o.acknowledged).count();
        Ok((all.len() - acknowledged, acknowledged))
    }
    /// Of these, from the first that the hub has not acknowledged on, at most so many.
    fn unsent(&self, limit: usize) -> Result<Vec<Outgoing>, Self::Error> {
        Ok(self.outgoing()?.into_iter().skip_while(|o| o.acknowledged).take(limit).collect())
    }
    /// Those of one row.
    fn outgoing_of(&self, record: Record) -> Result<Vec<Sent>, Self::Error>;
    /// Notes whether the hub said that it has a change.
    fn acknowledge(&mut self, op: Id<Op>) -> Result<(), Self::Error>;
    /// Forgets everything that the hub said to have.
    fn forget_acknowledgements(&mut self) -> Result<(), Self::Error>;
    /// Takes a change off the list; its row, where it was on it.
    fn returned(&mut self, op: Id<Op>) -> Result<Option<Sent>, Self::Error>;
    /// Numbers all of the list from 1, in its order.
    fn renumber(&mut self) -> Result<i64, Self::Error>;
    /// The change of a number in the stream.
    fn numbered(&self, number: i64) -> Result<Option<Id<Op>>, Self::Error>;

    /// Puts a change on the list of what was refused.
    fn refuse(&mut self, sent: Sent, why: Option<Why>) -> Result<(), Self::Error>;
    /// Takes a change off that list, because it stands in the hub's order after all.
    fn unrefuse(&mut self, op: Id<Op>) -> Result<(), Self::Error>;
    /// What was refused.
    fn refused(&self) -> Result<Vec<Sent>, Self::Error>;

    /// The entries that a rewind has cut off, in their order.
    fn cut(&self) -> Result<Vec<Cut>, Self::Error>;
    /// Keeps these instead.
    fn keep_cut(&mut self, cut: Vec<Cut>) -> Result<(), Self::Error>;

    /// The hub's signature over a place, where it gave one.
    fn signature(&self, at: Position) -> Result<Option<String>, Self::Error>;
    /// Keeps the hub's signature over a place; those below the durable mark may go.
    fn keep_signature(&mut self, at: Position, signature: &str, durable: i64) -> Result<(), Self::Error>;

    /// Notes who of the PC may do what.
    fn keep_roles(&mut self, roles: &[(Id<User>, Role)]) -> Result<(), Self::Error>;
    /// Seals changes to the hub.
    fn seal(&mut self, changes: Vec<Sent>) -> Result<(), Self::Error>;
    /// Wipes a piece of the client; once nothing is left it keeps the state given, and says so.
    fn wipe(&mut self, left: &State) -> Result<bool, Self::Error>;
}
