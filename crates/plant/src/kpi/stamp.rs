//! What an answer rests on, and asking again what was known then.

use super::{FORMULA, ask::Question};
use domain::{Client, Code, Fault, Id, time::Instant};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use store::{Reader, Result, Then, values};
use ts_rs::TS;

/// The log positions, the moment and the formula of an answer.
///
/// Asked again at its stamp, a question has the same answer. The moment belongs
/// to it because an open line shift joins the headline when its day ends,
/// without a change in the log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Stamp {
    /// When it was asked, in milliseconds since 1970.
    pub at: Instant,
    /// The last confirmed position of each client.
    pub clients: Vec<ClientSeq>,
    /// The version of the formula.
    pub formula: String,
}

/// A client's position in the log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ClientSeq {
    /// The client.
    pub client: Id<Client>,
    /// Its last confirmed position; 0 before the first.
    #[ts(type = "number")]
    pub seq: i64,
}

/// What was known when a question is to be answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Known {
    /// What an answer with this stamp knew.
    Stamp(Stamp),
    /// What each client's log had received by a moment, in milliseconds since 1970.
    At(Instant),
}

impl Known {
    /// The same for the store.
    ///
    /// # Errors
    /// `other_formula` where other formulas printed the stamp: they may give
    /// another value from the same rows.
    pub fn then(&self) -> std::result::Result<Then, Fault> {
        match self {
            Known::At(at) => Ok(Then::At(*at)),
            Known::Stamp(stamp) if stamp.formula != FORMULA => {
                Err(Fault::new(Code::OtherFormula).with("value", &stamp.formula).with("here", FORMULA).at("stamp"))
            }
            Known::Stamp(stamp) => {
                let ends = stamp.clients.iter().map(|end| (end.client, end.seq)).collect();
                Ok(Then::Stamp { at: stamp.at, ends })
            }
        }
    }

    /// The clients a stamp names: those asked about where the question names none.
    pub(super) fn clients(&self) -> Option<Vec<Id<Client>>> {
        match self {
            Known::Stamp(stamp) => Some(stamp.clients.iter().map(|end| end.client).collect()),
            Known::At(_) => None,
        }
    }
}

/// The log position of each client asked about; of many in one look.
pub(super) fn stamp(reader: &Reader<'_>, question: &Question) -> Result<Stamp> {
    let read = |row: &store::Row<'_>| Ok((row.get(0)?, row.get(1)?));
    let ends: HashMap<Id<Client>, i64> = match question.clients[..] {
        [one] => reader.select("SELECT client_id, seq FROM position WHERE client_id = ?1", values![one], read)?,
        _ => reader.select("SELECT client_id, seq FROM position", &[], read)?,
    }
    .into_iter()
    .collect();
    let end = |client: &Id<Client>| ClientSeq { client: *client, seq: ends.get(client).copied().unwrap_or(0) };
    let mut clients: Vec<ClientSeq> = question.clients.iter().map(end).collect();
    // The same stamp, whichever way the question came to its clients.
    clients.sort_unstable_by_key(|end| end.client);
    Ok(Stamp { at: reader.now(), clients, formula: FORMULA.into() })
}
