//! What a hub decides: pure, over one client's part of whatever keeps it.
//!
//! No clock, no randomness and no I/O of its own. Each function runs in one
//! transaction that holds the client's head.
mod accept;
mod ledger;
mod offer;
mod pull;
mod push;
mod vouch;

pub use accept::accept;
pub(crate) use ledger::was_set_back;
pub use ledger::{Head, Ledger, Terms};
pub use offer::{offer, part};
pub use pull::{agree, pull};
pub use push::push;
pub use vouch::vouch;

use domain::{
    feed::Position,
    planted::{Bug, planted},
};

/// Whether a PC stands where this log is or was.
fn holds<L: Ledger>(ledger: &L, at: Position) -> Result<bool, L::Error> {
    Ok(planted(Bug::HashUnchecked) || ledger.chain(at.seq)? == Some(at.chain))
}
