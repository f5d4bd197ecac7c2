//! A PC's file is what keeps its part of each client.
use crate::device::Part;
use domain::{
    Id, Role,
    change::{Op, User},
    feed::{Cut, Entry, Outgoing, Position, Record, Sent, State},
    merge::{Folded, Why},
};
use store::{Error, Feed, Result};

impl Part for Feed<'_, '_> {
    type Error = Error;
    fn state(&self) -> Result<State> {
        Feed::state(self)
    }
    fn keep(&mut self, state: &State) -> Result<()> {
        Feed::keep(self, state)
    }
    fn fresh_incarnation(&mut self) -> Result<u32> {
        Ok(Feed::fresh_incarnation(self))
    }
    fn key(&self) -> Result<[u8; 32]> {
        Feed::key(self)
    }
    fn keep_key(&mut self, key: [u8; 32]) -> Result<()> {
        Feed::keep_key(self, key)
    }
    fn chain(&self, seq: i64) -> Result<[u8; 32]> {
        Feed::chain(self, seq)
    }
    fn entries(&self, after: i64) -> Result<Vec<Entry>> {
        Feed::entries(self, after)
    }
    fn history(&self, record: Record) -> Result<Vec<Entry>> {
        Feed::history(self, record)
    }
    fn wrote(&self, op: Id<Op>) -> Result<bool> {
        Feed::wrote(self, op)
    }
    fn append(&mut self, entry: &Entry, chain: [u8; 32]) -> Result<()> {
        Feed::append(self, entry, chain)
    }
    fn redact(&mut self, entry: &Entry) -> Result<()> {
        Feed::redact(self, entry)
    }
    fn truncate(&mut self, seq: i64) -> Result<()> {
        Feed::truncate(self, seq)
    }
    fn confirmed(&self, record: Record) -> Result<Option<Folded>> {
        Feed::confirmed(self, record)
    }
    fn confirm(&mut self, record: Record, row: Option<Folded>) -> Result<()> {
        Feed::confirm(self, record, row);
        Ok(())
    }
    fn show(&mut self, record: Record, row: Option<Folded>) -> Result<()> {
        Feed::show(self, record, row)
    }
    fn outgoing(&self) -> Result<Vec<Outgoing>> {
        Feed::outgoing(self)
    }
    fn waiting(&self) -> Result<(usize, usize)> {
        Feed::waiting(self)
    }
    fn unsent(&self, limit: usize) -> Result<Vec<Outgoing>> {
        Feed::unsent(self, limit)
    }
    fn outgoing_of(&self, record: Record) -> Result<Vec<Sent>> {
        Feed::outgoing_of(self, record)
    }
    fn acknowledge(&mut self, op: Id<Op>) -> Result<()> {
        Feed::acknowledge(self, op)
    }
    fn forget_acknowledgements(&mut self) -> Result<()> {
        Feed::forget_acknowledgements(self)
    }
    fn returned(&mut self, op: Id<Op>) -> Result<Option<Sent>> {
        Feed::returned(self, op)
    }
    fn renumber(&mut self) -> Result<i64> {
        Feed::renumber(self)
    }
    fn numbered(&self, number: i64) -> Result<Option<Id<Op>>> {
        Feed::numbered(self, number)
    }
    fn refuse(&mut self, sent: Sent, why: Option<Why>) -> Result<()> {
        Feed::refuse(self, &sent, why)
    }
    fn unrefuse(&mut self, op: Id<Op>) -> Result<()> {
        Feed::unrefuse(self, op)
    }
    fn refused(&self) -> Result<Vec<Sent>> {
        Feed::refused(self)
    }
    fn cut(&self) -> Result<Vec<Cut>> {
        Ok(Feed::cut(self)?.to_vec())
    }
    fn keep_cut(&mut self, cut: Vec<Cut>) -> Result<()> {
        Feed::keep_cut(self, cut)
    }
    fn signature(&self, at: Position) -> Result<Option<String>> {
        Feed::signature(self, at)
    }
    fn keep_signature(&mut self, at: Position, signature: &str, durable: i64) -> Result<()> {
        Feed::keep_signature(self, at, signature, durable)
    }
    fn keep_roles(&mut self, roles: &[(Id<User>, Role)]) -> Result<()> {
        Feed::keep_roles(self, roles)
    }
    fn seal(&mut self, changes: Vec<Sent>) -> Result<()> {
        let pieces = crate::seal::seal(&Feed::hub_key(self)?, &changes)?;
        pieces.iter().try_for_each(|piece| Feed::keep_parting(self, piece.id, &piece.sealed))
    }
    fn wipe(&mut self, left: &State) -> Result<bool> {
        Feed::wipe(self, left)
    }
}
