//! A moment as a place in the log of each client.
use super::super::Reader;
use crate::{Result, session::Session, values};
use domain::{Client, Code, Fault, Id, change::Op, time::Instant};

/// A moment of the past.
#[derive(Clone, Debug, PartialEq)]
pub enum Then {
    /// The ends of the logs, and the clock, as an answer's stamp tells them.
    Stamp {
        /// What the clock said.
        at: Instant,
        /// The last position of each client.
        ends: Vec<(Id<Client>, i64)>,
    },
    /// What each log had received by a moment.
    At(Instant),
}

/// The last change of a client that is known.
pub(in crate::repository) struct Edge {
    pub(in crate::repository) client: Id<Client>,
    pub(in crate::repository) seq: i64,
    pub(in crate::repository) op: Id<Op>,
    /// Whether a hub orders the log: then places tell what was known, and names do not.
    pub(in crate::repository) joined: bool,
}

/// The log of a moment: it stays in the file, read as far as it was known.
pub(in crate::repository) struct Known<'c> {
    pub(super) file: &'c Reader<'c>,
    pub(super) edges: &'c [Edge],
}

impl Known<'_> {
    /// Where the log is, and where it ended for a client.
    pub(in crate::repository) fn log(&self, client: Id<Client>) -> (&Reader<'_>, Option<&Edge>) {
        (self.file, self.edges.iter().find(|edge| edge.client == client))
    }
}

impl Then {
    /// What the clock said.
    pub(super) fn at(&self) -> Instant {
        match self {
            Then::Stamp { at, .. } | Then::At(at) => *at,
        }
    }
    /// The field in which a person gave it.
    fn field(&self) -> &'static str {
        match self {
            Then::Stamp { .. } => "stamp",
            Then::At(_) => "at",
        }
    }
    /// The clients asked about: those named, else those of the stamp, else all in scope.
    pub(super) fn clients(&self, session: &Session, asked: Option<&[Id<Client>]>) -> Vec<Id<Client>> {
        match (asked, self) {
            (Some(asked), _) => asked.to_vec(),
            (None, Then::Stamp { ends, .. }) => ends.iter().map(|end| end.0).collect(),
            (None, Then::At(_)) => session.clients().iter().map(|client| client.id).collect(),
        }
    }
    /// Every client that question and stamp name: each must be in scope.
    pub(super) fn named(&self, asked: &[Id<Client>]) -> Vec<Id<Client>> {
        let stamped = if let Then::Stamp { ends, .. } = self { &ends[..] } else { &[] };
        let mut all: Vec<_> = stamped.iter().map(|end| end.0).chain(asked.iter().copied()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
    /// Where the log of each client ended.
    pub(super) fn edges(&self, file: &Reader<'_>, clients: &[Id<Client>]) -> Result<Vec<Edge>> {
        if self.at() > file.now() {
            return Err(not_yet(self.field(), self.at(), file.now()));
        }
        clients.iter().map(|client| self.edge(file, *client)).collect()
    }
    fn edge(&self, file: &Reader<'_>, client: Id<Client>) -> Result<Edge> {
        let sql = "SELECT seq FROM position WHERE client_id = ?1";
        let end = file.first(sql, values![client], |row| row.get::<i64>(0))?.unwrap_or(0);
        let seq = match self {
            Then::Stamp { ends, .. } => {
                let stamped = ends.iter().find(|stamped| stamped.0 == client).map(|stamped| stamped.1);
                stamped.ok_or_else(|| Fault::new(Code::Missing).at(self.field()))?
            }
            Then::At(at) => received_by(file, client, end, *at)?,
        };
        if !(0..=end).contains(&seq) {
            return Err(not_yet(self.field(), seq, end));
        }
        let op = confirmed(file, client, seq)?.map_or(Id::from_bytes([0; 16]), |of| of.0);
        Ok(Edge { client, seq, op, joined: file.is_joined(client)? })
    }
}

/// The last position received by a moment; they never decrease, so it is found by halving.
fn received_by(file: &Reader<'_>, client: Id<Client>, end: i64, at: Instant) -> Result<i64> {
    let (mut known, mut later) = (0, end + 1);
    while later - known > 1 {
        let middle = known + (later - known) / 2;
        match confirmed(file, client, middle)? {
            Some((_, received)) if received <= at => known = middle,
            _ => later = middle,
        }
    }
    Ok(known)
}

/// The change at a position, and when it was received.
fn confirmed(file: &Reader<'_>, client: Id<Client>, seq: i64) -> Result<Option<(Id<Op>, Instant)>> {
    let sql = "SELECT op, received_at FROM confirmation WHERE client_id = ?1 AND seq = ?2";
    file.first(sql, values![client, seq], |row| Ok((row.get(0)?, row.get(1)?)))
}

fn not_yet(field: &str, value: impl ToString, limit: impl ToString) -> crate::Error {
    Fault::new(Code::NotYet).with("value", value).with("limit", limit).at(field).into()
}
