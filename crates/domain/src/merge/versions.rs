//! Which change wrote each column of a row.
use crate::{Id, change::Op};

/// The version of each column: the change that wrote it.
///
/// Sixteen bytes of the creating change, then `(column, change)` pairs for
/// columns written since.
#[derive(Clone, Eq, Debug)]
pub struct Versions(Vec<u8>);

/// The same wherever each column was written by the same change, in whatever order the pairs stand.
impl PartialEq for Versions {
    fn eq(&self, other: &Self) -> bool {
        let same = |c: u8| self.column(c.into()) == other.column(c.into());
        self.maker() == other.maker() && self.pairs().chain(other.pairs()).all(|p| same(p[0]))
    }
}

const PAIR: usize = 17;

impl Versions {
    /// Every column written by one change.
    pub fn created(op: Id<Op>) -> Self {
        Versions(op.bytes().to_vec())
    }
    /// Versions as stored; none where the bytes have no such form.
    pub fn of_bytes(bytes: Vec<u8>) -> Option<Self> {
        (bytes.len() >= 16 && (bytes.len() - 16).is_multiple_of(PAIR)).then_some(Versions(bytes))
    }
    /// The bytes to store.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
    /// The change that made the row.
    pub fn maker(&self) -> Id<Op> {
        id(&self.0[..16])
    }
    /// The change that wrote the column.
    pub fn column(&self, column: usize) -> Id<Op> {
        let pair = self.pairs().find(|p| usize::from(p[0]) == column);
        id(pair.map_or(&self.0[..16], |p| &p[1..]))
    }
    /// Notes that a change wrote the column.
    pub fn set(&mut self, column: usize, op: Id<Op>) {
        let found = self.pairs().position(|p| usize::from(p[0]) == column);
        if found.is_none() && op == self.maker() {
            return;
        }
        let at = found.map_or(self.0.len(), |i| 16 + i * PAIR);
        self.0.resize(self.0.len().max(at + PAIR), 0);
        self.0[at] = column as u8;
        self.0[at + 1..at + PAIR].copy_from_slice(&op.bytes());
    }
    fn pairs(&self) -> impl Iterator<Item = &[u8]> {
        self.0[16..].chunks_exact(PAIR)
    }
}

fn id(bytes: &[u8]) -> Id<Op> {
    let mut b = [0; 16];
    b.copy_from_slice(bytes);
    Id::from_bytes(b)
}
