//! A PC's side of one client: pure, over whatever keeps its file.
//!
//! No clock, no randomness and no I/O of its own. Each function is one
//! transaction; between any two of them the power may fail.
mod offer;
mod part;
mod pull;
mod purge;
mod push;
mod rows;

pub use domain::feed::{Cut, Outgoing, Standing, State};
pub use offer::{cut_back, offered, offers, rekey, to_offer};
pub use part::{Part, Parting};
pub use pull::{Landed, land, position};
pub use purge::{Purge, revoked, step};
pub use push::{judged, renew, to_push};
pub use rows::{refold, refresh, under};
